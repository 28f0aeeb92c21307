"""Plain papers: everything on them is read back, one page stays one page, hostile values do nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from grants_app.domain.plain_paper import PaperEntry, PaperSection, PaperTable, PlainPaper
from grants_app.papers.plain_paper import plain_paper_pdf
from tests.papers.hostile import hostile_values
from tests.papers.reading import squeezed, texts

if TYPE_CHECKING:
    from grants_app.papers.styles import Fonts


def paper(value: str = "Үсөнова Айгерим", *, choices: int = 4, rows: int = 6, **changes: Any) -> PlainPaper:
    """A paper as full as an appeal sheet gets, with one value everywhere a value can stand."""
    entry = PaperEntry(
        title=f"1. 6B06102 {value}",
        mark="резерв 3",
        tone="bad",
        lines=(f"Причина: {value}.", "Проходной 258.", *(f"{value}: занято 1 из 1." for _ in range(3))),
    )
    table = PaperTable(
        heads=("Показатель", "Балл", "Источник"),
        weights=(30, 10, 30),
        rows=tuple((value, str(row), value) for row in range(rows)),
        right=(1,),
    )
    facts: dict[str, Any] = {
        "lang": "ru",
        "heading": "Филиал в г. Бишкек",
        "title": "Апелляционный лист",
        "subtitle": "Почему заявление на этом месте",
        "banner": "Черновик",
        "watermark": "ОБРАЗЕЦ",
        "facts": (("Имя", value), ("Заявление №", "B-0017"), ("Кампания", value)),
        "sections": (
            PaperSection(title="Баллы", table=table),
            PaperSection(title="Выбор", entries=(entry,) * choices),
            PaperSection(title="Пусто"),
            PaperSection(title="Льготы", facts=((value, "учтена"),), paragraphs=("Как подать.", value)),
        ),
        "signatures": (("Секретарь", "Бакыт кызы Асел"), ("Присутствовал", "")),
        "footer": ("sha256:" + "7c" * 32, "Напечатано"),
        "one_page": True,
    }
    return PlainPaper(**(facts | changes))


def test_everything_is_read_back_and_an_empty_section_is_not_drawn(fonts: Fonts) -> None:
    (page,) = texts(plain_paper_pdf(paper(), fonts))
    read = squeezed(page)
    for said in (
        *("Филиал в г. Бишкек", "Апелляционный лист", "Почему заявление на этом месте", "Черновик"),
        *("Имя: Үсөнова Айгерим", "Заявление №: B-0017", "Показатель", "1. 6B06102", "резерв 3"),
        *("Проходной 258.", "Льготы", "Как подать.", "Секретарь", "Бакыт кызы Асел", "sha256:" + "7c" * 32),
    ):
        assert squeezed(said) in read
    assert "Пусто" not in read


def test_the_same_paper_gives_the_same_bytes(fonts: Fonts) -> None:
    assert plain_paper_pdf(paper(), fonts) == plain_paper_pdf(paper(), fonts)


def test_a_paper_of_one_page_is_set_smaller_before_anything_is_shortened(fonts: Fonts) -> None:
    name = "Абдыкадырова-Токтогулова " * 3
    (page,) = texts(plain_paper_pdf(paper(name.strip()), fonts))
    assert squeezed(page).count(squeezed(name)) >= 20
    assert "…" not in page


@pytest.mark.parametrize("value", ["Ң" * 2000, "Абдыкадырова " * 200, "W" * 500])
def test_over_long_values_never_make_a_second_page(fonts: Fonts, value: str) -> None:
    (page,) = texts(plain_paper_pdf(paper(value), fonts))
    read = squeezed(page)
    assert "…" in read
    assert "sha256:" + "7c" * 32 in read
    assert read.index("БакыткызыАсел") < read.index("sha256:")


def test_five_hundred_hostile_values_are_printed_as_they_are_or_spelled_out(fonts: Fonts) -> None:
    values = hostile_values()
    for start in range(0, len(values), 25):
        some = values[start : start + 25]
        table = PaperTable(heads=("Имя",), weights=(1,), rows=tuple((value,) for value in some))
        entries = tuple(PaperEntry(title=value, lines=(value,), mark=value[:20]) for value in some[:3])
        facts = tuple((f"Факт {number}", value) for number, value in enumerate(some))
        sections = (PaperSection(title="Имена", table=table, entries=entries),)
        content = plain_paper_pdf(paper(sections=sections, facts=facts, one_page=False), fonts)
        read = squeezed("".join(texts(content)))
        assert all(f"Факт{number}:" in read for number in range(len(some)))
        assert "root:" not in read
        (page,) = texts(plain_paper_pdf(paper(some[0], choices=1, rows=1), fonts))
        assert squeezed("Заявление №: B-0017") in squeezed(page)


def test_a_letter_no_face_has_is_spelled_out(fonts: Fonts) -> None:
    (page,) = texts(plain_paper_pdf(paper("Айгерим 😀"), fonts))
    assert "[U+1F600]" in page


def test_a_longer_paper_goes_on_over_numbered_pages_with_nothing_lost(fonts: Fonts) -> None:
    pages = texts(plain_paper_pdf(paper(rows=150, one_page=False), fonts))
    assert len(pages) > 2
    assert all(f"{number} / {len(pages)}" in page for number, page in enumerate(pages, start=1))
    assert all("sha256:" in page for page in pages)
    read = "".join(squeezed(page) for page in pages)
    assert all(squeezed(f"Үсөнова Айгерим {row} Үсөнова") in read for row in range(150))


def test_a_heading_stays_with_what_it_heads(fonts: Fonts) -> None:
    for rows in range(30, 60):
        pages = texts(plain_paper_pdf(paper(rows=rows, one_page=False), fonts))
        for page in pages[:-1]:
            body = page[: page.index("sha256:")].strip().splitlines()
            assert body[-1].strip() not in ("Выбор", "Баллы", "Льготы", "1. 6B06102 Үсөнова Айгерим")
