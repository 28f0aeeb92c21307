"""A pool's choice by the words of the contract, for the checker: who sits on which seats, who comes next.

It is written for being read, not for speed, and shares no code with the allocation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from grants_app.domain.ranking import RunPool

_OPEN = "open"


def seats_given(
    pool: RunPool, room: Mapping[str, int], people: Sequence[str], grounds: Mapping[str, frozenset[str]]
) -> dict[str, str]:
    """Whom a pool takes of these people (best first) and the label of their seats; `room`: seats by label."""
    given: dict[str, str] = {}
    spare = room[_OPEN]
    if pool.order == "open_first":
        given.update(dict.fromkeys(people[:spare], _OPEN))
        spare = 0
    for quota in pool.quotas:
        fitting = [no for no in people if no not in given and quota.ground in grounds[no]]
        taken = fitting[: room[quota.ground]]
        given.update(dict.fromkeys(taken, quota.ground))
        if quota.unused == "open":
            spare += room[quota.ground] - len(taken)
    rest = [no for no in people if no not in given]
    given.update(dict.fromkeys(rest[:spare], _OPEN))
    return given


def next_in_line(
    pool: RunPool,
    room: Mapping[str, int],
    people: Sequence[str],
    standing: Collection[str],
    grounds: Mapping[str, frozenset[str]],
) -> dict[str, str]:
    """Who of those refused would have the seat each of those standing left; `people` are both, best first."""
    refused = [no for no in people if no not in standing]
    # Nobody can come next who is not the best of the refused for some kind of seat.
    hopeful = {next((no for no in refused if seat == _OPEN or seat in grounds[no]), "") for seat in room}
    if not pool.quotas:
        return dict.fromkeys(standing, refused[0]) if refused else {}
    line = [no for no in people if no in standing or no in hopeful]
    following = {}
    for leaving in standing:
        given = seats_given(pool, room, [no for no in line if no != leaving], grounds)
        for no in hopeful & given.keys():
            following[leaving] = no
    return following


def rings(following: Mapping[str, str]) -> list[list[str]]:
    """The rings among who follows whom: each could have the seat of the one before, and so on round."""
    found = []
    settled: set[str] = set()
    for start in following:
        walk: dict[str, None] = {}
        one: str | None = start
        while one is not None and one not in settled and one not in walk:
            walk[one] = None
            one = following.get(one)
        if one in walk:
            path = list(walk)
            found.append(path[path.index(one) :])
        settled |= walk.keys()
    return found
