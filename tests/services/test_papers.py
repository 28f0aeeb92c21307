"""Letters and lists: numbered once, printed again as reprints, cancelled not deleted, exported as shown."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest

from grants_app.domain.papers import LetterFacts
from grants_app.domain.rounds import GivenAnswer, Order
from grants_app.domain.values import LANGS
from grants_app.services import (
    awards,
    cascades,
    deadlines,
    demonstration,
    exports,
    intake,
    letters,
    lists,
    pool_lists,
    runs,
    seats,
    upkeep,
)
from grants_app.services.office import keys
from grants_app.wording import Words
from tests.services.desks import as_role, refuses

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grants_app.domain.application import Application
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
    printed = letters.drawn(sealed, [paper.id])
    assert text_of(shown) == text_of(printed.pdf)
    assert [p.prints for p in letters.issued(sealed) if p.id == paper.id] == [0]
    letters.count_printed(sealed, printed.papers)
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
    assert letters.write_chosen(sealed, [first.id, second.id], target).count == 2
    text = text_of(target.read_bytes())
    assert text.index(first.number) < text.index(second.number)
    assert {p.prints for p in letters.issued(sealed)[:2]} == {0}, "a saved PDF is no print"
    assert [event.act for event in upkeep.journal(sealed, limit=2)[1]] == ["paper.saved"] * 2


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


def misspelt(office: Office, latin: str = "Ａida 漢") -> Application:
    """Somebody with a letter the faces lack, as an older program let it in."""
    number = awards.ledger(office)[0].application_no
    known = intake.application_by_no(office, number)
    person = replace(known.entry.person, latin=latin)
    with office.store.work(office.demand("intake")) as work:
        work.persons.put(known.person_id, person)
        work.commit()
    return known


def test_a_letter_the_faces_lack_is_caught_when_the_name_is_typed(sealed: Office) -> None:
    known = intake.application_by_no(sealed, awards.ledger(sealed)[0].application_no)
    for person in (
        replace(known.entry.person, latin="Aida 漢"),
        replace(known.entry.person, surname="Ꙗкубова"),
    ):
        issues = intake.judged(sealed, replace(known.entry, person=person))
        assert [issue.code for issue in issues if issue.severity == "error"] == ["letters_not_printed"]


def test_one_persons_trouble_leaves_that_one_out_by_name_and_spends_no_number(sealed: Office) -> None:
    known = misspelt(sealed)
    drafts = letters.drafted(sealed)
    assert (drafts.count, [one.application for one in drafts.left_out]) == (49, [known.no])
    done = letters.issue(sealed)
    assert len(done.numbers) == 49
    (left,) = done.left_out
    assert (left.application, left.full_name) == (known.no, known.entry.person.full_name)
    assert left.trouble.facts["code_point"] == "U+6F22"
    for prefix in ("КБ", "ЕО"):
        mine = sorted(int(n.rsplit("-", 1)[1]) for n in done.numbers if n.startswith(prefix))
        assert mine == list(range(1, len(mine) + 1))


def test_an_issued_letter_that_cannot_be_drawn_any_more_leaves_a_print_job_alone(
    sealed: Office, tmp_path: Path
) -> None:
    letters.issue_missing(sealed)
    first, second = letters.issued(sealed)[:2]
    facts = replace(msgspec.json.decode(first.facts, type=LetterFacts), full_name="漢")
    found = letters._drawn_of(
        sealed,
        [
            (intake.application_by_no(sealed, "B-0001"), facts, ("ru",)),
            (
                intake.application_by_no(sealed, "B-0003"),
                msgspec.json.decode(second.facts, type=LetterFacts),
                ("ru",),
            ),
        ],
    )
    assert (found.count, [one.application for one in found.left_out]) == (1, ["B-0001"])
    assert second.number in text_of(found.pdf)


def test_drafts_are_looked_through_before_a_number_is_spent(sealed: Office) -> None:
    number = awards.ledger(sealed)[0].application_no
    draft = letters.drafted(sealed, [number], ("en",))
    assert (draft.count, draft.papers) == (1, ())
    text = text_of(draft.pdf)
    assert "DRAFT" in text
    assert letters.NO_NUMBER in text
    assert letters.issued(sealed) == []
    letters.issue_missing(sealed)
    first = letters.issued(sealed)[0]
    assert first.number.endswith("-0001")
    assert "DRAFT" not in text_of(letters.preview(sealed, first.id, ("en",)))
    assert letters.drafted(sealed, [number]).count == 0, "who has a letter gets no draft"


def test_only_the_people_chosen_get_their_letters(sealed: Office) -> None:
    chosen = [line.application_no for line in awards.ledger(sealed)[:3]]
    done = letters.issue(sealed, chosen[1:])
    assert len(done.numbers) == 2
    assert len(letters.issued(sealed)) == 2
    assert len(letters.issue(sealed, chosen).numbers) == 1


def test_a_print_is_counted_after_the_printer_took_it_and_the_next_one_says_so(sealed: Office) -> None:
    letters.issue_missing(sealed)
    chosen = [paper.id for paper in letters.issued(sealed)[:4]]
    job = letters.drawn(sealed, chosen)
    assert job.papers == tuple(chosen)
    assert {paper.prints for paper in letters.issued(sealed)} == {0}
    letters.count_printed(sealed, job.papers)
    assert [paper.prints for paper in letters.issued(sealed)[:5]] == [1, 1, 1, 1, 0]
    assert [event.act for event in upkeep.journal(sealed, limit=4)[1]] == ["paper.printed"] * 4
    letters.count_printed(sealed, chosen[:1])
    assert upkeep.journal(sealed, limit=1)[1][0].act == "paper.reprinted"


def test_a_deadline_put_off_is_marked_on_the_letter_with_its_order(sealed: Office) -> None:
    letters.issue_missing(sealed)
    line = awards.ledger(sealed)[0]
    mine = next(paper for paper in letters.issued(sealed) if paper.award == line.award)
    other = next(paper for paper in letters.issued(sealed) if paper.award != line.award)
    letters.count_printed(sealed, [mine.id, other.id])
    assert letters.to_print_again(sealed) == frozenset()
    assert line.deadline is not None
    later = replace(sealed, clock=lambda: demonstration.SAMPLE_DAY + timedelta(hours=1))
    until = line.deadline + timedelta(days=5)
    order = Order("18-к", date(2026, 8, 6), "паводок")
    deadlines.extend(later, (line.application_no,), until, order)
    text = text_of(letters.preview(later, mine.id, ("en",)))
    assert "Order No. 18-к of 06.08.2026" in text
    assert mine.number in text
    assert "18-к" not in text_of(letters.preview(later, other.id, ("en",)))
    assert letters.to_print_again(later) == {mine.id}
    printed = replace(sealed, clock=lambda: demonstration.SAMPLE_DAY + timedelta(hours=2))
    letters.count_printed(printed, [mine.id])
    assert letters.to_print_again(printed) == frozenset()


def test_a_calendars_deadline_put_off_is_marked_on_every_letter_that_waited_for_it(sealed: Office) -> None:
    letters.issue_missing(sealed)
    confirm = sealed.campaign().setup.deadline("confirm")
    assert confirm is not None
    order = Order("19-к", date(2026, 8, 6), "паводок")
    deadlines.extend_calendar(sealed, "confirm", confirm.at + timedelta(days=3), order)
    for paper in letters.issued(sealed)[:3]:
        assert "19-к" in text_of(letters.preview(sealed, paper.id))


def test_a_moved_persons_new_letter_names_the_old_one(sealed: Office) -> None:
    letters.issue_missing(sealed)
    old = {paper.application: paper.number for paper in letters.issued(sealed)}
    leaving = [line.application_no for line in awards.ledger(sealed) if line.award is not None][::13]
    seen = cascades.preview(sealed, [GivenAnswer(application=no, answer="decline") for no in leaving])
    moving = [step.application for step in seen.steps if step.kind == "moves"]
    assert moving, "somebody moves to a place liked better"
    cascades.confirm(sealed, seen, "4", date(2026, 8, 21))
    letters.issue_missing(sealed)
    known = intake.application_by_no(sealed, moving[0])
    (new,) = [
        paper for paper in letters.issued(sealed) if paper.application == known.id and paper.state == "issued"
    ]
    assert old[known.id] in text_of(letters.preview(sealed, new.id))
    replaced = upkeep.journal(sealed, act="paper.replaced")[1]
    assert old[known.id] in {event.subject for event in replaced}
    (void,) = [one for one in keys.present(sealed).void if one.number == old[known.id]]
    assert (void.state, void.replaced_by) == ("replaced", new.number)


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
        lambda: letters.drawn(auditor, [1]),
        lambda: letters.count_printed(auditor, [1]),
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
