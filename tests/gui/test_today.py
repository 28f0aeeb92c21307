"""The first page of the day: figures, work that waits and opens its list, dates, the last acts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from grants_app.domain.campaign import Deadline
from grants_app.gui.pages.today_words import TodayWords
from grants_app.gui.qt_words import Speech
from grants_app.services import drafts, duplicates, intake, today
from grants_app.services.campaign import structure
from grants_app.services.duplicates import decide_different, decide_same
from grants_app.wording import Words
from tests.gui.desks import page_of, settle
from tests.gui.pressing import press

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.tasks import Tasks
    from grants_app.services.access import Office


@pytest.fixture
def office(stage_office: Callable[[str], Office]) -> Office:
    """The sample campaign just imported."""
    return stage_office("imported")


@pytest.fixture
def window(desk_window: Callable[..., MainWindow], office: Office) -> MainWindow:
    """The window at that office; Today is its first page."""
    return desk_window(office)


def test_the_figures_are_those_of_the_register(window: MainWindow, office: Office) -> None:
    page = page_of(window)
    assert page.page_id == "today"
    assert page.tiles["applications"].figure_label.text() == str(intake.lines(office)[0])
    assert page.tiles["seats"].figure_label.text() == "50"


def test_every_queue_opens_the_list_it_counts(
    window: MainWindow, office: Office, qtbot: QtBot, tasks: Tasks
) -> None:
    for queue in today.look(office).queues:
        if queue.page != "applicants" or not {"state", "flag"} & set(queue.filter):
            continue
        window.stack.go("today")
        settle(qtbot, tasks)
        page_of(window).queues.opened.emit(queue.code)
        settle(qtbot, tasks)
        assert page_of(window).list.model.rowCount() == queue.count, queue.code


def test_a_queue_is_opened_by_keys(window: MainWindow, qtbot: QtBot, tasks: Tasks) -> None:
    page_of(window).queues.setFocus()
    press(Qt.Key.Key_Return)
    settle(qtbot, tasks)
    assert page_of(window).page_id == "applicants"


def test_a_form_left_half_typed_waits_in_the_queues(office: Office) -> None:
    assert "unfinished" not in {queue.code for queue in today.look(office).queues}
    known = intake.application(office, intake.lines(office, limit=1)[1][0].id)
    drafts.keep(office, drafts.new_key(office), known.entry)
    assert {queue.code: queue.count for queue in today.look(office).queues}["unfinished"] == 1


def test_insert_on_today_begins_an_application(window: MainWindow, qtbot: QtBot, tasks: Tasks) -> None:
    window.do("new")
    settle(qtbot, tasks)
    page = page_of(window)
    assert page.page_id == "applicants"
    assert page.form.mode == "new"


def test_an_empty_campaign_says_what_to_do_next(
    stage_office: Callable[[str], Office], desk_window: Callable[..., MainWindow]
) -> None:
    page = page_of(desk_window(stage_office("nobody")))
    assert "Insert" in page.nothing_label.text()
    assert page.nothing_label.isVisible()


def test_the_last_acts_name_an_import_once(office: Office) -> None:
    acts = [event.act for event in today.look(office).recent]
    assert "import.applied" in acts
    assert "application.imported" not in acts


def test_the_last_acts_call_dates_by_name_and_the_header_follows_the_calendar(office: Office) -> None:
    campaign = office.campaign()
    known = campaign.setup.deadline("close")
    assert known is not None
    passed = Deadline(code="close", at=office.clock() - timedelta(days=1), names=known.names)
    place = campaign.setup.deadlines.index(known)
    structure.change(office, place, passed, campaign.version)
    told = TodayWords(Speech(Words, "ru"), today.look(office))
    assert "Окончание приёма" in told.acts()[0].name
    assert told.stages().startswith("приём завершён")


def test_drafts_of_another_officer_are_not_mine(office: Office) -> None:
    known = intake.application(office, intake.lines(office, limit=1)[1][0].id)
    drafts.keep(office, drafts.new_key(office), known.entry)
    other = office.acting_as(type(office.actor)(name="Асанова Г.", branch="ENU-OSH", role="officer"))
    assert drafts.kept(other) == ()
    assert len(drafts.kept(office)) == 1


def twins(office: Office) -> None:
    """Enter a person again under a PIN with one digit wrong."""
    known = intake.application(office, intake.lines(office, limit=1)[1][0].id).entry
    wrong = known.person.pin[:-1] + str((int(known.person.pin[-1]) + 1) % 10)
    person = type(known.person)(
        surname=known.person.surname, given=known.person.given, born=known.person.born, pin=wrong,
        sex=known.person.sex, phones=known.person.phones,
    )  # fmt: skip
    entry = type(known)(person=person, branch="ENU-OSH", scores=known.scores, choices=known.choices)
    intake.save(office, intake.SaveForm(entry=entry))


def test_a_person_entered_twice_is_found_and_shown_with_the_evidence(office: Office) -> None:
    duplicates.look(office)
    before = len(duplicates.pairs(office))
    twins(office)
    assert duplicates.look(office) == 1
    pair = next(p for p in duplicates.pairs(office) if "pin_one_digit_off" in {r.code for r in p.reasons})
    assert len(duplicates.pairs(office)) == before + 1
    assert pair.score > 0


def test_two_people_after_all_are_not_brought_up_again(office: Office) -> None:
    twins(office)
    duplicates.look(office)
    for pair in duplicates.pairs(office):
        decide_different(office, pair, "разные паспорта")
    assert duplicates.look(office) == 0
    assert duplicates.pairs(office) == ()


def test_one_person_after_all_keeps_one_application(office: Office) -> None:
    twins(office)
    duplicates.look(office)
    pair = next(p for p in duplicates.pairs(office) if "pin_one_digit_off" in {r.code for r in p.reasons})
    shown = duplicates.compared(office, pair)
    decide_same(office, pair, pair.first, shown.second.version, "паспорт у стола")
    assert intake.application(office, pair.second).state == "annulled"
    assert intake.application(office, pair.first).state != "annulled"
