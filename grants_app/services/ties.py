"""Boundary ties as they stand: which wait, which were decided and how, which decision still holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import msgspec

from grants_app.domain.errors import Refused
from grants_app.domain.journal import Changed
from grants_app.domain.ranking import OpenTie, TieOrder
from grants_app.domain.runs import TieDecision
from grants_app.services import gathering, standing
from grants_app.services.entry_changes import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.domain.runs import RunRecord
    from grants_app.services.access import Office

TieState = Literal["in_force", "void", "revoked"]


class _Ties(msgspec.Struct, frozen=True, gc=False):
    open_ties: tuple[OpenTie, ...] = ()


class _File(msgspec.Struct, frozen=True, gc=False):
    """Of a run file only what is about ties: the rest of it may be large."""

    ties: tuple[TieOrder, ...] = ()
    result: _Ties = _Ties()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedTie:
    """A decision and what has become of it; `why` it is void is a code, `sealed_in` runs that obeyed it."""

    decision: TieDecision
    state: TieState
    why: str = ""
    sealed_in: tuple[int, ...] = ()

    @property
    def revocable(self) -> bool:
        """Whether it may be taken back: it is in force, and no sealed run rests on it."""
        return self.state != "revoked" and not self.sealed_in


def waiting(office: Office) -> tuple[OpenTie, ...]:
    """The ties the run in force left open; none before the first run."""
    with office.store.reading() as reading:
        record = reading.last_run(office.campaign_id)
        if record is None or not record.open_ties:
            return ()
        file = reading.run_file(record.id)
    return msgspec.json.decode(file, type=_File).result.open_ties


def count(office: Office) -> int:
    """How many decisions there are, those taken back among them."""
    with office.store.reading() as reading:
        return len(reading.ties(office.campaign_id, revoked=True))


def demand_tie(office: Office, pool: str, people: Sequence[str]) -> None:
    """Refused unless these are together one tie that waits in the pool, or one decided and not sealed."""
    group = set(people)
    here = [tie for tie in waiting(office) if tie.pool == pool]
    if any(set(tie.applications) == group for tie in here):
        return
    again = next((tie for tie in decided(office) if tie.decision.pool == pool and tie.state != "revoked"
                  and set(tie.decision.order) == group), None)  # fmt: skip
    if again is not None:
        if again.sealed_in:
            raise Refused("tie_sealed", run=again.sealed_in[-1])
        return
    near = next((tie for tie in here if set(tie.applications) & group), None)
    if near is None:
        raise Refused("tie_unknown", pool=pool)
    stranger = next((no for no in people if no not in near.applications), None)
    if stranger is not None:
        raise Refused("tie_stranger", no=stranger, people=", ".join(near.applications))
    missing = [no for no in near.applications if no not in group]
    raise Refused("tie_incomplete", people=", ".join(missing))


def decided(office: Office) -> tuple[DecidedTie, ...]:
    """Every decision of the campaign, the latest first, with what has become of it."""
    with office.store.reading() as reading:
        decisions = reading.ties(office.campaign_id, revoked=True)
        if not decisions:
            return ()
        sealed = {
            record.no: msgspec.json.decode(reading.run_file(record.id), type=_File).ties
            for record in reading.runs(office.campaign_id)
            if record.kind == "sealed"
        }
    in_force = any(one.revoked_at is None for one in decisions)
    held = gathering.gathered(office)[1] if in_force else None
    reasons = {}
    if held is not None:
        reasons = {
            (order.pool, order.order): finding.facts["why_code"]
            for order, finding in zip(held.void, held.findings, strict=True)
        }
    found = []
    for one in reversed(decisions):
        why = reasons.get((one.pool, one.order), "") if one.revoked_at is None else ""
        state: TieState = "revoked" if one.revoked_at is not None else "void" if why else "in_force"
        order = TieOrder(pool=one.pool, order=one.order, how=one.how)
        runs = tuple(sorted(no for no, ties in sealed.items() if order in ties))
        found.append(DecidedTie(decision=one, state=state, why=why, sealed_in=runs))
    return tuple(found)


def obeyed_by(office: Office, record: RunRecord) -> tuple[TieDecision, ...]:
    """The decisions a run obeyed, as they are recorded; those revoked since are among them."""
    with office.store.reading() as reading:
        orders = msgspec.json.decode(reading.run_file(record.id), type=_File).ties
        decisions = reading.ties(office.campaign_id, revoked=True) if orders else ()
    return tuple(one for one in decisions if TieOrder(pool=one.pool, order=one.order, how=one.how) in orders)


def by_id(office: Office, tie: int) -> DecidedTie:
    """One decision; Refused (not_found) when the campaign has none such."""
    for one in decided(office):
        if one.decision.id == tie:
            return one
    raise Refused("not_found", kind="tie_decision", key=tie)


def revoke(office: Office, tie: int, reason: str) -> Changed:
    """Take a decision out of force, with the reason; Refused once a sealed run rests on it."""
    permit = office.demand("decide_tie")
    standing.demand_writable(office.campaign())
    if not reason.strip():
        raise Refused("reason_missing")
    one = by_id(office, tie)
    if one.sealed_in:
        raise Refused("tie_sealed", run=one.sealed_in[-1])
    if one.state == "revoked":
        raise Refused("tie_revoked_already")
    with office.store.work(permit) as work:
        work.decisions.revoke_tie(tie, reason.strip(), office.actor.name)
        work.journal.add(
            "tie.revoked",
            one.decision.pool,
            reason=reason.strip(),
            before=text_of({"order": list(one.decision.order)}),
            campaign=office.campaign_id,
        )
        work.commit()
    return Changed(runs=True)
