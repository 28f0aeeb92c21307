"""A new PDF document to draw on, made the same way for every paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from grants_app.papers.styles import SANS

if TYPE_CHECKING:
    from typing import IO


def new_document(
    out: IO[bytes], title: str, lang: str, size: tuple[float, float] = A4, *, points: float = 9
) -> Canvas:
    """A compressed document whose bytes are the same each time; it lists no face that is not embedded.

    `points` is the size text begins with on each page.
    """
    canvas = Canvas(
        out,
        pagesize=size,
        pageCompression=1,
        invariant=1,
        initialFontName=SANS,  # type: ignore[arg-type]  # the stubs take a name for a number
        initialFontSize=points,
        lang=lang,
    )
    canvas.setTitle(title)
    canvas.setCreator("grants-app")
    return canvas
