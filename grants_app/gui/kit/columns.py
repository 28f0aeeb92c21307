"""The columns of a list, declared one line each; it knows no list."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from grants_app.gui.table_models import Align, ChipText, Column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import ColourRole


class Columns:
    """`Columns(words).text("phone", mark("Phone"), "phone", 120)`: key, marked title, of what, width.

    Of what a cell says is an attribute of the line, or a function of it.
    """

    def __init__(self, words: Speech) -> None:
        self._words = words
        self._made: list[Column] = []

    def __iter__(self) -> Iterator[Column]:
        """The columns in their order."""
        return iter(self._made)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._made)

    def text(
        self,
        key: str,
        title: str,
        of: str | Callable[[Any], object],
        width: int,
        *,
        align: Align = "left",
        tone: ColourRole = "text",
        bold: bool = False,
        stretch: bool = False,
    ) -> Columns:
        """A column of plain text."""
        said = _of(of)
        self._made.append(
            Column(
                key=key,
                title=lambda: self._words(title),
                text=lambda line: str(said(line)),
                width=width,
                align=align,
                tone=tone,
                bold=bold,
                stretch=stretch,
            )
        )
        return self

    def number(self, key: str, title: str, of: str | Callable[[Any], object], width: int) -> Columns:
        """A column of figures: bold, at the right."""
        return self.text(key, title, of, width, align="right", bold=True)

    def chip(self, key: str, title: str, chip_of: Callable[[Any], ChipText | None], width: int) -> Columns:
        """A column with one chip, or none; its word is what is copied and read aloud."""

        def said(line: object) -> str:
            chip = chip_of(line)
            return chip.text if chip else ""

        def painted(line: object) -> tuple[ChipText, ...]:
            chip = chip_of(line)
            return (chip,) if chip else ()

        self._made.append(
            Column(key=key, title=lambda: self._words(title), text=said, chips=painted, width=width)
        )
        return self


def _of(of: str | Callable[[Any], object]) -> Callable[[Any], object]:
    return attrgetter(of) if isinstance(of, str) else of
