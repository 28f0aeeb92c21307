"""The forms that add and change a line of the set-up; the services judge and save."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, cast
from zoneinfo import ZoneInfo

from grants_app.domain.campaign import (
    ALL_PAPERS,
    CALENDAR,
    FORMS,
    LEVELS,
    SIGNED_PAPERS,
    WHENS,
    Branch,
    CampaignState,
    Deadline,
    Pool,
    Programme,
    RequiredPaper,
    Signatory,
)
from grants_app.domain.values import LANGS, Names
from grants_app.gui.kit.fields import OWN_NAMES
from grants_app.gui.kit.form_panel import FormPanel
from grants_app.gui.pages.campaign_setup.sections import (
    ALL,
    LISTS,
    SectionKey,
    SetupLine,
    SetupShown,
    ground_name,
    paper_kind,
    tests_of,
)
from grants_app.gui.widgets.editors import Option
from grants_app.services.campaign import structure
from grants_app.wording import mark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from grants_app.domain.campaign import Form, Level
    from grants_app.domain.errors import Refused
    from grants_app.domain.journal import Changed
    from grants_app.domain.values import Lang
    from grants_app.gui.page import PageContext

REASONED = frozenset({CampaignState.FROZEN, CampaignState.PUBLISHED})
"""Stages in which a change of the set-up is kept with its reason."""


BESIDE: Mapping[str, str] = {
    "setup_code": "code", "setup_code_taken": "code", "calendar_kind_taken": "code",
    "branch_letter": "letter", "branch_letter_taken": "letter",
    "branch_prefix": "prefix", "branch_prefix_taken": "prefix", "letterhead_long": "letterhead",
    "emblem_not_png": "emblem", "emblem_too_big": "emblem", "emblem_sides": "emblem",
    "seats_over_total": "seats", "seats_under_held": "seats", "seats_by_act": "seats",
    "setup_name_missing": "names", "signatory_dates": "until", "reason_missing": "reason",
}  # fmt: skip
"""Which field of its form a refusal is about."""


class SetupForm(FormPanel):
    """A thing of one list: a new one, or the one chosen. The subclass declares its fields."""

    beside = BESIDE
    key: ClassVar[SectionKey]
    new_title: ClassVar[str]

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, self.key, parent)
        self._shown: SetupShown | None = None
        self._line: SetupLine | None = None
        self._seen = 0
        self.declare()
        self.reason = self.text("reason", mark("Reason (recorded in the journal)"), needed=True)
        self.declared()

    def declare(self) -> None:
        """Declare the fields."""
        raise NotImplementedError

    def values(self, thing: Any) -> Mapping[str, object]:  # noqa: ANN401 - a thing of this list
        """What the fields show of a thing."""
        raise NotImplementedError

    def fresh(self) -> Mapping[str, object]:
        """What the fields of a new thing show."""
        return {}

    def made(self, before: Any) -> Any:  # noqa: ANN401 - a thing of this list, or None for a new one
        """The thing as it is typed."""
        raise NotImplementedError

    def ask(self, shown: SetupShown, line: SetupLine | None) -> None:
        """Open the change of a line, or a new one."""
        self._shown, self._line, self._seen = shown, line, shown.campaign.version
        self.show_field(self.reason, shown.campaign.state in REASONED)
        self.prepare()
        about = (self.key, shown.campaign.id, -1 if line is None else line.place)
        self.begin(about, self.fresh() if line is None else self.values(line.thing))

    def about_field(self, refusal: Refused) -> str:
        """A number out of its range names its field itself."""
        if refusal.code == "setup_number":
            return str(refusal.facts["field_code"]).removeprefix("setup_")
        return super().about_field(refusal)

    def prepare(self) -> None:
        """Show what this opening needs before the fields are filled."""

    @property
    def setup_shown(self) -> SetupShown:
        """What the form was opened on."""
        if self._shown is None:
            raise LookupError("nothing was asked")
        return self._shown

    def title(self) -> str:
        """The thing, or that it is a new one."""
        if self._line is None:
            return self.words(self.new_title)
        return LISTS[self.key].names(self.words, self._line)

    def act(self) -> None:
        """Save it."""
        self.saved.emit(self.store())

    def store(self) -> Changed:
        """Add it at the end of its list, or change it where it stands."""
        office, line = self.context.office, self._line
        if line is None:
            return structure.add(office, self.made(None), self._seen, reason=self.reason.value)
        return structure.change(
            office, line.place, self.made(line.thing), self._seen, reason=self.reason.value
        )

    # ---- what several forms choose from ---------------------------------------------------------------

    def branch_options(self) -> Sequence[Option]:
        """The branches still open, and the one the thing has."""
        if self._shown is None:
            return ()
        lang = self.words.lang
        kept = getattr(self._line.thing, "branch", "") if self._line else ""
        return [
            Option(one.code, one.short.get(lang) or one.code)
            for one in self._shown.campaign.setup.branches
            if not one.closed or one.code == kept
        ]

    def only_branch(self) -> str:
        """The branch of a new thing: the one there is, else the officer's own."""
        options = self.branch_options()
        own = self.context.office.actor.branch
        return options[0].code if len(options) == 1 else own if own in {one.code for one in options} else ""


class BranchForm(SetupForm):
    """A branch: what it is called, where it is, what stands on its papers."""

    key = "branches"
    new_title = mark("New branch")

    def declare(self) -> None:
        """Code and letters, names, place, letterhead, emblem."""
        self.code = self.text("code", mark("Code"), needed=True)
        self.letter = self.text("letter", mark("Letter of applications"), needed=True, half=True)
        self.prefix = self.text("prefix", mark("Letters of documents"), needed=True, half=True)
        self.full_name = self.names("names", mark("Full name"), needed=True)
        self.short = self.names("short", mark("Short name, for lists"), needed=True)
        self.city = self.names("city", mark("City"), needed=True)
        self.address = self.names("address", mark("Address"))
        self.phone = self.text("phone", mark("Phone"))
        self.hours = self.names("hours", mark("Hours of reception"))
        self.letterhead = self.names("letterhead", mark("Lines of the letterhead"), long=True)
        self.emblem = self.picture(
            "emblem", mark("Emblem for documents (PNG)"), (mark("Choose a picture…"), mark("Remove"))
        )

    def values(self, thing: Branch) -> Mapping[str, object]:
        """A branch's own."""
        shown = {
            key: getattr(thing, key)
            for key in (
                "code",
                "letter",
                "prefix",
                "names",
                "short",
                "city",
                "address",
                "phone",
                "hours",
                "letterhead",
            )
        }
        return shown | {"emblem": self.setup_shown.emblems.get(thing.emblem, b"")}

    def made(self, before: Branch | None) -> Branch:
        """The branch as typed; its emblem is put to it by an act of its own."""
        typed = Branch(
            code=self.code.value,
            letter=self.letter.value,
            prefix=self.prefix.value,
            names=self.full_name.value,
            short=self.short.value,
            city=self.city.value,
            address=self.address.value,
            phone=self.phone.value,
            hours=self.hours.value,
            letterhead=self.letterhead.value,
        )
        return replace(typed, emblem=before.emblem, closed=before.closed) if before else typed

    def store(self) -> Changed:
        """Save the branch, then its emblem if that was changed."""
        office, shown = self.context.office, self.setup_shown
        changed = super().store()
        before = self._line.thing.emblem if self._line else ""
        picture = self.emblem.value
        if picture == shown.emblems.get(before, b""):
            return changed
        # The branch is kept already: should the picture be refused, the form goes on with it.
        self._seen = office.campaign().version
        place = self._line.place if self._line else len(shown.campaign.setup.branches)
        self._line = SetupLine(place, self.made(self._line.thing if self._line else None), shown)
        if picture:
            return structure.put_emblem(office, place, picture, self._seen)
        return structure.remove_emblem(office, place, self._seen)


class ProgrammeForm(SetupForm):
    """A programme: its names, how it is studied, which tests it admits, and at first its seats."""

    key = "programmes"
    new_title = mark("New programme")

    def declare(self) -> None:
        """Code, level, branch, names, study, tests, seats."""
        self.code = self.text("code", mark("Code"), needed=True, half=True)
        self.level = self.choice("level", mark("Level"), self._levels, needed=True, half=True)
        self.branch = self.choice("branch", mark("Branch"), self.branch_options, needed=True)
        self.name = self.names("names", mark("Name of the programme"), needed=True)
        self.tests = self.ticks(
            "tests", mark("Subject tests: any one of these is enough"), self._tests, needed=True
        )
        self.seats = self.number("seats", mark("Seats"), needed=True, half=True)
        self.group = self.text("group", mark("Group of programmes"), half=True)
        self.form_of_study = self.choice("form", mark("Form of study"), self._forms, half=True)
        self.months = self.number("months", mark("Length of study, months"), half=True)
        self.languages = self.ticks("languages", mark("Languages of study"), self._languages)

    def prepare(self) -> None:
        """A new one is asked for its tests and seats; later seats have a list of their own."""
        self.tests.needed = self._line is None
        self.show_field(self.seats, self._line is None)

    def _levels(self) -> Sequence[Option]:
        return [Option(level, self.words.code(f"programme_{level}")) for level in LEVELS]

    def _forms(self) -> Sequence[Option]:
        return [Option(form, self.words.code(f"form_{form}")) for form in FORMS if form]

    def _languages(self) -> Sequence[Option]:
        return [Option(lang, OWN_NAMES[lang]) for lang in LANGS]

    def _tests(self) -> Sequence[Option]:
        if self._shown is None:
            return ()
        lang = self.words.lang
        return [Option(one.code, one.names.get(lang)) for one in self._shown.rules.measures if one.subject]

    def fresh(self) -> Mapping[str, object]:
        """A new one is most often a bachelor's at the only branch."""
        return {"level": "bachelor", "branch": self.only_branch()}

    def values(self, thing: Programme) -> Mapping[str, object]:
        """A programme's own."""
        shown: dict[str, object] = {
            key: getattr(thing, key)
            for key in ("code", "level", "branch", "names", "group", "form", "languages")
        }
        months = str(thing.months) if thing.months else ""
        return shown | {"months": months, "tests": tests_of(self.setup_shown, thing.code)}

    def made(self, before: Programme | None) -> Programme:
        """The programme as typed."""
        typed = Programme(
            code=self.code.value,
            branch=self.branch.value,
            level=cast("Level", self.level.value),
            names=self.name.value,
            group=self.group.value,
            languages=cast("tuple[Lang, ...]", self.languages.value),
            form=cast("Form", self.form_of_study.value),
            months=self.months.number or 0,
        )
        return replace(typed, spellings=before.spellings, closed=before.closed) if before else typed

    def store(self) -> Changed:
        """Save the programme with the tests it admits, a new one with its seats."""
        office, line, tests = self.context.office, self._line, self.tests.value
        if line is None:
            seats = self.seats.number or 0
            return structure.add(
                office, self.made(None), self._seen, tests=tests, seats=seats, reason=self.reason.value
            )
        same = tests == tests_of(self.setup_shown, line.thing.code)
        return structure.change(
            office,
            line.place,
            self.made(line.thing),
            self._seen,
            tests=None if same else tests,
            reason=self.reason.value,
        )


class SeatsForm(SetupForm):
    """The seats of a programme at a branch."""

    key = "seats"
    new_title = mark("New seats")

    def declare(self) -> None:
        """Which programme, where, how many."""
        self.programme = self.choice("programme", mark("Programme"), self._programmes, needed=True)
        self.branch = self.choice("branch", mark("Branch"), self.branch_options, needed=True)
        self.seats = self.number("seats", mark("Seats"), needed=True)

    def prepare(self) -> None:
        """Programme and branch are what the seats are; only their number changes."""
        for field in (self.programme, self.branch):
            self.show_field(field, self._line is None)

    def _programmes(self) -> Sequence[Option]:
        if self._shown is None:
            return ()
        lang = self.words.lang
        return [
            Option(one.code, f"{one.names.get(lang) or one.code} · {one.code}")
            for one in self._shown.campaign.setup.programmes
            if not one.closed
        ]

    def fresh(self) -> Mapping[str, object]:
        """At the only branch."""
        return {"branch": self.only_branch()}

    def values(self, thing: Pool) -> Mapping[str, object]:
        """How many."""
        return {"seats": str(thing.seats), "programme": thing.programme, "branch": thing.branch}

    def made(self, before: Pool | None) -> Pool:
        """The seats as typed."""
        seats = self.seats.number or 0
        if before is not None:
            return replace(before, seats=seats)
        code, branch = self.programme.value, self.branch.value
        programme = self.setup_shown.campaign.setup.programme(code)
        return Pool(id=f"{branch}/{code}", branch=branch, programme=code, level=programme.level, seats=seats)


class DateForm(SetupForm):
    """A date of the calendar: its kind, its moment, a note, the order that set it."""

    key = "calendar"
    new_title = mark("New date")

    def declare(self) -> None:
        """Kind, moment, name of another kind, note, order."""
        self.code = self.choice("code", mark("What the date is for"), self._kinds, needed=True)
        self.name = self.names("names", mark("What the date is called"), needed=True)
        self.at = self.moment("at", (mark("Date"), mark("Time")), needed=True)
        self.note = self.text("note", mark("Note"))
        self.order_no = self.text("order_no", mark("Order No."), half=True)
        self.why = self.text("why", mark("Why it was changed"), half=True)

    def prepare(self) -> None:
        """Days and hours are those of the campaign's own clock."""
        self.at.zone = ZoneInfo(self.setup_shown.campaign.setup.zone)

    def typed_in(self) -> None:
        """A date of no kind known has a name of its own."""
        self.show_field(self.name, self.code.editor.code == "other")

    def _kinds(self) -> Sequence[Option]:
        if self._shown is None:
            return ()
        taken = {one.code for one in self._shown.campaign.setup.deadlines}
        kept = self._line.thing.code if self._line else ""
        return [
            Option(kind, self.words.code(f"calendar_{kind}"))
            for kind in CALENDAR
            if kind in ("other", kept) or kind not in taken
        ]

    def values(self, thing: Deadline) -> Mapping[str, object]:
        """A date's own."""
        shown = {key: getattr(thing, key) for key in ("code", "names", "at", "note", "order_no")}
        return shown | {"why": thing.reason}

    def made(self, before: Deadline | None) -> Deadline:
        """The date as typed; the services name a kind they know."""
        code = self.code.value
        kept = before.names if before and before.code == code else Names()
        typed = Deadline(
            code=code,
            at=cast("datetime", self.at.value),
            names=self.name.value if code == "other" else kept,
            order_no=self.order_no.value,
            reason=self.why.value,
            note=self.note.value,
        )
        return replace(typed, closed=before.closed) if before else typed


class SignatoryForm(SetupForm):
    """Who signs: name and post as each language writes them, which papers, from when until when."""

    key = "signatories"
    new_title = mark("New signatory")

    def declare(self) -> None:
        """Branch, papers, name, post, days."""
        self.branch = self.choice("branch", mark("Branch"), self.branch_options, needed=True, half=True)
        self.paper = self.choice("paper", mark("Signs which documents"), self._papers, needed=True, half=True)
        self.name = self.names(
            "name", mark("Surname and initials, as each language writes them"), needed=True
        )
        self.post = self.names("post", mark("Job title"), needed=True)
        self.since = self.date("since", mark("Signs from"), half=True)
        self.until = self.date("until", mark("Signs until"), half=True)

    def sentence(self) -> str:
        """Who is taken where several could sign."""
        return self.words(
            "Whoever is entered for one kind of document signs it; whoever is entered for all documents signs"
            " the others. Several may sign one document, in the order of the list."
        )

    def _papers(self) -> Sequence[Option]:
        return [Option(paper or ALL, paper_kind(self.words, paper)) for paper in (ALL_PAPERS, *SIGNED_PAPERS)]

    def fresh(self) -> Mapping[str, object]:
        """For all papers, at the only branch."""
        return {"branch": self.only_branch(), "paper": ALL}

    def values(self, thing: Signatory) -> Mapping[str, object]:
        """A signatory's own."""
        shown = {key: getattr(thing, key) for key in ("branch", "name", "post", "since", "until")}
        return shown | {"paper": thing.paper or ALL}

    def made(self, before: Signatory | None) -> Signatory:
        """The signatory as typed."""
        paper = self.paper.value
        return Signatory(
            branch=self.branch.value,
            paper=ALL_PAPERS if paper == ALL else paper,
            post=self.post.value,
            name=self.name.value,
            since=self.since.value,
            until=self.until.value,
            closed=before.closed if before else False,
        )


class PaperForm(SetupForm):
    """A paper a file must hold: what it is called, when it is asked for, original or copy."""

    key = "papers"
    new_title = mark("New document")

    def declare(self) -> None:
        """Names, when, with which ground, form, copies."""
        self.name = self.names("names", mark("Name of the document"), needed=True)
        self.when = self.choice("when", mark("When it is required"), self._whens, needed=True)
        self.condition = self.choice(
            "condition", mark("For which priority category"), self._grounds, needed=True
        )
        self.form_of_paper = self.choice(
            "original", mark("Original or copy"), self._originals, needed=True, half=True
        )
        self.count = self.number("count", mark("Copies"), needed=True, half=True)

    def typed_in(self) -> None:
        """A ground is asked where the paper goes with one."""
        self.show_field(self.condition, self.when.editor.code == "ground")

    def _whens(self) -> Sequence[Option]:
        return [Option(when, self.words.code(f"when_{when}")) for when in WHENS]

    def _grounds(self) -> Sequence[Option]:
        if self._shown is None:
            return ()
        shown = self._shown
        return [Option(one.code, ground_name(self.words, shown, one.code)) for one in shown.rules.grounds]

    def _originals(self) -> Sequence[Option]:
        return [Option("original", self.words("original")), Option("copy", self.words("copy"))]

    def fresh(self) -> Mapping[str, object]:
        """One original of everybody."""
        return {"when": "always", "original": "original", "count": "1"}

    def values(self, thing: RequiredPaper) -> Mapping[str, object]:
        """A paper's own."""
        return {
            "names": thing.names,
            "when": thing.when,
            "condition": thing.condition,
            "original": "original" if thing.original else "copy",
            "count": str(thing.count),
        }

    def made(self, before: RequiredPaper | None) -> RequiredPaper:
        """The paper as typed; a new one gets a code of its own."""
        when = self.when.value
        return RequiredPaper(
            code=before.code if before else self._free_code(),
            names=self.name.value,
            required=when in ("always", "under_age"),
            condition=self.condition.value if when == "ground" else "",
            original=self.form_of_paper.value == "original",
            count=self.count.number or 0,
            under_age=when == "under_age",
            closed=before.closed if before else False,
        )

    def _free_code(self) -> str:
        taken = {one.code for one in self.setup_shown.campaign.setup.required_papers}
        return next(code for number in range(1, 1000) if (code := f"paper-{number}") not in taken)


FORMS_OF: tuple[type[SetupForm], ...] = (
    BranchForm,
    ProgrammeForm,
    SeatsForm,
    DateForm,
    SignatoryForm,
    PaperForm,
)
