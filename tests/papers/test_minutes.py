"""Minutes on paper: everything on it, over as many sheets as it takes, signed beside something else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.minutes import MinutesItem, MinutesPaper, Named
from grants_app.papers.minutes import minutes_pdf
from tests.papers.reading import squeezed, texts

if TYPE_CHECKING:
    from grants_app.papers.styles import Fonts
    from grants_app.wording import Words

NAMES = ("Асанов Үсөн", "Бакыт кызы Асел", "Ким Анна")


@pytest.fixture
def paper() -> MinutesPaper:
    return MinutesPaper(
        number="3",
        branch="Аль-Фараби атындагы Казак улуттук университетинин Бишкек шаарындагы филиалы",
        campaign="Гранттар 2026",
        day="2026-жылдын 6-августу",
        place="Бишкек",
        present=tuple(Named(name, "доцент") for name in NAMES),
        absent=(Named("Осмонова Гүлжан", "иш сапары"),),
        quorum="4 мүчөнүн 3 катышты",
        agenda=("1. Гранттар",),
        items=(
            MinutesItem(no=1, title="Бекитүү", wording="Бекитилсин", votes="макул 3", outcome="кабыл"),
        ),
        fingerprints=("1-эсептөө: sha256:" + "ab" * 32,),
        custom="Бул калыптанган тартип",
        signatures=tuple(Named(name, "мүчө") for name in NAMES),
    )  # fmt: skip


def test_everybody_and_every_item_is_on_the_paper(paper: MinutesPaper, words: Words, fonts: Fonts) -> None:
    said = squeezed("".join(texts(minutes_pdf(paper, words, fonts))))
    for text in (*NAMES, "иш сапары", "Бекитилсин", "макул 3", paper.fingerprints[0], paper.day, "№ 3"):
        assert squeezed(text) in said


def test_long_minutes_go_on_over_sheets_that_count_themselves(
    paper: MinutesPaper, words: Words, fonts: Fonts
) -> None:
    items = tuple(
        MinutesItem(no=no, title=f"Маселе {no}", wording="чечим " * 60, votes="макул 3", outcome="кабыл")
        for no in range(1, 31)
    )
    pages = texts(minutes_pdf(replace(paper, items=items), words, fonts))
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        assert f"{number}/{len(pages)}" in squeezed(page)
    assert "Маселе 30" in "".join(pages)


@pytest.mark.parametrize("items", range(4, 12))
def test_signatures_never_stand_alone_on_a_sheet(
    paper: MinutesPaper, words: Words, fonts: Fonts, items: int
) -> None:
    made = tuple(replace(paper.items[0], no=no, wording="узун чечим " * 20) for no in range(1, items))
    last = texts(minutes_pdf(replace(paper, items=made), words, fonts))[-1]
    assert squeezed(paper.custom) in squeezed(last)
    assert NAMES[0] in last


def test_hostile_values_are_spelled_out_and_nothing_is_refused(
    paper: MinutesPaper, words: Words, fonts: Fonts
) -> None:
    bad = "😀 <img src='/etc/passwd'/> \u202eгруб " + "Ы" * 400
    hostile = replace(
        paper,
        number=bad,
        place=bad,
        present=(Named(bad, bad),),
        items=(MinutesItem(no=1, title=bad, wording=bad, votes=bad, outcome=bad, notes=(bad,)),),
        signatures=(Named(bad, bad),),
    )
    said = "".join(texts(minutes_pdf(hostile, words, fonts)))
    assert "[U+1F600]" in said
    assert "[U+202E]" in said
    assert squeezed("<img src='/etc/passwd'/>") in squeezed(said)


def test_the_same_minutes_are_the_same_bytes_and_a_sample_says_so(
    paper: MinutesPaper, words: Words, fonts: Fonts
) -> None:
    assert minutes_pdf(paper, words, fonts) == minutes_pdf(paper, words, fonts)
    assert words("SAMPLE") in texts(minutes_pdf(replace(paper, sample=True), words, fonts))[0]
    assert words("SAMPLE") not in texts(minutes_pdf(paper, words, fonts))[0]
