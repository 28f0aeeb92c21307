"""The one place where a value becomes safe inside ReportLab's paragraph markup."""

from __future__ import annotations

from xml.sax.saxutils import escape

from grants_app.papers.styles import Fonts


def markup(value: str, fonts: Fonts) -> str:
    """A value as paragraph text that draws exactly its characters: no tag, entity or image in it acts.

    ReportLab reads paragraph text as markup: an unescaped `<img src="…">` would print a file from this
    machine, `Sons <b` would stop a whole batch.
    """
    return escape(fonts.shown(value))
