"""Which recorded orders of equals a run may still obey: whole, or not at all.

It knows a run's inputs and the orders; it does not know minutes, seeds or who decided.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from grants_app.domain.errors import Refused
from grants_app.domain.ranking import RunInputs, TieOrder
from grants_app.domain.values import Finding
from grants_app.rules import allocation

if TYPE_CHECKING:
    from collections.abc import Iterable

Group = tuple[str, tuple[str, ...]]

GONE = "tie_void_gone"  # somebody of the group does not compete for the pool any more
UNEQUAL = "tie_void_unequal"  # their merits differ now
JOINED = "tie_void_joined"  # others with the same merit stand at the last seat beside them


@dataclass(frozen=True, slots=True, kw_only=True)
class Obeyed:
    """Inputs with the orders that hold, the orders that do not, and of each of these the finding why."""

    inputs: RunInputs
    void: tuple[TieOrder, ...] = ()
    findings: tuple[Finding, ...] = ()


def obeyed(inputs: RunInputs, orders: Iterable[TieOrder]) -> Obeyed:
    """The inputs with those of the orders whose groups are still what they were when put in order.

    An order is void, as a whole, when one of its people does not compete for the pool any more, when their
    merits differ, or when others with the same merit stand at the last seat beside them: the commission
    decided about other people then, and has to decide anew. The inputs' own orders are not looked at.
    """
    merits = {
        (application.no, choice.pool): choice.merit
        for application in inputs.applications
        for choice in application.choices
    }
    void: list[tuple[TieOrder, str]] = []
    kept: list[tuple[TieOrder, Group]] = []
    for order in orders:
        found = {merits.get((no, order.pool)) for no in order.order}
        merit = found.pop()
        if merit is None or None in found:
            void.append((order, GONE))
        elif found:
            void.append((order, UNEQUAL))
        else:
            kept.append((order, (order.pool, merit)))
    groups = Counter(group for _, group in kept)
    crowded = {group for group, count in groups.items() if count > 1}
    while kept:
        void += [(order, JOINED) for order, group in kept if group in crowded]
        kept = [(order, group) for order, group in kept if group not in crowded]
        crowded = _joined(_with(inputs, kept), merits, {group for _, group in kept})
        if not crowded:
            break
    return Obeyed(
        inputs=_with(inputs, kept),
        void=tuple(order for order, _ in void),
        findings=tuple(_finding(order, why) for order, why in void),
    )


def _with(inputs: RunInputs, kept: list[tuple[TieOrder, Group]]) -> RunInputs:
    return replace(inputs, ties=tuple(order for order, _ in kept))


def _joined(
    inputs: RunInputs, merits: dict[tuple[str, str], tuple[str, ...]], ordered: set[Group]
) -> set[Group]:
    """The groups put in order that stand at a last seat all the same, since others came to them."""
    try:
        ties = allocation.allocate(inputs).open_ties if ordered else ()
    except Refused:  # a holder the pool would refuse: said, by name, where the run itself is allocated
        return set()
    return {(tie.pool, merits[tie.applications[0], tie.pool]) for tie in ties} & ordered


def _finding(order: TieOrder, why: str) -> Finding:
    facts = {"pool": order.pool, "people": ", ".join(order.order), "how": order.how, "why_code": why}
    return Finding("tie_order_void", facts)
