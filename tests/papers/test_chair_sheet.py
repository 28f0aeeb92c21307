"""The chair's sheet is one A4 page with all that was looked at, whatever was typed, in every language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pytest

from grants_app.domain.chair_sheet import PageFinding, SheetPage
from grants_app.domain.values import LANGS
from grants_app.papers.chair_sheet import BOTTOM, HEIGHT, LEFT, RIGHT, sheet_pdf
from grants_app.wording import Words
from tests.papers.hostile import hostile_values
from tests.papers.reading import squeezed, texts

if TYPE_CHECKING:
    from grants_app.papers.styles import Fonts

NAME = "Маалыматтык системалар · КазУУ Бишкек"
REASON = (
    "Себеби: жыйынтыктар тест борборунун тизмелери менен салыштырылды, протокол № 3, 4-пункт (Токтогулова А.)"
)


def sheet(pools: int = 9, reasons: int = 4, changes: int = 0, **given: object) -> SheetPage:
    told = "Маалыматтык системалар: " + ", ".join(f"B-{number:04}" for number in range(changes))
    page = SheetPage(
        title="Төраганын барагы, 3-эсептөө",
        subtitle=("Казакстандын билим берүү гранттары, 2026", "1-тур", "Долбоор"),
        pool_heads=("Программа", "Орундар", "Катышат", "Сунушталган", "Чек", "Резервде"),
        pools=tuple((NAME, "6", "178", "6", "312,5", str(place)) for place in range(pools)),
        totals=("Бардыгы", "50", "", "50", "", ""),
        finding_heads=("Эмне каралды", "Саны", "Абалы"),
        findings=tuple(
            PageFinding(
                f"Текшерүү {place}", "", "50", "accepted", "кабыл алынды", REASON if place < reasons else ""
            )
            for place in range(16)
        ),
        difference=("2-эсептөөдөн айырма", f"грант алат ({changes}). {told}") if changes else (),
        signatures=tuple(("Комиссиянын мүчөсү", f"Асанов Үсөн {place}") for place in range(7)),
        fingerprint="sha256:" + "7c1f90ab" * 8,
    )
    return replace(page, **given)


@pytest.mark.parametrize("lang", LANGS)
def test_twenty_pools_ten_reasons_and_a_hundred_differences_are_one_page(lang: str, fonts: Fonts) -> None:
    content = sheet_pdf(sheet(20, 10, 100), Words(lang), fonts)
    (page,) = texts(content)
    for said in (NAME, REASON, "Текшерүү 15", "Асанов Үсөн 6", "B-0099", "7c1f90ab" * 8):
        assert squeezed(said) in squeezed(page)
    leaf = pdfium.PdfDocument(content)[0]
    text = leaf.get_textpage()
    boxes = [text.get_rect(place) for place in range(text.count_rects())]
    assert min(box[0] for box in boxes) >= LEFT - 1
    assert max(box[2] for box in boxes) <= RIGHT + 1
    assert min(box[1] for box in boxes) >= HEIGHT - BOTTOM - 2


def test_a_small_campaigns_sheet_says_everything_at_full_size(words: Words, fonts: Fonts) -> None:
    page = sheet(3, 2, 12)
    shown = squeezed(texts(sheet_pdf(page, words, fonts))[0])
    everything = (
        page.title, *page.subtitle, *page.pool_heads, *page.totals, *page.finding_heads, *page.difference,
        page.fingerprint, *(cell for row in page.pools for cell in row),
        *(part for one in page.findings for part in (one.text, one.count, one.standing_text, one.reason)),
        *(part for signature in page.signatures for part in signature),
    )  # fmt: skip
    assert [text for text in everything if squeezed(text) not in shown] == []


def test_differences_that_do_not_fit_end_with_an_ellipsis(words: Words, fonts: Fonts) -> None:
    (page,) = texts(sheet_pdf(sheet(20, 16, 1500), words, fonts))
    assert "…" in page
    assert "B-0000" in page
    assert "B-1499" not in page
    assert squeezed("Асанов Үсөн 6") in squeezed(page), "the place to sign is never pushed off"


def test_where_nothing_at_all_fits_the_differences_go_first(words: Words, fonts: Fonts) -> None:
    (page,) = texts(sheet_pdf(sheet(42, 16, 40), words, fonts))
    assert "B-0000" not in page
    assert "2-эсептөөдөн айырма" in page


def test_the_same_sheet_is_the_same_bytes_and_a_sample_says_so(words: Words, fonts: Fonts) -> None:
    assert sheet_pdf(sheet(), words, fonts) == sheet_pdf(sheet(), words, fonts)
    assert squeezed(words("SAMPLE")) in squeezed(texts(sheet_pdf(sheet(sample=True), words, fonts))[0])


def test_whatever_was_typed_as_a_reason_is_only_text(words: Words, fonts: Fonts) -> None:
    values = hostile_values()
    for start in range(0, 96, 16):
        findings = tuple(
            PageFinding("Текшерүү", "", "1", "accepted", "кабыл алынды", value[:200])
            for value in values[start : start + 16]
        )
        page = sheet(1, findings=findings, signatures=((values[start], values[start + 1]),))
        assert len(texts(sheet_pdf(page, words, fonts))) == 1
