"""Who signs, the letterhead and the branch's picture on letters, lists and minutes, as the set-up says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec
import pypdfium2 as pdfium

from grants_app.domain.campaign import Signatory
from grants_app.domain.papers import LetterFacts
from grants_app.domain.values import Names
from grants_app.services import appeal_sheets, letters, lists, stationery
from grants_app.services.campaign import structure
from grants_app.wording import Words
from tests.papers.reading import squeezed, texts
from tests.services.test_setup_structure import names, png, seen, setup

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grants_app.services.access import Office

RU = Words("ru")


def signatory(name: str, paper: str = "award_letter", **changes: Any) -> Signatory:
    values: dict[str, Any] = {"branch": "KAZNU-BSH", "paper": paper, "post": names("Директор")}
    return Signatory(**values | {"name": names(name)} | changes)


def signed_by(office: Office, *people: Signatory) -> None:
    """The set-up with these signatories alone."""
    while setup(office).signatories:
        structure.remove(office, "signatories", 0, seen(office), reason="x")
    for one in people:
        structure.add(office, one, seen(office), reason="x")


def letter(office: Office) -> str:
    """The printed text of the first letter of the Bishkek branch."""
    letters.issue_missing(office)
    paper = next(one for one in letters.issued(office) if one.branch == "KAZNU-BSH")
    return texts(letters.preview(office, paper.id, ("ru",)))[0]


def test_several_sign_one_letter_in_their_order(office_at: Callable[[str], Office]) -> None:
    office = office_at("sealed")
    signed_by(office, signatory("Асанов Усен"), signatory("Бакыт кызы Асел"))
    page = letter(office)
    assert 0 < page.index("Асанов Усен") < page.index("Бакыт кызы Асел")


def test_the_exact_paper_wins_over_all_papers(office_at: Callable[[str], Office]) -> None:
    office = office_at("sealed")
    signed_by(office, signatory("Общий О.", ""), signatory("Точный Т."))
    page = letter(office)
    assert "Точный Т." in page
    assert "Общий О." not in page


def test_only_who_holds_the_post_on_the_papers_day_signs(office_at: Callable[[str], Office]) -> None:
    office = office_at("sealed")
    signed_by(
        office,
        signatory("Бывший Б.", until=date(2026, 8, 1)),
        signatory("Будущий Б.", since=date(2026, 12, 1)),
        signatory("Закрытый З.", closed=True),
        signatory("Нынешний Н.", "", since=date(2026, 8, 2)),
    )
    page = letter(office)
    assert [name for name in ("Бывший", "Будущий", "Закрытый", "Нынешний") if name in page] == ["Нынешний"]


def test_a_signatorys_name_is_written_as_each_language_writes_it(office_at: Callable[[str], Office]) -> None:
    office = office_at("sealed")
    signed_by(office, replace(signatory(""), name=Names(ky="Асанов Үсөн", ru="Асанов Усен")))
    assert "Асанов Усен" in letter(office)
    paper = next(one for one in letters.issued(office) if one.branch == "KAZNU-BSH")
    assert "Асанов Үсөн" in texts(letters.preview(office, paper.id, ("ky",)))[0]


def test_letterhead_lines_or_else_address_and_phone_stand_under_the_branchs_name(
    office_at: Callable[[str], Office],
) -> None:
    office = office_at("sealed")
    branch = replace(setup(office).branches[0], address=names("ул. Ленина, 1"), phone="0312 111111")
    assert stationery.letterhead(branch).ru == "ул. Ленина, 1 · 0312 111111"
    branch = replace(branch, letterhead=Names(ru="720000, г. Бишкек\nтел. 0312 111111"))
    structure.change(office, 0, branch, seen(office), reason="x")
    page = squeezed(letter(office))
    assert squeezed("720000, г. Бишкек") in page
    assert squeezed("тел. 0312 111111") in page


def test_a_branchs_own_picture_stands_on_its_letters_and_on_their_reprints(
    office_at: Callable[[str], Office], tmp_path: Path
) -> None:
    office = office_at("sealed")
    structure.put_emblem(office, 0, png(), seen(office), reason="x")
    letter(office)
    paper = next(one for one in letters.issued(office) if one.branch == "KAZNU-BSH")
    other = next(one for one in letters.issued(office) if one.branch == "ENU-OSH")
    structure.remove_emblem(office, 0, seen(office), reason="x")
    assert _pictures(letters.preview(office, paper.id)) == _pictures(letters.preview(office, other.id)) + 1
    letters.write_chosen(office, [paper.id], tmp_path / "letter.pdf")
    printed = (tmp_path / "letter.pdf").read_bytes()
    assert _pictures(printed) == _pictures(letters.preview(office, paper.id))


def _pictures(content: bytes) -> int:
    document = pdfium.PdfDocument(content)
    try:
        kind = pdfium.raw.FPDF_PAGEOBJ_IMAGE
        return sum(1 for _ in document[0].get_objects(filter=[kind]))
    finally:
        document.close()


def test_a_letter_of_before_several_could_sign_is_drawn_as_it_was(office_at: Callable[[str], Office]) -> None:
    office = office_at("sealed")
    letter(office)
    kept = msgspec.json.decode(letters.issued(office)[0].facts)
    for name in ("signers", "emblem"):
        del kept[name]
    old = msgspec.convert(kept | {"post": {"ru": "Директор"}, "signatory": "Асанов У."}, LetterFacts)
    assert [(one.post.ru, one.name.get("kk")) for one in old.signed_by] == [("Директор", "Асанов У.")]


def test_lists_and_appeal_sheets_are_signed_too(office_at: Callable[[str], Office]) -> None:
    office = office_at("sealed")
    signed_by(office, signatory("Списков С.", "list"), signatory("Листов Л.", "appeal_sheet"))
    assert lists.table(office, RU, "shortlist").signatures == (("Директор", "Списков С."),)
    with office.store.reading() as reading:
        no = reading.applications(office.campaign_id)[0].no
        branch = reading.applications(office.campaign_id)[0].entry.branch
    sheet = appeal_sheets.sheet(office, no, RU)
    wanted = ("Директор", "Листов Л.") if branch == "KAZNU-BSH" else ("Сотрудник", office.actor.name)
    assert sheet.signatures == (wanted,)
