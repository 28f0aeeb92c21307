"""A lot anybody can draw again: numbers in the order of SHA-256 of a public seed and the number.

It knows neither people nor pools, and has no other source of chance than the seed.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from grants_app.domain.errors import Refused
from grants_app.domain.runs import Drawn

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_SEED = 64
FEWEST = 2
# Digits and Latin letters in groups: what is read off a paper or heard in a room can be typed one way only,
# and stands in a shell's single quotes as it is.
_SEED = re.compile(r"[0-9A-Za-z]+([ .,:/_-][0-9A-Za-z]+)*")


def demand_seed(seed: str) -> str:
    """The seed without outer spaces; Refused when blank, too long, or writable in more than one way."""
    plain = seed.strip()
    if not plain:
        raise Refused("lot_incomplete")
    if len(plain) > LONGEST_SEED or not _SEED.fullmatch(plain):
        raise Refused("seed_unclear", most=LONGEST_SEED)
    return plain


def draw(seed: str, numbers: Sequence[str]) -> tuple[Drawn, ...]:
    """The numbers in the order the seed draws, the first one the best: ascending SHA-256 of `seed:number`.

    The order the numbers are given in decides nothing. Refused for fewer than two numbers, for a number
    given twice, and for a seed as `demand_seed` says.
    """
    plain = demand_seed(seed)
    demand_group(numbers)
    drawn = (Drawn(no, hashlib.sha256(f"{plain}:{no}".encode()).hexdigest()) for no in numbers)
    return tuple(sorted(drawn, key=lambda one: (one.sha256, one.number)))


def demand_group(numbers: Sequence[str]) -> None:
    """Refused unless these are two or more different numbers."""
    twice = next((no for place, no in enumerate(numbers) if no in numbers[:place]), None)
    if twice is not None:
        raise Refused("tie_repeated", no=twice)
    if len(numbers) < FEWEST:
        raise Refused("tie_too_short")
