"""Setting a campaign up: its structure, what it still lacks, its set-up as a file."""
