"""Joins what two sources recorded of one application; where they differ on what decides, neither wins."""

from __future__ import annotations

from dataclasses import dataclass

from grants_app.domain.application import Conflict, Entry, Version
from grants_app.domain.matching import decisive, differences, with_value


@dataclass(frozen=True, slots=True)
class Merged:
    """The joined entry, the fields filled or corrected, and the conflicts an officer must decide."""

    entry: Entry
    touched: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


def merged(known: Entry, incoming: Entry, *, base: Entry | None, source: str) -> Merged:
    """Bring an office's row into an application already there.

    `base` is what the same office's list said last time: then only what that office changed since is
    taken as its correction, and what officers typed meanwhile stays. Without it the two are
    independent records: blanks are filled, and a difference in what decides becomes a conflict with
    both versions (product.md: the office decides with the paper, no source wins by itself).
    """
    entry = known
    touched: list[str] = []
    conflicts: list[Conflict] = []
    news = differences(known, incoming) if base is None else differences(base, incoming)
    current = {field: has for field, has, _ in differences(known, incoming)}
    for field, listed, after in news:
        before = listed
        if base is not None:
            if field not in current or not after:
                continue
            if current[field] == listed or not listed:
                entry = with_value(entry, field, after)
                touched.append(field)
                continue
            before = current[field]
        if decisive((field, before, after)):
            conflicts.append(
                Conflict(
                    field=field,
                    versions=(
                        Version(branch=known.branch, value=before, source="register"),
                        Version(branch=incoming.branch, value=after, source=source),
                    ),
                )
            )
        elif not before:
            entry = with_value(entry, field, after)
            touched.append(field)
    return Merged(entry, tuple(touched), tuple(conflicts))
