"""The commands: words to standard error, JSON to standard output, exit codes that stay stable."""
