"""The Rules tab: versions, a change with what it would do, and putting it in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from grants_app.gui.pages.ranking import RankingPage
from grants_app.gui.widgets.panels import ItemRow
from grants_app.services import campaign_acts, rule_changes, runs, standing
from tests.commission import too_wide
from tests.gui.desks import PageDesk
from tests.gui.fitting import cut_off, outside

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.services.access import Office

TODAY = date(2026, 7, 10)


class Rules(PageDesk):
    """The Rules tab on view, and what one does there."""

    kind = RankingPage

    def begin(self) -> None:
        """Put the Rules tab on view."""
        self.page.tabs.choose("rules")
        self.desk = self.page.rules_desk
        self.settle()

    def weigh(self, weight: str) -> None:
        """Type another weight of the best admitted subject."""
        self.type("profile:weight", weight)

    def type(self, key: str, text: str) -> None:
        """Type into a field of the section about the score."""
        editor = self.desk.editor.score.form.fields[key].editor
        assert isinstance(editor, QLineEdit)
        editor.setText(text)
        editor.textEdited.emit(text)

    def day(self, day: date) -> None:
        """Choose another day."""
        editor = self.desk.editor.general.form.fields["in_force_from"].editor
        assert isinstance(editor, QLineEdit)
        editor.setText(f"{day:%d.%m.%Y}")
        editor.textEdited.emit(editor.text())

    def preview(self) -> None:
        """Show what would change."""
        self.desk.change_panel.act_button.click()
        self.settle()

    def save(self, reason: str = "приказ 12") -> None:
        """Put the change in force."""
        self.desk.change_panel.reason_edit.setText(reason)
        self.desk.change_panel.act_button.click()
        self.settle()

    def differences(self) -> list[tuple[str, tuple[str, ...]]]:
        """What the column beside lists."""
        rows = self.desk.right.currentWidget().findChildren(ItemRow)
        return [(row.text, row.notes) for row in rows if not row.isHidden()]


@pytest.fixture
def rules(open_desk: Callable[..., Rules]) -> Callable[..., Rules]:
    """Opens the Rules tab at a stage of the sample."""
    return partial(open_desk, Rules)


def put(office: Office, main: int, day: date) -> None:
    """Keep a version with another main threshold."""
    known = standing.current_rules(office)
    thresholds = replace(known.thresholds, main=Decimal(main))
    rule_changes.put(office, replace(known, thresholds=thresholds, in_force_from=day), f"приказ {main}")


def test_the_version_in_force_is_on_view_and_may_be_changed(rules: Callable[..., Rules]) -> None:
    at = rules()
    assert at.desk.version_edit.code == "1"
    assert at.desk.state_chip.kind == "ok"
    assert not at.desk.editor.score.read_only
    assert at.desk.right.currentWidget() is at.desk.version_panel


def test_a_change_begins_a_version_of_today_and_says_what_differs(rules: Callable[..., Rules]) -> None:
    at = rules()
    at.weigh("2")
    assert at.desk.changing
    assert at.desk.state_chip.kind == "warn"
    assert at.desk.editor.rules().in_force_from == TODAY
    told = dict(at.differences())
    assert told["Лучший предмет из засчитываемых программой: Вес"] == ("было: 1; стало: 2",)


def test_the_effect_is_shown_with_counts_before_anything_is_kept(rules: Callable[..., Rules]) -> None:
    at = rules()
    at.weigh("2")
    at.preview()
    assert at.desk.centre.currentWidget() is at.desk.effect
    effect = rule_changes.preview(at.office, at.desk.editor.rules())
    rows = at.desk.effect.rows
    grants = [row for row in rows if row.what == "grant"]
    assert len(grants) == len(effect.comparison.awards) > 0
    assert rows[0].name
    assert {row.before for row in grants if row.chip == "ok"} >= {"нет гранта"}
    assert len(rule_changes.versions(at.office)) == 1
    assert not at.desk.change_panel.act_button.isEnabled()


def test_with_a_reason_the_version_is_put_in_force_and_the_draft_proposed_anew(
    rules: Callable[..., Rules],
) -> None:
    at = rules(before=runs.propose)
    at.weigh("2")
    at.preview()
    at.save()
    first = rule_changes.versions(at.office)[0]
    assert (first.rules.version, first.reason, first.state) == (2, "приказ 12", "in_force")
    record = runs.run_record(at.office)
    assert record is not None
    assert (record.no, record.rules) == (2, 2)
    assert not at.desk.changing
    assert at.desk.version_edit.code == "2"


def test_before_any_run_a_new_version_proposes_nothing(rules: Callable[..., Rules]) -> None:
    at = rules()
    at.weigh("2")
    at.preview()
    at.save()
    assert runs.run_record(at.office) is None
    assert at.page.strip.kind == "ok"


def test_a_version_of_a_later_day_says_that_it_waits(rules: Callable[..., Rules]) -> None:
    at = rules(before=runs.propose)
    at.weigh("2")
    at.day(TODAY + timedelta(days=5))
    at.preview()
    assert "15.07.2026" in at.desk.effect.note_label.text()
    at.save()
    assert [one.state for one in rule_changes.versions(at.office)] == ["future", "in_force"]
    assert at.desk.version_edit.code == "1"
    record = runs.run_record(at.office)
    assert record is not None
    assert record.no == 1
    at.desk.version_edit.set_code("2")
    at.desk.version_edit.chosen.emit("2")
    assert at.desk.state_chip.kind == "info"


def test_a_version_that_would_never_come_into_force_is_named(rules: Callable[..., Rules]) -> None:
    at = rules(before=lambda office: put(office, 105, TODAY + timedelta(days=5)))
    at.weigh("2")
    told = [
        label.text() for label in at.desk.change_panel.findChildren(type(at.desk.change_panel.title_label))
    ]
    assert any("Версия 2 тогда никогда" in text for text in told)


def test_an_earlier_version_is_looked_at_with_what_it_changed(rules: Callable[..., Rules]) -> None:
    at = rules(before=lambda office: put(office, 105, TODAY))
    told = dict(at.differences())
    assert told["Основной тест, не менее"] == ("было: 110; стало: 105",)
    assert told["Причина, для журнала"] == ("приказ 105",)
    at.desk.version_edit.set_code("1")
    at.desk.version_edit.chosen.emit("1")
    main = at.desk.editor.admission.form.fields["main"].editor
    assert isinstance(main, QLineEdit)
    assert main.text() == "110"
    assert at.desk.state_chip.kind == "neutral"


def test_what_is_wrong_is_said_and_nothing_is_previewed(rules: Callable[..., Rules]) -> None:
    at = rules()
    at.weigh("много")
    at.preview()
    assert at.desk.centre.currentWidget() is at.desk.editor
    assert "F8" in at.desk.change_panel.failure_label.text()
    assert at.desk.editor.score.form.fields["profile:weight"].state == "error"


def test_rules_that_would_shut_out_a_holder_are_refused_in_the_column(rules: Callable[..., Rules]) -> None:
    at = rules(stage="sealed")
    section = at.desk.editor.admission
    editor = section.form.fields["main"].editor
    assert isinstance(editor, QLineEdit)
    editor.setText("240")
    editor.textEdited.emit("240")
    at.preview()
    assert at.desk.change_panel.failure_label.text()
    assert at.desk.centre.currentWidget() is at.desk.editor


def test_back_from_the_effect_the_change_goes_on_and_discarded_it_is_gone(
    rules: Callable[..., Rules],
) -> None:
    at = rules()
    at.weigh("2")
    at.preview()
    at.desk.change_panel.cancel_button.click()
    assert at.desk.centre.currentWidget() is at.desk.editor
    at.page.refresh()
    at.settle()
    assert at.desk.editor.rules().score.terms[1].weight == 2
    at.desk.discard_button.click()
    assert not at.desk.changing
    assert at.desk.editor.rules() == standing.current_rules(at.office)


def test_a_start_from_a_preset_is_a_change_like_any_other(rules: Callable[..., Rules]) -> None:
    at = rules()
    at.desk.preset_edit.set_code("kz_priorities")
    at.desk.preset_edit.chosen.emit("kz_priorities")
    assert at.desk.changing
    assert at.desk.editor.rules().ties.levels == ("grounds", "average", "profile")
    at.preview()
    at.save()
    assert standing.current_rules(at.office).quotas


@pytest.mark.parametrize("role", ["officer", "verifier", "auditor"])
def test_others_look_only(rules: Callable[..., Rules], role: str) -> None:
    at = rules(role=role)
    assert at.desk.editor.score.read_only
    assert not at.desk.preset_edit.isVisibleTo(at.desk)


def test_a_closed_campaign_is_only_looked_at(rules: Callable[..., Rules]) -> None:
    def close(office: Office) -> None:
        chair = office.acting_as(replace(office.actor, role="chair"))
        campaign_acts.close(chair, "конец")

    at = rules(before=close, role="chair")
    assert at.desk.editor.score.read_only


def test_f5_shows_what_would_change_and_the_keyboard_is_enough(rules: Callable[..., Rules]) -> None:
    at = rules()
    at.weigh("2")
    at.qtbot.keyClick(at.window, Qt.Key.Key_F5)
    at.settle()
    assert at.desk.centre.currentWidget() is at.desk.effect
    reason = at.desk.change_panel.reason_edit
    assert reason.hasFocus()
    reason.setText("приказ 12")
    at.qtbot.keyClick(reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    at.settle()
    assert standing.current_rules(at.office).version == 2


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)])
@pytest.mark.parametrize("lang", ["ky", "ru", "kk", "en"])
def test_nothing_is_cut_off(rules: Callable[..., Rules], size: tuple[int, int], lang: str) -> None:
    at = rules(before=lambda office: put(office, 105, TODAY + timedelta(days=5)))
    at.window.resize(*size)
    at.window.words.switch(lang)
    at.settle()
    assert cut_off(at.page) + too_wide(at.page) + outside(at.page) == []
    at.weigh("2")
    at.settle()
    assert cut_off(at.page) + too_wide(at.page) + outside(at.page) == []
    at.preview()
    assert cut_off(at.page) + too_wide(at.page) + outside(at.page) == []
