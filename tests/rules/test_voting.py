"""Quorum and votes: two thirds rounded up, who has an interest does not count, a tie falls to the chair."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants_app.domain.commission import CUSTOM, Quorum, VotingCustom
from grants_app.rules.voting import is_even, quorum_of, tally

SEVEN = range(1, 8)


@pytest.mark.parametrize(
    ("members", "needed"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 4), (6, 4), (7, 5), (9, 6), (11, 8)]
)
def test_two_thirds_of_the_members_rounded_up_are_a_quorum(members: int, needed: int) -> None:
    everybody = range(members)
    assert quorum_of(everybody, range(needed)) == Quorum(members, needed, needed, reached=True)
    assert quorum_of(everybody, range(needed - 1)) == Quorum(members, needed - 1, needed, reached=False)


def test_a_member_with_an_interest_counts_neither_as_member_nor_as_present() -> None:
    assert quorum_of(SEVEN, [1, 2, 3, 4], [4]) == Quorum(6, 3, 4, reached=False)
    assert quorum_of(SEVEN, [1, 2, 3, 5], [4]) == Quorum(6, 4, 4, reached=True)


def test_who_is_no_member_does_not_make_a_quorum() -> None:
    assert quorum_of([1, 2, 3], [1, 8, 9]) == Quorum(3, 1, 2, reached=False)


def test_where_nobody_counts_nobody_decides() -> None:
    assert quorum_of([], []) == Quorum(0, 0, 0, reached=False)
    assert quorum_of([1], [1], [1]) == Quorum(0, 0, 0, reached=False)


def test_another_share_may_be_custom() -> None:
    half = VotingCustom(quorum_of=1, quorum_in=2)
    assert quorum_of(SEVEN, [1, 2, 3, 4], custom=half) == Quorum(7, 4, 4, reached=True)


def test_more_votes_for_than_against_adopt() -> None:
    counted = tally({1: "for", 2: "for", 3: "against", 4: "abstained", 5: "absent"}, chair=3)
    assert (counted.outcome, counted.weight) == ("adopted", "majority")
    assert counted.counts == {"for": 2, "against": 1, "abstained": 1, "absent": 1}
    assert counted.interested == 0


def test_more_votes_against_reject_whatever_the_chair_wants() -> None:
    counted = tally({1: "for", 2: "against", 3: "against"}, chair=1)
    assert (counted.outcome, counted.weight) == ("rejected", "majority")


@pytest.mark.parametrize(("own", "outcome"), [("for", "adopted"), ("against", "rejected")])
def test_a_tied_vote_falls_to_the_chairs_own(own: str, outcome: str) -> None:
    other = "against" if own == "for" else "for"
    counted = tally({1: own, 2: other}, chair=1)  # type: ignore[dict-item]  # the two words above
    assert (counted.outcome, counted.weight) == (outcome, "chair")


@pytest.mark.parametrize("own", ["abstained", "absent"])
def test_a_tied_vote_the_chair_kept_out_of_falls(own: str) -> None:
    counted = tally({1: own, 2: "for", 3: "against"}, chair=1)  # type: ignore[dict-item]  # vote words
    assert (counted.outcome, counted.weight) == ("rejected", "nobody")


def test_a_tied_vote_falls_without_a_chair_or_where_custom_gives_the_chair_nothing() -> None:
    votes = {1: "for", 2: "against"}
    assert tally(votes, chair=None).weight == "nobody"  # type: ignore[arg-type]  # vote words
    custom = VotingCustom(chair_decides=False)
    counted = tally(votes, chair=1, custom=custom)  # type: ignore[arg-type]  # vote words
    assert (counted.outcome, counted.weight) == ("rejected", "nobody")


def test_what_an_interested_member_is_said_to_have_voted_is_not_looked_at() -> None:
    counted = tally({1: "for", 2: "against", 3: "for"}, chair=3, interested=[3, 3])
    assert (counted.outcome, counted.weight, counted.interested) == ("rejected", "nobody", 1)
    assert counted.counts["for"] == 1


def test_an_even_number_of_members_is_told_and_none_at_all_is_not() -> None:
    assert [is_even(n) for n in (0, 1, 2, 3, 4)] == [False, False, True, False, True]
    assert not is_even(4, VotingCustom(odd_members=False))


def test_the_custom_is_not_given_out_as_official() -> None:
    assert (
        VotingCustom(quorum_of=2, quorum_in=3, chair_decides=True, odd_members=True, official=False) == CUSTOM
    )


@given(
    st.dictionaries(
        st.integers(1, 9), st.sampled_from(["for", "against", "abstained", "absent"]), max_size=9
    ),
    st.integers(1, 9),
    st.sets(st.integers(1, 9)),
)
def test_every_vote_is_counted_once_and_no_interested_one(
    votes: dict[int, str], chair: int, interested: set[int]
) -> None:
    counted = tally(votes, chair, interested)  # type: ignore[arg-type]  # vote words
    assert sum(counted.counts.values()) == len(set(votes) - interested)
    if counted.outcome == "adopted":
        assert counted.counts["for"] >= counted.counts["against"]
