"""The database as a whole: who holds its file, what state it is in, how a backup becomes one again."""
