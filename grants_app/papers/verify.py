"""A letter in hand, PDF or picture, held against its own signed code; it does not know who is trusted or why.

PDFium must only ever run in one thread of the process; the caller sees to that.
"""

from __future__ import annotations

from ctypes import c_double
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
_COLUMN_GAP = 12.0  # points between texts of two columns, far more than between words
MAX_TEXT_SIZE = 30.0  # the title is 17; anything larger is the watermark


@dataclass(frozen=True, slots=True)
class _Line:
    """A run of printed text: its left edge and baseline in points (PDF's axis, upwards)."""

    left: float
    base: float
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
    """The page's printed text, top to bottom, columns apart; the watermark is left out by its size."""
    text = page.get_textpage()
    lines: list[_Line] = []
    letters: list[str] = []
    left = base = end = 0.0
    for index in range(text.count_chars()):
        if pdfium.raw.FPDFText_GetFontSize(text, index) > MAX_TEXT_SIZE:
            continue
        letter = chr(pdfium.raw.FPDFText_GetUnicode(text, index)).replace("\ufffe", "-")
        if letter.isspace() or pdfium.raw.FPDFText_IsGenerated(text, index) == 1:
            letters.append(letter)
            continue
        x, y = _origin(text, index)
        if abs(y - base) > 1 or not -_NEAR < x - end < _COLUMN_GAP:
            lines.append(_Line(left, base, " ".join("".join(letters).split())))
            letters, left, base = [], x, y
        letters.append(letter)
        end = text.get_charbox(index, loose=True)[2]
    lines.append(_Line(left, base, " ".join("".join(letters).split())))
    return sorted((line for line in lines if line.text), key=lambda line: (-line.base, line.left))


def _origin(text: pdfium.PdfTextPage, index: int) -> tuple[float, float]:
    """Where a character stands on its baseline."""
    x, y = c_double(), c_double()
    pdfium.raw.FPDFText_GetCharOrigin(text, index, x, y)
    return x.value, y.value


def _compared(lines: list[_Line], payload: CodePayload, wordings: Wordings) -> str:
    """The printed name; Altered where a printed value is not the signed one."""
    says = [word.say for word in wordings.values()]
    programmes = {say.programme for say in says}
    after_name = programmes | {say.guardian for say in says}
    name = _printed_name(_cell(lines, {say.name for say in says}, after_name), payload)
    programme = _cell(lines, programmes, {say.level for say in says})
    dates = {_plain(word.on(payload.issued_on)) for word in wordings.values()}
    dateline = next((line for line in _left(lines) if _plain(line.text) in dates), None)
    numbers = {_plain(word.number(payload.number)) for word in wordings.values()}
    for field, holds in (
        ("name", name),
        ("programme", programme.split(" ")[0] == payload.programme),
        ("issued_on", dateline),
        ("number", dateline and numbers & _beside(lines, dateline)),
    ):
        if not holds:
            raise Altered(
                "letter_text_altered", field=field, field_code=f"letter_{field}", number=payload.number
            )
    return name


def _left(lines: list[_Line]) -> list[_Line]:
    """What begins at the letter's left margin: the date, labels, paragraphs."""
    return [line for line in lines if abs(line.left - LEFT) < _NEAR]


def _beside(lines: list[_Line], dateline: _Line) -> set[str]:
    """What stands on the right from the date's line down: its first line, its first two, and so on."""
    right = [
        _plain(line.text)
        for line in lines
        if line.left > (LEFT + RIGHT) / 2 and dateline.base - 40 < line.base < dateline.base + 1
    ]
    return {"".join(right[: count + 1]) for count in range(len(right))}


def _cell(lines: list[_Line], labels: set[str], following: set[str]) -> str:
    """The value column's text from the row labelled one of `labels` down to one of `following`."""
    rows = _left(lines)
    start = next((row for row in rows if _begins(row, labels)), None)
    if start is None:
        return ""
    end = next((row.base for row in rows if row.base < start.base - 1 and _begins(row, following)), 0.0)
    values = (line for line in lines if line.left > VALUE_X - _NEAR and end + 1 < line.base < start.base + 1)
    return " ".join(line.text for line in values)


def _begins(row: _Line, labels: set[str]) -> bool:
    """Whether a line is a row's label: one of these, alone or before its translation."""
    return any(row.text == label or row.text.startswith(f"{label} /") for label in labels)


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
