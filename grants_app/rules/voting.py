"""Whether enough of the commission is there, and what a vote came to; it knows no person and no sitting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants_app.domain.commission import CUSTOM, VOTE_WORDS, Quorum, Tally

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from grants_app.domain.commission import Outcome, VoteWord, VotingCustom, Weight


def quorum_of(
    members: Collection[int],
    present: Collection[int],
    interested: Collection[int] = (),
    custom: VotingCustom = CUSTOM,
) -> Quorum:
    """How many must be there for a matter; a member with an interest in it does not count at all.

    Where nobody counts, nobody can decide: such a quorum is never reached.
    """
    counting = set(members) - set(interested)
    there = len(counting & set(present))
    needed = -(-len(counting) * custom.quorum_of // custom.quorum_in)
    return Quorum(len(counting), there, needed, bool(counting) and there >= needed)


def tally(
    votes: Mapping[int, VoteWord],
    chair: int | None,
    interested: Collection[int] = (),
    custom: VotingCustom = CUSTOM,
) -> Tally:
    """Count votes by member: more for than against adopts; a tie falls to the chair's own vote.

    Who abstains or is absent does not vote; what an interested member is said to have voted is not looked at.
    """
    counted = {member: vote for member, vote in votes.items() if member not in interested}
    counts = {word: list(counted.values()).count(word) for word in VOTE_WORDS}
    outcome, weight = _decided(counts, counted.get(chair) if chair is not None else None, custom)
    return Tally(counts=counts, interested=len(set(interested)), outcome=outcome, weight=weight)


def _decided(
    counts: Mapping[VoteWord, int], chair: VoteWord | None, custom: VotingCustom
) -> tuple[Outcome, Weight]:
    if counts["for"] != counts["against"]:
        return ("adopted" if counts["for"] > counts["against"] else "rejected"), "majority"
    if custom.chair_decides and chair in ("for", "against"):
        return ("adopted" if chair == "for" else "rejected"), "chair"
    return "rejected", "nobody"


def is_even(members: int, custom: VotingCustom = CUSTOM) -> bool:
    """Whether the number of members is even where custom wants it odd; none at all is another trouble."""
    return custom.odd_members and members > 0 and members % 2 == 0
