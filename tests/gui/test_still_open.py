"""Before a campaign is published or closed its page lists what is still open, and wants a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from grants_app.domain.campaign import CampaignState
from grants_app.gui.pages.campaign import CampaignPage
from grants_app.gui.widgets.panels import ItemRow
from tests.gui.desks import desk_window, page_of, sample_stages, settle, stage_office  # noqa: F401 - fixtures
from tests.services.desks import as_role

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.tasks import Tasks
    from grants_app.services.access import Office


def test_closing_lists_overdue_answers_and_wants_a_reason(
    stage_office: Callable[[str], Office],  # noqa: F811 - the fixture
    desk_window: Callable[..., MainWindow],  # noqa: F811 - the fixture
    qtbot: QtBot,
    tasks: Tasks,
) -> None:
    late = datetime(2026, 8, 21, 3, tzinfo=UTC)
    office = as_role(replace(stage_office("sealed"), clock=lambda: late), "chair")
    window = desk_window(office)
    window.stack.go("campaign")
    settle(qtbot, tasks)
    page = page_of(window)
    assert isinstance(page, CampaignPage)
    page.right.ask_act("close")
    settle(qtbot, tasks)
    panel = page.right.act_panel
    rows = {row.text: row.chip for row in panel.inner.findChildren(ItemRow)}
    assert rows["Просроченные ответы"] == "50"
    assert rows["Обладатели гранта без уведомления"] == "50"
    assert not panel.act_button.isEnabled()
    panel.why_edit.setText("набор окончен")
    assert panel.act_button.isEnabled()
    panel.act_button.click()
    settle(qtbot, tasks)
    assert office.campaign().state is CampaignState.CLOSED
