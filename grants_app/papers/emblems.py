"""A branch's own picture in a letterhead: whether it can be drawn, and the drawing; it keeps none."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image, UnidentifiedImageError
from reportlab.lib.utils import ImageReader

from grants_app.domain.errors import Refused

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_WHITE = (255, 255, 255)


def demand_drawable(png: bytes) -> None:
    """Refused (emblem_not_png) unless the whole picture can be read."""
    _flat(png)


def draw_emblem(canvas: Canvas, png: bytes, x: float, y: float, side: float) -> None:
    """The picture in a square of this side, bottom left corner at (x, y), its shape kept, on white.

    Archived PDFs know no transparency, so what shines through is made white paper.
    """
    picture = _flat(png)
    scale = side / max(picture.size)
    width, height = picture.width * scale, picture.height * scale
    canvas.drawImage(
        ImageReader(picture), x + (side - width) / 2, y + (side - height) / 2, width=width, height=height
    )


def _flat(png: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(png), formats=("PNG",)) as picture:
            coloured = picture.convert("RGBA")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise Refused("emblem_not_png") from error
    paper = Image.new("RGB", coloured.size, _WHITE)
    paper.paste(coloured, mask=coloured.getchannel("A"))
    return paper
