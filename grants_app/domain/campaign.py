"""A campaign and what is set up for it: branches, programmes, pools, calendar, signatories, papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, TypeVar

from grants_app.domain.values import Names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")


class CampaignState(StrEnum):
    """Closed campaigns are read-only; frozen ones take no choices, scores, grounds or admissions."""

    SETUP = "setup"
    OPEN = "open"
    FROZEN = "frozen"
    PUBLISHED = "published"
    CLOSED = "closed"


Level = Literal["bachelor", "master", "medical"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A receiving and teaching branch; `letter` opens its application numbers, `prefix` its papers'."""

    code: str
    letter: str
    prefix: str
    names: Names
    short: Names
    city: Names


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A programme by code (`6B06102`), the branch that teaches it, its names in four languages."""

    code: str
    branch: str
    level: Level
    names: Names
    group: str = ""
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """The seats of one branch × programme × level; `id` is `BRANCH/PROGRAMME`.

    Quotas live in the rule set.
    """

    id: str
    branch: str
    programme: str
    level: Level
    seats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A date of the calendar by code: `open`, `close`, `list`, `commission`, `confirm` and so on."""

    code: str
    at: datetime
    names: Names
    order_no: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """Who signs a kind of paper for a branch."""

    branch: str
    paper: str
    post: Names
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredPaper:
    """A paper a file must hold: always, of somebody under age, or with a ground (`condition`) claimed.

    One that is `required` of nobody may be handed in and is listed. A closed one is asked for no more.
    """

    code: str
    names: Names
    required: bool = True
    condition: str = ""
    original: bool = True
    count: int = 1
    under_age: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignSetup:
    """Everything a campaign starts from; what last year's campaign hands to the next one."""

    code: str
    titles: Names
    total: int
    zone: str
    zone_names: Names
    branches: tuple[Branch, ...]
    programmes: tuple[Programme, ...]
    pools: tuple[Pool, ...]
    deadlines: tuple[Deadline, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    required_papers: tuple[RequiredPaper, ...] = ()
    consent_version: str = ""
    sample: bool = False

    def branch(self, code: str) -> Branch:
        """The branch with this code; KeyError when the campaign has none such."""
        return _only(self.branches, lambda branch: branch.code == code, code)

    def programme(self, code: str) -> Programme:
        """The programme with this code; KeyError when the campaign has none such."""
        return _only(self.programmes, lambda programme: programme.code == code, code)

    def pool(self, pool_id: str) -> Pool:
        """The pool with this id; KeyError when the campaign has none such."""
        return _only(self.pools, lambda pool: pool.id == pool_id, pool_id)

    def deadline(self, code: str) -> Deadline | None:
        """The calendar's date by code, or None when it is not set."""
        return next((d for d in self.deadlines if d.code == code), None)


def _only(items: Iterable[T], wanted: Callable[[T], bool], key: str) -> T:
    for item in items:
        if wanted(item):
            return item
    raise KeyError(key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """A campaign as the store keeps it; `version` counts changes of the set-up."""

    id: int
    setup: CampaignSetup
    state: CampaignState
    opened_on: date | None = None
    version: int = 1

    @property
    def read_only(self) -> bool:
        """Whether nothing of it may change any more."""
        return self.state is CampaignState.CLOSED
