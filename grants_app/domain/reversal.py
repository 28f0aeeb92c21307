"""What one act changed, as it was before: enough to take the act back while nothing else changed the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from grants_app.domain.application import Application, PersonFacts
from grants_app.domain.award import Award
from grants_app.domain.records import DuplicatePair
from grants_app.domain.second_look import SecondTyping


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationChange:
    """An application an act saved: as it was, None where the act made it, and the version the act left."""

    id: int
    no: str
    before: Application | None
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChange:
    """A person an act corrected: as they were, and as the act left them."""

    id: int
    before: PersonFacts
    left: PersonFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardChange:
    """An award an act changed: as it was, and the version the act left."""

    before: Award
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TypingChange:
    """A second typing an act kept or took away: the one that waited before it, None where none did."""

    application: int
    criterion: str
    before: SecondTyping | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversal:
    """One act of one officer, told by what it changed; `right` is the row of the table of rights it needed.

    `act` is the code under which the journal keeps it.
    `placements` are the ids of placements it revoked, `batches` those of imports it applied, `decided` the
    verdict it gave on the `pairs`.
    """

    by: str
    branch: str
    right: str
    campaign: int
    at: datetime
    act: str = ""
    applications: tuple[ApplicationChange, ...] = ()
    people: tuple[PersonChange, ...] = ()
    awards: tuple[AwardChange, ...] = ()
    placements: tuple[int, ...] = ()
    pairs: tuple[DuplicatePair, ...] = ()
    batches: tuple[int, ...] = ()
    typings: tuple[TypingChange, ...] = ()

    @property
    def needs_reason(self) -> bool:
        """Whether taking it back is answered for by a role and a reason of its own: answers to offers."""
        return bool(self.awards)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of the applications it was about, each once, in the order they were changed."""
        told = [one.no for one in self.applications] + [one.before.application_no for one in self.awards]
        told += [no for pair in self.pairs for no in (pair.first_no, pair.second_no)]
        return tuple(dict.fromkeys(told))
