"""A restore in sentences, for the window and the commands alike; it restores nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from grants_app.store.database.state import NumberRange, Series
from grants_app.store.engine import is_server
from grants_app.wording import mark

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from grants_app.domain.journal import Event
    from grants_app.services.start.restoring import Restoration, Source
    from grants_app.wording import Words

_KINDS = {
    "paper:award_letter": mark("award letters"),
    "paper:chair_sheet": mark("chair's sheets"),
    "paper:appeal_sheet": mark("appeal sheets"),
}
_ANY_KIND = mark("documents")
ZONE = "Asia/Bishkek"  # a backup is spoken of before any campaign with a zone of its own is open


def source(words: Words, found: Source | Restoration) -> str:
    """What a backup holds: campaign, when, counts, the journal's position."""
    return words.plural(
        "Backup of campaign {campaign}: {n} application, last entry {moment}, journal at entry {journal}.",
        "Backup of campaign {campaign}: {n} applications, last entry {moment}, journal at entry {journal}.",
        found.applications,
        campaign=", ".join(found.codes) or "–",
        moment=_moment(words, found.last_at),
        journal=words.number(found.journal),
    )


def left_behind(words: Words, lost: tuple[int, int] | None, void: Sequence[NumberRange]) -> Sequence[str]:
    """What is not in the backup although it was seen: entries of the journal, numbers given out."""
    told = []
    if lost is not None:
        told.append(
            words(
                "Not in it: journal entries {first}–{last}, made after the backup.",
                first=words.number(lost[0]),
                last=words.number(lost[1]),
            )
        )
    if void:
        told.append(
            words(
                "These numbers were given out after the backup. They are entered as void and are never given"
                " again: {numbers}.",
                numbers="; ".join(numbers(words, one) for one in void),
            )
        )
    return told


class _Told(msgspec.Struct):
    """What the journal keeps of a restore, and of an older state that was gone on with."""

    journal: int
    void: list[tuple[str, str, int, int]]
    lost: tuple[int, int] | None = None
    replaced: str | None = None


def of_event(words: Words, event: Event) -> Sequence[str]:
    """A restore, or an older state gone on with, as the journal tells it: its event in sentences."""
    told = msgspec.json.decode(event.after, type=_Told)
    void = [NumberRange(Series("", kind, owner), first, last) for kind, owner, first, last in told.void]
    sentences = [words("Its journal ended at entry {journal}.", journal=words.number(told.journal))]
    if told.replaced:
        sentences.append(words("The database that was there is kept as: {kept}.", kept=told.replaced))
    return [*sentences, *left_behind(words, told.lost, void)]


def numbers(words: Words, one: NumberRange) -> str:
    """A range of numbers of one series."""
    first, last = one.first, one.last
    span = f"{first:04d}" if first == last else f"{first:04d}–{last:04d}"
    if one.series.kind == "application":
        return words("applications {series}-{numbers}", series=one.series.owner, numbers=span)
    kind = words(_KINDS.get(one.series.kind, _ANY_KIND))
    return words("{papers} {branch} {numbers}", papers=kind, branch=one.series.owner, numbers=span)


def done(words: Words, made: Restoration) -> Sequence[str]:
    """What a restore did: source, target, what it replaced, what is lost."""
    target = words("Restored into: {target}.", target=_shown(made.target))
    replaced = (
        words("Nothing was replaced.")
        if made.kept is None
        else words("The database that was there is kept as: {kept}.", kept=made.kept)
    )
    return [source(words, made), target, replaced, *left_behind(words, made.lost, made.void)]


def _shown(target: str) -> str:
    return target.rpartition("@")[2] if is_server(target) else target


def _moment(words: Words, at: datetime | None) -> str:
    return words.date_time(at, ZONE) if at else "–"
