"""The campaign as a whole: its set-up, what it still lacks, what is open before it is published or closed."""
