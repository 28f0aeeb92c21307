"""What the program refuses to do, as codes with facts; it does not know any words."""

from __future__ import annotations

import traceback


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


def trail(error: BaseException) -> str:
    """Where a bug happened, for a report: the stack's lines and the errors' kinds, without their messages.

    A message may quote what somebody typed; a report must hold no people.
    """
    parts: list[str] = []
    cause: BaseException | None = error
    while cause is not None:
        parts.append(
            "".join(traceback.format_tb(cause.__traceback__)) + type(cause).__qualname__ + _said(cause)
        )
        cause = cause.__cause__ or cause.__context__
    return "\n\n-- while handling --\n".join(parts) + "\n"


def _said(error: BaseException) -> str:
    """Our own codes are no people; everybody else's words are left out."""
    return f": {error.code}" if isinstance(error, Refused) else ""
