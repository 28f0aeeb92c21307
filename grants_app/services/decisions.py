"""The commission's acts that a run obeys: the order of equals, and placements by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from grants_app.domain.errors import Refused
from grants_app.domain.journal import Changed
from grants_app.domain.names import tidy_text
from grants_app.domain.ranking import PLACEMENT
from grants_app.domain.runs import PlacementRecord, SeedFrom, TieDecision
from grants_app.rules import lots
from grants_app.services import standing, ties
from grants_app.services.entry_changes import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.domain.runs import Drawn
    from grants_app.services.access import Office

LONGEST_TEXT = 500
"""Characters of who was present, of where a seed was published, of a number of minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TieHow:
    """How equals were put in order: by the commission, or by a draw anyone can redo from its seed.

    `on` is the date of the minutes, which is that of the draw. `seed_from` says how the seed came about,
    `seed_note` where and when it was published.
    """

    kind: Literal["order", "lot"]
    minutes_no: str
    on: date
    seed: str = ""
    present: str = ""
    seed_from: SeedFrom = "witnessed"
    seed_note: str = ""

    def text(self) -> str:
        """As the run file records it."""
        told = f"minutes {self.minutes_no}, {self.on:%d.%m.%Y}"
        if self.kind == "order":
            return told
        seed = f"{self.seed} (published: {self.seed_note})" if self.seed_from == "published" else self.seed
        return f"lot, seed {seed}, present: {self.present}; {told}"

    def tidy(self) -> TieHow:
        """The same without what an order does not need; Refused unless it says all it has to."""
        minutes, present, note = (tidy_text(text) for text in (self.minutes_no, self.present, self.seed_note))
        if not minutes:
            raise Refused("minutes_missing")
        if self.kind == "order":
            return replace(self, minutes_no=minutes, seed="", present="", seed_note="")
        if not present:
            raise Refused("lot_incomplete")
        if self.seed_from == "published" and not note:
            raise Refused("seed_note_missing")
        for text in (minutes, present, note):
            if len(text) > LONGEST_TEXT:
                raise Refused("text_too_long", most=LONGEST_TEXT)
        return replace(
            self,
            minutes_no=minutes,
            seed=lots.demand_seed(self.seed),
            present=present,
            seed_note=note if self.seed_from == "published" else "",
        )


def draw_lot(seed: str, numbers: Sequence[str]) -> tuple[Drawn, ...]:
    """The draw with the hash of every number, for showing and redoing it; needs no database."""
    return lots.draw(seed, numbers)


def lot_order(seed: str, numbers: Sequence[str]) -> tuple[str, ...]:
    """The draw anyone can redo: application numbers by SHA-256 of seed, a colon and the number."""
    return tuple(one.number for one in lots.draw(seed, numbers))


def decide_tie(office: Office, pool: str, order: Sequence[str], how: TieHow) -> Changed:
    """Record the order of a group of equals: the commission's, or the one the seed draws.

    The group is one whose tie waits in the run in force, whole, or one decided before and not sealed yet;
    an earlier order of any of its people in the pool is taken out of force. Every seed is used once.
    """
    permit = office.demand("decide_tie")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    how = how.tidy()
    lots.demand_group(order)
    ties.demand_tie(office, pool, order)
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
        seed_from=how.seed_from if how.kind == "lot" else "",
        seed_note=how.seed_note,
        present=how.present,
        decided_at=office.clock(),
        decided_by=office.actor.name,
    )
    with office.store.work(permit) as work:
        for earlier in work.decisions.ties(campaign.id, revoked=True):
            if how.seed and earlier.seed == how.seed:
                called = campaign.setup.pool_called(earlier.pool)
                raise Refused("seed_used", seed=how.seed, pool=called, minutes=earlier.minutes_no)
            if earlier.revoked_at is None and earlier.pool == pool and set(earlier.order) & set(chosen):
                work.decisions.revoke_tie(earlier.id, how.text(), office.actor.name)
        work.decisions.add_tie(decision)
        work.journal.add(
            f"tie.{how.kind}",
            pool,
            reason=how.text(),
            after=text_of({"order": list(chosen)} | _seed(how)),
            campaign=campaign.id,
        )
        work.commit()
    return Changed(runs=True)


def _seed(how: TieHow) -> dict[str, object]:
    """What the journal says of a lot's seed."""
    if how.kind == "order":
        return {}
    return {"seed": how.seed, "seed_from": how.seed_from, "seed_note": how.seed_note, "present": how.present}


def place(office: Office, application_no: str, pool: str, reason: str) -> Changed:
    """Place somebody by hand, with the reason; placements survive every later run."""
    permit = office.demand("place")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    if not reason.strip():
        raise Refused("reason_missing")
    campaign.setup.pool(pool)
    with office.store.work(permit) as work:
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
            "placement.made",
            number,
            reason=reason,
            after=text_of({"pool": pool}),
            campaign=campaign.id,
        )
        work.commit()
    return Changed(runs=True)


def unplace(office: Office, application_no: str, reason: str) -> Changed:
    """Take a placement back, with the reason; first the seat it gave, if the person holds one."""
    permit = office.demand("place")
    standing.demand_writable(office.campaign())
    if not reason.strip():
        raise Refused("reason_missing")
    number = application_no.strip().upper()
    with office.store.work(permit) as work:
        placed = [
            one for one in work.decisions.placements(office.campaign_id) if one.application_no == number
        ]
        if not placed:
            raise Refused("not_placed", no=number)
        held = work.awards.of_application(work.applications.by_no(office.campaign_id, number).id)
        if held is not None and held.label == PLACEMENT:
            raise Refused("placement_held", no=number)
        for one in placed:
            work.decisions.revoke_placement(one.id, reason, office.actor.name)
        work.journal.add("placement.undone", number, reason=reason, campaign=office.campaign_id)
        work.commit()
    return Changed(runs=True)
