"""What the ranking says of a run: how it stands, what proposing and sealing came to; it reads nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from grants_app.gui.dialogs.seal import short_fingerprint

if TYPE_CHECKING:
    from grants_app.gui.pages.ranking_data import Board
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import ChipKind
    from grants_app.services.naming import Naming
    from grants_app.services.runs import Proposal


def proposed(words: Speech, naming: Naming | None, proposal: Proposal) -> tuple[Literal["ok", "warn"], str]:
    """What proposing came to, for the strip: its kind and its sentence."""
    ties = len(proposal.result.open_ties)
    text = words("Run {no}:", no=proposal.no) + " "
    text += words.plural("{n} grant proposed.", "{n} grants proposed.", len(proposal.result.awards))
    if ties:
        text += " " + words.plural(
            "{n} tie waits for the commission.", "{n} ties wait for the commission.", ties
        )
    for finding in proposal.void_ties:
        facts = naming.facts(finding.facts) if naming else finding.facts
        text += " " + words.code(finding.code, **facts)
    if proposal.findings:
        text = words.code("checker_objects", n=len(proposal.findings))
    return ("warn" if ties or proposal.void_ties or proposal.findings else "ok"), text


def sealed(words: Speech, proposal: Proposal) -> str:
    """That the run is sealed, with its fingerprint."""
    return words(
        "Run {no} is sealed, fingerprint {fingerprint}. Its grants are offered.",
        no=proposal.no,
        fingerprint=short_fingerprint(proposal.fingerprint),
    )


def run_state(words: Speech, board: Board) -> tuple[ChipKind, str, str]:
    """The run's state as a chip: kind, words, icon."""
    view = board.view
    if board.campaign.read_only:
        return ("neutral", words("closed campaign, read only"), "lock")
    if view.state == "sealed":
        return ("violet", words("sealed, minutes No. {minutes}", minutes=view.minutes_no), "seal")
    if view.outdated:
        return ("warn", words("out of date: the register has changed"), "refresh")
    ties = len(view.result.open_ties)
    if ties:
        return (
            "bad",
            words.plural("run {no}: {n} open tie", "run {no}: {n} open ties", ties, no=view.no),
            "tie",
        )
    return ("info", words("run {no}, draft", no=view.no), "draft")


def help_(words: Speech) -> str:
    """What F1 says of the lists."""
    return words(
        "Propose ranks everybody admitted and fills the seats as a draft. Choose a person "
        "to see why they have their place. Where a tie crosses the last seat, the "
        "commission decides; then the run is sealed under the number of its minutes."
    )


def sheet_help(words: Speech) -> str:
    """What F1 says of the chair's sheet."""
    return words(
        "Everything the seal depends on. F8 goes to the next finding that wants a reason or forbids "
        "the seal, Enter accepts the reason typed, Ctrl+↓ writes the one given before. A count opens the "
        "list of those it counts; Alt+← comes back. Past the last finding stands the number of the minutes."
    )
