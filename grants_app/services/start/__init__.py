"""How a day at the program begins: the files opened before, backups brought back."""
