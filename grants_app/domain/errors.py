"""What the program refuses to do, as codes with facts; it does not know any words."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - it is not an error of the program but an answer to the user
    """The user's request cannot be done as asked; `code` and `facts` are worded in the catalogue.

    `code` is a snake_case name the catalogue has a sentence for in every language; `facts` fill the
    sentence's placeholders. Everything that is not `Refused` is a bug.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


class Altered(Refused):
    """Something that must not change was changed: a broken seal, chain or signature (exit code 3)."""
