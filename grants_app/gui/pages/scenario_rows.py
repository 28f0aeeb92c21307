"""What a scenario comes to, line by line and in sentences, ready to show or to write to a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grants_app.domain import papers
from grants_app.domain.scenario import Dimension, Tally
from grants_app.gui.pages.entry_lists import REGION_NAMES, SCHOOL_KINDS, SEXES
from grants_app.gui.theme import ChipKind
from grants_app.services.fragile_words import after_text, why_text
from grants_app.wording import mark

if TYPE_CHECKING:
    from grants_app.domain.comparison import AwardChange, AwardChangeKind
    from grants_app.domain.sensitivity import Fragile, Sensitivity
    from grants_app.services.naming import Naming, Speaks
    from grants_app.services.scenarios import Held, Outcome

KINDS: Mapping[AwardChangeKind, ChipKind] = {
    "gained": "ok", "lost": "bad", "better": "ok", "worse": "warn", "moved": "info",
}  # fmt: skip
DIMENSION_NAMES: Mapping[Dimension, str] = {
    "branch": mark("Branch"),
    "programme": mark("Programme"),
    "sex": mark("Sex"),
    "region": mark("Region"),
    "school": mark("School"),
}
_COLUMNS = (
    papers.Column("what", mark("What"), "text", 16),
    papers.Column("no", mark("No."), "text", 10),
    papers.Column("name", mark("Name"), "text", 26),
    papers.Column("before", mark("Before"), "text", 22),
    papers.Column("after", mark("After"), "text", 22),
)
_NAMES: Mapping[str, Mapping[str, str]] = {
    "sex": dict(SEXES), "region": dict(REGION_NAMES), "school": dict(SCHOOL_KINDS),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table by its columns' keys, and the chip's kind where one is shown."""

    cells: Mapping[str, str]
    chip: ChipKind = "neutral"


def change_rows(naming: Naming, held: Held, outcome: Outcome) -> tuple[Row, ...]:
    """Everybody whose grant differs: who loses first, then who gains, then who moves; by number."""
    order = ("lost", "worse", "gained", "better", "moved")
    changes = sorted(outcome.effect.awards, key=lambda one: (order.index(one.kind), one.application))
    return tuple(_change(naming, held, change) for change in changes)


def _change(naming: Naming, held: Held, change: AwardChange) -> Row:
    words = naming.words
    person = held.people.get(change.application)
    nothing = words("tie, the commission decides") if change.tied else words("no grant")
    cells = {
        "word": words.code(f"award_change_{change.kind}"),
        "no": change.application,
        "name": f"{person.surname} {person.given}" if person else "",
        "before": naming.programme(change.before) if change.before else words("no grant"),
        "after": naming.programme(change.after) if change.after else nothing,
    }
    return Row(cells, KINDS[change.kind])


def total_rows(naming: Naming, dimension: str, tallies: tuple[Tally, ...]) -> tuple[Row, ...]:
    """The grants group by group, and all of them in the last line."""
    rows = [_total(_group(naming, dimension, tally.key), tally) for tally in tallies]
    whole = Tally("", sum(one.before for one in tallies), sum(one.after for one in tallies))
    return (*rows, _total(naming.words("In total"), whole))


def _total(name: str, tally: Tally) -> Row:
    signed = f"{tally.difference:+d}".replace("-", "−") if tally.difference else "0"
    chip: ChipKind = "ok" if tally.difference > 0 else "bad" if tally.difference < 0 else "neutral"
    cells = {"name": name, "had": str(tally.before), "has": str(tally.after), "difference": signed}
    return Row(cells, chip)


def _group(naming: Naming, dimension: str, key: str) -> str:
    words, setup = naming.words, naming.setup
    if not key:
        return words("not known")
    if dimension == "branch":
        return setup.branch(key).short.get(words.lang)
    if dimension == "programme":
        return f"{naming.programme(key)} · {naming.branch(key)}"
    return words(_NAMES[dimension].get(key, key))


def written(naming: Naming, held: Held, outcome: Outcome) -> papers.Table:
    """The comparison as one table for a file: people first, then the grants by group."""
    words = naming.words
    people = [
        tuple(row.cells[key] for key in ("word", "no", "name", "before", "after"))
        for row in change_rows(naming, held, outcome)
    ]
    groups: list[tuple[papers.Cell, ...]] = [
        (words(title), "", _group(naming, dimension, tally.key), tally.before, tally.after)
        for dimension, title in DIMENSION_NAMES.items()
        for tally in outcome.totals[dimension]
    ]
    return papers.Table(title=words("Scenario"), columns=_COLUMNS, rows=(*people, *groups))


def fragile_rows(naming: Naming, held: Held, found: Sensitivity) -> tuple[Row, ...]:
    """Every grant that hangs on something, by number."""
    return tuple(_fragile(naming, held, one) for one in found.fragile)


def _fragile(naming: Naming, held: Held, one: Fragile) -> Row:
    person = held.people.get(one.application)
    return Row(
        {
            "no": one.application,
            "name": f"{person.surname} {person.given}" if person else "",
            "programme": naming.programme(one.pool),
            "why": why_text(naming, one),
            "after": after_text(naming, one),
            "instead": ", ".join(one.instead),
        }
    )


def summary(words: Speaks, outcome: Outcome) -> str:
    """How many grants there would be, and for how many people that is better or worse."""
    up = outcome.effect.count("gained", "better")
    down = outcome.effect.count("lost", "worse")
    return words(
        "Grants: {before} before, {after} after. Better off: {up}, worse off: {down}.",
        before=outcome.before, after=outcome.after, up=up, down=down,
    )  # fmt: skip


def notes(naming: Naming, held: Held, outcome: Outcome) -> list[str]:
    """What it is compared with, who competes, open ties, and what could not stay in force."""
    words, basis = naming.words, held.basis
    if basis.kind == "sealed":
        told = [words("Compared with sealed run {no}.", no=basis.run)]
    elif basis.kind == "draft":
        told = [words("Compared with draft run {no}.", no=basis.run)]
    else:
        told = [words("Compared with a new calculation on current data.")]
    if basis.outdated:
        told.append(words("The data have changed since that run; these changes are included."))
    before, after = outcome.effect.competing
    if before != after:
        told.append(words("Competing: {before} before, {after} after.", before=before, after=after))
    ties = len(outcome.effect.result.open_ties)
    if ties:
        told.append(
            words.plural(
                "{n} tie would wait for the commission.", "{n} ties would wait for the commission.", ties
            )
        )
    told += [words.code(note.code, **naming.facts(note.facts)) for note in outcome.effect.notes]
    return told


def fragile_note(words: Speaks, found: Sensitivity) -> str:
    """What was tried, and whether anything was left out."""
    told = [
        words("Tested: every weight ± 5 %, every threshold ± 1 step, each deciding result ± 1 step."),
        words.plural("{n} allocation recalculated.", "{n} allocations recalculated.", found.allocations),
    ]
    if found.left:
        told.append(words.plural("{n} change was not tested.", "{n} changes were not tested.", found.left))
    if found.outdated:
        told.append(words("The data have changed since that run."))
    return " ".join(told)
