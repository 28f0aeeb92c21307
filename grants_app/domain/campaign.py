"""A campaign and what is set up for it: branches, programmes, pools, calendar, signatories, papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, TypeVar

from grants_app.domain.errors import Refused
from grants_app.domain.values import LANGS, Lang, Names

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
LEVELS: tuple[Level, ...] = ("bachelor", "master", "medical")
Form = Literal["", "full_time", "evening", "distance"]
FORMS: tuple[Form, ...] = ("", "full_time", "evening", "distance")
# What the calendar holds, in a campaign's own order. `other` may stand there more than once.
CALENDAR = ("open", "close", "list", "commission", "appeal", "confirm", "papers", "second", "study", "other")
# Papers somebody signs; "" stands for all of them.
ALL_PAPERS = ""
SIGNED_PAPERS = ("award_letter", "appeal_sheet", "list", "minutes")
When = Literal["always", "under_age", "ground", "offered"]
WHENS: tuple[When, ...] = ("always", "under_age", "ground", "offered")
NO_NAMES = Names()


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A receiving and teaching branch; `letter` opens its application numbers, `prefix` its papers'.

    `letterhead` holds the lines under the branch's name on papers, one under another; `emblem` names the
    picture beside them by its SHA-256 ("" = the program's own mark): pictures themselves are kept apart.
    A closed branch takes no new applications.
    """

    code: str
    letter: str
    prefix: str
    names: Names
    short: Names
    city: Names
    address: Names = NO_NAMES
    phone: str = ""
    hours: Names = NO_NAMES
    letterhead: Names = NO_NAMES
    emblem: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A programme by code (`6B06102`), the branch that teaches it, its names in four languages.

    `languages` it is taught in, `form` and `months` of study ("" and 0 while nobody said). The tests it
    admits are rules (`ProgrammeRule.any_subject`). A closed one is offered to no new applicant.
    """

    code: str
    branch: str
    level: Level
    names: Names
    group: str = ""
    spellings: tuple[str, ...] = ()
    languages: tuple[Lang, ...] = ()
    form: Form = ""
    months: int = 0
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """The seats of one branch × programme × level; `id` is `BRANCH/PROGRAMME`.

    Quotas live in the rule set. A closed one has no seats and is chosen by no new applicant.
    """

    id: str
    branch: str
    programme: str
    level: Level
    seats: int
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A date of the calendar by code, one of `CALENDAR`, each but `other` once; closed: it binds no more."""

    code: str
    at: datetime
    names: Names
    order_no: str = ""
    reason: str = ""
    note: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """Who signs a kind of paper (`ALL_PAPERS`: all) for a branch, from a day to a day, both included."""

    branch: str
    paper: str
    post: Names
    name: Names
    since: date | None = None
    until: date | None = None
    closed: bool = False

    def signs_on(self, day: date) -> bool:
        """Whether the days the post is held take in this one."""
        return (
            not self.closed
            and (self.since is None or self.since <= day)
            and (self.until is None or day <= self.until)
        )


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

    @property
    def when(self) -> When:
        """When it is asked for."""
        if self.condition:
            return "ground"
        if self.under_age:
            return "under_age"
        return "always" if self.required else "offered"


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

    def signers(self, branch: str, paper: str, on: date) -> tuple[Signatory, ...]:
        """Who signs a kind of paper for a branch on a day, in their order.

        Those named for the very paper win over those named for all papers; several may sign one.
        """
        there = [one for one in self.signatories if one.branch == branch and one.signs_on(on)]
        exact = tuple(one for one in there if one.paper == paper)
        return exact or tuple(one for one in there if one.paper == ALL_PAPERS)

    def branch(self, code: str) -> Branch:
        """The branch with this code; KeyError when the campaign has none such."""
        return _only(self.branches, lambda branch: branch.code == code, code)

    def receiving(self, code: str) -> Branch:
        """The branch new applications come to; Refused when there is none such, or it was closed."""
        found = next((branch for branch in self.branches if branch.code == code and not branch.closed), None)
        if found is None:
            raise Refused("branch_not_receiving", branch=code)
        return found

    def programme(self, code: str) -> Programme:
        """The programme with this code; KeyError when the campaign has none such."""
        return _only(self.programmes, lambda programme: programme.code == code, code)

    def pool(self, pool_id: str) -> Pool:
        """The pool with this id; KeyError when the campaign has none such."""
        return _only(self.pools, lambda pool: pool.id == pool_id, pool_id)

    def pool_called(self, pool_id: str) -> dict[str, str] | str:
        """A pool's programme and branch by language, for a refusal; one that is not there keeps its id."""
        pool = next((one for one in self.pools if one.id == pool_id), None)
        if pool is None:
            return pool_id
        programme, branch = self.programme(pool.programme).names, self.branch(pool.branch).short
        return {lang: f"{programme.get(lang)} · {branch.get(lang)}" for lang in LANGS}

    def deadline(self, code: str) -> Deadline | None:
        """The calendar's date by code, or None when it is not set or binds no more."""
        return next((d for d in self.deadlines if d.code == code and not d.closed), None)


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
