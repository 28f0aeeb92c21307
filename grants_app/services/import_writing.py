"""Writing an import: new applications in bulk, known ones joined, each with its journal event."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from grants_app.domain.application import AcceptedWarning, Application, State
from grants_app.domain.second_look import carried
from grants_app.domain.stopping import breathing
from grants_app.services import standing
from grants_app.services.entry_changes import changes, text_of
from grants_app.services.import_planning import identity
from grants_app.services.register import second_look

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grants_app.domain.campaign import Campaign
    from grants_app.domain.ruleset import RuleSet
    from grants_app.services.access import Office
    from grants_app.services.import_planning import ImportPlan, Target
    from grants_app.store.unit_of_work import UnitOfWork


def targets_of(plan: ImportPlan) -> list[Target]:
    """The applications a plan makes or changes, each once, in the order of its rows."""
    seen: dict[int, Target] = {}
    for sheet in plan.sheets:
        for row in sheet.rows:
            if row.target is not None:
                seen.setdefault(id(row.target), row.target)
    return list(seen.values())


class Entering:
    """Enters one plan within one transaction; the caller commits."""

    def __init__(
        self,
        office: Office,
        work: UnitOfWork,
        campaign: Campaign,
        rules: RuleSet,
        plan: ImportPlan,
        reason: str,
    ) -> None:
        self._office = office
        self._work = work
        self._campaign = campaign
        self._rules = rules
        self._plan = plan
        self._reason = reason

    def new(self, fresh: Sequence[Target]) -> list[int]:
        """Enter the people not known yet under the next numbers of their branches; answers the ids."""
        accepted = self._accepted()
        numbers = self._numbers(fresh)
        made = [
            self._application(target, next(numbers[target.entry.branch]), accepted.get(id(target), ()))
            for target in breathing(fresh)
        ]
        shown = standing.of_work(self._work, self._campaign, self._rules)
        ids = self._work.applications.add_many(made, shown.lines(made))
        for one in breathing(made):
            self._work.journal.add(
                "application.imported",
                one.no,
                after=text_of(changes(None, one.entry)[1]),
                campaign=self._campaign.id,
            )
        return list(ids)

    def _numbers(self, fresh: Sequence[Target]) -> dict[str, Iterator[str]]:
        return {
            branch.code: iter(
                self._work.applications.next_numbers(
                    self._campaign.id, branch.letter, sum(one.entry.branch == branch.code for one in fresh)
                )
            )
            for branch in self._campaign.setup.branches
        }

    def _application(self, target: Target, no: str, accepted: tuple[AcceptedWarning, ...]) -> Application:
        scores = carried((), target.entry.scores, self._office.actor.name)  # who imports counts as typist
        entry = replace(target.entry, accepted=accepted, scores=scores)
        return Application(
            id=0,
            campaign=self._campaign.id,
            person_id=target.person_id or 0,
            no=no,
            state=State.SUBMITTED,
            entry=entry,
            conflicts=tuple(target.conflicts),
            entered_at=self._office.clock(),
            entered_by=self._office.actor.name,
            late=standing.is_late(entry, self._campaign),
        )

    def _accepted(self) -> dict[int, tuple[AcceptedWarning, ...]]:
        """The doubts accepted with the plan, by the target whose row raised them."""
        accepted: dict[int, tuple[AcceptedWarning, ...]] = {}
        for sheet in self._plan.sheets:
            for row in (one for one in sheet.rows if one.target is not None):
                warnings = tuple(
                    AcceptedWarning(
                        code=issue.code,
                        field=issue.field,
                        reason=self._reason or f"{sheet.file} {issue.cell}",
                        accepted_by=self._office.actor.name,
                    )
                    for issue in row.issues
                    if issue.severity == "warning"
                )
                accepted[id(row.target)] = accepted.get(id(row.target), ()) + warnings
        return accepted

    def known(self, updated: Sequence[Target]) -> list[int]:
        """Join what the rows add to applications already there; answers their ids."""
        return [self._joined(target, target.known) for target in updated if target.known is not None]

    def _joined(self, target: Target, known: Application) -> int:
        scores = carried(known.entry.scores, target.entry.scores, self._office.actor.name)
        entry = replace(target.entry, scores=scores)
        before, after = changes(known.entry, entry)
        if any(key.startswith("person.") for key in after):
            self._work.persons.put(known.person_id, entry.person)
        saved = self._work.applications.put(
            replace(known, entry=entry, conflicts=known.conflicts + tuple(target.conflicts)),
            seen=known.version,
        )
        second_look.forget_typings(self._work, known, entry)
        standing.refresh_line(self._work, saved, self._campaign, self._rules)
        self._work.journal.add(
            "application.merged",
            known.no,
            before=text_of(before),
            after=text_of(after | {"conflicts": [c.field for c in target.conflicts]}),
            campaign=self._campaign.id,
        )
        return known.id

    def note(self, targets: Sequence[Target], *, new: int, changed: int) -> None:
        """Keep what each list said, to know its corrections next time, and the import's own event."""
        digests = self._plan.digests
        self._work.imports.add(
            self._campaign.id,
            files=digests,
            counts=dict(self._plan.counts()),
            entries=[
                (branch, identity(entry), msgspec.json.encode(entry).decode())
                for target in targets
                for branch, entry in target.rows
            ],
            at=self._office.clock(),
            by=self._office.actor.name,
        )
        self._work.journal.add(
            "import.applied",
            ", ".join(name for name, _ in digests),
            after=text_of({"new": new, "changed": changed, "sha256": [digest for _, digest in digests]}),
            reason=self._reason,
            campaign=self._campaign.id,
        )
