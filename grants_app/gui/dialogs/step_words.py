"""What a step of a chain is called in the window, and how it is drawn; what happens the services know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants_app.gui.widgets.chain import ChainCard, Link

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from grants_app.domain.rounds import Step, Sum
    from grants_app.gui.dialogs.inline import DecisionPanel
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import ChipKind

KINDS: Mapping[str, tuple[ChipKind, str]] = {
    "confirmed": ("ok", "check"),
    "declined": ("bad", "undo"),
    "expired": ("neutral", "clock"),
    "free": ("neutral", "dot"),
    "moves": ("info", "up"),
    "enters": ("violet", "plus"),
    "stays_empty": ("neutral", "minus"),
    "tie": ("warn", "tie"),
}


def step_words(words: Speech, step: Step, programme: Callable[[str], str]) -> tuple[str, str]:
    """Whom a step is about, and what happens to them."""
    pool = programme(step.pool) if step.pool else ""
    who = f"{step.full_name} {step.application}".strip()
    told = {
        "confirmed": lambda: words("confirms the seat: {programme}", programme=pool),
        "declined": lambda: words("returns the seat: {programme}", programme=pool),
        "expired": lambda: words("did not answer in time; the seat is released: {programme}", programme=pool),
        "moves": lambda: words(
            "moves from “{before}” to “{programme}”, a higher choice",
            before=programme(step.from_pool) if step.from_pool else "",
            programme=pool,
        ),
        "enters": lambda: _enters(words, step, pool),
        "tie": lambda: words("tied for the last seat; the commission decides: {programme}", programme=pool),
    }
    if step.kind in told:
        return who, told[step.kind]()
    if step.kind == "free":
        return words("Free seat"), pool
    if not pool:
        return words("No one is left on the reserve list"), words("The seat stays free.")
    return words.plural("{n} seat stays free", "{n} seats stay free", step.seats), pool


def _enters(words: Speech, step: Step, pool: str) -> str:
    if step.reserve is None:
        return words("gets a grant from the reserve: {programme}", programme=pool)
    return words(
        "gets a grant from the reserve, place {place}: {programme}", place=step.reserve, programme=pool
    )


def add_chains(
    panel: DecisionPanel, chains: Sequence[Sequence[Step]], programme: Callable[[str], str]
) -> list[ChainCard]:
    """Put chains into the panel, above its fields, under what stands there."""
    cards = []
    for chain in chains:
        links = [Link(*KINDS[step.kind], *step_words(panel.words, step, programme)) for step in chain]
        card = ChainCard(panel.theme, links, panel.inner)
        panel.above.addWidget(card)
        panel.above.addSpacing(6)
        cards.append(card)
    return cards


def sum_words(words: Speech, one: Sum) -> str:
    """The ledger's sum as one line: every seat counted once = the total."""
    parts = [
        words("offered {n}", n=one.offered),
        words("confirmed {n}", n=one.confirmed),
        words("free {n}", n=one.free),
    ]
    if one.unassigned:
        parts.append(words("not assigned to a programme: {n}", n=one.unassigned))
    return " + ".join(parts) + f" = {one.total}"
