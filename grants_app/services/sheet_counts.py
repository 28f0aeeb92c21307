"""What the chair's sheet counts: a draft run held against the register, line by line; it writes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grants_app.domain.application import GONE, Application
from grants_app.domain.campaign import Campaign
from grants_app.domain.chair_sheet import SheetDifference, SheetLine, SheetPool
from grants_app.domain.ranking import Ranked, RunInputs, RunResult
from grants_app.domain.records import DuplicatePair
from grants_app.domain.ruleset import GROUNDS, RuleSet
from grants_app.domain.runs import RunLine
from grants_app.rules import checker, comparison, runfile
from grants_app.services.standing import DECIDED, Standing
from grants_app.wording import local

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from grants_app.domain.chair_sheet import LineCode, Weight
    from grants_app.domain.runs import PoolSummary

_CONSENT = ("lacks_consent", "lacks_guardian")


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """One draft run and the register it is held against; `pairs` are the duplicates nobody decided yet.

    `rules_version` is that of the rules the run was proposed under.
    """

    run: int
    rules_version: int
    inputs: RunInputs
    result: RunResult
    current: Ranked
    applications: Mapping[str, Application]
    campaign: Campaign
    rules: RuleSet
    run_lines: Sequence[RunLine]
    pairs: Sequence[DuplicatePair]
    standing: Standing


def counted(basis: Basis) -> tuple[SheetLine, ...]:
    """The lines that follow from the run and the register, those that can forbid the seal first."""
    return (
        _open_ties(basis),
        _outdated(basis),
        _checker(basis),
        _seats(basis),
        _conflicts(basis),
        _duplicates(basis),
        _of_proposed(basis, "unverified", lambda one: bool(basis.standing.unverified(one))),
        _grounds_unproven(basis),
        _of_proposed(basis, "papers_missing", lambda one: _lacks(basis, one, ("lacks_papers",))),
        _of_proposed(basis, "consent_missing", lambda one: _lacks(basis, one, _CONSENT)),
        _of_proposed(basis, "late", lambda one: one.late),
        _placements(basis),
        _of_proposed(basis, "accepted_warnings", lambda one: bool(one.entry.accepted)),
    )


def pools_of(campaign: Campaign, summaries: Iterable[PoolSummary]) -> tuple[SheetPool, ...]:
    """Every pool of the campaign as the run fills it."""
    known = {one.pool: one for one in summaries}
    return tuple(
        SheetPool(
            pool=pool.id,
            seats=pool.seats,
            competing=known[pool.id].competing,
            proposed=known[pool.id].awarded,
            cutoff=known[pool.id].cutoff[0] if known[pool.id].cutoff else "",
            reserve=known[pool.id].reserve,
        )
        for pool in campaign.setup.pools
    )


def difference(
    before: tuple[int, bool, bytes] | None, inputs: RunInputs, result: RunResult
) -> SheetDifference:
    """What differs from the run before, given as its number, whether it was sealed, and its file."""
    if before is None:
        return SheetDifference()
    number, sealed, data = before
    earlier = runfile.parse(data)
    if earlier.result is None:
        return SheetDifference()
    differ = comparison.compare(earlier.inputs, earlier.result, inputs, result)
    return SheetDifference(
        run=number,
        sealed=sealed,
        awards=differ.awards,
        admissions=len(differ.admissions),
        ranks=len(differ.ranks),
    )


def difference_line(differ: SheetDifference) -> SheetLine:
    """Grants that differ from the last sealed run want a reason; from an earlier draft they are told."""
    return SheetLine(
        code="difference",
        count=len(differ.awards),
        weight="reason" if differ.sealed else "note",
        applications=tuple(change.application for change in differ.awards),
        facts={"run": str(differ.run), "admissions": str(differ.admissions), "ranks": str(differ.ranks)},
    )


def intake_line(campaign: Campaign, now: datetime) -> SheetLine:
    """Sealing before the calendar's closing moment, or without one while applications are taken in."""
    close = campaign.setup.deadline("close")
    if close is None:
        count, facts = int(campaign.state not in DECIDED), {}
    else:
        count, facts = int(now <= close.at), {"until": local(close.at, campaign.setup.zone).isoformat()}
    return SheetLine(code="intake_open", count=count, weight="reason", facts=facts)


def freeze_line(campaign: Campaign) -> SheetLine:
    """Sealing while choices, scores and grounds may still change."""
    return SheetLine(code="unfrozen", count=int(campaign.state not in DECIDED), weight="reason")


def _open_ties(basis: Basis) -> SheetLine:
    ties = basis.result.open_ties
    return SheetLine(
        code="open_ties",
        count=len(ties),
        weight="blocks",
        applications=tuple(no for tie in ties for no in tie.applications),
        pools=tuple(dict.fromkeys(tie.pool for tie in ties)),
    )


def _outdated(basis: Basis) -> SheetLine:
    same = basis.current.ruleset.version == basis.rules_version and (
        runfile.canonical(basis.current.inputs, None) == runfile.canonical(basis.inputs, None)
    )
    return SheetLine(code="outdated", count=0 if same else 1, weight="blocks", facts={"run": str(basis.run)})


def _checker(basis: Basis) -> SheetLine:
    found = checker.check_result(basis.inputs, basis.result, basis.current.not_admitted)
    return SheetLine(code="checker", count=len(found), weight="blocks", findings=found)


def _seats(basis: Basis) -> SheetLine:
    """More seats than grants forbid the seal; grants in no pool want a reason."""
    seats, total = sum(pool.seats for pool in basis.inputs.pools), basis.inputs.total
    weight: Weight = "blocks" if seats > total else "reason"
    return SheetLine(
        code="seats",
        count=abs(total - seats),
        weight=weight,
        facts={"seats": str(seats), "total": str(total)},
    )


def _conflicts(basis: Basis) -> SheetLine:
    """Whoever stands in conflict is in no run: a reason for the others, no seal while one is proposed."""
    waiting = [one for one in basis.applications.values() if one.in_conflict and one.state not in GONE]
    proposed = {award.application for award in basis.result.awards}
    forbidden = tuple(one.no for one in waiting if one.no in proposed)
    return SheetLine(
        code="conflicts",
        count=len(waiting),
        weight="blocks" if forbidden else "reason",
        applications=forbidden or tuple(one.no for one in waiting),
        facts={"proposed": str(len(forbidden))},
    )


def _duplicates(basis: Basis) -> SheetLine:
    return SheetLine(
        code="duplicates",
        count=len(basis.pairs),
        weight="reason",
        applications=tuple(
            dict.fromkeys(no for pair in basis.pairs for no in (pair.first_no, pair.second_no))
        ),
    )


def _of_proposed(basis: Basis, code: LineCode, doubtful: Callable[[Application], bool]) -> SheetLine:
    """The proposed people whose application is doubtful in this one respect."""
    found = tuple(
        award.application for award in basis.result.awards if doubtful(basis.applications[award.application])
    )
    return SheetLine(code=code, count=len(found), weight="reason", applications=found)


def _lacks(basis: Basis, application: Application, flags: tuple[str, ...]) -> bool:
    """Whether anything under these marks is missing; what nobody ticked off is not there for certain."""
    return not set(basis.standing.completeness(application).flags).isdisjoint(flags)


def _grounds_unproven(basis: Basis) -> SheetLine:
    """The proposed people who owe their seat to a ground whose paper nobody saw.

    The seat is the ground's own, or the ground decided against the first refused.
    """
    decided = {(line.application_no, line.pool) for line in basis.run_lines if line.deciding_level == GROUNDS}
    ranks = {ground.code: place for place, ground in enumerate(basis.rules.grounds)}
    found = []
    for award in basis.result.awards:
        claims = {one.ground: one.seen for one in basis.applications[award.application].entry.grounds}
        best = min((code for code in claims if code in ranks), key=ranks.__getitem__, default="")
        owed = award.seat if award.seat in claims else ""
        if not owed and (award.application, award.pool) in decided:
            owed = best
        if owed and not claims[owed]:
            found.append(award.application)
    return SheetLine(code="grounds_unproven", count=len(found), weight="reason", applications=tuple(found))


def _placements(basis: Basis) -> SheetLine:
    placed = tuple(one.application for one in basis.inputs.placements)
    return SheetLine(code="placements", count=len(placed), weight="reason", applications=placed)
