"""What the store keeps of a campaign's set-up beside its rows."""
