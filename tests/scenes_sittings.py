"""Pictures of the commission's tab: nobody yet, a sitting, an item, a vote, a conflict, the minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtTest import QTest

from grants_app.services import commission, interests, resolutions, runs
from tests.boards import hold_sitting
from tests.scenes import Scene

if TYPE_CHECKING:
    from tests.scenes import Stage


def _tab(stage: Stage) -> Any:
    page: Any = stage.page
    page.tabs.choose("commission")
    stage.settle()
    return page.commission_tab


def _held(stage: Stage) -> Any:
    """A sitting with two items, one of them about a relative."""
    office = stage.office
    if not commission.meetings(office):
        made = hold_sitting(office, there=4)
        interests.declare_interest(office, made[1].id, "B-0001", "племянник")
        record = runs.run_record(office)
        everybody = {one.id: "for" for one in made[:4]}
        votes: Any = everybody | {made[3].id: "abstained"}
        resolutions.resolve(
            office,
            "3",
            resolutions.ItemForm(
                matter="seal",
                wording="Утвердить распределение грантов по расчёту и опубликовать список.",
                run_no=record.no if record else None,
                votes=votes,
            ),
        )
        case: Any = {member: vote for member, vote in votes.items() if member != made[1].id}
        resolutions.resolve(
            office,
            "3",
            resolutions.ItemForm(
                matter="placement",
                wording="Разместить вручную по решению суда № 12.",
                application_no="B-0001",
                votes=case,
            ),
        )
    return _tab(stage)


def _nobody(stage: Stage) -> None:
    _tab(stage)


def _sitting(stage: Stage) -> None:
    _held(stage)


def _item(stage: Stage) -> None:
    tab = _held(stage)
    tab.desk.view.items.choose_row(1)
    tab.desk.view.items.setFocus()
    stage.settle()


def _member(stage: Stage) -> None:
    tab = _held(stage)
    tab.register.members.choose_row(1)
    tab.register.members.setFocus()
    stage.settle()


def _voting(stage: Stage) -> None:
    tab = _held(stage)
    tab.desk.ask_item()
    stage.settle()
    panel = tab.desk.item_panel
    panel.matter_edit.set_code("appeal")
    panel.application_edit.setText("B-0001")
    panel.wording_edit.setPlainText("Удовлетворить апелляцию и исправить балл по математике.")
    panel.application_edit.editingFinished.emit()
    stage.settle()
    panel.all_button.click()
    panel.votes.choose_row(2)
    panel.votes.give("against")
    panel.votes.setFocus()
    stage.settle()


def _interest(stage: Stage) -> None:
    tab = _held(stage)
    tab.register.members.choose_row(2)
    stage.settle()
    tab.acts.card.wanted.emit("interest")
    stage.settle()


def _minutes(stage: Stage) -> None:
    tab = _held(stage)
    tab.desk.show_minutes()
    stage.settle()
    for _ in range(100):
        QTest.qWait(50)
        if tab.desk.minutes_view.preview.drawn_pages:
            break


SCENES = (
    Scene("commission_nobody", "ranking", _nobody, stage="imported"),
    Scene("commission_sitting", "ranking", _sitting),
    Scene("commission_item", "ranking", _item),
    Scene("commission_member", "ranking", _member),
    Scene("commission_voting", "ranking", _voting),
    Scene("commission_interest", "ranking", _interest),
    Scene("commission_minutes", "ranking", _minutes),
)
