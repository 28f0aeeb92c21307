"""Pictures of the Rules tab: every section of the editor, a change with its effect, versions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from grants_app.domain.ruleset import PoolQuotas, Quota
from grants_app.services import rule_changes, standing
from tests.scenes import Scene

if TYPE_CHECKING:
    from tests.scenes import Stage

SECTIONS = ("score", "ties", "admission", "grounds", "quotas", "standing", "measures", "general")


def _desk(stage: Stage) -> Any:
    page: Any = stage.page
    page.tabs.choose("rules")
    stage.settle()
    page.rules_desk.discard()
    return page.rules_desk


def _section(name: str) -> Any:
    def show(stage: Stage) -> None:
        desk = _desk(stage)
        if name == "quotas":
            desk.preset_edit.set_code("kz_priorities")
            desk.preset_edit.chosen.emit("kz_priorities")
        desk.editor.show_section(getattr(desk.editor, name))

    return show


def _typed(desk: Any, key: str, text: str) -> None:
    editor = desk.editor.score.form.fields[key].editor
    editor.setText(text)
    editor.textEdited.emit(text)


def _changed(stage: Stage) -> None:
    desk = _desk(stage)
    desk.editor.score.add("math")
    _typed(desk, "math:weight", "0,5")


def _effect(stage: Stage) -> None:
    _changed(stage)
    _desk_of(stage).preview()
    stage.settle()
    _desk_of(stage).change_panel.reason_edit.setText("Решение комиссии, протокол № 2 от 09.07.2026")


def _desk_of(stage: Stage) -> Any:
    page: Any = stage.page
    return page.rules_desk


def _wrong(stage: Stage) -> None:
    desk = _desk(stage)
    _typed(desk, "profile:weight", "полтора")
    desk.preview()


def _versions(stage: Stage) -> None:
    """Three versions: the first, one in force now, one of a later day."""
    desk = _desk(stage)
    office = stage.office
    if len(rule_changes.versions(office)) == 1:
        rules, today = standing.current_rules(office), office.now().date()
        lower = replace(rules.thresholds, main=Decimal(105), source="Приказ министерства № 412 от 08.07.2026")
        now = replace(rules, thresholds=lower, in_force_from=today, legal_source="Приказ № 412 от 08.07.2026")
        rule_changes.put(office, now, "порог снижен министерством")
        quotas = (PoolQuotas(pool="*", quotas=(Quota(ground="orphan", seats=1),), uncertain=True),)
        later = replace(now, quotas=quotas, in_force_from=today + timedelta(days=14))
        rule_changes.put(office, later, "решение комиссии")
        desk.refresh()
        stage.settle()
    desk.version_edit.set_code("2")
    desk.version_edit.chosen.emit("2")


def _future(stage: Stage) -> None:
    _versions(stage)
    _desk_of(stage).version_edit.set_code("3")
    _desk_of(stage).version_edit.chosen.emit("3")
    _desk_of(stage).editor.show_section(_desk_of(stage).editor.quotas)


SCENES = (
    *(Scene(f"rules_{name}", "ranking", _section(name), stage="settled") for name in SECTIONS),
    Scene("rules_changed", "ranking", _changed, stage="settled"),
    Scene("rules_wrong", "ranking", _wrong, stage="settled"),
    Scene("rules_effect", "ranking", _effect, stage="settled"),
    Scene("rules_versions", "ranking", _versions, stage="imported"),
    Scene("rules_future", "ranking", _future, stage="imported"),
)
