"""Pictures of the awards: the ledger with every state, answers, chains, orders, calls, the annex."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtTest import QTest

from grants_app.domain.award import AwardState
from grants_app.domain.rounds import GivenAnswer, Order
from grants_app.services import awards, calls, cascades, deadlines, seat_acts
from tests.scenes import Scene

if TYPE_CHECKING:
    from grants_app.services.access import Office
    from tests.scenes import Stage

ORDER = Order("18-к", date(2026, 8, 10), "паводок, дороги закрыты")
ANSWERED = datetime(2026, 8, 12, 4, 0, tzinfo=UTC)
LATE = datetime(2026, 8, 20, 12, 0, tzinfo=UTC)


def _page(stage: Stage) -> Any:
    return stage.page


def _held(office: Office) -> list[Any]:
    return [line for line in awards.ledger(office) if line.state is AwardState.OFFERED]


def _answered(stage: Stage) -> None:
    """Some answers recorded, some deadlines put off, the clock after the deadline: every state on view."""
    office = replace(stage.office, clock=lambda: ANSWERED)
    lines = _held(office)
    if len(lines) == len(awards.ledger(office)):
        for place, line in enumerate(lines[:20]):
            if place % 7 == 3:
                awards.record(office, line.application_no, "decline", reason="письмо от 12.08.2026")
            elif place % 2 == 0:
                awards.record(office, line.application_no, "confirm")
        numbers = [line.application_no for line in _held(office)[4:]]
        deadlines.extend(office, numbers, LATE + timedelta(days=5), ORDER)
        seat_acts.change_total(office, 60, replace(ORDER, no="21-к", reason="дополнительные гранты"))
        first = _held(office)[0].application_no
        calls.note(office, first, "не отвечает, перезвонить вечером")
    stage.window.parts.desk.take(replace(office, clock=lambda: LATE))
    stage.settle()
    stage.window.stack.go("awards")
    _page(stage).refresh()
    stage.settle()


def _ledger(stage: Stage) -> None:
    _answered(stage)
    _page(stage).board.view.table.table.choose_row(3)
    stage.settle()


def _ticked(stage: Stage) -> None:
    _answered(stage)
    page = _page(stage)
    office = page.context.office
    numbers = [line.application_no for line in _held(office)[:4]]
    page.board.view.table.tick(numbers)
    page.board.view.filters.choose("offered")
    page.board.view.tick_bar.wanted.emit("decline")
    stage.settle()
    page.board.acts.answer_panel.reason_edit.setText("заявления от 20.08.2026")


def _declining(stage: Stage) -> None:
    _answered(stage)
    page = _page(stage)
    page.apply_filter({"no": _held(page.context.office)[0].application_no})
    stage.settle()
    page.board.acts.ask_answer("decline")
    stage.settle()


def _given(office: Office) -> tuple[GivenAnswer, ...]:
    return tuple(
        GivenAnswer(application=line.application_no, answer="decline", reason="заявление")
        for line in _held(office)[:4]
    )


def _cascade(stage: Stage) -> None:
    _answered(stage)
    page = _page(stage)
    page.board.acts.answer_panel.cascade_wanted.emit(_given(page.context.office))
    stage.settle()
    page.board.acts.cascade_panel.minutes_edit.setText("4")


def _next_round(stage: Stage) -> None:
    _answered(stage)
    _page(stage).board.acts.ask_next_round()
    stage.settle()


def _extension(stage: Stage) -> None:
    _answered(stage)
    page = _page(stage)
    page.apply_filter({"no": _held(page.context.office)[1].application_no})
    stage.settle()
    page.board.acts.ask_act("extend")
    stage.settle()


def _seats(stage: Stage) -> None:
    _answered(stage)
    _page(stage).board.acts.ask_seats()
    stage.settle()


def _tab(name: str) -> Any:
    def choose(stage: Stage) -> None:
        _answered(stage)
        _page(stage).views.choose(name)
        stage.settle()

    return choose


def _annex(stage: Stage) -> None:
    _answered(stage)
    page = _page(stage)
    office = page.context.office
    if not cascades.confirmed(office):
        seen = cascades.preview(office, _given(office))
        cascades.confirm(office, seen, "4", date(2026, 8, 20), LATE + timedelta(days=3))
    page.refresh()
    stage.settle()
    page.views.choose("annexes")
    stage.settle()
    for _ in range(100):
        QTest.qWait(50)
        if page.annexes_tab.preview.drawn_pages:
            break


SCENES = (
    Scene("awards_empty", "awards", stage="imported"),
    Scene("awards_ledger", "awards", _ledger),
    Scene("awards_decline", "awards", _declining),
    Scene("awards_several", "awards", _ticked),
    Scene("awards_cascade", "awards", _cascade),
    Scene("awards_next", "awards", _next_round),
    Scene("awards_extension", "awards", _extension),
    Scene("awards_seats", "awards", _seats),
    Scene("awards_reserve", "awards", _tab("reserve")),
    Scene("awards_calls", "awards", _tab("calls")),
    Scene("awards_register", "awards", _tab("register")),
    Scene("awards_chains", "awards", _annex),
)
