"""The campaign as a whole: what is set up, and what is still open before it is published or closed."""
