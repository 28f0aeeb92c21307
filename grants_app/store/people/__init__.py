"""People and what they hand in, as rows: found, and what lists show of them."""
