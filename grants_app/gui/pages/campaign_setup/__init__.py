"""The campaign's set-up in the window: its lists, the forms that add and change their lines."""
