"""A letter in hand, PDF or picture, held against its own signed code; it does not know who is trusted or why.

PDFium must only ever run in one thread of the process; the caller sees to that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from ctypes import c_double
from dataclasses import dataclass, field
from datetime import UTC
from typing import TYPE_CHECKING, Literal

import pypdfium2 as pdfium

from grants_app.domain.errors import Altered, Refused
from grants_app.domain.papers import CodePayload, LetterCheck, NameCheck, TextLayer
from grants_app.domain.values import LANGS
from grants_app.papers.codes import PREFIX, name_matches, signer_of, verify_code
from grants_app.papers.letter import HEAD_X, LEFT, RIGHT, VALUE_X
from grants_app.papers.qr import find_codes, open_picture
from grants_app.wording import local_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from PIL import Image

    from grants_app.domain.papers import LetterFacts
    from grants_app.domain.values import Names
    from grants_app.papers.wordings import Wordings
    from grants_app.wording import Words

MAX_PAGES = 500
MAX_SIDE = 2000.0  # points; a letter is A4, and a page of any size could be asked to be painted
_RESOLUTIONS = (200, 300)  # dpi; the second only where the first finds nothing
_NEAR = 2.0  # points a text may stand off the column it was set in
_COLUMN_GAP = 12.0  # points between texts of two columns, far more than between words
_COVERED = 0.2  # of the page; the code and an emblem are smaller
_SHORT_WORD = 3
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?")
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
        return (_shown(_proved(open_picture(content), keys, 1), name, _Printed()),)
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
    proved: _Proved | None = None
    for resolution in _RESOLUTIONS:
        picture = page.render(scale=resolution / 72, grayscale=True).to_pil()
        if find_codes(picture) or resolution == _RESOLUTIONS[-1]:
            proved = _proved(picture, keys, number + 1)
            break
    if proved is None:
        raise Refused("code_missing", page=number + 1)
    lines, watermark = _lines(page)
    if _hidden(page) or not lines:
        return _shown(proved, name, _Printed(watermark=watermark))
    return _shown(proved, name, _compared(lines, watermark, proved.payload, wordings))


@dataclass(frozen=True, slots=True)
class _Proved:
    """A code of ours that was proved: what it says, by which key, its text."""

    payload: CodePayload
    key: bytes
    code: str


@dataclass(frozen=True, slots=True)
class _Printed:
    """What a page prints: whether it could be read, the name proved, the rows, what stands over the title."""

    text: TextLayer = "none"
    name: str = ""
    rows: Mapping[str, str] = field(default_factory=dict)
    head: str = ""
    watermark: str = ""


def _proved(picture: Image.Image, keys: tuple[bytes, ...], page: int) -> _Proved:
    """The one code of ours in a picture, proved."""
    codes = {text for text in find_codes(picture) if text.startswith(PREFIX)}
    if len(codes) != 1:
        raise Refused("code_missing" if not codes else "code_several", page=page)
    code = codes.pop()
    return _Proved(verify_code(code, keys), signer_of(code, keys), code)


def _shown(proved: _Proved, name: str | None, printed: _Printed) -> LetterCheck:
    payload = proved.payload
    found: NameCheck = "match" if printed.name else "asked"
    if name is not None:
        found = "match" if name_matches(payload, name) else "no_match"
    return LetterCheck(
        number=payload.number,
        programme=payload.programme,
        branch=payload.branch,
        issued_on=payload.issued_on,
        run=payload.run,
        name=found,
        printed_name=printed.name,
        given=name or "",
        text=printed.text,
        rows=printed.rows,
        head=printed.head,
        watermark=printed.watermark,
        key=proved.key,
        code=proved.code,
    )


def _hidden(page: pdfium.PdfPage) -> bool:
    """Whether what one sees need not be what is written: a picture over the page, or writing not drawn.

    So come scans whose text somebody's reader guessed, and pictures laid over a genuine letter.
    """
    width, height = page.get_size()
    for one in page.get_objects(max_depth=4):
        if one.type == pdfium.raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = one.get_bounds()
            hides = (right - left) * (top - bottom) > _COVERED * width * height
        else:
            hides = one.type == pdfium.raw.FPDF_PAGEOBJ_TEXT and _undrawn(one)
        if hides:
            return True
    return False


def _lines(page: pdfium.PdfPage) -> tuple[list[_Line], str]:
    """The page's printed text, top to bottom, columns apart, and the watermark, told by its size."""
    text = page.get_textpage()
    large: list[str] = []
    lines: list[_Line] = []
    letters: list[str] = []
    left = base = end = 0.0
    for index in range(text.count_chars()):
        letter = chr(pdfium.raw.FPDFText_GetUnicode(text, index)).replace("\ufffe", "-")
        if pdfium.raw.FPDFText_GetFontSize(text, index) > MAX_TEXT_SIZE:
            large.append(letter)
            continue
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
    shown = sorted((line for line in lines if line.text), key=lambda line: (-line.base, line.left))
    return shown, _plain("".join(large))


def _origin(text: pdfium.PdfTextPage, index: int) -> tuple[float, float]:
    """Where a character stands on its baseline."""
    x, y = c_double(), c_double()
    pdfium.raw.FPDFText_GetCharOrigin(text, index, x, y)
    return x.value, y.value


def _undrawn(text: pdfium.PdfObject) -> bool:
    return bool(
        pdfium.raw.FPDFTextObj_GetTextRenderMode(text.raw) == pdfium.raw.FPDF_TEXTRENDERMODE_INVISIBLE
    )


def _compared(lines: list[_Line], watermark: str, payload: CodePayload, wordings: Wordings) -> _Printed:
    """What the page prints; Altered where a printed value is not the signed one.

    Text in which no word of a letter is to be found was not read: its writing is not what one sees.
    """
    if not _readable(lines, payload, wordings):
        return _Printed("unreadable", watermark=watermark)
    rows = _rows(lines, wordings)
    name = _printed_name(rows.get("name", ""), payload)
    programme = rows.get("programme", "")
    dates = {_plain(word.on(payload.issued_on)) for word in wordings.values()}
    dateline = next((line for line in _left(lines) if _plain(line.text) in dates), None)
    numbers = {_plain(word.number(payload.number)) for word in wordings.values()}
    for field_, holds in (
        ("name", name),
        ("programme", programme.split(" ")[0] == payload.programme),
        ("issued_on", dateline),
        ("number", dateline and numbers & _beside(lines, dateline)),
    ):
        if not holds:
            raise Altered(
                "letter_text_altered", field=field_, field_code=f"letter_{field_}", number=payload.number
            )
    return _Printed("read", name, rows, _head(lines, dateline), watermark)


def _readable(lines: list[_Line], payload: CodePayload, wordings: Wordings) -> bool:
    """Whether the text is one people write: the letter's number, or a word of ours, stands in it."""
    known = {word for wording in wordings.values() for word in wording.vocabulary if len(word) > _SHORT_WORD}
    printed = "".join(line.text for line in lines)
    return payload.number in printed or any(
        word.casefold().strip(".,:;") in known for line in lines for word in line.text.split()
    )


def _rows(lines: list[_Line], wordings: Wordings) -> dict[str, str]:
    """What stands beside each label of a letter, by the label's name in the wordings."""
    labels = {
        row: {getattr(word.say, row) for word in wordings.values()}
        for row in ("name", "guardian", "programme", "level", "basis", "position", "confirm")
    }
    found = [
        (line.base, row) for line in _left(lines) for row, texts in labels.items() if _begins(line, texts)
    ]
    cells: dict[str, str] = {}
    for place, (base, row) in enumerate(found):
        end = found[place + 1][0] if place + 1 < len(found) else 0.0
        values = (line for line in lines if line.left > VALUE_X - _NEAR and end + 1 < line.base < base + 1)
        cells.setdefault(row, " ".join(line.text for line in values))
    return cells


def _head(lines: list[_Line], dateline: _Line | None) -> str:
    """What stands beside the emblem, over the letter's date."""
    top = dateline.base if dateline is not None else 0.0
    return " ".join(line.text for line in lines if line.base > top + 1 and abs(line.left - HEAD_X) < _NEAR)


def differing(check: LetterCheck, facts: LetterFacts, wordings: Wordings) -> str:
    """The first row of a letter read from its PDF that is not what the letter was issued with; "" when none.

    Only rows the page has are compared, and their values alone: the words around them may change with the
    program. A deadline put off since may stand there.
    """
    rows = {row: _plain(text) for row, text in check.rows.items()}
    words = [wordings[lang].words for lang in LANGS]
    days = _written(facts.minutes_on, words)
    ends = [moment for moment in (facts.confirm_until, facts.extended and facts.extended.until) if moment]
    holds = {
        "programme": _begins_with(
            rows.get("programme", "").removeprefix(facts.programme_code), facts.programme
        ),
        "guardian": bool(facts.guardian) and rows.get("guardian", "").startswith(_plain(facts.guardian)),
        "basis": f"№{facts.minutes_no}" in rows.get("basis", "").replace("No.", "№")
        and any(day in rows.get("basis", "") for day in days),
        "position": _figures(rows.get("position", ""))
        == [str(facts.position), *([facts.score] if facts.score else [])],
        "confirm": any(
            f"{moment:%H:%M}" in rows.get("confirm", "")
            and any(
                day in rows.get("confirm", "")
                for day in _written(local_day(moment, moment.tzinfo or UTC), words)
            )
            for moment in ends
        ),
    }
    wrong = next((row for row, right in holds.items() if rows.get(row) and not right), "")
    return wrong or ("" if _begins_with(check.head, facts.branch) else "branch")


def _written(day: date, words: Sequence[Words]) -> set[str]:
    """A day as any of our languages writes it on paper, without spaces."""
    return {_plain(text) for one in words for text in (one.date(day), one.date_long(day))}


def _figures(text: str) -> list[str]:
    """The numbers in a row, in plain notation: the words around them may change with the program."""
    return [figure.replace(",", ".") for figure in _FIGURE.findall(text)]


def misnamed(check: LetterCheck, programme: Names | None, branch: Names | None) -> str:
    """Which of a read letter's printed names, programme or branch, is not the one given; "" when none is."""
    title = check.rows.get("programme", "").removeprefix(check.programme)
    if programme is not None and not _begins_with(title, programme):
        return "programme"
    if branch is not None and not _begins_with(check.head, branch):
        return "branch"
    return ""


def _begins_with(text: str, names: Names) -> bool:
    plain = _plain(text)
    return any(plain.startswith(_plain(names.get(lang))) for lang in LANGS)


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
