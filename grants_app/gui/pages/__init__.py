"""The seven pages and the first start."""
