"""What tests and pictures of the commission start from: equals across a last seat, columns that fit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grants_app.gui.widgets.panels import SidePanel
from grants_app.services import intake, runs

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from grants_app.services.access import Office


def too_wide(page: QWidget) -> list[str]:
    """The columns beside a list whose content is wider than they are."""
    return [
        f"{panel.objectName()}: {panel.inner.width()} of {panel.scroll_area.viewport().width()}"
        for panel in page.findChildren(SidePanel)
        if panel.isVisible() and panel.inner.width() > panel.scroll_area.viewport().width()
    ]


def make_equals(office: Office) -> tuple[str, tuple[str, str]]:
    """Give the first of a reserve the results of the last one taken; answers the pool and the two numbers."""
    result = runs.propose(office).result
    reserve = next(one for one in result.reserve if len(one.applications) > 1)
    taken = [award for award in result.awards if award.pool == reserve.pool]
    last = max(taken, key=lambda award: award.position or 0)
    inside = intake.application_by_no(office, last.application)
    outside = intake.application_by_no(office, reserve.applications[0])
    same = {"scores": inside.entry.scores, "grounds": inside.entry.grounds, "choices": (reserve.pool,)}
    for known, entry in (
        (outside, replace(outside.entry, **same)),
        (inside, replace(inside.entry, choices=(reserve.pool,))),
    ):
        intake.save(
            office, intake.SaveForm(entry=entry, application=known.id, seen=known.version, submit=False)
        )
    return reserve.pool, (inside.no, outside.no)
