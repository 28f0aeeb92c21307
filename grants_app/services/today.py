"""What the first page shows: figures, work waiting, applications against seats, dates, the last acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from grants_app.domain.campaign import Campaign, Deadline
from grants_app.domain.journal import Event, utc_text
from grants_app.domain.records import Figures
from grants_app.services import drafts, duplicates, upkeep
from grants_app.services.upkeep import BackupPlace

if TYPE_CHECKING:
    from grants_app.services.access import Office

RECENT = 10
_LOOKED_AT = 1000  # an import leaves an act for every application; its own act says it all
_MANY = frozenset({"application.imported", "application.merged"})
_ENTERING = ("application.submitted", "application.drafted", "application.imported")
# What waits, the most pressing first: its code, the page of its list, and the filter that shows it.
_QUEUES: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("overdue", "awards", {"state": "overdue"}),
    ("ties", "ranking", {"ties": "open"}),
    ("conflict", "applicants", {"flag": "conflict"}),
    ("duplicates", "applicants", {"tab": "duplicates"}),
    ("unfinished", "applicants", {"unfinished": "1"}),
    ("draft", "applicants", {"state": "draft"}),
    ("incomplete", "applicants", {"state": "incomplete"}),
    ("submitted", "applicants", {"state": "submitted"}),
    ("late", "applicants", {"flag": "late"}),
    ("unverified", "applicants", {"tab": "verification"}),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Work waiting: `code` is worded in the catalogue, `page` and `filter` open its list."""

    code: str
    count: int
    page: str
    filter: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """One look at the campaign; `pools` are (pool id, applications with it as first choice, seats).

    `second_look` says by branch how many applications had their decisive numbers typed twice, of how many
    that are to have. Every share is of the applications somebody still works on.
    """

    campaign: Campaign
    figures: Figures
    entered_today: int
    queues: tuple[Queue, ...]
    pools: tuple[tuple[str, int, int], ...]
    deadlines: tuple[Deadline, ...]
    recent: tuple[Event, ...]
    second_look: Mapping[str, tuple[int, int]]
    last_backup: datetime | None
    backups: BackupPlace
    now: datetime


def look(office: Office) -> Today:
    """Everything the first page shows, read at one moment."""
    campaign = office.campaign()
    now = office.now()
    midnight = utc_text(now.replace(hour=0, minute=0, second=0, microsecond=0))
    with office.store.reading() as reading:
        figures = reading.figures(campaign.id)
        waiting = reading.queues(campaign.id)
        last_run = reading.last_run(campaign.id)
        twice = reading.looked_at_twice(campaign.id)
        awards = reading.awards(campaign.id)
        recent = [event for event in reading.recent(campaign.id, _LOOKED_AT) if event.act not in _MANY]
        entered = sum(reading.events(campaign.id, act=act, since=midnight, limit=1)[0] for act in _ENTERING)
    overdue = sum(award.overdue(now) for award in awards)
    counts = dict(waiting) | {
        "unfinished": len(drafts.kept(office)),
        "duplicates": len(duplicates.pairs(office)),
        "ties": last_run.open_ties if last_run is not None and last_run.kind == "draft" else 0,
        "overdue": overdue,
    }
    first = figures.by_first_choice
    return Today(
        campaign=campaign,
        figures=figures,
        entered_today=entered,
        queues=tuple(
            Queue(code=code, count=counts[code], page=page, filter=filter_)
            for code, page, filter_ in _QUEUES
            if counts.get(code)
        ),
        pools=tuple((pool.id, first.get(pool.id, 0), pool.seats) for pool in campaign.setup.pools),
        deadlines=tuple(sorted(campaign.setup.deadlines, key=lambda deadline: deadline.at)),
        recent=tuple(recent[:RECENT]),
        second_look=twice,
        last_backup=last_backup(office),
        backups=upkeep.backup_place(office),
        now=now,
    )


def last_backup(office: Office) -> datetime | None:
    """When the newest copy was made, by the program itself or on somebody's wish; None when never."""
    return upkeep.last_backup(office)
