"""The register of applications: what is done to them and how it is taken back."""
