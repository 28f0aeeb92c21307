"""The gates that are no tool of somebody else's: the catalogue's state, coverage by folder."""
