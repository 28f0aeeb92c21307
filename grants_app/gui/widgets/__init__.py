"""Small parts every page is put together from; they know no page and no service."""
