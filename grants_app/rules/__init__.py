"""Pure decisions: values in, values and reasons out."""
