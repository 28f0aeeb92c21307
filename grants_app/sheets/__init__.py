"""Reading other people's spreadsheets: columns understood, rows judged."""
