"""Corrections after the freeze: what may still be put right, with what, and the letters it replaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants_app.domain.application import State
from grants_app.domain.errors import Refused
from grants_app.domain.fields import DECISIVE
from grants_app.services import standing
from grants_app.services.entry_changes import changes, text_of

if TYPE_CHECKING:
    from grants_app.domain.application import Application, Entry
    from grants_app.domain.campaign import Campaign
    from grants_app.domain.ruleset import RuleSet
    from grants_app.services.access import Office
    from grants_app.store.unit_of_work import UnitOfWork

# Papers taken in, notes and doubts accepted correct nothing: they need no paper beside them.
_FREE = frozenset({"checklist", "note", "accepted", "paper_language", "register_no", "grounds"})


def demand_correctable(
    campaign: Campaign, rules: RuleSet, known: Application, entry: Entry, state: State, proof: tuple[str, str]
) -> None:
    """Refuse what the freeze blocks: choices, scores, grounds, admission; and a correction without proof.

    `state` is the one the application would have, `proof` the paper and the reason. That the paper of a
    ground was seen may be recorded where the ground counted unseen already: nothing is decided by it.
    """
    if campaign.state not in standing.DECIDED:
        return
    touched = set(changes(known.entry, entry)[1])
    decisive = DECISIVE & touched
    if "grounds" in decisive and rules.unseen_grounds_count and _only_seen(known.entry, entry):
        decisive -= {"grounds"}
    if decisive:
        raise Refused("field_frozen", field_code=f"field_{min(decisive)}")
    if known.state is State.DRAFT and state is not State.DRAFT:
        raise Refused("campaign_frozen")
    if (known.state in rules.competing_states) is not (state in rules.competing_states):
        raise Refused("admission_frozen", no=known.no)
    if touched - _FREE and not all(part.strip() for part in proof):
        raise Refused("correction_needs_paper_and_reason")


def _only_seen(before: Entry, after: Entry) -> bool:
    """Whether the same grounds are claimed as before."""
    return {claim.ground for claim in before.grounds} == {claim.ground for claim in after.grounds}


def proved(paper: str, reason: str) -> str:
    """Paper and reason as the journal keeps them; whichever is there."""
    return ": ".join(part.strip() for part in (paper, reason) if part.strip())


def replace_letter(
    office: Office, work: UnitOfWork, before: Application, after: Application, why: str
) -> None:
    """Issue a new letter in place of one that says what is not so any more, within the correction's act.

    The old one is cancelled as replaced; the new one has a number of its own and names it. Nothing is done
    where no letter stands, or where it would say the same.
    """
    award = work.awards.of_application(after.id)
    if award is None or _as_printed(before) == _as_printed(after):
        return
    # ReportLab is loaded with the first letter, not with the first form.
    from grants_app.services import letters

    standing_ones = [
        paper
        for paper in work.papers.of_award(award.id)
        if paper.kind == letters.KIND and paper.state == "issued"
    ]
    for paper in standing_ones:
        work.papers.cancel(paper.id, reason=why, state="replaced")
        number = letters.issue_replacement(office, work, award, paper)
        work.journal.add(
            "paper.replaced",
            paper.number,
            reason=why,
            after=text_of({"by": number}),
            campaign=office.campaign_id,
        )


def _as_printed(application: Application) -> tuple[str, ...]:
    """What an award letter says of the person."""
    person = application.entry.person
    return person.full_name, person.latin, person.guardian.full_name if person.guardian else ""
