"""The campaign as a whole: its structure, what it lacks, its set-up as a file, what is open at its end."""
