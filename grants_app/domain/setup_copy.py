"""What a new campaign takes over from an earlier one or a file: the parts chosen, for its own year."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from grants_app.domain.setup_checks import PARTS, things, with_things
from grants_app.domain.values import LANGS, Names

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from grants_app.domain.campaign import CampaignSetup, Deadline

Copied = Literal["branches", "programmes", "seats", "calendar", "signatories", "required_papers", "rules"]
COPIED: tuple[Copied, ...] = (
    *("branches", "programmes", "seats", "calendar"),
    *("signatories", "required_papers", "rules"),
)
# The sample's programmes, seats, dates and signatories are made up: none of them goes into a real campaign.
MADE_UP: frozenset[str] = frozenset({"programmes", "seats", "calendar", "signatories"})


def copied(
    source: CampaignSetup, code: str, parts: Collection[str] = COPIED, title: str = ""
) -> CampaignSetup:
    """A real campaign's set-up out of another's: the parts chosen, without what was closed.

    Programmes and signatories come along with their branches only; without "seats" programmes have none
    and the total is open. Dates move by whole years with the code and lose the orders they were moved by.
    Of a sample nothing is taken that is made up.
    """
    wanted = frozenset(parts) - (MADE_UP if source.sample else frozenset())
    made = open_things(source)
    if "branches" not in wanted:
        made = replace(made, branches=())
    if "programmes" not in wanted or not made.branches:
        made = replace(made, programmes=(), pools=())
    if "signatories" not in wanted or not made.branches:
        made = replace(made, signatories=())
    if "seats" not in wanted:
        made = replace(made, total=0, pools=tuple(replace(pool, seats=0) for pool in made.pools))
    if "required_papers" not in wanted:
        made = replace(made, required_papers=())
    years = int(code) - int(source.code) if code.isdecimal() and source.code.isdecimal() else 0
    dates = tuple(_moved(one, years) for one in made.deadlines) if "calendar" in wanted else ()
    said = {lang: title or _renamed(getattr(source.titles, lang), source.code, code) for lang in LANGS}
    return replace(made, code=code, titles=Names(**said), deadlines=dates, sample=False)


def open_things(setup: CampaignSetup) -> CampaignSetup:
    """The set-up without closed things and without what belongs to them."""
    for part in PARTS:
        setup = with_things(setup, part, (one for one in things(setup, part) if not one.closed))
    branches = {branch.code for branch in setup.branches}
    programmes = tuple(one for one in setup.programmes if one.branch in branches)
    codes = {one.code for one in programmes}
    return replace(
        setup,
        programmes=programmes,
        pools=tuple(one for one in setup.pools if one.branch in branches and one.programme in codes),
        signatories=tuple(one for one in setup.signatories if one.branch in branches),
    )


def _renamed(title: str, old: str, new: str) -> str:
    """A title that names the year names the new one."""
    return title.replace(old, new) if old and title else title


def _moved(deadline: Deadline, years: int) -> Deadline:
    return replace(deadline, at=_same_day(deadline.at, years), order_no="", reason="")


def _same_day(at: datetime, years: int) -> datetime:
    """The same day so many years on; 29 February becomes the 28th where there is none."""
    try:
        return at.replace(year=at.year + years)
    except ValueError:
        return at.replace(year=at.year + years, day=28)
