"""Issues, fields, states and stored values in the officer's words, for the form, the list and the import."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from grants_app.domain import fields
from grants_app.domain.application import State
from grants_app.domain.completeness import BELOW_THRESHOLD, LACKS
from grants_app.domain.judging import plain
from grants_app.gui.pages.entry_lists import REGION_NAMES, SCHOOL_KINDS, SEXES, TEACHING
from grants_app.services.register.record import named
from grants_app.wording import mark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grants_app.domain.application import ApplicationLine
    from grants_app.domain.campaign import CampaignSetup
    from grants_app.domain.ruleset import RuleSet
    from grants_app.domain.values import Finding
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import ChipKind

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"-?\d+\.\d+")
# Numbers and names of papers as they were typed stay as they were typed.
_AS_TYPED = frozenset({"was", "now", "cell"})

FIELD_NAMES: Mapping[str, str] = {
    "name": mark("Name"), "surname": mark("Surname"), "given": mark("Given name"),
    "patronymic": mark("Patronymic"), "latin": mark("In Latin letters, as in the passport"),
    "sex": mark("Sex"),
    "born": mark("Birth date"), "pin": mark("PIN"), "document": mark("Document"),
    "document_no": mark("Document"),
    "phone": mark("Phone"), "phones": mark("Phone"), "email": mark("E-mail"), "region": mark("Region"),
    "district": mark("District or town"), "address": mark("Address"), "citizenship": mark("Citizenship"),
    "school": mark("School"), "school_kind": mark("Type by location"), "kind": mark("Type by location"),
    "graduated": mark("Graduated in"), "choices": mark("Choices"), "choice": mark("Choices"),
    "grounds": mark("Priority categories"), "ground": mark("Priority categories"), "scores": mark("Results"),
    "checklist": mark("Documents"), "consent": mark("Consent"), "register_no": mark("Register no."),
    "received_at": mark("Received at"), "received_by": mark("Received by"), "note": mark("Note"),
    "ordinal": mark("Row number"), "guardian": mark("Guardian"), "phone_guardian": mark("Guardian's phone"),
    "guardian_phone": mark("Guardian's phone"), "paper_language": mark("Language of documents"),
    "late_basis": mark("Legal basis for late acceptance"), "accepted": mark("Accepted warnings"),
    "branch": mark("Received by the branch"), "state": mark("Status"), "conflicts": mark("Conflicts"),
    "language": mark("Language"), "total": mark("Total"),
}  # fmt: skip

STATES: Mapping[str, tuple[ChipKind, str, str]] = {
    "draft": ("neutral", mark("draft"), "draft"),
    "submitted": ("info", mark("submitted"), ""),
    "complete": ("ok", mark("complete"), ""),
    "incomplete": ("warn", mark("incomplete"), ""),
    "verified": ("ok", mark("verified"), "check"),
    "withdrawn": ("neutral", mark("withdrawn"), "withdrawn"),
    "annulled": ("neutral", mark("annulled"), "withdrawn"),
}
FLAGS: Mapping[str, tuple[ChipKind, str, str]] = {
    "conflict": ("bad", mark("conflict"), "conflict"),
    "duplicate": ("violet", mark("duplicate?"), "duplicate"),
    "late": ("warn", mark("late"), "clock"),
    "accepted": ("neutral", mark("accepted with a reason"), ""),
    "below_threshold": ("bad", mark("below the threshold"), ""),
    "lacks_papers": ("warn", mark("documents missing"), ""),
    "lacks_guardian": ("warn", mark("no guardian"), ""),
    "lacks_consent": ("warn", mark("no consent"), ""),
    "lacks_choices": ("warn", mark("nothing chosen"), ""),
    "lacks_results": ("warn", mark("results missing"), ""),
    "lacks_grounds": ("warn", mark("priority category not proven"), ""),
}
STOPPING = ("conflict", "duplicate", "late", "below_threshold")
_MOST_LACKS = 2  # a row has room for two; the card names all that is missing
_PLAIN = (State.SUBMITTED, State.COMPLETE)  # says nothing beside what stops the application
ROW_STATES: Mapping[str, tuple[ChipKind, str, str]] = {
    "new": ("ok", mark("new"), "plus"),
    "changed": ("info", mark("changed"), "edit"),
    "same": ("neutral", mark("the same"), ""),
    "duplicate": ("violet", mark("repeated"), "duplicate"),
    "error": ("bad", mark("error"), "stop"),
    "skipped": ("neutral", mark("skipped"), ""),
}


class EntryWords:
    """Words of one campaign's entries in the language in force."""

    def __init__(self, words: Speech, setup: CampaignSetup, rules: RuleSet) -> None:
        self._words = words
        self.setup = setup
        self.rules = rules

    def issue(self, code: str, facts: Mapping[str, str]) -> str:
        """The sentence of an issue, its facts worded too."""
        shown = {
            name: value if name in _AS_TYPED else self.fact(name, value) for name, value in facts.items()
        }
        return self._words.code(code, **shown)

    def lack(self, finding: Finding) -> str:
        """What is missing, in words: papers as the campaign names them, grounds and results as the rules."""
        return self._words.code(finding.code, **named(finding, self.setup, self.rules))

    def fact(self, name: str, value: str) -> str:
        """A fact of an issue as people read it: dates, names of measures, parts of a name, programmes."""
        if name == "criterion":
            return self.field(value)
        if name == "part":
            return self._words(FIELD_NAMES[value]) if value in FIELD_NAMES else value
        if name in {"typed", "pin"} and value in SEXES:
            return self._words(SEXES[value])
        return self.plain_value(value)

    def plain_value(self, value: str) -> str:
        """A stored text as people write it: ISO dates, decimal points, pools."""
        if _ISO_DATE.fullmatch(value):
            return f"{date.fromisoformat(value):%d.%m.%Y}"
        if _NUMBER.fullmatch(value):
            return self.number(Decimal(value))
        if "/" in value:
            return self.pool(value)
        return value

    def field(self, name: str) -> str:
        """A field by its short name, `score:math`, `person:born` or `person.surname`, in words."""
        short = re.split(r"[:.]", name)[-1]
        measure = self.rules.measure(short)
        if measure is not None:
            return measure.names.get(self._words.lang)
        listed = fields.BY_KEY.get(name.replace(":", "."))
        known = listed.label if listed else FIELD_NAMES.get(short)
        if known is None and short.startswith("choice"):
            known = FIELD_NAMES["choices"]
        return self._words(known) if known else short

    def value(self, field: str, text: str) -> str:
        """A field's stored text form in words: choices by programme, grounds by name, dates, sexes."""
        lang = self._words.lang
        if not text:
            return self._words("not recorded")
        match field.rsplit(":", maxsplit=1)[-1]:
            case "choices":
                return "\n".join(f"{n}. {self.pool(pool)}" for n, pool in enumerate(text.split(","), 1))
            case "grounds":
                known = {ground.code: ground.names.get(lang) for ground in self.rules.grounds}
                return "\n".join(known.get(code, code) for code in text.split(","))
            case "branch":
                return self.branch(text)
            case "sex" | "region" | "kind" | "paper_language":
                listed = SEXES | REGION_NAMES | SCHOOL_KINDS | TEACHING
                return self._words(listed[text]) if text in listed else text
        return self.plain_value(text)

    def pool(self, pool_id: str) -> str:
        """A pool as programme · branch; its id when the campaign has none such."""
        try:
            pool = self.setup.pool(pool_id)
        except KeyError:
            return pool_id
        return f"{self.programme(pool_id)} · {self.setup.branch(pool.branch).short.get(self._words.lang)}"

    def programme(self, pool_id: str) -> str:
        """A pool's programme alone, for narrow columns."""
        try:
            pool = self.setup.pool(pool_id)
        except KeyError:
            return pool_id
        return self.setup.programme(pool.programme).names.get(self._words.lang)

    def branch(self, code: str) -> str:
        """A branch's short name; its code when the campaign has none such."""
        try:
            return self.setup.branch(code).short.get(self._words.lang)
        except KeyError:
            return code

    def number(self, value: Decimal) -> str:
        """A number with the language's decimal sign."""
        text = plain(value)
        return text if self._words.lang == "en" else text.replace(".", ",")

    def chips(self, line: ApplicationLine) -> list[tuple[ChipKind, str, str]]:
        """The chips of a line: what stops it first, then its state."""
        shown = [FLAGS[flag] for flag in STOPPING if flag in line.flags]
        lacking = [FLAGS[flag] for flag in LACKS if flag in line.flags]
        if line.state is State.INCOMPLETE and lacking:
            shown += lacking[: 1 if shown else _MOST_LACKS]
        elif BELOW_THRESHOLD not in line.flags or line.state not in _PLAIN:
            shown.append(STATES[line.state.value])
        return [(kind, self._words(word), icon) for kind, word, icon in shown]
