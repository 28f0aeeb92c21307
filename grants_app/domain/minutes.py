"""What the minutes of a sitting say, already in one language: who was there, what was decided, who signs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """A person and what is said beside the name: a post, a reason, nothing."""

    name: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesItem:
    """One numbered item: what it was about, the wording voted on, the figures, what came of it."""

    no: int
    title: str
    wording: str
    votes: str
    outcome: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesPaper:
    """The minutes of one sitting in the reader's language, ready to be laid out.

    `number` is the minutes' ("3"), `day` the date as official papers write it. `acts` are what the program
    recorded under this number, `fingerprints` those of the runs sealed, `signatures` posts with names.
    """

    number: str
    branch: str
    campaign: str
    day: str
    place: str = ""
    present: tuple[Named, ...] = ()
    absent: tuple[Named, ...] = ()
    quorum: str = ""
    agenda: tuple[str, ...] = ()
    items: tuple[MinutesItem, ...] = ()
    conflicts: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    fingerprints: tuple[str, ...] = ()
    custom: str = ""
    signatures: tuple[Named, ...] = ()
    sample: bool = False
