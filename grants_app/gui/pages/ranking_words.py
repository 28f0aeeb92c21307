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
            "{n} tie is waiting for the commission.", "{n} ties are waiting for the commission.", ties
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
        "Run {no} has been sealed (fingerprint {fingerprint}). Its grants have been offered.",
        no=proposal.no,
        fingerprint=short_fingerprint(proposal.fingerprint),
    )


def run_state(words: Speech, board: Board) -> tuple[ChipKind, str, str]:
    """The run's state as a chip: kind, words, icon."""
    view = board.view
    if board.campaign.read_only:
        return ("neutral", words("closed campaign, read-only"), "lock")
    if view.state == "sealed":
        return ("violet", words("sealed, minutes No. {minutes}", minutes=view.minutes_no), "seal")
    if view.outdated:
        return ("warn", words("out of date: the data have changed"), "refresh")
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
        "Calculate ranks all eligible applicants and fills the seats as a draft. Select a "
        "person to see how their place was decided. If there is a tie at the last seat, the "
        "commission decides; the run is then sealed under the minutes number."
    )


def sheet_help(words: Speech) -> str:
    """What F1 says of the chair's sheet."""
    return words(
        "Everything to check before sealing. F8 goes to the next issue that needs a reason or "
        "prevents sealing; Enter accepts the reason; Ctrl+↓ inserts the previous reason. A "
        "count opens its list; Alt+← returns. The minutes number follows the last issue."
    )
