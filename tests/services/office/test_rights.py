"""One table says which role may do which act, and nothing is written without asking it."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.journal import ROLES, Actor
from grants_app.services.office import rights
from tests.makers import PERMIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grants_app.services.access import Office

PACKAGE = Path(__file__).parents[3] / "grants_app"


def calls(folder: Path, name: str) -> Iterator[tuple[Path, ast.Call]]:
    """Every call of a function or method of this name under the folder."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func
                told = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
                if told == name:
                    yield path, node


def demanded() -> set[str]:
    """Every act some use case asks the permit for."""
    return {
        argument.value
        for path, call in calls(PACKAGE / "services", "demand")
        if path.name not in {"access.py", "rights.py"}
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def test_every_act_has_its_row_and_every_row_its_act() -> None:
    assert demanded() == set(rights.RIGHTS)


def test_every_row_names_known_roles_and_somebody() -> None:
    assert all(roles and roles <= set(ROLES) for roles in rights.RIGHTS.values())


def test_a_permit_is_made_by_the_table_of_rights_alone() -> None:
    assert {path.name for path, _ in calls(PACKAGE, "Permit")} == {"rights.py"}


def test_an_act_without_a_row_is_a_bug_and_no_refusal() -> None:
    with pytest.raises(KeyError):
        rights.demand(Actor(name="Асанов Ү.", branch="B", role="chair"), "sell")


def test_the_journal_says_in_which_role_at_which_branch_something_was_done(empty: Office) -> None:
    with empty.store.work(PERMIT) as work:
        work.journal.add("campaign.changed", "2026", campaign=empty.campaign_id)
        work.commit()
    with empty.store.reading() as reading:
        event = reading.recent(empty.campaign_id, 1)[0]
    assert (event.actor, event.role, event.branch) == (PERMIT.account, PERMIT.role, PERMIT.branch)
    assert empty.store.check() == ()
