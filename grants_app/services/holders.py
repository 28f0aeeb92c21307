"""Whether those who hold a seat may still hold it; it asks the one place that decides admission."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants_app.domain.errors import Refused
from grants_app.domain.ranking import PLACEMENT
from grants_app.domain.values import Finding
from grants_app.rules.eligibility import Gate
from grants_app.services import standing
from grants_app.services.run_inputs import candidate_of, pools_of

if TYPE_CHECKING:
    from grants_app.domain.application import Application
    from grants_app.domain.award import Award
    from grants_app.domain.campaign import Campaign
    from grants_app.domain.ruleset import RuleSet
    from grants_app.services.access import Office


def unfit(office: Office) -> tuple[Finding, ...]:
    """Holders who could not be awarded their seat today, by number.

    `holder_not_admitted`: their results or their state do not admit them any more; `holder_not_choosing`: the
    pool is no longer among their choices. Nothing happens to them by itself; no round is made until somebody
    takes the seat back or puts the register right.
    """
    campaign = office.campaign()
    rules = standing.current_rules(office)
    with office.store.reading() as reading:
        holding = [award for award in reading.awards(campaign.id) if award.state.holds_seat]
        people = [reading.application(award.application) for award in holding]
        placed = {one.application_no for one in reading.placements(campaign.id)}
    found = [
        objection(application, award, campaign, rules, placed=award.application_no in placed)
        for award, application in zip(holding, people, strict=True)
    ]
    return tuple(
        sorted((one for one in found if one is not None), key=lambda one: (one.facts["no"], one.code))
    )


def objection(
    application: Application, award: Award, campaign: Campaign, rules: RuleSet, *, placed: bool
) -> Finding | None:
    """What speaks against this holder holding this seat, or None."""
    facts = {"no": award.application_no, "pool": award.pool}
    pool = next((one for one in pools_of(campaign.setup) if one.id == award.pool), None)
    candidate = candidate_of(application, campaign.setup)
    if pool is None or not Gate(rules, pool).admit(candidate).admitted:
        return Finding("holder_not_admitted", facts)
    if not placed and award.pool not in candidate.choices:
        return Finding("holder_not_choosing", facts)
    return None


def demand_fit(application: Application, award: Award, campaign: Campaign, rules: RuleSet) -> None:
    """Refuse to let somebody hold, or go on holding, a seat they are not admitted to."""
    placed = award.label == PLACEMENT
    found = objection(application, award, campaign, rules, placed=placed)
    if found is not None:
        raise Refused(found.code, **found.facts)
