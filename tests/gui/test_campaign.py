"""The campaign page: seats against the total, calendar, signatories, stages, other campaigns."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.campaign import CampaignState
from grants_app.gui.pages.campaign import CampaignPage
from grants_app.gui.pages.campaign_setup.sections import SECTIONS
from grants_app.gui.widgets.panels import FactRow
from grants_app.services import campaign_acts, campaigns
from grants_app.services.presets import preset
from tests.commission import too_wide
from tests.gui.desks import PageDesk
from tests.gui.fitting import cut_off, outside

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.gui.kit.form_panel import FormPanel
    from grants_app.gui.pages.campaign_setup.forms import SetupForm
    from grants_app.gui.pages.campaign_setup.sections import SectionKey
    from grants_app.services.access import Office


class Setup(PageDesk):
    """The campaign page on view, and what one does there."""

    kind = CampaignPage

    def edit(self, section: SectionKey, row: int) -> SetupForm:
        """Open the change of a line."""
        self.page.tabs.choose(section)
        self.page.lists.choose(section, row)
        self.window.do("edit")
        return self.page.right.forms[section]

    def type(self, panel: FormPanel, **typed: str) -> None:
        """Type into the fields and press the act."""
        for key, text in typed.items():
            panel.form.fields[key].editor.setText(text)  # type: ignore[attr-defined]  # a line edit
        panel.act_button.click()
        self.settle()

    def cells(self, section: SectionKey, row: int) -> list[str]:
        """What a line of a list shows."""
        lines = self.page.lists.stacks[section].table.lines
        return [column.text(lines.line(row)) for column in lines.columns]

    def facts(self) -> dict[str, str]:
        """The facts of the card."""
        return {row.text: row.value for row in self.page.right.card.findChildren(FactRow) if row.isVisible()}


@pytest.fixture
def setup(open_desk: Callable[..., Setup]) -> Callable[..., Setup]:
    """Opens the campaign page at a stage of the sample; `before` acts at the office first."""
    return partial(open_desk, Setup)


def test_the_sum_of_the_seats_stands_beside_the_total(setup: Callable[..., Setup]) -> None:
    desk = setup()
    facts = desk.facts()
    assert (facts["Объявлено грантов"], facts["Мест по программам"]) == ("50", "50")
    desk.page.right.card.total_wanted.emit()
    desk.type(desk.page.right.head_form, total="60")
    assert desk.office.campaign().setup.total == 60
    assert desk.facts()["Объявлено грантов"] == "60"
    assert desk.page.lists.sum_chip.text == "Места: 50 из 60, осталось 10"


def test_seats_over_the_total_are_refused_and_what_was_typed_stays(setup: Callable[..., Setup]) -> None:
    desk = setup()
    panel = desk.edit("seats", 0)
    desk.type(panel, seats="7")
    assert "50" in panel.failure_label.text() + panel.form.fields["seats"].message
    assert panel.form.fields["seats"].editor.text() == "7"  # type: ignore[attr-defined]  # a line edit
    assert desk.office.campaign().setup.pools[0].seats == 6


def test_seats_may_move_from_one_programme_to_another(setup: Callable[..., Setup]) -> None:
    desk = setup()
    desk.type(desk.edit("seats", 0), seats="5")
    desk.type(desk.edit("seats", 1), seats="6")
    assert [pool.seats for pool in desk.office.campaign().setup.pools[:2]] == [5, 6]
    assert desk.cells("seats", 1)[4] == "6"


def test_a_deadline_is_moved_on_the_campaigns_own_clock(setup: Callable[..., Setup]) -> None:
    desk = setup()
    panel = desk.edit("calendar", 4)
    desk.type(panel, at_day="22.08.2026", at_hour="18:00", order_no="14", why="праздник")
    moved = desk.office.campaign().setup.deadlines[4]
    assert moved.at == datetime(2026, 8, 22, 12, 0, tzinfo=UTC)
    assert (moved.order_no, moved.reason) == ("14", "праздник")


def test_what_is_no_date_is_said_beside_its_field(setup: Callable[..., Setup]) -> None:
    desk = setup()
    panel = desk.edit("calendar", 0)
    panel.form.fields["at_day"].editor.setText("31.02.2026")  # type: ignore[attr-defined]  # a line edit
    assert not panel.act_button.isEnabled()
    assert panel.act_button.toolTip()
    panel.save()
    assert panel.form.fields["at_day"].message
    assert panel.form.fields["at_day"].editor.hasFocus()


def test_another_signatory_signs_from_now_on(setup: Callable[..., Setup]) -> None:
    desk = setup()
    desk.type(desk.edit("signatories", 0), name_ru="Бакирова А. К.")
    assert desk.office.campaign().setup.signatories[0].name.ru == "Бакирова А. К."


def test_the_papers_required_may_be_reworded(setup: Callable[..., Setup]) -> None:
    desk = setup()
    desk.type(desk.edit("papers", 4), count="6")
    assert desk.office.campaign().setup.required_papers[4].count == 6


def test_the_campaign_goes_on_to_its_next_stage(setup: Callable[..., Setup]) -> None:
    desk = setup()
    desk.page.right.card.act_wanted.emit("freeze")
    desk.settle()
    desk.page.right.act_panel.why_edit.setText("приём окончен")
    desk.page.right.act_panel.act_button.click()
    desk.settle()
    assert desk.office.campaign().state is CampaignState.FROZEN
    assert desk.page.stage_chip.text == "данные зафиксированы"


def test_a_closed_campaign_can_only_be_read(setup: Callable[..., Setup]) -> None:
    def close(office: Office) -> None:
        chair = office.acting_as(replace(office.actor, role="chair"))
        campaign_acts.close(chair, "конец")

    desk = setup(before=close)
    assert desk.page.header.primary_button.isHidden()
    assert "edit" not in desk.page.commands()
    desk.page.primary_action()
    assert desk.page.right.form is None


def test_an_officer_reads_the_set_up_and_changes_nothing(setup: Callable[..., Setup]) -> None:
    desk = setup(role="officer")
    assert desk.page.header.primary_button.isHidden()
    assert "edit" not in desk.page.commands()


def test_another_year_is_one_choice_away(setup: Callable[..., Setup]) -> None:
    def add_year(office: Office) -> None:
        made, rules = preset("empty", 2027)
        campaigns.create_campaign(office.store, office.clock, office.actor, replace(made, code="2027"), rules)

    desk = setup(before=add_year)
    wanted = next(one for one in campaigns.all_campaigns(desk.office) if one.setup.code == "2027")
    desk.page.year_edit.chosen.emit(str(wanted.id))
    desk.settle()
    assert desk.window.parts.desk.office.campaign_id == wanted.id


def test_the_rules_are_shown_with_their_sources(setup: Callable[..., Setup]) -> None:
    desk = setup()
    desk.page.apply_filter({"tab": "rules"})
    desk.settle()
    rows = {row.text: row.value for row in desk.page.rules_tab.findChildren(FactRow) if row.isVisible()}
    assert rows["Основной тест, не менее"] == "110"
    assert rows["Биология"] in ("Биология", "0–150")


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)])
def test_nothing_is_cut_off_in_kyrgyz(setup: Callable[..., Setup], size: tuple[int, int]) -> None:
    desk = setup()
    desk.window.resize(*size)
    desk.window.words.switch("ky")
    desk.settle()
    for tab in desk.page.tabs.buttons:
        desk.page.tabs.choose(tab)
        desk.settle()
        assert cut_off(desk.page) + too_wide(desk.page) == []
        assert outside(desk.page) == []
    for section in SECTIONS:
        desk.edit(section, 0)
        desk.settle()
        assert cut_off(desk.page) + too_wide(desk.page) == []


@pytest.mark.parametrize("tab", ["rules", "keys"])
@pytest.mark.parametrize("asked", ["next_campaign", "import_setup"])
def test_what_the_menu_asks_for_is_on_view_from_every_tab(
    setup: Callable[..., Setup], tab: str, asked: str
) -> None:
    desk = setup(stage="nobody")
    desk.page.tabs.choose(tab)
    desk.settle()
    desk.window.do(asked)
    assert desk.page.right.form is not None
    assert desk.page.right.form.isVisible()
