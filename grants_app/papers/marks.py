"""What a paper carries besides text: an ornament, the sample's watermark, the code; no layout, no words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from reportlab.lib.colors import Color, HexColor

from grants_app.papers.qr import qr_modules
from grants_app.papers.styles import SERIF_BOLD, Fonts

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

EMBLEM = "emblem"
_ACCENT, _LIGHT = HexColor("#0b6e72"), HexColor("#9cc9ca")
_WATERMARK, _WHITE, _PALE = HexColor("#ecedf0"), HexColor("#ffffff"), HexColor("#c9cfd9")
_QUIET = 4  # modules of white a reader needs around a code (ISO/IEC 18004)
_RADIUS = 24


def form_emblem(canvas: Canvas) -> None:
    """Define the ornament of the letterhead, centred on the origin, 48 points wide.

    A plain rosette: the branch may put its own sign in its place; no state's arms are imitated.
    """
    canvas.beginForm(EMBLEM, -_RADIUS - 1, -_RADIUS - 1, _RADIUS + 1, _RADIUS + 1)
    canvas.setStrokeColor(_ACCENT)
    canvas.setLineWidth(0.9)
    canvas.circle(0, 0, _RADIUS - 0.5)
    canvas.setLineWidth(0.4)
    canvas.circle(0, 0, _RADIUS - 3)
    for petals, reach, spread, colour in ((12, 19.5, 0.24, _LIGHT), (6, 15.5, 0.42, _ACCENT)):
        _petals(canvas, petals, reach, spread, colour)
    canvas.setFillColor(_ACCENT)
    canvas.circle(0, 0, 1.7, stroke=0, fill=1)
    canvas.endForm()


def _petals(canvas: Canvas, count: int, reach: float, spread: float, colour: Color) -> None:
    """A wreath of pointed petals from the middle out to `reach` points, each `spread` radians to a side."""
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(0.7)
    path = canvas.beginPath()
    for petal in range(count):
        angle = math.tau * petal / count
        tip = (reach * math.cos(angle), reach * math.sin(angle))
        path.moveTo(0, 0)
        for side in (-1, 1):
            near = angle + side * spread * 1.6
            far = angle + side * spread * 0.9
            bend = (reach * 0.42 * math.cos(near), reach * 0.42 * math.sin(near))
            belly = (reach * 0.82 * math.cos(far), reach * 0.82 * math.sin(far))
            if side < 0:
                path.curveTo(*bend, *belly, *tip)
            else:
                path.curveTo(*belly, *bend, 0, 0)
    canvas.drawPath(path)


def draw_watermark(canvas: Canvas, fonts: Fonts, word: str, width: float, height: float) -> None:
    """A word across the page, corner to corner, light enough to read over."""
    angle = math.atan2(height, width)
    size = 0.62 * math.hypot(width, height) / (fonts.width(SERIF_BOLD, 1, word))
    size = min(size, 150.0)
    canvas.saveState()
    canvas.setFillColor(_WATERMARK)
    canvas.setFont(SERIF_BOLD, size)
    canvas.translate(width / 2, height / 2)
    canvas.rotate(math.degrees(angle))
    canvas.drawCentredString(0, -size * 0.33, word)
    canvas.restoreState()


def draw_code(canvas: Canvas, text: str, x: float, y: float, side: float) -> None:
    """The QR code of `text` with its quiet zone in a hairline square, bottom left corner at (x, y).

    Drawn as a 1-bit picture inside the page: as rectangles it would cost twice as much as the letter.
    """
    code = qr_modules(text)
    module = side / (code.side + 2 * _QUIET)
    start, size = _QUIET * module, code.side * module
    canvas.saveState()
    canvas.setFillColor(_WHITE)
    canvas.setStrokeColor(_PALE)
    canvas.setLineWidth(0.6)
    canvas.rect(x, y, side, side, fill=1)
    canvas.addLiteral(
        f"{size:.3f} 0 0 {size:.3f} {x + start:.3f} {y + start:.3f} cm BI /W {code.side} /H {code.side}"
        f" /BPC 1 /CS /G /F /AHx ID\n{code.bits.hex()}>\nEI"
    )
    canvas.restoreState()
