"""A backup becomes a database beside the others, and no paper's number is ever given to two people."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.journal import Actor
from grants_app.services import beginning, intake, letters, opening, upkeep
from grants_app.services.access import Folders
from grants_app.services.office.memory import Memory
from grants_app.services.opening import Premises
from grants_app.services.start import recent, restore_words, restoring
from grants_app.wording import LANGUAGES, Words
from tests import offices
from tests.makers import PERMIT
from tests.services.desks import entry_for, moved_to, refuses

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.domain.application import Application
    from grants_app.services.access import Office

SECRETARY = Actor(name="Асанов У.", branch="ENU-OSH", role="secretary")


@pytest.fixture
def premises(tmp_path: Path) -> Premises:
    """A machine on which nothing was done yet."""
    return Premises(offices.summer, Folders(tmp_path / "own"), offices.READER)


def desk(premises: Premises, address: Path | str) -> Office:
    return opening.open_desk(premises, str(address), SECRETARY, "2026")


@pytest.fixture
def begun(premises: Premises) -> Office:
    """The user's own database on this machine, open."""
    return beginning.begin(premises, beginning.own_address(premises), "sample", SECRETARY)


def applied(office: Office, place: int = 0) -> Application:
    """One who has applied at the first branch, whose numbers begin with B."""
    entry = replace(entry_for(office, place), branch="KAZNU-BSH")
    return intake.save(office, intake.SaveForm(entry=entry)).application


def no_of(office: Office, place: int) -> str:
    return applied(office, place).no


# Restoring beside


def test_a_backup_is_named_before_it_is_restored(premises: Premises, begun: Office, tmp_path: Path) -> None:
    applied(begun)
    upkeep.backup(begun, tmp_path / "copy.sqlite")
    for place in (1, 2):
        applied(begun, place)
    begun.store.close()
    found = restoring.look(premises, tmp_path / "copy.sqlite")
    assert (found.codes, found.applications, found.journal, found.marked) == (("2026",), 1, 2, True)
    assert found.titles[0].en == "Kazakhstan's education grants, 2026"
    assert found.last_at == begun.clock()
    assert found.lost == (3, 5), "the backup's own entry and two applications"
    assert [(one.first, one.last) for one in found.void] == [(2, 3)]


def test_a_backup_restored_beside_leaves_every_other_file_as_it_is(
    premises: Premises, begun: Office, tmp_path: Path
) -> None:
    applied(begun)
    upkeep.backup(begun, tmp_path / "copy.sqlite")
    before = Path(begun.store.address).read_bytes()
    target = restoring.free_name(premises, tmp_path / "copy.sqlite", begun.store.address)
    assert target == premises.folders.data / "grants-restored.sqlite"
    office = opening.from_backup(premises, str(target), tmp_path / "copy.sqlite", SECRETARY)
    assert intake.lines(office)[0] == 1
    assert Path(begun.store.address).read_bytes() == before
    assert upkeep.check(office) == ()
    again = restoring.free_name(premises, tmp_path / "copy.sqlite", begun.store.address)
    assert again.name == "grants-restored-2.sqlite"
    with refuses("database_exists"):
        restoring.restore(premises, str(target), tmp_path / "copy.sqlite", SECRETARY, beside=True)
    office.store.close()
    begun.store.close()


def test_an_auditor_restores_nothing(premises: Premises, tmp_path: Path) -> None:
    auditor = replace(SECRETARY, role="auditor")
    with refuses("not_allowed", act="restore"):
        restoring.restore(premises, str(tmp_path / "new.sqlite"), tmp_path / "copy.sqlite", auditor)


def test_a_backup_is_never_worked_in_by_the_window(premises: Premises, begun: Office, tmp_path: Path) -> None:
    upkeep.backup(begun, tmp_path / "copy.sqlite")
    begun.store.close()
    assert restoring.is_backup(tmp_path / "copy.sqlite")
    with refuses("file_is_backup"):
        opening.open_desk(premises, str(tmp_path / "copy.sqlite"), None, shown=True)
    office = desk(premises, tmp_path / "copy.sqlite")
    with refuses("file_is_backup"):
        applied(office)
    office.store.close()


# Numbers


def test_numbers_given_out_here_are_never_given_again_although_the_file_is_lost(
    premises: Premises, begun: Office, tmp_path: Path
) -> None:
    assert no_of(begun, 0) == "B-0001"
    upkeep.backup(begun, tmp_path / "copy.sqlite")
    assert no_of(begun, 1) == "B-0002"
    begun.store.close()
    Path(begun.store.address).unlink()
    done = restoring.restore(premises, begun.store.address, tmp_path / "copy.sqlite", SECRETARY)
    assert [(one.first, one.last) for one in done.void] == [(2, 2)]
    office = desk(premises, begun.store.address)
    assert no_of(office, 2) == "B-0003"
    assert upkeep.check(office) == ()
    office.store.close()


def test_two_restores_of_one_backup_and_the_database_itself_share_no_number(
    premises: Premises, begun: Office, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite"
    upkeep.backup(begun, copy)
    begun.store.close()
    given: list[str] = []
    for name in ("first.sqlite", "second.sqlite"):
        restoring.restore(premises, str(tmp_path / name), copy, SECRETARY, beside=True)
        office = desk(premises, tmp_path / name)
        given += [no_of(office, place) for place in range(2)]
        assert upkeep.check(office) == ()
        office.store.close()
    again = desk(premises, begun.store.address)
    assert [notice.code for notice in again.notices] == ["numbers_elsewhere"]
    given.append(no_of(again, 0))
    assert upkeep.check(again) == ()
    again.store.close()
    assert given == ["B-0001", "B-0002", "B-0003", "B-0004", "B-0005"]


def issued(office: Office) -> set[str]:
    """Numbers of the letters issued now."""
    letters.issue_missing(office)
    with office.store.reading() as reading:
        return {paper.number for paper in reading.papers(office.campaign_id, kind="award_letter")}


def test_letters_numbers_are_void_after_a_restore_and_the_check_is_quiet(
    office_at: Callable[[str], Office], tmp_path: Path
) -> None:
    sealed = office_at("sealed")
    premises = Premises(sealed.clock, Folders(tmp_path / "own"), offices.READER)
    address = sealed.store.address
    sealed.store.close()
    office = desk(premises, address)
    upkeep.backup(office, tmp_path / "copy.sqlite")
    lost = issued(office)
    assert lost
    office.store.close()
    restoring.restore(premises, address, tmp_path / "copy.sqlite", SECRETARY)
    back = desk(premises, address)
    again = issued(back)
    assert len(again) == len(lost)
    assert not again & lost
    assert upkeep.check(back) == ()
    back.store.close()


# An older state


def older_state(premises: Premises, begun: Office) -> Path:
    """The user's own file put back by hand, as it was one application ago."""
    path = Path(begun.store.address)
    applied(begun, 0)
    aside = path.with_name("aside.sqlite")
    shutil.copy(path, aside)
    applied(begun, 1)
    begun.store.close()
    aside.replace(path)
    del premises
    return path


def test_an_older_state_is_said_at_opening_and_reading_it_changes_nothing(
    premises: Premises, begun: Office
) -> None:
    path = older_state(premises, begun)
    before = path.read_bytes()
    for _ in range(2):
        office = desk(premises, path)
        (notice,) = office.notices
        assert (notice.code, notice.facts) == ("database_behind", {"here": "2", "seen": "3"})
        intake.lines(office)
        office.store.close()
    assert path.read_bytes() == before


def test_an_older_state_gone_on_with_skips_the_numbers_and_notes_it_in_the_same_act(
    premises: Premises, begun: Office
) -> None:
    path = older_state(premises, begun)
    office = desk(premises, path)
    assert no_of(office, 1) == "B-0003"
    (event,) = upkeep.journal(office, act="database.behind")[1]
    assert '"void":[["application","B",2,2]]' in event.after
    assert upkeep.check(office) == ()
    office.store.close()
    office = desk(premises, path)
    assert office.notices == (), "it was said, and gone on with"
    assert upkeep.journal(office, act="database.behind")[0] == 1
    office.store.close()


def test_a_journal_that_went_another_way_is_noticed_although_it_is_longer(
    premises: Premises, begun: Office
) -> None:
    path = older_state(premises, begun)
    elsewhere = Premises(offices.summer, Folders(path.parent.parent / "other machine"), offices.READER)
    there = desk(elsewhere, path)
    assert there.notices == (), "a machine that never saw it has nothing to say"
    for place in range(5):
        applied(there, place + 5)
    there.store.close()
    office = desk(premises, path)
    assert [notice.code for notice in office.notices] == ["database_diverged"]
    office.store.close()


def test_a_campaign_begun_in_an_older_state_is_remembered_under_its_own_code(
    premises: Premises, begun: Office
) -> None:
    wanted = beginning.NewCampaign(code="2027", title="", source=beginning.LAST, address=begun.store.address)
    begun.store.close()
    office = beginning.new_campaign(premises, wanted, SECRETARY)
    with office.store.work(PERMIT) as work:
        (number,) = work.applications.next_numbers(office.campaign_id, "B", 1)
        work.journal.add("application.submitted", number, campaign=office.campaign_id)
        work.commit()
    assert number == "B-0001"
    with office.store.reading() as reading:
        database = reading.state().database
    seen = Memory(premises.folders).of(database)
    assert seen is not None
    assert ("2027", "application", "B", 1) in seen.series
    office.store.close()


def test_a_closed_campaign_of_an_older_state_stays_as_it_is(premises: Premises, begun: Office) -> None:
    from tests.services.desks import CLOSED

    path = older_state(premises, begun)
    elsewhere = Premises(offices.summer, Folders(path.parent.parent / "other machine"), offices.READER)
    there = desk(elsewhere, path)
    moved_to(there, CLOSED)
    there.store.close()
    office = desk(premises, path)
    assert [notice.code for notice in office.notices] == ["database_diverged"]
    assert office.store.first is not None
    opening.sit_down(office, SECRETARY)
    assert upkeep.journal(office, act="database.behind")[0] == 0
    office.store.close()


def test_a_memory_nobody_can_read_or_write_stops_nothing(premises: Premises, begun: Office) -> None:
    for file in premises.folders.known.glob("*.json"):
        file.write_text("half", encoding="utf-8")
    applied(begun)
    shutil.rmtree(premises.folders.known)
    premises.folders.known.write_text("a file where the folder was", encoding="utf-8")
    assert no_of(begun, 1) == "B-0002"
    begun.store.close()


# What was open last


def test_what_was_open_last_opens_again_in_its_campaign(
    premises: Premises, begun: Office, tmp_path: Path
) -> None:
    assert recent.recent_files(premises.folders) == ()
    other = beginning.begin(premises, str(tmp_path / "other.sqlite"), "sample", SECRETARY)
    recent.opened(premises.folders, other)
    other.store.close()
    wanted = beginning.NewCampaign(code="2027", title="", source=beginning.LAST, address=begun.store.address)
    office = beginning.new_campaign(premises, wanted, SECRETARY)
    recent.opened(premises.folders, begun)
    begun.store.close()
    office.store.close()
    back = recent.reopen(premises)
    assert back is not None
    assert back.store.address == begun.store.address, "the other file was open before it"
    assert back.campaign().setup.code == "2026", "two are open: the one on view before"
    recent.opened(premises.folders, back.in_campaign(office.campaign_id))
    back.store.close()
    back = recent.reopen(premises)
    assert back is not None
    assert back.campaign().setup.code == "2027"
    back.store.close()


def test_a_campaign_that_is_closed_by_now_is_shown_all_the_same(premises: Premises, begun: Office) -> None:
    from tests.services.desks import CLOSED

    moved_to(begun, CLOSED)
    recent.opened(premises.folders, begun)
    begun.store.close()
    back = recent.reopen(premises)
    assert back is not None
    assert back.campaign().read_only
    back.store.close()


def test_before_anything_was_remembered_the_users_own_file_opens(premises: Premises) -> None:
    assert recent.reopen(premises) is None
    beginning.begin(premises, beginning.own_address(premises), "sample", SECRETARY).store.close()
    back = recent.reopen(premises)
    assert back is not None
    back.store.close()


def test_a_recent_file_that_is_gone_says_so(premises: Premises, begun: Office, tmp_path: Path) -> None:
    upkeep.backup(begun, tmp_path / "copy.sqlite")
    recent.opened(premises.folders, begun)
    office = opening.from_backup(premises, str(tmp_path / "new.sqlite"), tmp_path / "copy.sqlite", SECRETARY)
    recent.opened(premises.folders, office)
    for one in (begun, office):
        one.store.close()
    (tmp_path / "new.sqlite").unlink()
    first, second = recent.recent_files(premises.folders)
    assert (first.name, first.folder, first.campaign, first.there) == (
        "new.sqlite", str(tmp_path), "2026", False,
    )  # fmt: skip
    assert (second.name, second.there) == ("grants.sqlite", True)
    with refuses("last_file_missing", file=first.address):
        recent.reopen(premises)
    recent.forget(premises.folders, first.address)
    assert recent.recent_files(premises.folders) == (second,)


def test_a_servers_password_is_never_written_down(postgres_database: str, tmp_path: Path) -> None:
    office = offices.new_office(tmp_path, address=postgres_database)
    secret = postgres_database.replace("postgres@", "postgres:geheim@", 1)
    assert recent.without_password(secret) == postgres_database
    recent.opened(office.folders, office)
    (known,) = recent.recent_files(office.folders)
    assert known.there
    assert known.name in postgres_database
    office.store.close()


def test_a_database_without_a_campaign_is_not_shown(premises: Premises, tmp_path: Path) -> None:
    from grants_app.store.engine import create_store

    create_store(str(tmp_path / "bare.sqlite"), offices.summer).close()
    with refuses("no_open_campaign"):
        opening.open_desk(premises, str(tmp_path / "bare.sqlite"), None, shown=True)


# Words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_restore_is_told_in_sentences(premises: Premises, begun: Office, tmp_path: Path, lang: str) -> None:
    words = Words(lang)
    upkeep.backup(begun, tmp_path / "copy.sqlite")
    applied(begun)
    begun.store.close()
    done = restoring.restore(premises, begun.store.address, tmp_path / "copy.sqlite", SECRETARY)
    told = restore_words.done(words, done)
    assert len(told) == 5
    assert begun.store.address in told[1]
    assert done.kept is not None
    assert str(done.kept) in told[2]
    assert "B-0001" in told[4]
    letters_of = done.void[0]._replace(series=done.void[0].series._replace(kind="paper:award_letter"))
    assert "0001" in restore_words.numbers(words, letters_of._replace(last=3))
    back = desk(premises, begun.store.address)
    (event,) = upkeep.journal(back, act="database.restored")[1]
    back.store.close()
    assert list(restore_words.of_event(words, event))[2:] == [told[3], told[4]]


def test_a_server_takes_a_backup_into_an_empty_database_only(
    premises: Premises, begun: Office, postgres_database: str, tmp_path: Path
) -> None:
    upkeep.backup(begun, tmp_path / "copy.sqlite")
    applied(begun)
    begun.store.close()
    done = restoring.restore(premises, postgres_database, tmp_path / "copy.sqlite", SECRETARY)
    office = desk(premises, postgres_database)
    assert no_of(office, 5) == "B-0002"
    assert upkeep.check(office) == ()
    assert (
        "geheim" not in restore_words.done(Words("en"), replace(done, target="postgresql://a:geheim@b/c"))[1]
    )
    office.store.close()
    with refuses("database_exists"):
        restoring.restore(premises, postgres_database, tmp_path / "copy.sqlite", SECRETARY)
