"""A letter in hand, PDF or picture, held against its own signed code; it does not know who is trusted or why.

PDFium must only ever run in one thread of the process; the caller sees to that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import pypdfium2 as pdfium

from grants_app.domain.errors import Altered, Refused
from grants_app.domain.papers import CodePayload, LetterCheck, NameCheck
from grants_app.papers.codes import PREFIX, name_matches, verify_code
from grants_app.papers.letter import LEFT, RIGHT, VALUE_X
from grants_app.papers.qr import find_codes, open_picture

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PIL import Image

    from grants_app.papers.wordings import Wordings

MAX_PAGES = 500
MAX_SIDE = 2000.0  # points; a letter is A4, and a page of any size could be asked to be painted
_RESOLUTIONS = (200, 300)  # dpi; the second only where the first finds nothing
_NEAR = 2.0  # points a text may stand off the column it was set in


@dataclass(frozen=True, slots=True)
class _Line:
    """A run of printed text: its left edge and top in points (PDF's axis, upwards)."""

    left: float
    top: float
    text: str


def verify_letter(
    content: bytes,
    kind: Literal["pdf", "picture"],
    trusted: Iterable[bytes],
    wordings: Wordings,
    name: str | None = None,
) -> LetterCheck:
    """What the file's letter shows; of a print job its first, after all were proved. See `verify_letters`."""
    return verify_letters(content, kind, trusted, wordings, name)[0]


def verify_letters(
    content: bytes,
    kind: Literal["pdf", "picture"],
    trusted: Iterable[bytes],
    wordings: Wordings,
    name: str | None = None,
) -> tuple[LetterCheck, ...]:
    """What each page's code shows, proved by a trusted key; `trusted` are raw Ed25519 public keys.

    In a PDF the printed name, number, programme and date are compared with the code too: Altered
    `letter_text_altered` with the `field` (name, number, programme, issued_on) that differs. A picture's
    name, and that of a PDF without text (a scan), is compared with `name` where given. Altered
    `code_altered`; Refused `code_missing`, `code_unreadable`, `code_key_unknown`, `pdf_unreadable`,
    `picture_unreadable`, `picture_too_large`.
    """
    keys = tuple(trusted)
    if kind == "picture":
        return (_shown(_proved(open_picture(content), keys, 1), name, ""),)
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise Refused("pdf_unreadable") from error
    try:
        if not 0 < len(document) <= MAX_PAGES:
            raise Refused("pdf_unreadable")
        return tuple(_page(document, number, keys, wordings, name) for number in range(len(document)))
    except pdfium.PdfiumError as error:
        raise Refused("pdf_unreadable") from error
    finally:
        document.close()


def _page(
    document: pdfium.PdfDocument,
    number: int,
    keys: tuple[bytes, ...],
    wordings: Wordings,
    name: str | None,
) -> LetterCheck:
    page = document[number]
    if max(page.get_size()) > MAX_SIDE:
        raise Refused("picture_too_large", megapixels=1)
    payload: CodePayload | None = None
    for resolution in _RESOLUTIONS:
        picture = page.render(scale=resolution / 72, grayscale=True).to_pil()
        if find_codes(picture) or resolution == _RESOLUTIONS[-1]:
            payload = _proved(picture, keys, number + 1)
            break
    if payload is None:
        raise Refused("code_missing", page=number + 1)
    lines = _lines(page)
    printed = _compared(lines, payload, wordings) if lines else ""
    return _shown(payload, name, printed)


def _proved(picture: Image.Image, keys: tuple[bytes, ...], page: int) -> CodePayload:
    """The one code of ours in a picture, proved."""
    codes = {text for text in find_codes(picture) if text.startswith(PREFIX)}
    if len(codes) != 1:
        raise Refused("code_missing" if not codes else "code_several", page=page)
    return verify_code(codes.pop(), keys)


def _shown(payload: CodePayload, name: str | None, printed: str) -> LetterCheck:
    found: NameCheck = "match" if printed else "asked"
    if name is not None:
        found = "match" if name_matches(payload, name) else "no_match"
    return LetterCheck(
        number=payload.number,
        programme=payload.programme,
        branch=payload.branch,
        issued_on=payload.issued_on,
        run=payload.run,
        name=found,
        printed_name=printed,
    )


def _lines(page: pdfium.PdfPage) -> list[_Line]:
    """The page's printed text, top to bottom."""
    text = page.get_textpage()
    lines = []
    for index in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(index)
        found = text.get_text_bounded(left - 0.5, bottom - 0.5, right + 0.5, top + 0.5)
        lines.append(_Line(left, top, " ".join(found.split())))
    return sorted((line for line in lines if line.text), key=lambda line: (-line.top, line.left))


def _compared(lines: list[_Line], payload: CodePayload, wordings: Wordings) -> str:
    """The printed name; Altered where a printed value is not the signed one."""
    words = tuple(wordings.values())
    name = _printed_name(_cell(lines, [word.say.name for word in words]), payload)
    if not name:
        raise Altered("letter_text_altered", field="name", field_code="letter_name", number=payload.number)
    if _cell(lines, [word.say.programme for word in words]).split(" ")[0] != payload.programme:
        raise Altered("letter_text_altered", field="programme", field_code="letter_programme", number=payload.number)
    dates = [line for line in lines if abs(line.left - LEFT) < _NEAR]
    wanted = {_plain(word.on(payload.issued_on)) for word in words}
    dateline = next((line for line in dates if _plain(line.text) in wanted), None)
    if dateline is None:
        raise Altered("letter_text_altered", field="issued_on", field_code="letter_issued_on", number=payload.number)
    numbers = {_plain(word.number(payload.number)) for word in words}
    if not numbers & _beside(lines, dateline):
        raise Altered("letter_text_altered", field="number", field_code="letter_number", number=payload.number)
    return name


def _beside(lines: list[_Line], dateline: _Line) -> set[str]:
    """What stands on the right from the date's line down: its first line, its first two, and so on."""
    right = [
        _plain(line.text)
        for line in lines
        if line.left > (LEFT + RIGHT) / 2 and dateline.top - 40 < line.top < dateline.top + 2 * _NEAR
    ]
    return {"".join(right[: count + 1]) for count in range(len(right))}


def _cell(lines: list[_Line], labels: list[str]) -> str:
    """The text of the value column beside the row with one of these labels, down to the next row."""
    rows = [line for line in lines if abs(line.left - LEFT) < _NEAR]
    for place, row in enumerate(rows):
        if any(_plain(row.text).startswith(_plain(label)) for label in labels):
            values = [
                line for line in lines if line.left > VALUE_X - _NEAR and line.top < row.top + 4 * _NEAR
            ]
            return " ".join(line.text for line in values if line.top > _next_row(rows, place, row))
    return ""


def _next_row(rows: list[_Line], place: int, row: _Line) -> float:
    """The top of the next row's label, with room for a value set larger than its label."""
    # A wrapped label's second line stands within 15 points of its first; the next row farther down.
    below = (line.top for line in rows[place + 1 :] if row.top - line.top > 15)  # noqa: PLR2004 - see above
    return next(below, 0.0) + 4 * _NEAR


def _printed_name(cell: str, payload: CodePayload) -> str:
    """The leading words of the cell that are the signed name; empty if none are, or Cyrillic follows them.

    After the name only its Latin spelling is printed; a second name there would be somebody's trick.
    """
    words = cell.split(" ")
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        if name_matches(payload, name):
            rest = "".join(words[count:])
            return "" if any("\u0400" <= letter <= "\u052f" for letter in rest) else name
    return ""


def _plain(text: str) -> str:
    """A text without spaces: where a line was broken does not matter."""
    return "".join(text.split())
