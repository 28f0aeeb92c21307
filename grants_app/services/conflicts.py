"""Differences between what two offices recorded of one person: one value is kept, with the paper checked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grants_app.domain.errors import Refused
from grants_app.domain.journal import Changed
from grants_app.domain.matching import with_value
from grants_app.domain.second_look import carried
from grants_app.services import standing
from grants_app.services.entry_changes import text_of
from grants_app.services.intake import Saved
from grants_app.services.register import second_look

if TYPE_CHECKING:
    from grants_app.domain.application import Conflict
    from grants_app.services.access import Office


def decide(
    office: Office, application_id: int, seen: int, field: str, value: str, *, paper: str, reason: str
) -> Saved:
    """Keep one value where two offices recorded different ones, with the paper checked and the reason."""
    permit = office.demand("decide_conflict")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    if campaign.state in standing.DECIDED:
        raise Refused("campaign_frozen")  # the decision would admit somebody, and changes what decides places
    if not paper.strip() or not reason.strip():
        raise Refused("conflict_needs_paper_and_reason")
    rules = standing.current_rules(office)
    with office.store.work(permit) as work:
        known = work.applications.get(application_id, seen=seen)
        conflict = next((c for c in known.conflicts if c.field == field and c.open), None)
        if conflict is None:
            raise Refused("conflict_settled", no=known.no)
        entry = with_value(known.entry, field, value)
        entry = replace(entry, scores=carried(known.entry.scores, entry.scores, office.actor.name))
        decided = replace(
            conflict,
            decided=value,
            paper=paper,
            reason=reason,
            decided_by=office.actor.name,
            decided_at=office.clock(),
        )
        if field.startswith("person:"):
            work.persons.put(known.person_id, entry.person)
        saved = work.applications.put(
            replace(known, entry=entry, conflicts=_replaced(known.conflicts, decided)), seen=seen
        )
        second_look.forget_typings(work, known, entry)
        work.journal.add(
            "conflict.decided",
            known.no,
            reason=f"{paper}: {reason}",
            before=text_of({field: [f"{v.branch}: {v.value}" for v in conflict.versions]}),
            after=text_of({field: value}),
            campaign=campaign.id,
        )
        saved = standing.refresh_line(work, saved, campaign, rules)
        undo = work.reversal(campaign.id)
        work.commit()
    return Saved(saved, (), Changed(applications=frozenset({saved.id}), undo=undo))


def _replaced(conflicts: tuple[Conflict, ...], decided: Conflict) -> tuple[Conflict, ...]:
    return tuple(decided if c.field == decided.field and c.open else c for c in conflicts)
