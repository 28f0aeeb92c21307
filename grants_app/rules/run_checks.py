"""What a run's inputs must fulfil before anybody is allocated; each fault is refused with its place named."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from grants_app.domain.errors import Refused
from grants_app.domain.ranking import LONGEST_IDENTIFIER, OPEN, PLACEMENT, is_identifier
from grants_app.domain.stopping import breathing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from grants_app.domain.ranking import Hold, Out, Placement, RunApplication, RunInputs, RunPool, TieOrder
    from grants_app.rules.choices import Choices, PoolChoices

_MERIT = re.compile(r"-?(0|[1-9][0-9]{0,11})(\.[0-9]{0,5}[1-9])?")
_LARGEST_COUNT = 2**53 - 1  # RFC 8785 writes numbers as IEEE doubles do: integers beyond are not exact
_SMALLEST_GROUP = 2
_RESERVED = frozenset({OPEN, PLACEMENT})  # no ground is called like these seats
_UNKNOWN = -1  # the length of a pool's merits before the first was seen


def check_inputs(inputs: RunInputs, choices: Choices | None = None) -> None:
    """Refused, with the place named, unless the inputs are as the contract of the run file wants them.

    `choices`: the layout of the inputs' applications, if it was made: then all are looked at together.
    """
    _identifier(inputs.campaign, "campaign")
    _count(inputs.total, "total")
    if inputs.round is not None:
        _count(inputs.round, "round")
    pools = _check_pools(inputs)
    applications = {application.no: application for application in inputs.applications}
    if choices is None or not _sound(choices, pools.keys()):
        _check_applications(inputs.applications, pools)
    _check_set_aside(inputs, applications, pools)
    _check_blocks(inputs.placements, pools)
    _check_ties(inputs.ties, applications, pools)


def _check_pools(inputs: RunInputs) -> dict[str, RunPool]:
    pools: dict[str, RunPool] = {}
    for number, pool in enumerate(inputs.pools):
        place = f"pools[{number}]"
        _identifier(pool.id, f"{place}.id")
        if pool.id in pools:
            raise Refused("run_repeated_pool", place=f"{place}.id", pool=pool.id)
        pools[pool.id] = pool
        _count(pool.seats, f"{place}.seats")
        for index, quota in enumerate(pool.quotas):
            _count(quota.seats, f"{place}.quotas[{index}].seats")
        _grounds([quota.ground for quota in pool.quotas], f"{place}.quotas")
        if sum(quota.seats for quota in pool.quotas) > pool.seats:
            raise Refused("run_quotas_above_seats", place=f"{place}.quotas", pool=pool.id)
    if sum(pool.seats for pool in inputs.pools) > inputs.total:
        raise Refused("run_pools_above_total", place="total", total=str(inputs.total))
    return pools


def _sound(choices: Choices, pools: AbstractSet[str]) -> bool:
    """Whether a look at all applications together finds nothing to object to.

    Where it may, they are looked at one by one, so that the fault is named with its place.
    """
    numbers = {application.no for application in choices.applications}
    return (
        len(numbers) == len(choices.applications)
        and _sound_identifiers(numbers)
        and all(map(_sound_grounds, {application.grounds for application in choices.applications}))
        and choices.by_pool.keys() <= pools
        and all(map(_sound_choices, choices.by_pool.values()))
        and all(map(_well_written, {text for pool in choices.by_pool.values() for text in pool.texts()}))
    )


def _sound_identifiers(texts: AbstractSet[str]) -> bool:
    """Whether these are identifiers of the usual kind: printable ASCII without spaces."""
    together = "".join(texts)
    usual = together.isascii() and together.isprintable() and " " not in together
    return usual and "" not in texts and max(map(len, texts), default=0) <= LONGEST_IDENTIFIER


def _sound_grounds(grounds: tuple[str, ...]) -> bool:
    known = set(grounds)
    return len(known) == len(grounds) and known.isdisjoint(_RESERVED) and all(map(is_identifier, grounds))


def _sound_choices(pool: PoolChoices) -> bool:
    """Whether everybody chose the pool once only, with merits of one length."""
    return (
        len(set(pool.members)) == len(pool.members)
        and len(set(map(len, pool.merits))) == 1
        and bool(pool.merits[0])
    )


def _well_written(text: str) -> bool:
    return text != "-0" and _MERIT.fullmatch(text) is not None


def _check_applications(applications: Iterable[RunApplication], pools: Mapping[str, RunPool]) -> None:
    """Refuse the first application with a fault, its place named; nothing happens where there is none."""
    found: set[str] = set()
    lengths = dict.fromkeys(pools, _UNKNOWN)
    valid: set[str] = set()  # merits seen to be well written: most values come many times
    for number, application in enumerate(breathing(applications)):
        no = application.no
        if not is_identifier(no):
            raise Refused("run_bad_identifier", place=f"applications[{number}].no")
        if no in found:
            raise Refused("run_repeated_application", place=f"applications[{number}].no", application=no)
        found.add(no)
        if application.grounds:
            _grounds(application.grounds, f"applications[{number}].grounds")
        choices = application.choices
        for index, choice in enumerate(choices):
            merit, length = choice.merit, lengths.get(choice.pool)
            if length is None:
                place = f"applications[{number}].choices[{index}].pool"
                raise Refused("run_unknown_pool", place=place, pool=choice.pool)
            if len(merit) != length or not valid.issuperset(merit):
                place = f"applications[{number}].choices[{index}].merit"
                lengths[choice.pool] = _check_merit(merit, length, valid, place)
        if len({choice.pool for choice in choices}) != len(choices):
            raise Refused("run_repeated_choice", place=f"applications[{number}].choices", application=no)


def _check_merit(merit: tuple[str, ...], length: int, valid: set[str], place: str) -> int:
    """The length of a merit that is well written and as long as the others of its pool."""
    if not merit or length not in {_UNKNOWN, len(merit)}:
        raise Refused("run_merit_length", place=place)
    for text in merit:
        if text not in valid and not _well_written(text):
            raise Refused("run_bad_merit", place=place, value=text)
        valid.add(text)
    return len(merit)


def _check_set_aside(
    inputs: RunInputs, applications: Mapping[str, RunApplication], pools: Mapping[str, RunPool]
) -> None:
    """Placements, holds and out: known, each person once over all three, on a seat they may have."""
    seen: set[str] = set()
    lists: tuple[tuple[str, tuple[Placement | Hold | Out, ...]], ...] = (
        ("placements", inputs.placements),
        ("holds", inputs.holds),
        ("out", inputs.out),
    )
    for name, entries in lists:
        for number, entry in enumerate(entries):
            place = f"{name}[{number}].application"
            if entry.application not in applications:
                raise Refused("run_unknown_application", place=place, application=entry.application)
            if entry.application in seen:
                raise Refused("run_repeated_application", place=place, application=entry.application)
            seen.add(entry.application)
    for number, hold in enumerate(inputs.holds):
        if hold.pool not in {choice.pool for choice in applications[hold.application].choices}:
            place = f"holds[{number}].pool"
            raise Refused("run_hold_not_chosen", place=place, application=hold.application, pool=hold.pool)
    for number, placement in enumerate(inputs.placements):
        if placement.pool not in pools:
            raise Refused("run_unknown_pool", place=f"placements[{number}].pool", pool=placement.pool)
        _check_seat(placement, applications[placement.application], pools, f"placements[{number}].seat")


def _check_seat(
    placement: Placement, application: RunApplication, pools: Mapping[str, RunPool], place: str
) -> None:
    seat = placement.seat or OPEN
    quotas = {quota.ground for quota in pools[placement.pool].quotas}
    if seat != OPEN and (seat not in application.grounds or seat not in quotas):
        raise Refused("run_unknown_seat", place=place, application=placement.application, seat=seat)


def _check_blocks(placements: Iterable[Placement], pools: Mapping[str, RunPool]) -> None:
    used = Counter((placement.pool, placement.seat or OPEN) for placement in placements)
    for (pool_id, seat), count in used.items():
        pool = pools[pool_id]
        blocks = {quota.ground: quota.seats for quota in pool.quotas}
        blocks[OPEN] = pool.seats - sum(blocks.values())
        if count > blocks[seat]:
            raise Refused("run_placements_above_seats", place="placements", pool=pool_id, seat=seat)


def _check_ties(
    ties: Iterable[TieOrder], applications: Mapping[str, RunApplication], pools: Mapping[str, RunPool]
) -> None:
    groups = set()
    for number, tie in enumerate(ties):
        place = f"ties[{number}]"
        if tie.pool not in pools:
            raise Refused("run_unknown_pool", place=f"{place}.pool", pool=tie.pool)
        if len(tie.order) < _SMALLEST_GROUP:
            raise Refused("run_tie_too_short", place=f"{place}.order")
        merits = set()
        for index, no in enumerate(tie.order):
            there = f"{place}.order[{index}]"
            if no not in applications:
                raise Refused("run_unknown_application", place=there, application=no)
            if no in tie.order[:index]:
                raise Refused("run_repeated_application", place=there, application=no)
            choices = {choice.pool: choice.merit for choice in applications[no].choices}
            merits.add(choices.get(tie.pool))
            if None in merits or len(merits) > 1:
                raise Refused("run_tie_among_unequals", place=there, application=no, pool=tie.pool)
        group = (tie.pool, merits.pop())
        if group in groups:
            raise Refused("run_repeated_tie", place=place, pool=tie.pool)
        groups.add(group)


def _grounds(grounds: Iterable[str], place: str) -> None:
    seen = set()
    for number, ground in enumerate(grounds):
        _identifier(ground, f"{place}[{number}]")
        if ground in _RESERVED:
            raise Refused("run_reserved_ground", place=f"{place}[{number}]", ground=ground)
        if ground in seen:
            raise Refused("run_repeated_ground", place=f"{place}[{number}]", ground=ground)
        seen.add(ground)


def _identifier(text: str, place: str) -> None:
    if not is_identifier(text):
        raise Refused("run_bad_identifier", place=place)


def _count(number: int, place: str) -> None:
    if not 0 <= number <= _LARGEST_COUNT:
        raise Refused("run_bad_count", place=place)
