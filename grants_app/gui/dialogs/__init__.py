"""Dialogs for acts that must be confirmed."""
