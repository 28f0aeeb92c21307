"""Letters and lists: numbered once, printed again as reprints, cancelled not deleted, exported as shown."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.values import LANGS
from grants_app.services import awards, exports, intake, letters, lists, pool_lists, runs, seats, upkeep
from grants_app.wording import Words
from tests.services.desks import as_role, refuses

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grants_app.services.access import Office

PDF = b"%PDF"
KINDS = ("shortlist", "public", "reserve", "ledger", "applications")


@pytest.fixture
def sealed(office_at: Callable[[str], Office]) -> Office:
    """The sample's campaign sealed, no letter issued yet."""
    return office_at("sealed")


def text_of(data: bytes) -> str:
    """The words of a PDF."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text.replace("\r", "")


# Letters


def test_letters_are_issued_once_and_an_issued_one_keeps_its_number(sealed: Office) -> None:
    assert letters.issue_missing(sealed).papers
    numbers = [paper.number for paper in letters.issued(sealed)]
    assert len(numbers) == len(set(numbers)) == 50
    assert not letters.issue_missing(sealed).papers
    assert [paper.number for paper in letters.issued(sealed)] == numbers


def test_before_a_run_is_sealed_there_is_no_letter(
    office_at: Callable[[str], Office], tmp_path: Path
) -> None:
    office = office_at("settled")
    runs.propose(office)
    with refuses("nothing_sealed"):
        letters.write_all(office, tmp_path / "letters")


def test_a_preview_is_the_very_paper_and_counts_no_print(sealed: Office) -> None:
    letters.issue_missing(sealed)
    paper = letters.issued(sealed)[0]
    shown = letters.preview(sealed, paper.id)
    printed = letters.print_job(sealed, [paper.id])
    assert text_of(shown) == text_of(printed)
    assert text_of(letters.preview(sealed, paper.id)) != text_of(shown), "the next one says it is a reprint"
    assert [p.prints for p in letters.issued(sealed) if p.id == paper.id] == [1]


@pytest.mark.parametrize("lang", LANGS)
def test_a_letter_is_printed_in_the_language_asked_for(sealed: Office, lang: str) -> None:
    letters.issue_missing(sealed)
    paper = letters.issued(sealed)[0]
    text = " ".join(text_of(letters.preview(sealed, paper.id, (lang,))).split())
    pool = awards.ledger(sealed)[0].pool
    setup = sealed.campaign().setup
    first = next(line for line in awards.ledger(sealed) if line.award == paper.award)
    programme = setup.programme(setup.pool(first.pool).programme).names.get(lang)
    assert programme in text
    assert pool


def test_the_letter_speaks_the_applicants_language_with_russian_beside_it() -> None:
    assert letters.default_langs("ru") == ("ru",)
    assert letters.default_langs("kk") == ("kk", "ru")
    assert letters.default_langs("") == ("ky", "ru")


def test_chosen_letters_go_into_one_file_in_the_order_chosen(sealed: Office, tmp_path: Path) -> None:
    letters.issue_missing(sealed)
    second, first = letters.issued(sealed)[:2]
    target = tmp_path / "two.pdf"
    assert letters.write_chosen(sealed, [first.id, second.id], target) == 2
    text = text_of(target.read_bytes())
    assert text.index(first.number) < text.index(second.number)
    assert {p.prints for p in letters.issued(sealed)[:2]} == {1}
    assert [event.act for event in upkeep.journal(sealed, limit=2)[1]] == ["paper.printed"] * 2


def test_all_letters_can_come_as_one_file(sealed: Office, tmp_path: Path) -> None:
    kept = {paper.award for paper in letters.issued(sealed)}
    written = letters.write_all(sealed, tmp_path, ("ru",), one_file=True)
    assert (len(written), {one.file for one in written}) == (50, {tmp_path / "letters.pdf"})
    assert not kept
    assert (tmp_path / "letters.pdf").read_bytes().startswith(PDF)


def test_a_cancelled_letter_is_not_printed_with_the_others(sealed: Office, tmp_path: Path) -> None:
    letters.issue_missing(sealed)
    line = awards.ledger(sealed)[0]
    mine = seats.letters_of(sealed, line.award or 0)
    awards.record(sealed, line.application_no, "decline", reason="отказ от 07.08.2026")
    told: list[tuple[int, int]] = []
    written = letters.write_all(sealed, tmp_path, ("ru",), progress=lambda *step: told.append(step))
    assert mine[0].number not in {one.number for one in written}
    assert told[-1] == (49, 49)
    assert seats.letters_of(sealed, line.award or 0) == ()
    assert mine[0].number in {paper.number for paper in letters.issued(sealed)}, "it stays in the register"


def test_a_name_the_fonts_cannot_print_is_refused_by_name_and_no_print_is_counted(
    sealed: Office, tmp_path: Path
) -> None:
    number = awards.ledger(sealed)[0].application_no
    known = intake.application_by_no(sealed, number)
    person = replace(known.entry.person, latin="Ａida 漢")
    form = intake.SaveForm(
        entry=replace(known.entry, person=person), application=known.id, seen=known.version, submit=False
    )
    intake.save(sealed, form)
    letters.issue_missing(sealed)
    mine = next(paper for paper in letters.issued(sealed) if paper.application == known.id)
    with refuses("glyph_missing", code_point="U+6F22"):
        letters.write_chosen(sealed, [mine.id], tmp_path / "letter.pdf")
    assert not (tmp_path / "letter.pdf").exists()
    assert {p.prints for p in letters.issued(sealed)} == {0}


def test_a_folder_that_cannot_be_made_is_refused_before_a_letter_is_numbered(
    sealed: Office, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with refuses("cannot_write"):
        letters.write_all(sealed, tmp_path / "taken")
    assert letters.issued(sealed) == []


def test_an_auditor_prints_nothing(sealed: Office, tmp_path: Path) -> None:
    auditor = as_role(sealed, "auditor")
    for act in (
        lambda: letters.issue_missing(auditor),
        lambda: letters.print_job(auditor, [1]),
        lambda: letters.write_chosen(auditor, [1], tmp_path / "x.pdf"),
    ):
        with refuses("not_allowed", act="papers"):
            act()


# Lists


def read(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_list_is_written_row_for_row_as_shown(sealed: Office, kind: str, tmp_path: Path) -> None:
    words = Words("ky")
    shown = lists.table(sealed, words, kind)
    path = tmp_path / f"{kind}.csv"
    assert exports.write(sealed, words, kind, "csv", path) == len(shown.rows) > 0
    assert upkeep.journal(sealed, act="list.exported")[1][0].subject == kind
    text = path.read_text(encoding="utf-8-sig")
    numbers = [column.key for column in shown.columns].index("no")
    assert all(str(row[numbers] or "") in text for row in shown.rows)


@pytest.mark.parametrize(("form", "head"), [("xlsx", b"PK"), ("html", b"<!DOCTYPE html"), ("pdf", PDF)])
def test_a_list_comes_in_the_format_asked_for(
    sealed: Office, form: str, head: bytes, tmp_path: Path, words: Words
) -> None:
    exports.write(sealed, words, "reserve", form, tmp_path / "list")
    assert (tmp_path / "list").read_bytes()[: len(head)].lower() == head.lower()


def test_a_list_or_format_nobody_knows_is_refused_with_those_there_are(
    sealed: Office, tmp_path: Path, words: Words
) -> None:
    with refuses("list_unknown", kind="everything", known=", ".join(KINDS)):
        exports.write(sealed, words, "everything", "csv", tmp_path / "list")
    with refuses("format_unknown", form="doc", known="xlsx, csv, pdf, html"):
        exports.write(sealed, words, "reserve", "doc", tmp_path / "list")
    assert list(tmp_path.glob("list*")) == []


def test_a_ranked_list_wants_a_run_first(empty: Office, words: Words) -> None:
    with refuses("no_run_yet"):
        lists.table(empty, words, "shortlist")
    assert lists.table(empty, words, "applications").rows == []


def test_a_list_of_a_draft_says_that_it_is_not_approved(
    office_at: Callable[[str], Office], words: Words
) -> None:
    office = office_at("settled")
    proposal = runs.propose(office)
    draft = words("Draft run {no}: not approved yet", no=proposal.no)
    assert draft in lists.table(office, words, "shortlist").subtitle


def test_the_approved_list_carries_run_minutes_and_fingerprint(sealed: Office, words: Words) -> None:
    made = lists.table(sealed, words, "public")
    view = runs.overview(sealed)
    assert made.fingerprint == view.fingerprint != ""
    assert any(view.minutes_no in line for line in made.subtitle[1:])
    assert made.sample


def test_the_reserve_list_holds_only_those_who_wait(sealed: Office, words: Words) -> None:
    made = lists.table(sealed, words, "reserve")
    place = [column.key for column in made.columns].index("no")
    listed = [row[place] for row in made.rows]
    waiting = [no for pool in runs.overview(sealed).result.reserve for no in pool.applications]
    assert sorted(map(str, listed)) == sorted(waiting)
    holders = {line.application_no for line in awards.ledger(sealed)}
    counts = seats.reserve_counts(sealed)
    assert sum(counts.values()) == len(listed)
    for pool, count in counts.items():
        asked = seats.reserve(sealed, pool)
        assert [line.reserve for line in asked] == list(range(1, count + 1))
    assert holders


def test_the_ledger_shows_a_seat_given_back_as_free(sealed: Office, words: Words) -> None:
    line = awards.ledger(sealed)[0]
    awards.record(sealed, line.application_no, "decline")
    made = lists.table(sealed, words, "ledger")
    keys = [column.key for column in made.columns]
    row = dict(zip(keys, made.rows[0], strict=True))
    assert (row["no"], row["state"]) == ("", words.code("award_free"))


def test_what_was_not_given_is_empty_on_the_list_never_zero(sealed: Office, words: Words) -> None:
    columns = pool_lists.pool_table(sealed, words).columns
    assert columns[0].key == "programme", "all pools in one table name theirs"
    with sealed.store.reading() as reading:
        by_no = {one.no: one for one in reading.applications(sealed.campaign_id)}
    shown = pool_lists.pool_table(sealed, words)
    keys = [column.key for column in shown.columns]
    for line, row in zip(shown.lines, shown.rows, strict=True):
        given = {score.criterion for score in by_no[line.application_no].entry.scores}
        if "average" in keys and "average" not in given:
            assert row[keys.index("average")] is None
