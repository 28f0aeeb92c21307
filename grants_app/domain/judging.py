"""The one judge of an entry, for the form and for imports; it does not know cells, files or stored data."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from grants_app.domain import fields, names, phones, pin, places
from grants_app.domain.application import MAX_CHOICES, Entry, PersonFacts, Phone, School, Score, age_on
from grants_app.domain.imports import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from grants_app.domain.campaign import CampaignSetup

MAIN_TEST = "ort_main"
AVERAGE = "average"
SUBJECTS = ("math", "physics", "chemistry", "biology", "history", "english", "kyrgyz", "russian")
# The Kyrgyz national test counts in whole numbers (domain.md).
WHOLE = frozenset((MAIN_TEST, *SUBJECTS))
NAME_FIELDS = fields.NAMES

_MARKS = (Decimal(2), Decimal(5))  # a certificate's average lies between "unsatisfactory" and "excellent"
_AGES = (14, 60)
_DOCUMENT = re.compile(r"[A-Z]{2}\d{7}")
_LETTER_O = re.compile("[OОoо]")
_PERSON_TEXTS = fields.tidied_texts("person")
_SCHOOL_TEXTS = fields.tidied_texts("school")
_LATIN_TEXTS = ("latin", "email")


def tidy(entry: Entry) -> tuple[Entry, tuple[Issue, ...]]:
    """The entry with what can be put right put right (NFC, spaces, look-alike letters, phones), and a report.

    Every issue is "fixed", or a "warning" where the right letter is not certain. Spaces and the writing of
    phones and numbers are put right without a word.
    """
    person, issues = _tidy_person(entry.person)
    school = entry.school
    texts = {name: names.tidy_text(getattr(school, name)) for name in _SCHOOL_TEXTS}
    if any(getattr(school, name) != text for name, text in texts.items()):
        school = School(
            name=texts["name"],
            kind=school.kind,
            type=school.type,
            language=school.language,
            region=school.region,
            district=texts["district"],
            graduated=school.graduated,
        )
    if person is entry.person and school is entry.school:
        return entry, ()
    return replace(entry, person=person, school=school), tuple(issues)


def judge(
    entry: Entry,
    setup: CampaignSetup,
    limits: Mapping[str, Decimal],
    today: date,
    *,
    submitted: bool = True,
) -> tuple[Issue, ...]:
    """Every impossible (error) and doubtful (warning) value; `limits` is criterion -> highest possible score.

    With `submitted=False` (a draft being typed) nothing is said about what is merely not there yet. Papers,
    guardian and consent belong to completeness and are not judged here.
    """
    issues: list[Issue] = []
    _judge_names(entry.person, issues)
    _judge_pin(entry.person, issues)
    _judge_born(entry.person, today, issues)
    _judge_contacts(entry, issues)
    _judge_scores(entry.scores, limits, issues)
    _judge_choices(entry.choices, setup, issues)
    if submitted:
        _judge_missing(entry, issues)
    return tuple(issues)


def without_impossible(entry: Entry, issues: Iterable[Issue]) -> Entry:
    """The entry less the values the errors are about: what of it can be shown and kept meanwhile."""
    wrong = {issue.field for issue in issues if issue.severity == "error"}
    if not wrong:
        return entry
    person = replace(entry.person, pin="") if "pin" in wrong else entry.person
    if "born" in wrong:
        person = replace(person, born=None)
    scores = tuple(score for score in entry.scores if score.criterion not in wrong)
    choices = entry.choices
    if "choices" in wrong:
        refused = {issue.facts["value"] for issue in issues if issue.code == "unknown_programme"}
        kept = dict.fromkeys(choice for choice in choices if choice not in refused)
        choices = tuple(kept)[:MAX_CHOICES]
    return replace(entry, person=person, scores=scores, choices=choices)


def unanswered(issues: Iterable[Issue], entry: Entry) -> tuple[Issue, ...]:
    """The issues that still stop the entry: errors, and warnings nobody accepted with a reason."""
    accepted = {(warning.code, warning.field) for warning in entry.accepted}
    return tuple(
        issue
        for issue in issues
        if issue.severity == "error"
        or (issue.severity == "warning" and (issue.code, issue.field) not in accepted)
    )


def _tidy_person(person: PersonFacts) -> tuple[PersonFacts, list[Issue]]:
    """The person put right, the very same object when nothing had to be."""
    issues: list[Issue] = []
    changed: dict[str, object] = {}
    for name in NAME_FIELDS:
        typed = getattr(person, name)
        if (right := _tidy_name(typed, name, issues)) != typed:
            changed[name] = right
    for name in _PERSON_TEXTS:
        if (typed := getattr(person, name)) and (text := names.tidy_text(typed)) != typed:
            changed[name] = text
    for name in _LATIN_TEXTS:
        text = str(changed.get(name, getattr(person, name)))
        if (right := names.latin_letters(text)) != text:
            changed[name] = right
            issues.append(Issue("fixed", name, "lookalike", facts={"was": text, "now": right}))
    _tidy_numbers(person, changed, issues)
    numbers = tuple(_tidy_phone(phone) for phone in person.phones)
    if numbers != person.phones:
        changed["phones"] = numbers
    return (replace(person, **changed) if changed else person), issues  # type: ignore[arg-type] # fields by name


def _tidy_name(typed: str, field: str, issues: list[Issue]) -> str:
    """A part of a name put right; a dash alone says that there is none."""
    text = names.tidy_text(typed)
    if not text.strip("-–— "):
        return ""
    right, sure = names.right_letters(text)
    if right != text:
        facts = {"was": text, "now": right}
        if sure:
            issues.append(Issue("fixed", field, "lookalike", facts=facts))
        else:
            issues.append(Issue("warning", field, "lookalike_unsure", facts=facts))
    return right


def _tidy_numbers(person: PersonFacts, changed: dict[str, object], issues: list[Issue]) -> None:
    """PIN and document number without filling, look-alike letters put right and reported."""
    number = pin.tidy_pin(person.pin)
    if number != person.pin:
        changed["pin"] = number
        if _LETTER_O.search(person.pin) and not pin.pin_problem(number):
            issues.append(Issue("fixed", "pin", "lookalike", facts={"was": person.pin, "now": number}))
    document = names.latin_code(person.document_no)
    if document != person.document_no:
        changed["document_no"] = document
        if not person.document_no.isascii():
            facts = {"was": names.tidy_text(person.document_no), "now": document}
            issues.append(Issue("fixed", "document", "lookalike", facts=facts))


def _tidy_phone(phone: Phone) -> Phone:
    number = phones.to_e164(phone.number)
    return phone if number in {"", phone.number} else Phone(number, phone.owner)


def _judge_names(person: PersonFacts, issues: list[Issue]) -> None:
    for name in NAME_FIELDS:
        text = getattr(person, name)
        if not text:
            continue
        if names.letters_lost(text):
            issues.append(Issue("error", "name", "letters_lost", facts={"part": name, "value": text}))
        elif lacking := names.unprintable(text):
            facts = {"part": name, "value": text, "characters": lacking}
            issues.append(Issue("error", "name", "letters_not_printed", facts=facts))
        elif names.is_formula(text):
            issues.append(Issue("warning", name, "formula_text", facts={"value": text}))
        elif odd := names.odd_characters(text):
            issues.append(Issue("warning", name, "name_characters", facts={"value": text, "characters": odd}))

    guardian = person.guardian.full_name if person.guardian else ""
    for name, text in (("latin", person.latin), ("guardian", guardian)):
        if lacking := names.unprintable(text):
            facts = {"value": text, "characters": lacking}
            issues.append(Issue("error", name, "letters_not_printed", facts=facts))


def _judge_pin(person: PersonFacts, issues: list[Issue]) -> None:
    if not person.pin:
        return
    if code := pin.pin_problem(person.pin):
        facts = {"value": person.pin, "digits": str(len(person.pin))}
        issues.append(Issue("error", "pin", code, facts=facts))
        return
    says = pin.pin_facts(person.pin)
    if not says.sex or says.born is None:
        issues.append(Issue("warning", "pin", "pin_unusual", facts={"value": person.pin}))
    if says.sex and person.sex and says.sex != person.sex:
        facts = {"typed": person.sex, "pin": says.sex}
        issues.append(Issue("warning", "sex", "pin_sex_mismatch", facts=facts))
    if says.born and person.born and says.born != person.born:
        facts = {"typed": person.born.isoformat(), "pin": says.born.isoformat()}
        issues.append(Issue("warning", "born", "pin_date_mismatch", facts=facts))


def _judge_born(person: PersonFacts, today: date, issues: list[Issue]) -> None:
    born = person.born
    if born is None:
        return
    if born > today:
        issues.append(Issue("error", "born", "born_in_future", facts={"value": born.isoformat()}))
        return
    age = age_on(born, today)
    if not _AGES[0] <= age <= _AGES[1]:
        facts = {"value": born.isoformat(), "age": str(age)}
        issues.append(Issue("warning", "born", "age_unusual", facts=facts))


def _judge_contacts(entry: Entry, issues: list[Issue]) -> None:
    person = entry.person
    if person.document_no and person.citizenship == "KG" and not _DOCUMENT.fullmatch(person.document_no):
        facts = {"value": person.document_no}
        issues.append(Issue("warning", "document", "document_unusual", facts=facts))
    issues.extend(
        Issue("warning", "phone", "phone_unreadable", facts={"value": phone.number})
        for phone in person.phones
        if not phones.to_e164(phone.number)
    )
    if person.citizenship == "KG" and person.region and person.region not in places.REGIONS:
        issues.append(Issue("warning", "region", "unknown_region", facts={"value": person.region}))
    texts = (("district", person.district), ("address", person.address), ("school", entry.school.name))
    for name, text in texts:
        if text and names.is_formula(text):
            issues.append(Issue("warning", name, "formula_text", facts={"value": text}))


def _judge_scores(scores: Iterable[Score], limits: Mapping[str, Decimal], issues: list[Issue]) -> None:
    for score in scores:
        value, name = score.value, score.criterion
        highest = limits.get(name)
        code = ""
        if not value.is_finite() or value < 0:
            code = "score_negative"
        elif highest is not None and value > highest:
            code = "score_too_high"
        elif name in WHOLE and value != value.to_integral_value():
            code = "score_not_whole"
        if code:
            facts = {"criterion": name, "value": plain(value), "highest": plain(highest or Decimal(0))}
            issues.append(Issue("error", name, code, facts=facts))
        elif name == AVERAGE and not _MARKS[0] <= value <= _MARKS[1]:
            issues.append(Issue("warning", name, "average_unusual", facts={"value": plain(value)}))


def _judge_choices(choices: tuple[str, ...], setup: CampaignSetup, issues: list[Issue]) -> None:
    pools = {pool.id: pool for pool in setup.pools}
    seen: set[str] = set()
    for place, choice in enumerate(choices, 1):
        facts = {"value": choice, "position": str(place)}
        if choice not in pools:
            issues.append(Issue("error", "choices", "unknown_programme", facts=facts))
        elif choice in seen:
            issues.append(Issue("error", "choices", "choice_twice", facts=facts))
        elif pools[choice].closed:
            issues.append(Issue("warning", "choices", "programme_closed", facts=facts))
        seen.add(choice)
    if len(choices) > MAX_CHOICES:
        facts = {"has": str(len(choices)), "most": str(MAX_CHOICES), "position": str(MAX_CHOICES + 1)}
        issues.append(Issue("error", "choices", "too_many_choices", facts=facts))


def _judge_missing(entry: Entry, issues: list[Issue]) -> None:
    person = entry.person
    if not person.surname:
        issues.append(Issue("error", "surname", "no_surname"))
    if not person.given:
        issues.append(Issue("warning", "given", "no_given"))
    if not person.pin:
        issues.append(Issue("warning", "pin", "no_pin"))
    if person.born is None:
        issues.append(Issue("warning", "born", "no_born"))
    if not any(score.criterion == MAIN_TEST for score in entry.scores):
        issues.append(Issue("error", MAIN_TEST, "score_absent"))
    if not entry.choices:
        issues.append(Issue("warning", "choices", "no_choice"))


def plain(value: Decimal) -> str:
    """A number in plain notation without needless zeros: 4.20 -> "4.2", 1E+2 -> "100"."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
