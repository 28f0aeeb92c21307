"""An explanation in words, the same for the window, the papers and the command line; it computes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from grants_app.domain.award import AwardState
from grants_app.domain.ruleset import GROUNDS, SCORE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grants_app.domain.ranking import ChoiceLine, Explanation, GroundLine, MeritPart, QuotaTried
    from grants_app.services.naming import Naming

_REACHED = ("awarded", "refused", "tied")
"""The outcomes of a choice whose seats were tried."""


@dataclass(frozen=True, slots=True)
class LevelValue:
    """A merit's value at one level: whether it was given, and the canonical number."""

    given: bool
    value: str

    @property
    def order(self) -> tuple[bool, Decimal]:
        """What is compared."""
        return (self.given, Decimal(self.value))


def by_level(levels: tuple[str, ...], merit: tuple[str, ...]) -> dict[str, LevelValue]:
    """The merit level by level; what may be missing takes two elements there, 1/0 and the value."""
    gathered: dict[str, list[str]] = {}
    for level, value in zip(levels, merit, strict=True):
        gathered.setdefault(level, []).append(value)
    return {
        level: LevelValue(len(values) == 1 or values[0] != "0", values[-1])
        for level, values in gathered.items()
    }


def level_text(naming: Naming, choice: ChoiceLine, level: str, value: LevelValue) -> str:
    """A level's value in words: a ground by its name, a number, or that there is none."""
    if level == GROUNDS:
        part = next((part for part in choice.parts if part.level == GROUNDS and part.value), None)
        if part is not None and Decimal(value.value):
            return naming.ground(str(part.value))
        return naming.words("none")
    return naming.number(value.value, level) if value.given else naming.words("not given")


def sign(mine: LevelValue, other: LevelValue) -> str:
    """How mine stands to the other's: =, > or <."""
    if mine.order == other.order:
        return "="
    return ">" if mine.order > other.order else "<"


def score_parts(choice: ChoiceLine) -> tuple[MeritPart, ...]:
    """What the total of a choice is made of; of somebody not admitted what was given at all."""
    return tuple(
        part for part in choice.parts if part.level == SCORE and (choice.admitted or part.value is not None)
    )


def part_note(naming: Naming, part: MeritPart) -> str:
    """Where a value was read, and its weight where there is one."""
    notes = []
    if part.source:
        notes.append(part.source)
    if part.value is None:
        notes.append(naming.words("not given"))
    elif Decimal(part.weight) != 1:
        notes.append(f"{naming.number(part.value, part.criterion)} × {naming.number(part.weight)}")
    return " · ".join(notes)


def ground_note(naming: Naming, line: GroundLine) -> str:
    """Whether a ground's paper was seen."""
    return naming.words("document seen") if line.seen else naming.words("document not seen")


def ground_counted(naming: Naming, line: GroundLine) -> str:
    """Whether a ground counted in the run."""
    return naming.words("counted") if line.counted else naming.words("not counted")


def outcome_text(naming: Naming, choice: ChoiceLine) -> str:
    """The chip's word of a choice."""
    if choice.outcome == "refused" and choice.reserve is not None:
        return naming.words.code("outcome_reserve", n=choice.reserve)
    if choice.outcome == "higher_choice" and choice.would_have:
        return naming.words("would have qualified")
    return naming.words.code(f"outcome_{choice.outcome}")


def verdict_text(naming: Naming, told: Explanation) -> str:
    """The outcome of the person in one sentence."""
    words = naming.words
    if told.outcome in ("awarded", "placed") and told.pool:
        return words("Grant proposed: {programme}", programme=naming.programme(told.pool))
    return words.code(f"person_{told.outcome}")


def reasons(naming: Naming, told: Explanation) -> tuple[str, ...]:
    """What is said of the person as a whole: why placed or out, what is held, why not competing."""
    words = naming.words
    said: list[str] = []
    if told.outcome == "out" and told.reason in tuple(AwardState):
        said.append(words.code(f"out_{told.reason}"))
    elif told.reason:
        said.append(words("Reason: {reason}", reason=told.reason))
    if told.held:
        said.append(
            words("Holds a grant of an earlier round: {programme}", programme=naming.programme(told.held))
        )
    said.extend(words.code(finding.code, **naming.facts(finding.facts)) for finding in told.findings)
    return tuple(said)


def choice_notes(naming: Naming, choice: ChoiceLine) -> tuple[str, ...]:
    """What is said under a choice: place and cutoff, what decided, what would have been enough, quotas."""
    words = naming.words
    if not choice.admitted:
        return tuple(words.code(f.code, **naming.facts(f.facts)) for f in choice.findings)
    notes = []
    if choice.position is not None:
        place = words("place {place} of {all}", place=choice.position, all=choice.competing)
        place += " · " + words.plural("{n} seat", "{n} seats", choice.seats)
        if choice.cutoff:
            place += " · " + words("cutoff {points}", points=naming.number(choice.cutoff[0]))
        notes.append(place)
    notes.extend(_why(naming, choice))
    if choice.outcome in _REACHED:
        notes.extend(_quotas(naming, choice))
    return tuple(notes)


def _why(naming: Naming, choice: ChoiceLine) -> list[str]:
    words = naming.words
    why: list[str] = []
    match choice.outcome:
        case "refused":
            why = _why_refused(naming, choice)
        case "awarded":
            why = _why_awarded(naming, choice)
        case "tied":
            equals = words("tied with {numbers}", numbers=", ".join(choice.tied_with))
            stake = words.plural("{n} seat at stake", "{n} seats at stake", choice.seats_at_stake)
            why = [f"{equals} · {stake}"]
        case "higher_choice" if not choice.would_have:
            why = [words("would not have been enough here")]
        case "higher_tied":
            why = [words("a higher choice is waiting for the commission")]
        case "dropped":
            why = [words("not considered: a grant is held or was given manually elsewhere")]
        case _:
            pass
    return why


def _why_refused(naming: Naming, choice: ChoiceLine) -> list[str]:
    words = naming.words
    if not choice.decided_against:
        return [words("no seat here was open to this person")]
    told = []
    if choice.deciding_level == "tie_order":
        told.append(words("tied with {no}; decided by the recorded order", no=choice.decided_against))
    else:
        told.append(
            words("decided by: {level}, compared with {no}", level=naming.level(choice.deciding_level),
                  no=choice.decided_against)
        )  # fmt: skip
    if choice.needed and choice.merit:
        short = Decimal(choice.needed) - Decimal(choice.merit[0])
        if short > 0:
            told.append(
                words("{points} would have been enough, {short} more",
                      points=naming.number(choice.needed), short=naming.number(str(short)))
            )  # fmt: skip
    return told


def _why_awarded(naming: Naming, choice: ChoiceLine) -> list[str]:
    words = naming.words
    told = []
    if choice.seat not in ("", "open"):
        told.append(words("on a quota seat: {ground}", ground=naming.ground(choice.seat)))
    if choice.deciding_level == "tie_order":
        told.append(
            words(
                "tied with {no}, the first without a grant; decided by the recorded order",
                no=choice.decided_against,
            )
        )
    elif choice.deciding_level and choice.decided_against:
        told.append(
            words("ahead of {no}, the first without a grant; deciding factor: {level}",
                  no=choice.decided_against, level=naming.level(choice.deciding_level))
        )  # fmt: skip
    return told


def _quotas(naming: Naming, choice: ChoiceLine) -> Iterator[str]:
    """Each kind of seat that was tried and how the person fared there, then those not tried for no ground."""
    words = naming.words
    missing = []
    for quota in choice.quotas:
        if quota.held:
            yield f"{naming.ground(quota.ground)}: {_fared(naming, quota, choice)}"
        else:
            missing.append(naming.ground(quota.ground))
    if missing:
        yield words("not considered (not in this category): {grounds}", grounds=", ".join(missing))


def _fared(naming: Naming, quota: QuotaTried, choice: ChoiceLine) -> str:
    words = naming.words
    taken = words("{taken} of {seats} taken", taken=quota.taken, seats=quota.seats)
    if quota.got:
        return words("seat given") + ", " + taken
    if choice.outcome == "refused" and quota.cutoff:
        last = words("the last one has {points}", points=naming.number(quota.cutoff[0]))
        return words("others were ahead") + ", " + taken + ", " + last
    return taken


def headline(naming: Naming, told: Explanation, choice: ChoiceLine | None) -> str:
    """The question an explanation answers."""
    words = naming.words
    if choice is not None and choice.position is not None:
        return words("Why place {place}", place=choice.position)
    if told.outcome == "not_competing":
        return words("Why not competing")
    return words("Why this outcome")


def sentences(naming: Naming, told: Explanation) -> Iterator[str]:
    """Line by line, for the command line and for reading aloud to a family."""
    yield f"{told.application}: {verdict_text(naming, told)}"
    for text in reasons(naming, told):
        yield f"  {text}"
    for line in told.grounds:
        yield f"  {naming.ground(line.ground)}: {ground_note(naming, line)}, {ground_counted(naming, line)}"
    for choice in told.choices:
        programme = f"{naming.programme(choice.pool)} ({choice.pool})"
        yield f"  {choice.no}. {programme}: {outcome_text(naming, choice)}"
        for part in score_parts(choice):
            value = naming.number(part.points, part.criterion) if part.value is not None else "–"
            note = part_note(naming, part)
            yield f"     {naming.criterion(part.criterion)}: {value}" + (f" ({note})" if note else "")
        for level, reached in by_level(choice.levels, choice.merit).items():
            yield f"     {naming.level(level)}: {level_text(naming, choice, level, reached)}"
        for note in choice_notes(naming, choice):
            yield f"     {note}"
