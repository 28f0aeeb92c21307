"""The award letter: complete, legible, the same every time, in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pytest

from grants_app.domain.errors import Refused
from grants_app.domain.papers import Signer
from grants_app.domain.values import LANGS, Names
from grants_app.papers.letter import RIGHT, letter_pdf, letters_pdf
from tests.papers.reading import picture, squeezed, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.domain.papers import LetterFacts
    from grants_app.domain.values import Lang
    from grants_app.papers.styles import Fonts
    from grants_app.papers.wordings import Wordings

KYRGYZ = "АБВГДЕЁЖЗИЙКЛМНҢОӨПРСТУҮФХЦЧШЩЪЫЬЭЮЯ"
KAZAKH = "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ"
LONG_NAME = (
    "Константинопольская-Жолдошбаева Айгерим-Бегимай Нурзатовна-Токтогуловна "
    "кызы Абдыкадырова Бекмамбетова Сыдыкова Бакыт"
)
LONG_PROGRAMME = (
    "Айыл чарба, экология жана табият ресурстарын сарамжалдуу пайдалануу багыты боюнча "
    "маалыматтык-аналитикалык системалар"
)
PAIRS = [*((lang,) for lang in LANGS), ("ky", "ru"), ("ru", "kk"), ("kk", "en"), ("ky", "ru", "kk", "en")]


@pytest.mark.parametrize("langs", PAIRS, ids="-".join)
def test_a_letter_says_everything_it_must(
    letter: Callable[..., LetterFacts], wordings: Wordings, fonts: Fonts, langs: tuple[Lang, ...]
) -> None:
    (page,) = map(squeezed, texts(letter_pdf(letter(), langs, wordings, fonts)))
    main = wordings[langs[0]]
    for said in (
        "КБ-2026-0017", "Үсөнова Айгерим Бакытовна", "USONOVA AIGERIM", "6B06102", "А. Б. Сыдыков", "16:00",
        "7c1f 90ab 44e2 d35b", "3412", main.say.title, main.say.intro, main.say.act, main.say.verify,
        main.on(letter().issued_on), letter().branch.get(langs[0]), letter().zone.get(langs[0]),
    ):  # fmt: skip
        assert squeezed(said) in page
    for lang in langs[1:]:
        assert squeezed(wordings[lang].say.title) in page
        assert squeezed(wordings[lang].say.act) in page


@pytest.mark.parametrize("alphabet", [KYRGYZ, KAZAKH], ids=["ky", "kk"])
def test_every_letter_of_the_alphabet_can_be_copied_out(
    letter: Callable[..., LetterFacts], wordings: Wordings, fonts: Fonts, alphabet: str
) -> None:
    both = alphabet + " " + alphabet.lower()
    page = texts(letter_pdf(letter(name=both, programme=Names(ky=both)), ("ky",), wordings, fonts))[0]
    assert squeezed(page).count(squeezed(both)) == 2


def test_the_same_letter_is_the_same_bytes(
    letter: Callable[..., LetterFacts], wordings: Wordings, fonts: Fonts
) -> None:
    first = letter_pdf(letter(), ("ky", "ru"), wordings, fonts)
    letter_pdf(letter(18, "Асанов Үсөн"), ("kk",), wordings, fonts)
    assert letter_pdf(letter(), ("ky", "ru"), wordings, fonts) == first


def test_a_print_job_has_one_page_a_letter_in_order(
    letter: Callable[..., LetterFacts], wordings: Wordings, fonts: Fonts
) -> None:
    job = letters_pdf(((letter(no, f"Асанов Үсөн {no}"), ("ky",)) for no in range(1, 51)), wordings, fonts)
    pages = texts(job)
    assert len(pages) == 50
    assert all(f"КБ-2026-{no:04}" in page for no, page in enumerate(pages, start=1))


def test_every_font_is_embedded(letter: Callable[..., LetterFacts], wordings: Wordings, fonts: Fonts) -> None:
    document = pdfium.PdfDocument(letter_pdf(letter(sample=True), ("ky", "ru"), wordings, fonts))
    found = [
        item.get_font() for item in document[0].get_objects() if item.type == pdfium.raw.FPDF_PAGEOBJ_TEXT
    ]
    assert {font.get_base_name().split("+")[-1] for font in found} <= {
        "PTSans-Regular", "PTSerif-Regular", "PTSerif-Bold",
    }  # fmt: skip
    assert all(font.is_embedded for font in found)
    assert b"Helvetica" not in letter_pdf(letter(), ("ky",), wordings, fonts)


def test_the_document_tells_its_title_author_and_language(
    letter: Callable[..., LetterFacts], wordings: Wordings, fonts: Fonts
) -> None:
    content = letter_pdf(letter(), ("kk", "ru"), wordings, fonts)
    told = pdfium.PdfDocument(content).get_metadata_dict()
    assert told["Title"] == "Білім беру грантын тағайындау туралы хабарлама № КБ-2026-0017"
    assert told["Author"].startswith("Әл-Фараби")
    assert b"/Lang (kk)" in content


@pytest.mark.parametrize("langs", PAIRS, ids="-".join)
def test_long_names_are_set_whole_and_inside_the_page(
    letter: Callable[..., LetterFacts], wordings: Wordings, fonts: Fonts, langs: tuple[Lang, ...]
) -> None:
    facts = letter(
        name=LONG_NAME,
        guardian=LONG_NAME,
        programme=Names(ky=LONG_PROGRAMME, ru=LONG_PROGRAMME + " (ру)", kk=LONG_PROGRAMME + " (кк)"),
        signers=(Signer(Names(ky=LONG_PROGRAMME), Names(ky=LONG_NAME)),),
    )
    content = letter_pdf(facts, langs, wordings, fonts)
    page = squeezed(texts(content)[0])
    assert page.count(squeezed(LONG_NAME)) >= 2
    assert squeezed(LONG_PROGRAMME) in page
    assert _rightmost(content) <= RIGHT + 1
    assert not _overlaps(content)


def test_what_no_page_can_hold_is_refused_not_cut(
    letter: Callable[..., LetterFacts], wordings: Wordings, fonts: Fonts
) -> None:
    with pytest.raises(Refused) as refusal:
        letter_pdf(letter(name="Жолдошбаева " * 400), ("ky",), wordings, fonts)
    assert refusal.value.code == "letter_too_long"


def test_a_letter_no_face_has_is_refused_by_name(
    letter: Callable[..., LetterFacts], wordings: Wordings, fonts: Fonts
) -> None:
    with pytest.raises(Refused) as refusal:
        letter_pdf(letter(name="Асанов 王 Үсөн"), ("ky",), wordings, fonts)
    assert refusal.value.code == "glyph_missing"
    assert refusal.value.facts["character"] == "王"


@pytest.mark.parametrize(
    ("lang", "word"), [("ky", "ҮЛГҮ"), ("ru", "ОБРАЗЕЦ"), ("kk", "ҮЛГІ"), ("en", "SAMPLE")]
)
def test_a_sample_says_so_across_the_page(
    letter: Callable[..., LetterFacts], wordings: Wordings, fonts: Fonts, lang: Lang, word: str
) -> None:
    assert word in texts(letter_pdf(letter(sample=True), (lang,), wordings, fonts))[0]
    assert word not in texts(letter_pdf(letter(), (lang,), wordings, fonts))[0]


def test_a_reprint_and_a_replacement_say_so(
    letter: Callable[..., LetterFacts], wordings: Wordings, fonts: Fonts
) -> None:
    page = texts(letter_pdf(letter(reprint=2, replaces="КБ-2026-0003"), ("ru",), wordings, fonts))[0]
    assert "Повторная печать: 2" in page
    assert "Выдано взамен прежнего уведомления: № КБ-2026-0003" in page


def test_an_award_without_deadline_or_place_prints_neither(
    letter: Callable[..., LetterFacts], wordings: Wordings, fonts: Fonts
) -> None:
    page = texts(letter_pdf(letter(confirm_until=None, position=None), ("ru",), wordings, fonts))[0]
    assert "Подтвердить до" not in page
    assert "Место в рейтинге" not in page
    assert "приёмной комиссии" in page


def test_the_sign_of_the_branch_is_drawn(
    letter: Callable[..., LetterFacts], wordings: Wordings, fonts: Fonts
) -> None:
    corner = picture(letter_pdf(letter(), ("ky",), wordings, fonts), 72).crop((58, 46, 104, 92))
    assert min(corner.tobytes()) < 120


def _rects(content: bytes) -> list[tuple[float, float, float, float]]:
    text = pdfium.PdfDocument(content)[0].get_textpage()
    return [text.get_rect(index) for index in range(text.count_rects())]


def _rightmost(content: bytes) -> float:
    return max(right for _, _, right, _ in _rects(content))


def _overlaps(content: bytes) -> list[object]:
    """Pairs of text runs whose boxes share more than a sliver."""
    rects = _rects(content)
    return [
        (a, b)
        for place, a in enumerate(rects)
        for b in rects[place + 1 :]
        if min(a[2], b[2]) - max(a[0], b[0]) > 2 and min(a[3], b[3]) - max(a[1], b[1]) > 2
    ]
