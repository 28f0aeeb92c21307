"""The lists of a campaign's set-up, declared: what each shows, how an empty one begins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from grants_app.domain.campaign import Campaign
from grants_app.domain.ruleset import RuleSet
from grants_app.domain.values import LANGS, Names
from grants_app.gui.kit.columns import Columns
from grants_app.gui.qt_words import Speech
from grants_app.gui.table_models import ChipText
from grants_app.services.campaign.structure import Part
from grants_app.wording import mark

if TYPE_CHECKING:
    from grants_app.domain.campaign import Deadline, Pool, RequiredPaper, Signatory

SectionKey = Literal["branches", "programmes", "seats", "calendar", "signatories", "papers"]
SECTIONS: tuple[SectionKey, ...] = ("branches", "programmes", "seats", "calendar", "signatories", "papers")
ALL = "all"
"""How the window calls "every paper", which the set-up writes as nothing."""


@dataclass(frozen=True, slots=True)
class SetupShown:
    """A campaign's set-up and the rules in force, as they were read; emblems by their digests."""

    campaign: Campaign
    rules: RuleSet
    emblems: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SetupLine:
    """One line of a list: which thing of its part, and the whole it belongs to."""

    place: int
    thing: Any
    """A branch, programme, pool, date, signatory or required paper; the list's columns know which."""
    shown: SetupShown


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One list: the part of the set-up it shows, its words, its columns."""

    part: Part
    icon: str
    title: str
    """The word of its tab."""
    empty: str
    """Instead of an empty list: what it is for and how to begin."""
    add: str
    """What Insert does here."""
    columns: Callable[[Speech], Columns]
    names: Callable[[Speech, SetupLine], str]
    """What a line is called in a sentence."""

    def lines(self, shown: SetupShown) -> tuple[SetupLine, ...]:
        """The lines in the campaign's own order."""
        things = getattr(shown.campaign.setup, self.part)
        return tuple(SetupLine(place, thing, shown) for place, thing in enumerate(things))


def short_name(words: Speech, shown: SetupShown, code: str) -> str:
    """A branch by its short name; by its code where there is none."""
    for branch in shown.campaign.setup.branches:
        if branch.code == code:
            return branch.short.get(words.lang) or branch.names.get(words.lang) or code
    return code


def programme_name(words: Speech, shown: SetupShown, code: str) -> str:
    """A programme by its name; by its code where there is none."""
    for programme in shown.campaign.setup.programmes:
        if programme.code == code:
            return programme.names.get(words.lang) or code
    return code


def tests_of(shown: SetupShown, programme: str) -> tuple[str, ...]:
    """The subject tests the rules in force admit for a programme."""
    rule = shown.rules.programme(programme)
    return rule.any_subject if rule is not None else ()


def ground_name(words: Speech, shown: SetupShown, code: str) -> str:
    """A ground by the name the rules give it."""
    return next((one.names.get(words.lang) for one in shown.rules.grounds if one.code == code), code)


def paper_kind(words: Speech, paper: str) -> str:
    """Which papers somebody signs."""
    return words.code(f"paper_kind_{paper or ALL}")


def _named(words: Speech, names: Names, code: str) -> str:
    return names.get(words.lang) or code


def _closed(words: Speech, thing: Any) -> ChipText | None:  # noqa: ANN401 - any thing of a set-up may be closed
    return ChipText("neutral", words("closed"), "lock") if thing.closed else None


def _unnamed(words: Speech, *names: Names) -> ChipText | None:
    given = sum(1 for lang in LANGS if all(getattr(one, lang).strip() for one in names))
    if given == len(LANGS):
        return None
    return ChipText("warn", words("names {n} of {all}", n=given, all=len(LANGS)), "warning")


def _branches(words: Speech) -> Columns:
    def name(line: SetupLine) -> str:
        return short_name(words, line.shown, line.thing.code)

    def chip(line: SetupLine) -> ChipText | None:
        branch = line.thing
        return _closed(words, branch) or _unnamed(words, branch.names, branch.short, branch.city)

    return (
        Columns(words)
        .text("name", mark("Branch"), name, 170, stretch=True)
        .text("code", mark("Code"), "thing.code", 100, tone="muted")
        .text("letter", mark("Numbers"), lambda line: f"{line.thing.letter}-0001", 78, tone="muted")
        .text("city", mark("City"), lambda line: line.thing.city.get(words.lang), 90, tone="muted")
        .text("phone", mark("Phone"), "thing.phone", 120, tone="muted")
        .chip("state", mark("Status"), chip, 116)
    )


def _branch_of(words: Speech) -> Callable[[SetupLine], str]:
    return lambda line: short_name(words, line.shown, line.thing.branch)


def _level_of(words: Speech) -> Callable[[SetupLine], str]:
    return lambda line: words.code(f"programme_{line.thing.level}")


def _name_of(words: Speech) -> Callable[[SetupLine], str]:
    return lambda line: _named(words, line.thing.names, line.thing.code)


def _programmes(words: Speech) -> Columns:
    def chip(line: SetupLine) -> ChipText | None:
        programme = line.thing
        if not programme.closed and line.shown.rules.programme(programme.code) is None:
            return ChipText("warn", words("no tests"), "warning")
        return _closed(words, programme) or _unnamed(words, programme.names)

    return (
        Columns(words)
        .text("name", mark("Programme"), _name_of(words), 190, stretch=True)
        .text("code", mark("Code"), "thing.code", 84, tone="muted")
        .text("branch", mark("Branch"), _branch_of(words), 112, tone="muted")
        .text("level", mark("Level"), _level_of(words), 104, tone="muted")
        .number("tests", mark("Tests"), lambda line: len(tests_of(line.shown, line.thing.code)), 62)
        .chip("state", mark("Status"), chip, 122)
    )


def _seats(words: Speech) -> Columns:
    def programme(line: SetupLine) -> str:
        return programme_name(words, line.shown, line.thing.programme)

    return (
        Columns(words)
        .text("name", mark("Programme"), programme, 200, stretch=True)
        .text("code", mark("Code"), "thing.programme", 84, tone="muted")
        .text("branch", mark("Branch"), _branch_of(words), 120, tone="muted")
        .text("level", mark("Level"), _level_of(words), 104, tone="muted")
        .number("seats", mark("Seats"), "thing.seats", 70)
        .chip("state", mark("Status"), lambda line: _closed(words, line.thing), 92)
    )


def _calendar(words: Speech) -> Columns:
    def name(line: SetupLine) -> str:
        return date_name(words, line.thing)

    def local(line: SetupLine) -> str:
        return words.current.date_time(line.thing.at, line.shown.campaign.setup.zone)

    return (
        Columns(words)
        .text("name", mark("Calendar date"), name, 200, stretch=True)
        .text("at", mark("Date and time"), local, 134)
        .text("order_no", mark("Order No."), "thing.order_no", 84, tone="muted")
        .text("note", mark("Note"), lambda line: line.thing.note or line.thing.reason, 130, tone="muted")
        .chip("state", mark("Status"), lambda line: _closed(words, line.thing), 92)
    )


def date_name(words: Speech, deadline: Deadline) -> str:
    """What a date of the calendar is called; one that nobody named is called by its kind."""
    return deadline.names.get(words.lang) or words.code(f"calendar_{deadline.code}")


def _signatories(words: Speech) -> Columns:
    def post(line: SetupLine) -> str:
        text: str = line.thing.post.get(words.lang)
        return text

    def term(one: Signatory) -> ChipText | None:
        if one.until is not None:
            return ChipText("neutral", words("until {day}", day=one.until), "clock")
        return ChipText("neutral", words("from {day}", day=one.since), "clock") if one.since else None

    def chip(line: SetupLine) -> ChipText | None:
        one: Signatory = line.thing
        told = _closed(words, one) or _unnamed(words, one.name, one.post)
        if told is None and one.until is not None:
            return ChipText("neutral", words("until {day}", day=one.until), "clock")
        return (
            ChipText("neutral", words("from {day}", day=one.since), "clock")
            if not told and one.since
            else told
        )

    return (
        Columns(words)
        .text("name", mark("Name"), lambda line: line.thing.name.get(words.lang), 150, stretch=True)
        .text("post", mark("Job title"), post, 150, tone="muted", stretch=True)
        .text("paper", mark("Document"), lambda line: paper_kind(words, line.thing.paper), 150, tone="muted")
        .text("branch", mark("Branch"), _branch_of(words), 108, tone="muted")
        .chip("state", mark("Status"), chip, 116)
    )


def _papers(words: Speech) -> Columns:
    def when(line: SetupLine) -> str:
        paper: RequiredPaper = line.thing
        if paper.condition:
            return ground_name(words, line.shown, paper.condition)
        return words.code(f"when_{paper.when}")

    def form(line: SetupLine) -> str:
        return words("original") if line.thing.original else words("copy")

    def chip(line: SetupLine) -> ChipText | None:
        return _closed(words, line.thing) or _unnamed(words, line.thing.names)

    return (
        Columns(words)
        .text("name", mark("Document"), _name_of(words), 220, stretch=True)
        .text("when", mark("When"), when, 150, tone="muted")
        .text("form", mark("Original or copy"), form, 96, tone="muted")
        .number("count", mark("Copies"), "thing.count", 70)
        .chip("state", mark("Status"), chip, 116)
    )


def _pool_name(words: Speech, line: SetupLine) -> str:
    pool: Pool = line.thing
    return (
        f"{programme_name(words, line.shown, pool.programme)} · {short_name(words, line.shown, pool.branch)}"
    )


def _signatory_name(words: Speech, line: SetupLine) -> str:
    one: Signatory = line.thing
    return one.name.get(words.lang)


LISTS: Mapping[SectionKey, Section] = {
    "branches": Section(
        part="branches",
        icon="campaign",
        title=mark("Branches"),
        empty=mark(
            "Begin with the branches that receive applications: their names stand on every document,"
            " their letters begin the numbers. Press Insert."
        ),
        add=mark("Add a branch"),
        columns=_branches,
        names=lambda words, line: short_name(words, line.shown, line.thing.code),
    ),
    "programmes": Section(
        part="programmes",
        icon="papers",
        title=mark("Programmes"),
        empty=mark(
            "No programme yet. Press Insert: each has its code, its names in four languages,"
            " its subject tests and its seats."
        ),
        add=mark("Add a programme"),
        columns=_programmes,
        names=lambda words, line: _named(words, line.thing.names, line.thing.code),
    ),
    "seats": Section(
        part="pools",
        icon="ranking",
        title=mark("Seats"),
        empty=mark(
            "No seats yet. Seats come with their programme; press Insert to give a programme seats"
            " in one more branch."
        ),
        add=mark("Add seats"),
        columns=_seats,
        names=_pool_name,
    ),
    "calendar": Section(
        part="deadlines",
        icon="calendar",
        title=mark("Calendar"),
        empty=mark(
            "No date yet. Press Insert: first when applications open and close, then the list,"
            " the commission and the deadline for answers."
        ),
        add=mark("Add a date"),
        columns=_calendar,
        names=lambda words, line: date_name(words, line.thing),
    ),
    "signatories": Section(
        part="signatories",
        icon="edit",
        title=mark("Signatories"),
        empty=mark(
            "There are no signatories yet. Press Insert: name and job title in each language,"
            " and which documents they sign."
        ),
        add=mark("Add a signatory"),
        columns=_signatories,
        names=_signatory_name,
    ),
    "papers": Section(
        part="required_papers",
        icon="papers",
        title=mark("Documents"),
        empty=mark(
            "No document is required yet. Press Insert: what every applicant submits, and what a priority"
            " category or an age under 18 requires besides."
        ),
        add=mark("Add a document"),
        columns=_papers,
        names=lambda words, line: _named(words, line.thing.names, line.thing.code),
    ),
}
