"""Checking a letter in hand: a genuine one shows what to compare, an altered one is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from pyzbar import pyzbar
from reportlab.pdfgen.canvas import Canvas

from grants_app.domain.errors import Altered, Refused
from grants_app.domain.values import LANGS
from grants_app.papers.letter import letter_pdf, letters_pdf
from grants_app.papers.marks import draw_code
from grants_app.papers.verify import verify_letter, verify_letters
from tests.papers.reading import file_of, picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.domain.papers import LetterFacts
    from grants_app.domain.values import Lang
    from grants_app.papers.styles import Fonts
    from grants_app.papers.wordings import Wordings
    from tests.papers.conftest import Key

NAMES = ("Үсөнова Айгерим Бакытовна", "Бакыт уулу Үсөн", "Қожахметова Әсел Ғабитқызы", "Осмон тегин", "Бакыт")


@pytest.fixture(scope="module")
def job(letter: Callable[..., LetterFacts], wordings: Wordings, fonts: Fonts) -> bytes:
    """Fifty letters in one file, in turn in every language and paired."""
    ways = [*((lang,) for lang in LANGS), ("ky", "ru"), ("kk", "ru")]
    papers = [(letter(no, f"{NAMES[no % 5]}"), ways[no % 6]) for no in range(1, 51)]
    return letters_pdf(papers, wordings, fonts)


def test_fifty_of_fifty_letters_verify_from_their_pdf(job: bytes, key: Key, wordings: Wordings) -> None:
    shown = verify_letters(job, "pdf", [key.public], wordings)
    assert [check.number for check in shown] == [f"КБ-2026-{no:04}" for no in range(1, 51)]
    assert all(check.name == "match" and check.programme == "6B06102" and check.run == 4 for check in shown)
    assert [check.printed_name for check in shown] == [NAMES[no % 5] for no in range(1, 51)]


def test_fifty_of_fifty_letters_verify_from_a_photo(job: bytes, key: Key, wordings: Wordings) -> None:
    for page in range(50):
        tilted = picture(job, 150, page).rotate(page % 9 - 4, fillcolor=255)
        shown = verify_letter(file_of(tilted, "JPEG", quality=60), "picture", [key.public], wordings)
        assert (shown.number, shown.name) == (f"КБ-2026-{page + 1:04}", "asked")


def test_another_reader_reads_the_same_code(job: bytes, letter: Callable[..., LetterFacts]) -> None:
    for page in (0, 24, 49):
        (code,) = pyzbar.decode(picture(job, 200, page), symbols=[pyzbar.ZBarSymbol.QRCODE])
        assert code.data.decode() == letter(page + 1, NAMES[(page + 1) % 5]).code


def test_a_picture_answers_match_or_no_match_to_a_name(
    letter: Callable[..., LetterFacts], wordings: Wordings, fonts: Fonts, key: Key
) -> None:
    photo = file_of(picture(letter_pdf(letter(), ("ky",), wordings, fonts)))
    asked = [
        verify_letter(photo, "picture", [key.public], wordings, name).name
        for name in (None, "үсөнова айгерим  бакытовна", "Үсөнова Айгерим")
    ]
    assert asked == ["asked", "match", "no_match"]


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("name", {"full_name": "Усөнова Айгерим Бакытовна"}),
        ("name", {"full_name": "Үсөнова Айгерим Бакытовна кызы"}),
        ("name", {"latin": "Асанов Үсөн"}),
        ("number", {"number": "КБ-2026-0018"}),
        ("number", {"number": "КБ-2026-00171"}),
        ("programme", {"programme_code": "6B06103"}),
        ("issued_on", {"issued_on": date(2026, 8, 8)}),
    ],
)
@pytest.mark.parametrize("langs", [("ky",), ("ru", "kk"), ("en",)], ids="-".join)
def test_a_pdf_that_prints_something_else_is_found_altered(
    letter: Callable[..., LetterFacts],
    wordings: Wordings,
    fonts: Fonts,
    key: Key,
    langs: tuple[Lang, ...],
    field: str,
    change: dict[str, object],
) -> None:
    content = letter_pdf(replace(letter(), **change), langs, wordings, fonts)
    with pytest.raises(Altered) as found:
        verify_letter(content, "pdf", [key.public], wordings)
    assert (found.value.code, found.value.facts["field"]) == ("letter_text_altered", field)


def test_a_scan_without_text_asks_for_the_name(
    letter: Callable[..., LetterFacts], wordings: Wordings, fonts: Fonts, key: Key
) -> None:
    out = BytesIO()
    picture(letter_pdf(letter(), ("ky",), wordings, fonts), 200).save(out, "PDF", resolution=200)
    scan = verify_letter(out.getvalue(), "pdf", [key.public], wordings)
    assert (scan.name, scan.printed_name) == ("asked", "")


def test_a_long_name_over_several_lines_is_still_the_name(
    letter: Callable[..., LetterFacts], wordings: Wordings, fonts: Fonts, key: Key
) -> None:
    name = "Константинопольская-Жолдошбаева Айгерим-Бегимай Нурзатовна-Токтогуловна кызы Абдыкадырова"
    for langs in (("ky",), ("ky", "ru")):
        content = letter_pdf(letter(name=name), langs, wordings, fonts)
        assert verify_letter(content, "pdf", [key.public], wordings).printed_name == name


@pytest.mark.parametrize("langs", [*((lang,) for lang in LANGS), ("ky", "ru"), ("ru", "kk")], ids="-".join)
@pytest.mark.parametrize("name", NAMES)
def test_a_sample_a_reprint_and_a_replacement_verify_too(
    letter: Callable[..., LetterFacts],
    wordings: Wordings,
    fonts: Fonts,
    key: Key,
    langs: tuple[Lang, ...],
    name: str,
) -> None:
    for more in ({}, {"guardian": "Асанова Бакыт", "reprint": 3, "replaces": "КБ-2026-0001"}):
        facts = letter(name=name, sample=True, **more)
        shown = verify_letter(letter_pdf(facts, langs, wordings, fonts), "pdf", [key.public], wordings)
        assert (shown.name, shown.printed_name) == ("match", name)


def test_the_code_has_white_around_it(
    letter: Callable[..., LetterFacts], wordings: Wordings, fonts: Fonts
) -> None:
    page = picture(letter_pdf(letter(), ("ky",), wordings, fonts), 300)
    (code,) = pyzbar.decode(page, symbols=[pyzbar.ZBarSymbol.QRCODE])
    left, top, width, height = code.rect
    quiet = int(width / 61 * 3.5)  # of the four modules the standard asks for, less the blur of the edge
    for box in (
        (left - quiet, top, left - 4, top + height),
        (left + width + 4, top, left + width + quiet, top + height),
        (left, top - quiet, left + width, top - 4),
        (left, top + height + 4, left + width, top + height + quiet),
    ):
        assert min(page.crop(box).tobytes()) > 230


def test_a_letter_of_a_key_nobody_trusts_is_refused(
    letter: Callable[..., LetterFacts], wordings: Wordings, fonts: Fonts, other_key: Key
) -> None:
    with pytest.raises(Refused) as refusal:
        verify_letter(letter_pdf(letter(), ("ky",), wordings, fonts), "pdf", [other_key.public], wordings)
    assert refusal.value.code == "code_key_unknown"


def test_a_paper_without_a_code_is_refused(key: Key, wordings: Wordings) -> None:
    blank = Image.new("L", (600, 800), 255)
    with pytest.raises(Refused) as refusal:
        verify_letter(file_of(blank), "picture", [key.public], wordings)
    assert refusal.value.code == "code_missing"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 nothing", b"hello", b"\x89PNG\r\n\x1a\n" + b"\0" * 50])
def test_what_is_no_letter_at_all_is_refused(key: Key, wordings: Wordings, content: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        verify_letter(content, "pdf", [key.public], wordings)
    assert refusal.value.code == "pdf_unreadable"
    with pytest.raises(Refused) as refusal:
        verify_letter(content, "picture", [key.public], wordings)
    assert refusal.value.code == "picture_unreadable"


def test_a_picture_made_to_fill_the_memory_is_refused_unopened(key: Key, wordings: Wordings) -> None:
    bomb = file_of(Image.new("1", (8_000, 8_000)))
    with pytest.raises(Refused) as refusal:
        verify_letter(bomb, "picture", [key.public], wordings)
    assert refusal.value.code == "picture_too_large"


def test_a_genuine_code_pasted_on_another_paper_is_found_altered(
    letter: Callable[..., LetterFacts], key: Key, wordings: Wordings, fonts: Fonts
) -> None:
    out = BytesIO()
    canvas = Canvas(out, initialFontName="PTSans")
    canvas.setFont("PTSans", 12)
    canvas.drawString(60, 700, "Award letter of Усөнова Айгерим, № КБ-2026-0017")
    draw_code(canvas, letter().code, 60, 60, 90)
    canvas.save()
    with pytest.raises(Altered) as found:
        verify_letter(out.getvalue(), "pdf", [key.public], wordings)
    assert found.value.code == "letter_text_altered"
