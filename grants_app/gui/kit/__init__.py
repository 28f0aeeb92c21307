"""Parts a page is declared from: live texts, columns, forms, the side, work; no page of its own."""
