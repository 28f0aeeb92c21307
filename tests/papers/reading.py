"""Reading papers back as any other program would: text and pictures of a PDF's pages."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pypdfium2 as pdfium

if TYPE_CHECKING:
    from PIL import Image


def texts(content: bytes) -> list[str]:
    """The text of each page; PDFium's mark for a hyphen at a line's end is the hyphen again."""
    document = pdfium.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_range().replace("\ufffe", "-") for page in document]
    finally:
        document.close()


def squeezed(text: str) -> str:
    """Without white space: where a line was broken does not matter."""
    return "".join(text.split())


def picture(content: bytes, dpi: int = 150, page: int = 0) -> Image.Image:
    document = pdfium.PdfDocument(content)
    try:
        return document[page].render(scale=dpi / 72, grayscale=True).to_pil()
    finally:
        document.close()


def file_of(image: Image.Image, kind: str = "PNG", **options: int) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()
