"""The editor of the rules: everything in it can be changed, what is wrong is said beside its field."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLineEdit

from grants_app.domain.errors import Refused
from grants_app.domain.ruleset import PaperBlock, Quota, Term
from grants_app.domain.values import Names
from grants_app.gui.pages.rules_editor import RulesEditor
from grants_app.gui.widgets.editors import ChoiceEdit
from grants_app.services import presets
from tests.gui.fitting import cut_off, outside

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from grants_app.domain.ruleset import RuleSet
    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.rules_editor_section import RulesSection

SETUP = presets.setup_from(presets.SAMPLE)


class Desk:
    """The editor on view, and what one does in it."""

    def __init__(self, editor: RulesEditor, rules: RuleSet, qtbot: QtBot) -> None:
        self.editor, self.before, self.qtbot = editor, rules, qtbot
        editor.show_rules(rules, SETUP)

    def widget(self, section: RulesSection, key: str) -> QWidget:
        """The editor of a field, its section on view."""
        self.editor.show_section(section)
        section.show_key(key)
        return section.form.fields[key].editor

    def type(self, section: RulesSection, key: str, text: str) -> None:
        """Type a text in place of what stood in a field."""
        editor = self.widget(section, key)
        assert isinstance(editor, QLineEdit)
        editor.selectAll()
        editor.insert(text)
        editor.textEdited.emit(text)

    def tick(self, section: RulesSection, key: str) -> None:
        """Change a tick."""
        editor = self.widget(section, key)
        assert isinstance(editor, QCheckBox)
        editor.click()

    def pick(self, section: RulesSection, key: str, code: str) -> None:
        """Choose from a list."""
        editor = self.widget(section, key)
        assert isinstance(editor, ChoiceEdit)
        editor.set_code(code)
        editor.chosen.emit(code)


@pytest.fixture
def desk(context: PageContext, shown: Callable[[QWidget], QWidget], qtbot: QtBot) -> Callable[..., Desk]:
    """Opens the editor on a preset."""

    def open_on(name: str = "ort_default", **changes: object) -> Desk:
        editor = RulesEditor(context)
        editor.resize(900, 620)
        shown(editor)
        # The rules shipped name no programme; the sample's own do.
        followed = replace(presets.rules_named(name), programmes=presets.sample_rules().programmes)
        return Desk(editor, replace(followed, **changes), qtbot)

    return open_on


@pytest.mark.parametrize("name", presets.RULES)
def test_rules_only_looked_at_come_back_as_they_were(desk: Callable[..., Desk], name: str) -> None:
    at = desk(name)
    for section in at.editor.sections:
        at.editor.show_section(section)
    assert at.editor.rules() == at.before


def test_a_threshold_and_a_programmes_subjects_are_changed(desk: Callable[..., Desk]) -> None:
    at = desk()
    section = at.editor.admission
    at.type(section, "main", "100")
    at.type(section, "programme:6B06102:main", "120")
    at.tick(section, "programme:6B06102:subject:chemistry")
    at.tick(section, "programme:6B04201")
    rules = at.editor.rules()
    assert rules.thresholds.main == 100
    changed = rules.programme("6B06102")
    assert changed is not None
    assert (changed.main, changed.any_subject) == (Decimal(120), ("math", "physics", "chemistry"))
    assert rules.programme("6B04201") is None


def test_a_threshold_emptied_asks_nothing(desk: Callable[..., Desk]) -> None:
    at = desk()
    at.type(at.editor.admission, "subject", "")
    assert at.editor.rules().thresholds.subject is None


def test_a_single_subject_comes_into_the_score_with_its_weight(desk: Callable[..., Desk]) -> None:
    at = desk()
    section = at.editor.score
    at.editor.show_section(section)
    section.add_edit.set_code("math")
    section.add_button.click()
    at.type(section, "math:weight", "1,5")
    at.type(section, "profile:best_of", "2")
    terms = at.editor.rules().score.terms
    assert terms[-1] == Term(criterion="math", weight=Decimal("1.5"), required=False)
    assert terms[1].best_of == 2
    section.remove("math")
    assert [term.criterion for term in at.editor.rules().score.terms] == ["ort_main", "profile"]


def test_the_score_keeps_one_criterion_at_least(desk: Callable[..., Desk]) -> None:
    at = desk()
    for code in ("ort_main", "profile"):
        at.editor.score.remove(code)
    assert at.editor.score.wrong
    with pytest.raises(Refused, match="rules_not_ready"):
        at.editor.rules()


def test_the_tie_chain_is_reordered_by_keys_and_levels_come_and_go(desk: Callable[..., Desk]) -> None:
    at = desk()
    section = at.editor.ties
    at.editor.show_section(section)
    section.list.setFocus()
    at.qtbot.keyClick(section.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert at.editor.rules().ties.levels == ("average", "grounds", "profile", "ort_main")
    assert section.list.current == "grounds"
    at.qtbot.keyClick(section.list, Qt.Key.Key_Delete)
    section.add_edit.set_code("english")
    section.add_button.click()
    assert at.editor.rules().ties.levels == ("average", "profile", "ort_main", "english")


def test_the_tie_chain_is_reordered_by_dragging(desk: Callable[..., Desk]) -> None:
    at = desk()
    ties = at.editor.ties.list
    with at.qtbot.waitSignal(at.editor.edited):
        ties.model().moveRow(ties.rootIndex(), 3, ties.rootIndex(), 0)
    assert at.editor.rules().ties.levels == ("ort_main", "grounds", "average", "profile")
    assert ties.item(0).text().startswith("1 ")


def test_a_ground_is_added_named_and_ranked(desk: Callable[..., Desk]) -> None:
    at = desk()
    section = at.editor.grounds
    at.editor.show_section(section)
    section.add_button.click()
    code = section.current
    assert section.form.fields[f"{code}:name:ky"].state == "error"
    at.type(section, f"{code}:name:ru", "Сельская школа")
    at.tick(section, f"{code}:sensitive")
    for _ in range(5):
        section.list.shift(-1)
    ground = at.editor.rules().grounds[0]
    assert (ground.code, ground.names, ground.sensitive) == (code, Names(ru="Сельская школа"), True)
    assert section.list.item(0).text() == "1  Сельская школа"


def test_a_ground_a_quota_is_held_for_is_not_taken_out(desk: Callable[..., Desk]) -> None:
    at = desk("kz_priorities")
    section = at.editor.grounds
    section.remove("orphan")
    assert section.refusal_label.text()
    section.remove("mountain")
    assert "mountain" not in [ground.code for ground in at.editor.rules().grounds]


@pytest.mark.parametrize("code", ["average", "math", "ort_main"])
def test_a_criterion_something_needs_is_not_taken_out(desk: Callable[..., Desk], code: str) -> None:
    at = desk()
    at.editor.measures.remove(code)
    assert at.editor.measures.refusal_label.text()
    assert at.editor.rules() == at.before


def test_a_new_criterion_can_be_used_by_score_and_ties_at_once(desk: Callable[..., Desk]) -> None:
    at = desk()
    section = at.editor.measures
    at.editor.show_section(section)
    section.add_button.click()
    code = section.current
    at.type(section, f"{code}:name:ru", "Портфолио")
    at.type(section, f"{code}:maximum", "40")
    at.editor.score.add(code)
    at.editor.ties.add(code)
    rules = at.editor.rules()
    measure = rules.measure(code)
    assert measure is not None
    assert (measure.maximum, measure.names.ru) == (Decimal(40), "Портфолио")
    assert rules.score.terms[-1].criterion == rules.ties.levels[-1] == code


def test_a_subject_test_marked_so_is_offered_to_the_programmes(desk: Callable[..., Desk]) -> None:
    at = desk()
    at.tick(at.editor.measures, "essay:subject")
    at.tick(at.editor.admission, "programme:6B04201:subject:essay")
    rule = at.editor.rules().programme("6B04201")
    assert rule is not None
    assert rule.any_subject == ("history", "essay")


def test_quotas_of_one_programme_are_made_beside_those_of_every_one(desk: Callable[..., Desk]) -> None:
    at = desk("kz_priorities")
    section, pool = at.editor.quotas, "KAZNU-BSH/6B04201"
    at.editor.show_section(section)
    at.tick(section, f"{pool}:own")
    for ground, amount, unit in (("orphan", "1", "seats"), ("disability", "12.5", "percent")):
        section.form.findChild(QAbstractButton, "add_quota_button").click()
        key = list(section.form.fields)[-3].rpartition(":")[0]
        at.pick(section, f"{key}:unit", unit)
        at.type(section, f"{key}:amount", amount)
        at.pick(section, f"{key}:ground", ground)
        at.pick(section, f"{key}:unused", "empty")
    at.pick(section, f"{pool}:order", "open_first")
    own = at.editor.rules().quotas[1]
    assert (own.pool, own.order) == (pool, "open_first")
    assert own.quotas == (
        Quota(ground="orphan", seats=1, unused="empty"),
        Quota(ground="disability", percent=Decimal("12.5"), unused="empty"),
    )
    assert section.warning_label is not None
    assert not section.warning_label.isHidden()
    at.tick(section, f"{pool}:own")
    assert at.editor.rules() == at.before


def test_quotas_fill_in_another_order_and_are_taken_out(desk: Callable[..., Desk]) -> None:
    at = desk("kz_priorities")
    section = at.editor.quotas
    at.editor.show_section(section)
    section.form.findChild(QAbstractButton, "down:*:0").click()
    section.form.findChild(QAbstractButton, "cross:*:2").click()
    section.form.findChild(QAbstractButton, "up:*:1").click()
    assert [quota.ground for quota in at.editor.rules().quotas[0].quotas] == ["disability", "orphan"]


def test_more_quota_seats_than_seats_are_said_beside_the_quotas(desk: Callable[..., Desk]) -> None:
    at = desk("kz_priorities")
    section = at.editor.quotas
    at.type(section, "*:0:amount", "90")
    assert "Юриспруденция" in section.form.fields["*:order"].message
    with pytest.raises(Refused, match="rules_not_ready"):
        at.editor.rules()


def test_a_ground_has_one_quota_in_a_pool(desk: Callable[..., Desk]) -> None:
    at = desk("kz_priorities")
    at.pick(at.editor.quotas, "*:1:ground", "orphan")
    assert at.editor.quotas.form.fields["*:1:ground"].state == "error"


def test_who_competes_lateness_and_papers_are_changed(desk: Callable[..., Desk]) -> None:
    at = desk()
    section = at.editor.standing
    at.tick(section, "state:incomplete")
    at.pick(section, "late", "refused")
    at.tick(section, "unseen")
    at.tick(section, "block:medical:offer")
    at.tick(section, "block:id:letter")
    at.tick(section, "unkept")
    rules = at.editor.rules()
    assert rules.competing_states == ("submitted", "complete", "verified")
    assert (rules.late, rules.unseen_grounds_count, rules.unkept_papers_block) == ("refused", False, True)
    assert PaperBlock(paper="medical", stage="offer") in rules.blocks
    assert PaperBlock(paper="id", stage="letter") not in rules.blocks


def test_title_day_and_basis_are_changed(desk: Callable[..., Desk]) -> None:
    at = desk()
    section = at.editor.general
    at.type(section, "in_force_from", "10.7.26")
    at.type(section, "legal_source", "Приказ № 12")
    rules = at.editor.rules()
    assert (rules.in_force_from.isoformat(), rules.legal_source) == ("2026-07-10", "Приказ № 12")
    at.type(section, "in_force_from", "скоро")
    assert section.form.fields["in_force_from"].state == "error"


@pytest.mark.parametrize("typed", ["many", "1001", "1,1234567", ""])
def test_what_is_no_number_is_said_beside_its_field_and_kept_as_typed(
    desk: Callable[..., Desk], typed: str
) -> None:
    at = desk()
    at.type(at.editor.score, "profile:weight", typed)
    field = at.editor.score.form.fields["profile:weight"]
    assert field.state == "error"
    assert field.message
    with pytest.raises(Refused) as refused:
        at.editor.rules()
    assert refused.value.facts == {"n": 1}
    at.editor.context.words.switch("ky")
    at.editor.retranslate()
    editor = at.editor.score.form.fields["profile:weight"].editor
    assert isinstance(editor, QLineEdit)
    assert editor.text() == typed


def test_f8_leads_to_the_wrong_field_in_another_section_even_of_another_item(
    desk: Callable[..., Desk],
) -> None:
    at = desk()
    at.type(at.editor.measures, "essay:maximum", "x")
    at.widget(at.editor.measures, "math:maximum")
    at.editor.show_section(at.editor.score)
    at.qtbot.keyClick(at.editor, Qt.Key.Key_F8)
    assert at.editor.stack.currentWidget() is at.editor.measures
    assert at.editor.measures.form.fields["essay:maximum"].editor.hasFocus()


def test_keys_lead_from_section_to_section(desk: Callable[..., Desk]) -> None:
    at = desk()
    at.qtbot.keyClick(at.editor, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert at.editor.stack.currentWidget() is at.editor.ties
    at.qtbot.keyClick(at.editor, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert at.editor.stack.currentWidget() is at.editor.score


def test_looked_at_only_nothing_can_be_changed(desk: Callable[..., Desk]) -> None:
    at = desk("kz_priorities")
    at.editor.set_read_only(True)
    for section in at.editor.sections:
        at.editor.show_section(section)
        for field in section.form.fields.values():
            editor = field.editor
            assert not editor.isEnabled() or (isinstance(editor, QLineEdit) and editor.isReadOnly())
    at.editor.ties.list.shift(1)
    at.editor.ties.remove("average")
    assert at.editor.rules() == at.before
    assert not at.editor.ties.add_button.isVisibleTo(at.editor)


def _comes_to_rest(at: Desk) -> None:
    """The fields find their widths a moment after the section is shown; then nothing may be cut off."""

    def fits() -> None:
        assert cut_off(at.editor) + outside(at.editor) == []

    at.qtbot.waitUntil(fits, timeout=5_000)


@pytest.mark.parametrize("width", [560, 900])
@pytest.mark.parametrize("lang", ["ky", "ru", "kk", "en"])
def test_nothing_is_cut_off(desk: Callable[..., Desk], lang: str, width: int) -> None:
    at = desk("kz_priorities")
    at.editor.context.words.switch(lang)
    at.editor.retranslate()
    at.editor.resize(width, 560)
    for section in at.editor.sections:
        at.editor.show_section(section)
        _comes_to_rest(at)
