"""The office at work: who may do what; every other service stands on it."""
