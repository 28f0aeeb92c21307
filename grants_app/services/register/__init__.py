"""The register of people: what is typed, found and suggested while an application is entered."""
