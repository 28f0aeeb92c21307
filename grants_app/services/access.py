"""Who is at the desk and what they may do; every use case gets an `Office` and asks it first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from grants_app.domain.journal import Actor
from grants_app.domain.values import Finding
from grants_app.services.office import rights
from grants_app.store.engine import Store
from grants_app.wording import local, local_day

if TYPE_CHECKING:
    from grants_app.domain.campaign import Campaign
    from grants_app.domain.permit import Permit


Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the user's files go on this machine: backups, keys, the keys trusted, bug reports."""

    data: Path

    @property
    def backups(self) -> Path:
        """Backups made by the program itself."""
        return self.data / "backups"

    @property
    def trusted_keys(self) -> Path:
        """Public keys this machine trusts, one file per campaign."""
        return self.data / "trusted-keys"

    @property
    def known(self) -> Path:
        """What this machine has seen of each database."""
        return self.data / "known"

    @property
    def recent(self) -> Path:
        """The list of files opened before."""
        return self.data / "recent.json"

    @property
    def second_backups(self) -> Path:
        """Where it is written in which second folder backups are kept too."""
        return self.data / "second-backups.json"

    @property
    def reports(self) -> Path:
        """Reports of bugs, with no people in them."""
        return self.data / "reports"


@dataclass(frozen=True, slots=True)
class Office:
    """One desk at work: the open database, the campaign chosen, who acts, the clock, the folders."""

    store: Store
    clock: Clock
    folders: Folders
    actor: Actor
    campaign_id: int
    reader_command: tuple[str, ...]
    notices: tuple[Finding, ...] = ()
    """What has to be said once it is open: that it is an older state of what was seen here."""

    def demand(self, act: str, branch: str = "", subject: str = "") -> Permit:
        """The permit an act begins with; Refused where the role of the one at the desk may not do it."""
        return rights.demand(self.actor, act, branch, subject)

    @property
    def own_acts(self) -> frozenset[str]:
        """The acts the role of the one at the desk may do at all."""
        return rights.acts_of(self.actor.role)

    def may(self, act: str) -> bool:
        """Whether the role of the one at the desk may do the act at all."""
        return self.actor.role in rights.RIGHTS[act]

    def allowed(self, campaign: Campaign) -> frozenset[str]:
        """The acts this role may do in the campaign now: none in a closed one."""
        return frozenset() if campaign.read_only else self.own_acts

    def campaign(self) -> Campaign:
        """The campaign chosen, as it stands now."""
        with self.store.reading() as reading:
            return reading.campaign(self.campaign_id)

    def now(self) -> datetime:
        """The present moment in the campaign's own time zone."""
        return local(self.clock(), self.campaign().setup.zone)

    def today(self) -> date:
        """The day it is in the campaign's own time zone."""
        return self.day_of(self.clock())

    def day_of(self, moment: datetime) -> date:
        """The day a moment falls on in the campaign's own time zone."""
        return local_day(moment, self.campaign().setup.zone)

    def told(self, moment: datetime) -> str:
        """A moment as the office's clock shows it, the same in every language: 15.08.2026 14:00."""
        return f"{local(moment, self.campaign().setup.zone):%d.%m.%Y %H:%M}"

    def acting_as(self, actor: Actor) -> Office:
        """The same desk with another person at it."""
        return replace(self, actor=actor)

    def in_campaign(self, campaign_id: int) -> Office:
        """The same desk looking at another campaign."""
        return replace(self, campaign_id=campaign_id)
