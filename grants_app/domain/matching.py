"""Whether two records mean the same human being, and where two entries differ; it decides nothing itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from grants_app.domain import fields
from grants_app.domain.application import Entry, GroundClaim, PersonFacts, Score
from grants_app.domain.judging import plain
from grants_app.domain.values import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable

Likeness = Literal["same", "maybe", "different"]

_ALIKE = 85  # of 100: «Кубанычбек»/"Kubanychbek" 100, «Эшматов»/«Ташматов» 82
_SLIP = 1  # one digit wrong, missing, or two exchanged
_SOUNDS = {
    **dict(zip("абвгдезийклмнопрстуфцыэіәғқһ", "abvgdeziiklmnoprstufsieiagkh", strict=True)),
    "ё": "e",
    "ж": "j",
    "ң": "n",
    "ө": "o",
    "ү": "u",
    "ұ": "u",
    "х": "h",
    "ч": "ch",
    "ш": "sh",
    "щ": "sh",
    "ъ": "",
    "ь": "",
    "ю": "u",
    "я": "a",
}
_CYRILLIC_SOUNDS = str.maketrans(_SOUNDS)
# Latin spellings of one sound, longest first: passports old and new, and people's own habits.
_LATIN_SPELLINGS = """
shch=sh dzh=j zh=j kh=h ts=s ng=n yu=u iu=u ju=u ya=a ia=a ja=a yo=e ye=e je=e
y=i ö=o ü=u q=k x=h w=v c=s ij=i
"""
_LATIN_SOUNDS = tuple(pair.split("=") for pair in _LATIN_SPELLINGS.split())
_REPEATED = re.compile(r"(.)\1+")
_NOT_LETTERS = re.compile(r"[^a-z ]+")
_PERSON_TEXTS = fields.compared_texts("person")
_SCHOOL_TEXTS = fields.compared_texts("school")
_DECISIVE = fields.CONTESTED


@dataclass(frozen=True, slots=True)
class Evidence:
    """How alike two persons are: `score` 0–100 and every reason for and against, as codes with facts."""

    verdict: Likeness
    score: int
    reasons: tuple[Finding, ...]


def sound_key(name: str) -> str:
    """A name as it sounds, in plain Latin letters, whatever script and spelling it was written in."""
    text = name.lower().translate(_CYRILLIC_SOUNDS)
    for spelling, sound in _LATIN_SOUNDS:
        text = text.replace(spelling, sound)
    return _REPEATED.sub(r"\1", _NOT_LETTERS.sub(" ", text)).strip()


def names_alike(a: PersonFacts, b: PersonFacts) -> int:
    """0–100: how alike surname and given name sound, in any order; a patronymic counts if both have one."""
    from rapidfuzz import fuzz

    both = bool(a.patronymic and b.patronymic)
    keys = [sound_key(" ".join((who.surname, who.given, who.patronymic if both else ""))) for who in (a, b)]
    likeness = [round(fuzz.token_sort_ratio(*keys))]
    likeness += [
        round(fuzz.token_sort_ratio(sound_key(who.latin), sound_key(f"{other.surname} {other.given}")))
        for who, other in ((a, b), (b, a))
        if who.latin
    ]
    return max(likeness)


def evidence(a: PersonFacts, b: PersonFacts) -> Evidence:
    """What speaks for and against one person; "same" needs the PIN, or the document with the birth date.

    A PIN held by people whose name and birth date both differ is a mistyped PIN: "maybe". A name alone is
    never enough for "same", nor for "maybe".
    """
    from rapidfuzz.distance import DamerauLevenshtein

    likeness = names_alike(a, b)
    alike = likeness >= _ALIKE
    born = a.born is not None and a.born == b.born
    other_born = a.born is not None and b.born is not None and not born
    pin = bool(a.pin) and a.pin == b.pin
    other_pin = bool(a.pin and b.pin) and not pin
    slip = other_pin and DamerauLevenshtein.distance(a.pin, b.pin) <= _SLIP
    document = bool(a.document_no) and a.document_no == b.document_no
    phone = bool({phone.number for phone in a.phones} & {phone.number for phone in b.phones})
    found = (
        ("same_pin", pin, 70),
        ("same_document", document, 45),
        ("same_born", born, 25),
        ("same_phone", phone, 10),
        ("name_alike", alike, 25),
        ("pin_one_digit_off", slip, 20),
        ("other_pin", other_pin and not slip, -40),
        ("other_born", other_born, -20),
        ("other_name", not alike, -15),
    )
    reasons = tuple(Finding(code, {"likeness": str(likeness)}) for code, holds, _ in found if holds)
    score = max(0, min(100, sum(weight for _, holds, weight in found if holds)))
    if (pin and (alike or not other_born)) or (document and born and not other_pin):
        return Evidence("same", score, reasons)
    hints = pin or document or slip or (alike and (born or phone) and not (other_pin and other_born))
    return Evidence("maybe" if hints else "different", score, reasons)


def same_person(a: PersonFacts, b: PersonFacts) -> Likeness:
    """The verdict of `evidence` alone; never "same" on a name."""
    return evidence(a, b).verdict


def differences(a: Entry, b: Entry) -> tuple[tuple[str, str, str], ...]:
    """(field, text in a, text in b) for every field recorded differently; "" means not recorded.

    Fields: `choices`, `grounds`, `score:math`, `person:born`, `school:kind`, …. Texts are stored forms: pool
    ids and ground codes divided by commas, plain numbers, ISO dates. Phones, notes and papers add up and do
    not differ.
    """
    texts_a, texts_b = _texts(a), _texts(b)
    recorded = dict.fromkeys((*texts_a, *texts_b))
    return tuple(
        (name, texts_a.get(name, ""), texts_b.get(name, ""))
        for name in recorded
        if texts_a.get(name, "") != texts_b.get(name, "")
    )


def with_value(entry: Entry, field: str, text: str) -> Entry:  # noqa: PLR0911 - one answer a field
    """The entry with one field set from its text form; the inverse of what `differences` gives.

    KeyError for a field `differences` does not know.
    """
    kind, _, name = field.partition(":")
    match kind:
        case "choices":
            return replace(entry, choices=_parts(text))
        case "grounds":
            held = {claim.ground: claim for claim in entry.grounds}
            claims = (held.get(code) or GroundClaim(ground=code) for code in _parts(text))
            return replace(entry, grounds=tuple(claims))
        case "score":
            return replace(entry, scores=_with_score(entry.scores, name, text))
        case "school" if name in _SCHOOL_TEXTS:
            return replace(entry, school=replace(entry.school, **{name: text}))  # type: ignore[arg-type] # texts only
        case "school" if name == "graduated":
            year = int(text) if text else None
            return replace(entry, school=replace(entry.school, graduated=year))
        case "person" if name == "born":
            born = date.fromisoformat(text) if text else None
            return replace(entry, person=replace(entry.person, born=born))
        case "person" if name in _PERSON_TEXTS:
            return replace(entry, person=replace(entry.person, **{name: text}))  # type: ignore[arg-type] # texts only
    raise KeyError(field)


def decisive(difference: tuple[str, str, str]) -> bool:
    """Whether an officer must decide it: choices, grounds, birth date, sex, PIN, school kind, or a score.

    What only one of two recorded is no contradiction and is added, but for choices and grounds: there
    "none" is a statement too.
    """
    field, a, b = difference
    if field in {"choices", "grounds"}:
        return True
    return (field in _DECISIVE or field.startswith("score:")) and bool(a and b)


def _texts(entry: Entry) -> dict[str, str]:
    person, school = entry.person, entry.school
    texts = {f"person:{name}": getattr(person, name) for name in _PERSON_TEXTS}
    texts["person:born"] = person.born.isoformat() if person.born else ""
    texts |= {f"school:{name}": getattr(school, name) for name in _SCHOOL_TEXTS}
    texts["school:graduated"] = str(school.graduated or "")
    texts["choices"] = ",".join(entry.choices)
    texts["grounds"] = ",".join(sorted({claim.ground for claim in entry.grounds}))
    texts |= {f"score:{score.criterion}": plain(score.value) for score in entry.scores}
    return texts


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(",") if part)


def _with_score(scores: Iterable[Score], criterion: str, text: str) -> tuple[Score, ...]:
    """The scores with one replaced in its place, added at the end, or taken out by an empty text."""
    kept = list(scores)
    place = next((at for at, score in enumerate(kept) if score.criterion == criterion), len(kept))
    kept[place : place + 1] = [Score(criterion=criterion, value=Decimal(text))] if text else []
    return tuple(kept)
