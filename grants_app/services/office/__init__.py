"""The office itself: who may do what, the keys its papers are proven by."""
