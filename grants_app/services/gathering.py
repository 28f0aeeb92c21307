"""The register as it stands now, as one run's inputs; orders of equals that hold no more are left out."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from grants_app.domain.award import AwardState
from grants_app.domain.ranking import Placement, Ranked, TieOrder
from grants_app.rules.inputs import prepare
from grants_app.rules.tie_orders import Obeyed, obeyed
from grants_app.services import standing
from grants_app.services.run_inputs import answered, candidate_of, pools_of, standing_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grants_app.domain.ruleset import RuleSet
    from grants_app.services.access import Office

NOBODY: Final[Mapping[str, AwardState]] = MappingProxyType({})


def gathered(
    office: Office,
    rules: RuleSet | None = None,
    *,
    offers_stand: bool = True,
    answers: Mapping[str, AwardState] = NOBODY,
) -> tuple[Ranked, Obeyed]:
    """All a run depends on, and which recorded orders of equals hold no more and are left out of it.

    Under the rules in force today, or those given; as the register stands, or as it would after `answers`
    (by application number). Without `offers_stand` it is as if nobody had been offered a seat who has not
    confirmed it yet: a question, never a run to be sealed.
    """
    campaign = office.campaign()
    rules = rules or standing.current_rules(office)
    with office.store.reading() as reading:
        applications = reading.applications(campaign.id)
        awards = reading.awards(campaign.id)
        placements = reading.placements(campaign.id)
        ties = reading.ties(campaign.id)
        last = reading.last_run(campaign.id, "sealed")
    awards, placements = answered(awards, placements, answers)
    candidates = [candidate_of(application, campaign.setup) for application in applications]
    placed = frozenset(placement.application_no for placement in placements)
    earlier = standing_of(awards, candidates, placed)
    confirmed = {award.application_no for award in awards if award.state is AwardState.CONFIRMED}
    material = prepare(
        rules,
        pools_of(campaign.setup),
        candidates,
        campaign=campaign.setup.code,
        total=campaign.setup.total,
        round_no=last.round + 1 if last else 1,
        placements=tuple(
            Placement(application=one.application_no, pool=one.pool, reason=one.reason, seat=one.seat)
            for one in placements
        ),
        holds=tuple(one for one in earlier.holds if offers_stand or one.application in confirmed),
        out=tuple(one for one in earlier.out if one.application not in placed),
    )
    held = obeyed(material.inputs, (TieOrder(pool=tie.pool, order=tie.order, how=tie.how) for tie in ties))
    return replace(material, inputs=held.inputs), held
