"""The commission's acts that a run obeys: the order of equals, and placements by hand."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from grants_app.domain.errors import Refused
from grants_app.domain.journal import Changed
from grants_app.domain.runs import PlacementRecord, TieDecision
from grants_app.services import standing
from grants_app.services.entry_changes import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.services.access import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class TieHow:
    """How equals were put in order: by the commission, or by a draw anyone can redo from its seed."""

    kind: Literal["order", "lot"]
    minutes_no: str
    on: date
    seed: str = ""
    present: str = ""

    def text(self) -> str:
        """As the run file records it."""
        told = f"minutes {self.minutes_no}, {self.on:%d.%m.%Y}"
        return told if self.kind == "order" else f"lot, seed {self.seed}, present: {self.present}; {told}"


def lot_order(seed: str, numbers: Sequence[str]) -> tuple[str, ...]:
    """The draw anyone can redo: application numbers by SHA-256 of seed, a colon and the number."""
    return tuple(sorted(numbers, key=lambda no: (hashlib.sha256(f"{seed}:{no}".encode()).hexdigest(), no)))


def decide_tie(office: Office, pool: str, order: Sequence[str], how: TieHow) -> Changed:
    """Record the order of a group of equals: the commission's, or the one the seed draws."""
    office.demand("decide_tie")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    if not how.minutes_no.strip():
        raise Refused("minutes_missing")
    if how.kind == "lot" and (not how.seed.strip() or not how.present.strip()):
        raise Refused("lot_incomplete")
    chosen = lot_order(how.seed, order) if how.kind == "lot" else tuple(order)
    decision = TieDecision(
        campaign=campaign.id,
        pool=pool,
        order=chosen,
        how=how.text(),
        kind="lot" if how.kind == "lot" else "commission",
        minutes_no=how.minutes_no,
        minutes_on=how.on,
        seed=how.seed,
        present=how.present,
        decided_at=office.clock(),
        decided_by=office.actor.name,
    )
    with office.store.work() as work:
        for earlier in work.decisions.ties(campaign.id):
            if earlier.pool == pool and set(earlier.order) & set(chosen):
                work.decisions.revoke_tie(earlier.id, how.text(), office.actor.name)
        work.decisions.add_tie(decision)
        work.journal.add(
            office.actor,
            f"tie.{how.kind}",
            pool,
            reason=how.text(),
            after=text_of({"order": list(chosen)}),
            campaign=campaign.id,
        )
        work.commit()
    return Changed(runs=True)


def place(office: Office, application_no: str, pool: str, reason: str) -> Changed:
    """Place somebody by hand, with the reason; placements survive every later run."""
    office.demand("place")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    if not reason.strip():
        raise Refused("reason_missing")
    campaign.setup.pool(pool)
    with office.store.work() as work:
        number = work.applications.by_no(campaign.id, application_no.strip().upper()).no
        work.decisions.add_placement(
            PlacementRecord(
                campaign=campaign.id,
                application_no=number,
                pool=pool,
                reason=reason,
                placed_at=office.clock(),
                placed_by=office.actor.name,
            )
        )
        work.journal.add(
            office.actor,
            "placement.made",
            number,
            reason=reason,
            after=text_of({"pool": pool}),
            campaign=campaign.id,
        )
        work.commit()
    return Changed(runs=True)


def unplace(office: Office, application_no: str, reason: str) -> Changed:
    """Take a placement back, with the reason."""
    office.demand("place")
    standing.demand_writable(office.campaign())
    if not reason.strip():
        raise Refused("reason_missing")
    number = application_no.strip().upper()
    with office.store.work() as work:
        placed = [
            one for one in work.decisions.placements(office.campaign_id) if one.application_no == number
        ]
        if not placed:
            raise Refused("not_placed", no=number)
        for one in placed:
            work.decisions.revoke_placement(one.id, reason, office.actor.name)
        work.journal.add(office.actor, "placement.undone", number, reason=reason, campaign=office.campaign_id)
        work.commit()
    return Changed(runs=True)
