"""Who is at the desk and what they may do; every use case gets an `Office` and asks it first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from grants_app.domain.errors import Refused
from grants_app.domain.journal import Actor
from grants_app.store.engine import Store

if TYPE_CHECKING:
    from grants_app.domain.campaign import Campaign

Clock = Callable[[], datetime]

# product.md: officers type in, verifiers retype, secretaries run and print, the chair decides and seals,
# auditors read. The secretary prepares what the chair approves, so the chair may do all a secretary may.
_TYPING = frozenset({"intake", "import", "papers", "backup"})
_OFFICE = _TYPING | {"verify", "setup", "run", "award", "decide_conflict", "publish_key"}
# The secretary records sittings, votes, interests and appeals; an appeal is decided by the chair.
_RECORDING = frozenset({"commission", "appeal"})
PERMISSIONS: Mapping[str, frozenset[str]] = {
    "officer": _TYPING | {"award", "decide_conflict"},
    "verifier": frozenset({"verify", "intake", "decide_conflict", "backup"}),
    "secretary": _OFFICE | _RECORDING | {"seal", "decide_tie", "place", "extend"},
    "chair": _OFFICE
    | _RECORDING
    | {"seal", "decide_tie", "place", "extend", "decide_appeal", "reopen", "close", "revoke"},
    "auditor": frozenset({"backup"}),
}


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

    def demand(self, act: str) -> None:
        """Refuse an act this role may not do."""
        if act not in PERMISSIONS[self.actor.role]:
            raise Refused("not_allowed", role=self.actor.role, act=act)

    def allowed(self, campaign: Campaign) -> frozenset[str]:
        """The acts this role may do in the campaign now: none in a closed one."""
        return frozenset() if campaign.read_only else PERMISSIONS[self.actor.role]

    def campaign(self) -> Campaign:
        """The campaign chosen, as it stands now."""
        with self.store.reading() as reading:
            return reading.campaign(self.campaign_id)

    def now(self) -> datetime:
        """The present moment in the campaign's own time zone."""
        return self.clock().astimezone(ZoneInfo(self.campaign().setup.zone))

    def acting_as(self, actor: Actor) -> Office:
        """The same desk with another person at it."""
        return replace(self, actor=actor)

    def in_campaign(self, campaign_id: int) -> Office:
        """The same desk looking at another campaign."""
        return replace(self, campaign_id=campaign_id)
