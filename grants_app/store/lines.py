"""What lists sort, search and show of an application, worked out once when it is saved."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from grants_app.domain.application import GONE
from grants_app.domain.collation import code_key, folded, name_sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grants_app.domain.application import Application, Entry, ListLine, PersonFacts

_NO_SCORE = -(10**18)  # "not given" sorts below every score there can be
_SCALE = Decimal(10**6)  # contracts.md: a merit has at most six decimal places


def person_line(facts: PersonFacts, no: str) -> dict[str, Any]:
    """The columns that follow from the person."""
    digits = [_digits(phone.number) for phone in facts.phones]
    if facts.guardian is not None and facts.guardian.phone:
        digits.append(_digits(facts.guardian.phone))
    national = ["0" + number.removeprefix("996") for number in digits if number.startswith("996")]
    words = [
        folded(facts.full_name),
        folded(facts.latin),
        code_key(no),
        code_key(facts.document_no),
        code_key(facts.pin),
        *digits,
        *national,
    ]
    return {
        "sort_key": name_sort_key(facts.surname, facts.given, facts.patronymic),
        # a space before each word, so that its beginning can be looked for, and one at the end
        "search_key": "".join(f" {word}" for word in dict.fromkeys(words) if word) + " ",
        "pin": facts.pin,
        "phone": facts.phones[0].number if facts.phones else "",
        "born": facts.born.isoformat() if facts.born else "",
    }


def entry_line(entry: Entry) -> dict[str, Any]:
    """The column that follows from the choices."""
    return {"first_choice": entry.choices[0] if entry.choices else ""}


def own_flags(application: Application) -> str:
    """The flags the application itself shows; of one that is gone nothing waits to be done."""
    flags = []
    if application.state in GONE:
        return ""
    if application.in_conflict:
        flags.append("conflict")
    if application.late:
        flags.append("late")
    if application.entry.accepted:
        flags.append("accepted")
    return flags_text(flags)


def flags_text(flags: Iterable[str]) -> str:
    """Flags as a list's filter finds them: each between two spaces."""
    kept = list(dict.fromkeys(flags))
    return f" {' '.join(kept)} " if kept else ""


def shown_line(line: ListLine) -> dict[str, Any]:
    """The columns worked out by set-up and rules: total, marks, second look, where the application stands."""
    return {
        **score_line(line.score),
        "flags": flags_text(line.flags),
        "verified": line.verified,
        "state": line.state.value,
    }


def score_line(score: Decimal | None) -> dict[str, Any]:
    """The first choice's total as text, and as a number that sorts."""
    if score is None:
        return {"score": None, "score_key": _NO_SCORE}
    return {"score": format(score, "f"), "score_key": int(score * _SCALE)}


def _digits(number: str) -> str:
    return "".join(char for char in number if char.isdigit())
