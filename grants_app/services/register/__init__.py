"""The register of applications: looking a second time at what decides."""
