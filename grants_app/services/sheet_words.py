"""The chair's sheet in the reader's language: what each line is called, its note, how it stands."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from grants_app.wording import local_day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grants_app.domain.chair_sheet import LineCode, SheetDifference, SheetLine, Standing
    from grants_app.wording import Words


def named(words: Words, line: SheetLine) -> str:
    """What the line counts."""
    return words.code(f"finding_{line.code}")


def figure(line: SheetLine) -> str:
    """The count as it is shown; of the quorum those present of those needed."""
    if line.code == "quorum":
        return f"{line.facts['present']}/{line.facts['needed']}" if "needed" in line.facts else "–"
    return str(line.count)


def note(words: Words, line: SheetLine) -> str:
    """What has to be known beside the count; "" where the count says it all."""
    maker = _NOTES.get(line.code)
    return maker(words, line) if maker else ""


def _seats(words: Words, line: SheetLine) -> str:
    if not line.count:
        return ""
    return words("{seats} seats for {total} grants", seats=line.facts["seats"], total=line.facts["total"])


def _difference(words: Words, line: SheetLine) -> str:
    if line.facts["run"] == "0":
        return words("no earlier run to compare with")
    return words(
        "compared with run {run}: eligibility changes {admissions}, ranking changes {ranks}",
        run=line.facts["run"],
        admissions=line.facts["admissions"],
        ranks=line.facts["ranks"],
    )


def _backup(words: Words, line: SheetLine) -> str:
    if "hours" not in line.facts:
        return words("no backup yet")
    return words("the last backup is {hours} h old", hours=line.facts["hours"])


def _quorum(words: Words, line: SheetLine) -> str:
    facts = line.facts
    if "needed" in facts:
        return words("{present} present, {needed} needed", present=facts["present"], needed=facts["needed"])
    if facts["minutes"]:
        return words("no meeting is recorded under minutes No. {minutes}", minutes=facts["minutes"])
    return words("shown once the minutes number is entered")


def _sensitivity(words: Words, line: SheetLine) -> str:
    if not line.count:
        return ""
    return words(
        "on a weight: {weight}, on one point: {score}, on a threshold: {threshold}",
        weight=line.facts["weight"],
        score=line.facts["score"],
        threshold=line.facts["threshold"],
    )


def _intake(words: Words, line: SheetLine) -> str:
    if not line.count:
        return ""
    if "until" not in line.facts:
        return words("the calendar has no date on which applications close")
    until = datetime.fromisoformat(line.facts["until"])
    return words(
        "applications are accepted until {day} {time}",
        day=local_day(until, until.tzinfo or UTC),
        time=f"{until:%H:%M}",
    )


def _freeze(words: Words, line: SheetLine) -> str:
    return words("the data can still be changed") if line.count else ""


def _checker(words: Words, line: SheetLine) -> str:
    return " ".join(words.code(one.code, **one.facts) for one in line.findings[:1])


_NOTES: Mapping[LineCode, Callable[[Words, SheetLine], str]] = {
    "seats": _seats,
    "difference": _difference,
    "backup": _backup,
    "checker": _checker,
    "intake_open": _intake,
    "unfrozen": _freeze,
    "quorum": _quorum,
    "sensitivity": _sensitivity,
}


def accepted(words: Words, line: SheetLine) -> str:
    """An accepted line as a sentence: what, how many, why."""
    return words(
        "Accepted: {finding}: {n}. Reason: {reason}",
        finding=named(words, line),
        n=line.count,
        reason=line.reason,
    )


def standing(words: Words, line: SheetLine) -> str:
    """How the line stands, in a word or two."""
    return standing_word(words, line.standing)


def standing_word(words: Words, stands: Standing) -> str:
    """The word for one way a line can stand."""
    return {
        "blocks": words("prevents sealing"),
        "reason": words("needs a reason"),
        "accepted": words("accepted"),
        "note": words("for information"),
        "ok": words("no issues"),
    }[stands]


def compared(words: Words, differ: SheetDifference) -> str:
    """With which run the differences are."""
    if differ.sealed:
        return words("Difference from run {run}, sealed", run=differ.run)
    return words("Difference from run {run}, a draft", run=differ.run)
