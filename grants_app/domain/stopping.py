"""Long work that may be asked to stop: whoever runs it says how, loops look; it knows no thread."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")


class _Asked:
    """How running work learns that it shall stop, until what it did is being made to last."""

    def __init__(self, check: Callable[[], None]) -> None:
        self.check = check
        self.kept = False


# One work runs at a time in a thread; what runs elsewhere never sees it.
_asked: ContextVar[_Asked | None] = ContextVar("stopping", default=None)


@contextmanager
def stoppable(check: Callable[[], None]) -> Iterator[None]:
    """Run what is inside so that `check`, which raises to stop it, is asked at every breath."""
    token = _asked.set(_Asked(check))
    try:
        yield
    finally:
        _asked.reset(token)


def breathe() -> None:
    """End here if the work was asked to stop; called between steps that leave nothing half done."""
    asked = _asked.get()
    if asked is not None and not asked.kept:
        asked.check()


def keep() -> None:
    """From here on the work goes to its end: what it did is being made to last."""
    breathe()
    asked = _asked.get()
    if asked is not None:
        asked.kept = True


def breathing(steps: Iterable[T]) -> Iterator[T]:
    """The same steps, with a breath before each."""
    for step in steps:
        breathe()
        yield step
