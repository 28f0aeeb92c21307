"""Names the parts of an explanation in the reader's language; it computes nothing and draws nothing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from grants_app.domain.campaign import CampaignSetup
from grants_app.domain.ruleset import GROUNDS, PROFILE, SCORE, RuleSet
from grants_app.gui.qt_words import Speech

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grants_app.domain.ranking import ChoiceLine, Explanation, MeritPart

_ITSELF = ("tie_order", "tie", "quota", "seats")
_WORDED_LEVELS = frozenset({SCORE, GROUNDS, PROFILE, "average", "ort_main"})


@dataclass(frozen=True, slots=True)
class Naming:
    """Whose names are asked for: the words in force, the campaign's set-up, the rules."""

    words: Speech
    setup: CampaignSetup
    rules: RuleSet

    def programme(self, pool_id: str) -> str:
        """The programme of a pool, without its branch."""
        pool = self.setup.pool(pool_id)
        return self.setup.programme(pool.programme).names.get(self.words.lang)

    def branch(self, pool_id: str) -> str:
        """The short name of the branch that teaches the pool's programme."""
        return self.setup.branch(self.setup.pool(pool_id).branch).short.get(self.words.lang)

    def level(self, level: str) -> str:
        """A level of the merit: the total, a criterion, the grounds."""
        if level in _WORDED_LEVELS or level in _ITSELF:
            return self.words.code(f"level_{level}")
        return self.criterion(level)

    def criterion(self, code: str) -> str:
        """A criterion by the rules' own name."""
        measure = self.rules.measure(code)
        if measure is not None:
            return measure.names.get(self.words.lang)
        return self.words.code(f"level_{code}") if code in _WORDED_LEVELS else self.ground(code)

    def ground(self, code: str) -> str:
        """A ground by the rules' own name; the open seats and the placements by ours."""
        if code in ("open", "placement"):
            return self.words.code(f"seat_{code}")
        ground = self.rules.ground(code)
        return ground.names.get(self.words.lang) if ground else code

    def number(self, text: str, criterion: str = "") -> str:
        """A plain decimal number as the language writes it, with the criterion's decimal places."""
        measure = self.rules.measure(criterion) if criterion else None
        value = Decimal(text)
        if measure is not None and measure.places:
            value = value.quantize(Decimal(1).scaleb(-measure.places))
        return self.words.current.number(value)

    def facts(self, facts: Mapping[str, str]) -> dict[str, str]:
        """A finding's facts with codes of criteria, grounds and programmes replaced by their names."""
        named = dict(facts)
        for key in ("criterion", "subject"):
            if key in named and self.rules.measure(named[key]):
                named[key] = self.criterion(named[key])
        if "paper" in named:
            papers = {paper.code: paper.names for paper in self.setup.required_papers}
            if named["paper"] in papers:
                named["paper"] = papers[named["paper"]].get(self.words.lang)
        if "ground" in named:
            named["ground"] = self.ground(named["ground"])
        if "subjects" in named:
            named["subjects"] = ", ".join(
                self.criterion(code.strip()) for code in named["subjects"].split(",")
            )
        return named


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


def part_note(naming: Naming, part: MeritPart) -> str:
    """Where a value was read, and its weight where there is one."""
    notes = []
    if part.source:
        notes.append(part.source)
    if part.value is None:
        notes.append(naming.words("not given"))
    elif Decimal(part.weight) != 1:
        notes.append(f"{naming.number(part.value)} × {naming.number(part.weight)}")
    return " · ".join(notes)


def outcome_text(naming: Naming, choice: ChoiceLine) -> str:
    """The chip's word of a choice."""
    if choice.outcome == "refused" and choice.reserve is not None:
        return naming.words.code("outcome_reserve", n=choice.reserve)
    if choice.outcome == "higher_choice" and choice.would_have:
        return naming.words("would have had it")
    return naming.words.code(f"outcome_{choice.outcome}")


def choice_notes(naming: Naming, choice: ChoiceLine) -> tuple[str, ...]:
    """What is said under a choice: place and cutoff, what decided, what would have been enough."""
    words = naming.words
    if not choice.admitted:
        return tuple(words.code(f.code, **naming.facts(f.facts)) for f in choice.findings)
    notes = []
    if choice.position is not None:
        place = words("place {place} of {all}", place=choice.position, all=choice.competing)
        if choice.cutoff:
            place += " · " + words("cutoff {points}", points=naming.number(choice.cutoff[0]))
        else:
            place += " · " + words.plural("{n} seat", "{n} seats", choice.seats)
        notes.append(place)
    notes.extend(_why(naming, choice))
    notes.extend(
        naming.ground(quota.ground)
        + ": "
        + words("{taken} of {seats} taken", taken=quota.taken, seats=quota.seats)
        for quota in choice.quotas
        if quota.held and quota.ground != "open"
    )
    return tuple(notes)


def _why(naming: Naming, choice: ChoiceLine) -> list[str]:
    words = naming.words
    if choice.outcome == "refused":
        told = []
        if choice.deciding_level == "tie_order":
            told.append(words("equal with {no}; the commission's order decided", no=choice.decided_against))
        elif choice.deciding_level and choice.decided_against:
            told.append(
                words("decided by: {level}, against {no}", level=naming.level(choice.deciding_level),
                      no=choice.decided_against)
            )  # fmt: skip
        if choice.needed and choice.merit:
            short = Decimal(choice.needed) - Decimal(choice.merit[0])
            if short > 0:
                told.append(
                    words(
                        "{points} would have been enough, {short} more",
                        points=Decimal(choice.needed),
                        short=short,
                    )
                )
        return told
    if choice.outcome == "tied":
        return [
            words("equal with {numbers}", numbers=", ".join(choice.tied_with))
            + " · "
            + words.plural("{n} seat at stake", "{n} seats at stake", choice.seats_at_stake)
        ]
    if choice.outcome == "awarded" and choice.seat not in ("", "open"):
        return [words("on a seat held for: {ground}", ground=naming.ground(choice.seat))]
    if choice.outcome == "higher_choice" and not choice.would_have:
        return [words("would not have been enough here")]
    return []


def headline(naming: Naming, told: Explanation, choice: ChoiceLine | None) -> str:
    """The question the panel answers."""
    words = naming.words
    if choice is not None and choice.position is not None:
        return words("Why place {place}", place=choice.position)
    if told.outcome == "not_competing":
        return words("Why not competing")
    return words("Why this outcome")


def verdict_text(naming: Naming, told: Explanation) -> str:
    """The outcome of the person in one sentence."""
    words = naming.words
    if told.outcome in ("awarded", "placed") and told.pool:
        return words("A grant is proposed: {programme}", programme=naming.programme(told.pool))
    return words.code(f"person_{told.outcome}")
