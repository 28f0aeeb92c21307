"""What stands beside the fields while one types: errors, doubts, whose the PIN is; the services judge."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from grants_app.domain.application import AcceptedWarning
from grants_app.domain.pin import pin_facts, pin_problem
from grants_app.gui.widgets.editors import ChoiceEdit
from grants_app.services import intake, likeness
from grants_app.wording import mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.domain.application import Entry, PersonFacts
    from grants_app.domain.imports import Issue
    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.entry_form_body import EntryBody
    from grants_app.gui.pages.entry_words import EntryWords
    from grants_app.services.likeness import Candidate

JUDGE_MS = 120
# Said only once the caret has left the field: while one types these are true of every beginning.
_HASTY = frozenset(
    {"pin_short", "pin_unusual", "phone_unreadable", "document_unusual", "age_unusual", "born_in_future"}
)
_NAMES = ("surname", "given", "patronymic")
_SAID_BY_PIN = ("pin", "born", "sex")
_RIGHTED = (*_NAMES, "document", "latin", "email")
_FILLED: tuple[str, ...] = (
    "surname", "given", "patronymic", "latin", "document_no", "region", "district", "address", "email",
    "phones",
)  # fmt: skip
NOT_UNDERSTOOD = {
    "born": mark("This is not a date. Enter it as 15.04.2008."),
    "consent_on": mark("This is not a date. Enter it as 15.04.2008."),
    "received_at": mark("This is not a date and time. Enter it as 13.07.2026 10:20."),
    "graduated": mark("This is not a year. Enter it as 2026."),
}
NO_SUCH = mark("There is no such entry in the list. Press Alt+↓ to show the list.")
SEVERAL = mark("Several entries match. Press ↓ to choose one.")
NO_NUMBER = mark("This is not a number")


class EntryChecks(QObject):
    """Judges the form a moment after a key, and words the findings under their fields."""

    judged = Signal(int)
    """How many problems stand now."""
    reason_wanted = Signal(str, str)
    """`reason_wanted(key, sentence)`: the user wants to accept the doubt at a field."""
    open_wanted = Signal(int)
    """The user wants to see another application: the one the PIN belongs to."""
    likely_found = Signal(object)
    """People already entered who may be this one (a tuple of candidates; empty for none)."""

    def __init__(self, context: PageContext, body: EntryBody, words: EntryWords, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._body = body
        self._words = words
        self._entry: Entry | None = None
        self._application: int | None = None
        self._caret = ""
        self._strict = False
        self._owner: Candidate | None = None
        self._issues: tuple[Issue, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(JUDGE_MS)
        self._timer.timeout.connect(self.judge)
        body.edited.connect(self._on_edited)
        body.field_entered.connect(self._on_field_entered)
        body.field_left.connect(self._on_field_left)
        for key, field in body.fields.items():
            field.accept_wanted.connect(self._on_accept_wanted)
            if key == "pin":
                self._pin_field = field

    def begin(self, entry: Entry, application: int | None, *, strict: bool) -> None:
        """Start on another entry; a strict one is told what is missing from the start."""
        self._entry = entry
        self._application = application
        self._strict = strict
        self._owner = None
        self._issues = ()
        self._timer.stop()
        self._pass_by_what_the_pin_said()
        self.likely_found.emit(())
        self.judge()

    @property
    def person(self) -> int | None:
        """The known person the PIN belongs to, who has no application in this campaign yet."""
        owner = self._owner
        return owner.person_id if owner is not None and owner.application_id is None else None

    @property
    def accepted(self) -> tuple[AcceptedWarning, ...]:
        """The doubts accepted so far."""
        return self._entry.accepted if self._entry is not None else ()

    def current(self) -> Entry:
        """The entry as typed, with what was accepted."""
        if self._entry is None:
            raise LookupError("no entry is shown")
        return replace(self._body.collected(self._entry), accepted=self._entry.accepted)

    def demand_all(self) -> int:
        """From now on say what is missing too; answers how many problems stand."""
        self._strict = True
        self._caret = ""
        self.put_right()
        return self.judge()

    def accept(self, key: str, reason: str) -> None:
        """Accept every doubt at a field with one reason."""
        if self._entry is None:
            return
        officer = self._context.office.actor.name
        news = tuple(
            AcceptedWarning(code=issue.code, field=issue.field, reason=reason, accepted_by=officer)
            for issue in self._issues
            if issue.severity == "warning" and self.key_of(issue) == key
        )
        codes = {(one.code, one.field) for one in news}
        kept = tuple(one for one in self._entry.accepted if (one.code, one.field) not in codes)
        self._entry = replace(self._entry, accepted=kept + news)
        self._body.edited.emit(key)
        self.judge()

    def put_right(self) -> None:
        """Put look-alike letters and spaces right in the names, and say so."""
        if self._entry is None:
            return
        typed = self.current()
        tidy, issues = intake.tidied(typed)
        for key in _RIGHTED:
            name = "document_no" if key == "document" else key
            text = getattr(tidy.person, name)
            if text != getattr(typed.person, name):
                self._body.set_value(key, text)
        for issue in issues:
            if issue.field in self._body.fields and issue.severity == "fixed":
                self._body.fields[issue.field].say("ok", self._words.issue(issue.code, issue.facts))

    @Slot()
    def judge(self) -> int:
        """Word every finding under its field; answers how many still stop the entry."""
        self._timer.stop()
        if self._entry is None:
            return 0
        entry = self.current()
        self._issues = intake.judged(self._context.office, entry, submitted=self._strict)
        unread = self._body.unread_texts()
        told = self._told(entry, unread)
        for key, field in self._body.fields.items():
            if key in told:
                state, text, accept = told[key]
                field.say(state, text, accept)  # type: ignore[arg-type]  # one of the field's states
            elif field.state in ("warn", "error") or (field.state == "ok" and key not in _NAMES):
                field.say("plain")
        self._show_owner()
        self._body.choices.show_totals(intake.choice_totals(self._context.office, entry))
        standing = sum(1 for state, _, _ in told.values() if state in ("warn", "error"))
        self.judged.emit(standing)
        return standing

    def _told(self, entry: Entry, unread: dict[str, str]) -> dict[str, tuple[str, str, str]]:
        words = self._context.words
        reasons = {(one.code, one.field): one.reason for one in entry.accepted}
        told: dict[str, tuple[str, str, str]] = {}
        for issue in sorted(self._issues, key=lambda one: one.severity != "error"):
            key = self.key_of(issue)
            if key in told or key not in self._body.fields:
                continue
            if key == self._caret and issue.code in _HASTY:
                continue
            text = self._words.issue(issue.code, issue.facts)
            if issue.severity == "error":
                told[key] = ("error", text, "")
            elif (issue.code, issue.field) in reasons:
                reason = reasons[issue.code, issue.field]
                told[key] = ("ok", words("Accepted: {reason}", reason=reason), "")
            else:
                told[key] = ("warn", text, words("Accept with a reason…"))
        for key in unread:
            if key != self._caret:
                told[key] = ("error", words(self._not_understood(key)), "")
        return told

    def _not_understood(self, key: str) -> str:
        if key in NOT_UNDERSTOOD:
            return NOT_UNDERSTOOD[key]
        editor = self._body.fields[key].editor
        if isinstance(editor, ChoiceEdit) and editor.ambiguous:
            return SEVERAL
        return NO_NUMBER if key in self._body.school.fields and not key.startswith("school") else NO_SUCH

    def key_of(self, issue: Issue) -> str:
        """The form's field an issue stands at."""
        if issue.field == "name":
            return issue.facts.get("part", "surname")
        if issue.field == "choices":
            return f"choice{issue.facts.get('position', '1')}"
        return issue.field

    def sentence_at(self, key: str) -> str:
        """What is doubtful at a field, for the bar that asks for the reason."""
        return self._body.fields[key].message

    @Slot(str)
    def _on_edited(self, key: str) -> None:
        if key == "pin":
            self._on_pin_edited()
        if key in _SAID_BY_PIN:
            self._pass_by_what_the_pin_said()
        field = self._body.fields.get(key)
        if field is not None and field.state == "ok" and key in _NAMES:
            field.say("plain")
        self._timer.start()

    @Slot(str)
    def _on_field_entered(self, key: str) -> None:
        self._caret = key

    @Slot(str)
    def _on_field_left(self, key: str) -> None:
        self._caret = ""
        if key in _RIGHTED:
            self.put_right()
        if key in ("given", "born") and self._application is None:
            self._look_for_likely()
        self._timer.start()

    def _on_pin_edited(self) -> None:
        """A whole PIN fills birth date and sex, and finds whom it belongs to."""
        person = self._body.person
        self._owner = None
        if not person.pin_edit.complete:
            return
        hint = likeness.from_pin(self._context.office, person.pin_edit.digits)
        if hint.pin.born is not None and not person.born_edit.text():
            self._body.set_value("born", f"{hint.pin.born:%d.%m.%Y}")
        if hint.pin.sex and not person.choice("sex").text():
            self._body.set_value("sex", hint.pin.sex)
        others = [
            c for c in hint.candidates if c.application_id is None or c.application_id != self._application
        ]
        if others and self._application is None:
            self._owner = next((c for c in others if c.application_id is not None), others[0])
            if self._owner.application_id is None:
                self._fill_blanks(self._owner.person)
        elif others:
            self._owner = next((c for c in others if c.application_id is not None), None)

    def _pass_by_what_the_pin_said(self) -> None:
        """Birth date and sex need no look while they are what the PIN itself says."""
        person = self._body.person
        pin, said = person.pin_edit.digits, set()
        if not pin_problem(pin):
            says = pin_facts(pin)
            if says.born is not None and person.born_edit.date == says.born:
                said.add("born")
            if says.sex and person.choice("sex").code == says.sex:
                said.add("sex")
        self._body.passed_by = frozenset(said)

    def _fill_blanks(self, known: PersonFacts) -> None:
        if self._entry is None:
            return
        typed = self.current()
        news = {
            name: getattr(known, name)
            for name in _FILLED
            if getattr(known, name) and not getattr(typed.person, name)
        }
        filled = replace(typed, person=replace(typed.person, **news))
        texts = self._body.unread_texts()
        self._body.person.show_entry(filled)
        for key, text in texts.items():
            self._body.set_value(key, text)

    def _show_owner(self) -> None:
        """Under the PIN: whose it is already."""
        owner, words = self._owner, self._context.words
        if owner is None:
            return
        name = owner.person.full_name
        if owner.application_id is None:
            self._pin_field.say(
                "ok",
                words("Known from an earlier campaign: {name}. Empty fields have been filled in.", name=name),
            )
        else:
            no = owner.application_no
            self._pin_field.say(
                "error",
                words("This PIN is in application {no}, {name}", no=no, name=name),
                words("Open {no}", no=no),
            )

    def _look_for_likely(self) -> None:
        entry = self.current()
        if entry.person.surname and (self._owner is None or self._owner.application_id is None):
            found: Sequence[Candidate] = likeness.similar(self._context.office, entry.person)
            here = tuple(one for one in found if one.application_id is not None)
            self.likely_found.emit(here)

    @Slot(str)
    def _on_accept_wanted(self, key: str) -> None:
        if key == "pin" and self._owner is not None and self._owner.application_id is not None:
            self.open_wanted.emit(self._owner.application_id)
            return
        self.reason_wanted.emit(key, self.sentence_at(key))

    def text(self, key: str) -> str:
        """The word by word text under a field now, empty for none."""
        return self._body.fields[key].message if key in self._body.fields else ""

    @property
    def owner_application(self) -> int | None:
        """The application of this campaign the PIN is already in."""
        return self._owner.application_id if self._owner is not None else None
