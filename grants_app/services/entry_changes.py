"""What changed between two versions of an application, as the journal keeps it and freezing judges it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grants_app.domain.application import Entry


def flat(entry: Entry) -> dict[str, object]:
    """The entry as one level of names: `person.surname`, `school.kind`, `scores`, `choices` and so on."""
    told: dict[str, object] = {}
    for key, value in msgspec.to_builtins(entry).items():
        if key in ("person", "school"):
            told.update({f"{key}.{name}": inner for name, inner in value.items()})
        else:
            told[key] = value
    return told


def changes(before: Entry | None, after: Entry) -> tuple[dict[str, object], dict[str, object]]:
    """The fields that differ, as they were and as they are; nothing `before` means a new entry."""
    new = flat(after)
    if before is None:
        return {}, {key: value for key, value in new.items() if value not in ("", [], None)}
    old = flat(before)
    touched = [key for key in new if new[key] != old[key]]
    return {key: old[key] for key in touched}, {key: new[key] for key in touched}


def text_of(fields: Mapping[str, object]) -> str:
    """Canonical JSON of the fields; empty text for none."""
    return msgspec.json.encode(fields, order="sorted").decode() if fields else ""
