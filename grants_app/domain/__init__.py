"""Values of the field and their states; no Qt, no SQL, no clock, no files."""
