"""Pictures of the appeals: none yet, those that wait, a decision, a new run with what differs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from grants_app.services import appeals, intake, runs
from tests.scenes import Scene

if TYPE_CHECKING:
    from grants_app.services.access import Office
    from tests.scenes import Stage


def as_chair(office: Office) -> Office:
    """The desk with the chair at it."""
    return office.acting_as(replace(office.actor, name="Асанов Ү. Б.", role="chair"))


def raise_score(office: Office, number: str, points: int) -> None:
    """The main test's score put right in the register."""
    known = intake.application_by_no(office, number)
    scores = tuple(
        replace(score, value=Decimal(points)) if score.criterion == "ort_main" else score
        for score in known.entry.scores
    )
    entry = replace(known.entry, scores=scores)
    intake.save(office, intake.SaveForm(entry=entry, application=known.id, seen=known.version, submit=False))


def received(office: Office, number: str, subject: str, due: int) -> int:
    """An appeal of yesterday, due in so many days."""
    now = office.now()
    form = appeals.AppealForm(
        application_no=number,
        received_at=now - timedelta(days=5),
        deadline=now + timedelta(days=due),
        subject=subject,
    )
    return appeals.record(office, form).id


def _tab(stage: Stage) -> Any:
    page: Any = stage.page
    page.apply_filter({"view": "appeals"})
    stage.settle()
    return page.appeals_tab


def _came_in(stage: Stage) -> Any:
    """One overdue, one open, one refused, one granted whose run would take a holder's seat."""
    office = stage.office
    if not appeals.lines(office):
        reserve = runs.overview(office).result.reserve
        first = reserve[0].applications[0]
        received(office, "B-0003", "не учтена награда олимпиады", 4)
        received(office, "B-0005", "балл по математике в сертификате выше", -1)
        refused = received(office, "B-0007", "просит пересчитать средний балл", 2)
        granted = received(office, first, "балл ОРТ занесён с ошибкой", 2)
        chair = as_chair(office)
        for appeal, decision, effect in (
            (refused, "refused", "Средний балл подтверждён аттестатом."),
            (granted, "granted", "Исправить балл основного теста: 244 вместо прежнего."),
        ):
            appeals.decide(
                chair,
                appeal,
                decision,  # type: ignore[arg-type]  # the two decisions above
                minutes_no="5",
                minutes_on=date(2026, 8, 12),
                effect=effect,
            )
        raise_score(office, first, 244)
        appeals.propose_run(office, granted)
    return _tab(stage)


def _none(stage: Stage) -> None:
    _tab(stage)


def _waiting(stage: Stage) -> None:
    _came_in(stage)


def _differences(stage: Stage) -> None:
    tab = _came_in(stage)
    tab.list.table.choose_row(2)
    stage.settle()


def _deciding(stage: Stage) -> None:
    tab = _came_in(stage)
    tab.right.setCurrentWidget(tab.decide_panel)
    tab.decide_panel.ask(tab.list.table.current_line())
    stage.settle()


def _recording(stage: Stage) -> None:
    tab = _came_in(stage)
    tab.ask_appeal()
    stage.settle()


SCENES = (
    Scene("appeals_none", "awards", _none, stage="settled"),
    Scene("appeals_waiting", "awards", _waiting),
    Scene("appeals_differences", "awards", _differences),
    Scene("appeals_deciding", "awards", _deciding),
    Scene("appeals_recording", "awards", _recording),
)
