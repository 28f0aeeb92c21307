"""Measures what the program promises of speed and memory, each beside its floor or peer, in one run."""
