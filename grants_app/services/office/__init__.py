"""What every use case stands on: who may do what, and what this machine knows of its databases."""
