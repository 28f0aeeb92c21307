"""The register of applications: what is typed, found, suggested, looked at a second time and taken back."""
