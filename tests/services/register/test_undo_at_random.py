"""Random acts, each taken back: every column but versions, times, series and the journal comes back."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from grants_app.domain.application import GONE, ChecklistItem, State
from grants_app.domain.errors import Refused
from grants_app.paths import shipped
from grants_app.services import conflicts, imports, intake
from grants_app.services.intake import SaveForm
from grants_app.services.register import second_look, undo
from grants_app.store.metadata import METADATA
from tests import makers
from tests.services.desks import as_role

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Table

    from grants_app.domain.application import Application
    from grants_app.domain.journal import Changed
    from grants_app.services.access import Office

pytestmark = pytest.mark.prove

ACTS = 1_000
# What an undo leaves grown: it is history, not state.
_HISTORY = {
    "journal",
    "journal_head",
    "number_series",
    "person_identifier",
    "import_batch",
    "import_entry",
    "name_word",  # every word a name ever had; whose it is now is compared
}


def state(office: Office, applications: set[int], people: set[int]) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the applications and people that were there, without ids of parts, versions and times."""
    told = {}
    with office.store.engine.connect() as connection:
        for table in METADATA.sorted_tables:
            if table.name not in _HISTORY:
                rows = connection.execute(select(table)).mappings().all()
                told[table.name] = sorted(
                    repr(tuple((name, row[name]) for name in kept(table)))
                    for row in rows
                    if was_there(table, row, applications, people)
                )
    return told


def kept(table: Table) -> list[str]:
    """The columns that must come back."""
    part = "application" in table.c or "person" in table.c
    return [
        column.name
        for column in table.c
        if column.name != "version"
        and not column.name.endswith(("_at", "_at_offset"))
        and not (part and table.name != "application" and column.name == "id")
    ]


def was_there(table: Table, row: Any, applications: set[int], people: set[int]) -> bool:
    if table.name == "application":
        return row["id"] in applications
    if table.name == "person":
        return row["id"] in people
    if "application" in table.c and row["application"] is not None:
        return row["application"] in applications
    return "person" not in table.c or row["person"] in people


class Acting:
    """One desk that does random things to a small register."""

    def __init__(self, office: Office, seed: int) -> None:
        self.office = office
        self.verifier = as_role(office, "verifier", "Бекова Н.")
        self.random = random.Random(seed)
        self.fresh = iter(list(makers.entries(office.campaign().setup, 3_000))[30:])

    def somebody(self) -> Application:
        with self.office.store.reading() as reading:
            everybody = [
                one
                for one in reading.applications(self.office.campaign_id)
                if one.state is not State.ANNULLED
            ]
        return self.random.choice(everybody)

    def act(self) -> tuple[Office, Changed] | None:
        """One act and the desk it was done at; None where there was nothing to do."""
        return self.random.choice(
            (self.new, self.correct, self.tick, self.withdraw, self.verify, self.decide, self.bring_in)
        )()

    def _saved(self, known: Application, **changed: Any) -> tuple[Office, Changed]:
        form = SaveForm(
            entry=replace(known.entry, **changed),
            application=known.id,
            seen=known.version,
            submit=False,
        )
        return self.office, intake.save(self.office, form).changed

    def new(self) -> tuple[Office, Changed]:
        form = SaveForm(entry=next(self.fresh), submit=self.random.random() < 0.7)
        return self.office, intake.save(self.office, form).changed

    def correct(self) -> tuple[Office, Changed]:
        known = self.somebody()
        entry = known.entry
        person = replace(
            entry.person,
            surname=self.random.choice(("Асанова", "Өмүрзакова", "Бакыт кызы")),
            phones=entry.person.phones[: self.random.randint(0, 1)],
            district=self.random.choice(("", "Ноокат")),
        )
        scores = tuple(replace(one, value=one.value - 1) for one in entry.scores)
        return self._saved(
            known,
            person=person,
            scores=self.random.choice((entry.scores, scores, scores[:1])),
            choices=entry.choices[::-1],
            note=str(self.random.random()),
        )

    def tick(self) -> tuple[Office, Changed]:
        codes = [paper.code for paper in self.office.campaign().setup.required_papers]
        ticked = self.random.sample(codes, self.random.randint(0, len(codes)))
        known = self.somebody()
        form = SaveForm(
            entry=replace(
                known.entry, checklist=tuple(ChecklistItem(item=code, received=True) for code in ticked)
            ),
            application=known.id,
            seen=known.version,
            submit=known.state is not State.DRAFT,
        )
        try:
            return self.office, intake.save(self.office, form).changed
        except Refused as refused:
            assert refused.code == "entry_has_problems"  # noqa: PT017 - anything else is a finding
            return self._saved(known, checklist=form.entry.checklist)

    def withdraw(self) -> tuple[Office, Changed] | None:
        known = self.somebody()
        if known.state is State.WITHDRAWN:
            saved = intake.take_back_withdrawal(self.office, known.id, known.version, "ошибка")
            return self.office, saved.changed
        return self.office, intake.withdraw(self.office, known.id, known.version, "передумали")

    def verify(self) -> tuple[Office, Changed] | None:
        known = self.somebody()
        waiting = [one for one in known.entry.scores if not one.verified_by]
        if not waiting or known.state in GONE:
            return None
        score = self.random.choice(waiting)
        with self.office.store.reading() as reading:
            differs = any(
                (one.application, one.criterion) == (known.id, score.criterion)
                for one in reading.second_typings(self.office.campaign_id)
            )
        value = score.value - self.random.randint(0, 1)
        of_whom = (self.verifier, known.id, known.version, score.criterion, value)
        try:
            done = (
                second_look.decide(*of_whom, paper="сертификат")
                if differs
                else second_look.type_again(*of_whom)
            )
        except Refused:
            return None
        return self.verifier, done.changed

    def decide(self) -> tuple[Office, Changed] | None:
        with self.office.store.reading() as reading:
            disputed = [
                (one, conflict)
                for one in reading.applications(self.office.campaign_id)
                for conflict in one.conflicts
                if conflict.open and one.state is not State.ANNULLED
            ]
        if not disputed:
            return None
        one, conflict = self.random.choice(disputed)
        saved = conflicts.decide(
            self.office,
            one.id,
            one.version,
            conflict.field,
            self.random.choice(conflict.versions).value,
            paper="справка",
            reason="сверено",
        )
        return self.office, saved.changed

    def bring_in(self) -> tuple[Office, Changed] | None:
        if self.random.random() < 0.8:
            return None
        plan = imports.plan(self.office, [shipped("resources/sample/osh_late_cp1251.csv")])
        made = imports.apply(self.office, plan, accept_warnings=True, skip_errors=True)
        return self.office, made.changed


def test_whatever_is_done_and_taken_back_leaves_everything_as_it_was(
    office_at: Callable[[str], Office], figure: Callable[[int], int]
) -> None:
    office = office_at("empty")
    for entry in list(makers.entries(office.campaign().setup, 30)):
        intake.save(office, SaveForm(entry=entry))
    acting = Acting(office, seed=2026)
    taken = 0
    while taken < figure(ACTS):
        with office.store.reading() as reading:
            there = reading.applications(office.campaign_id)
        applications, people = {one.id for one in there}, {one.person_id for one in there}
        before = state(office, applications, people)
        done = acting.act()
        if done is None or done[1].undo is None:
            continue
        desk, changed = done
        assert changed.undo is not None
        if acting.random.random() < 0.6:  # the others stay, so that the register grows odd
            undo.undo(desk, changed.undo)
            assert state(office, applications, people) == before
            taken += 1
    assert office.store.check() == ()
