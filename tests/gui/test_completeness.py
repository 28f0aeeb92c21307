"""What an application lacks, seen: chips with words in the list, one population on Today."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from grants_app.domain.application import Score
from grants_app.gui.pages.entry_words import EntryWords
from grants_app.services import intake, standing
from grants_app.services.intake import SaveForm
from tests.gui.desks import page_of, settle
from tests.services.desks import applied, entry_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.tasks import Tasks
    from grants_app.services.access import Office


def test_below_the_threshold_and_lacking_papers_are_chips_with_words(
    stage_office: Callable[[str], Office], speech: Speech
) -> None:
    office = stage_office("nobody")
    entry = entry_for(office)
    low = tuple(replace(one, value=Decimal(50)) for one in entry.scores if one.criterion == "ort_main")
    average = Score(criterion="average", value=Decimal("4.5"))
    intake.save(office, SaveForm(entry=replace(entry, scores=(*low, average))))
    (line,) = intake.lines(office)[1]
    named = EntryWords(speech, office.campaign().setup, standing.current_rules(office))
    words = [word for _, word, _ in named.chips(line)]
    assert words[:2] == ["ниже порога", "нет документов"]


def test_the_tiles_of_today_count_one_population(
    desk_window: Callable[..., MainWindow], stage_office: Callable[[str], Office], qtbot: QtBot, tasks: Tasks
) -> None:
    office = stage_office("nobody")
    first, _ = applied(office), applied(office, 1)
    intake.withdraw(office, first.id, first.version, "передумал")
    window = desk_window(office)
    settle(qtbot, tasks)
    tiles = page_of(window).tiles
    assert tiles["applications"].figure_label.text() == "1"
    assert tiles["complete"].figure_label.text() == "0 из 1"
    assert tiles["checked"].figure_label.text() == "0 %"
