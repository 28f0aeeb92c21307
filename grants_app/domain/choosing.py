"""Which entries of a list what is typed may mean: by code, by words in any language; it takes none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grants_app.domain.collation import code_key, folded, searched
from grants_app.domain.spelling import other_layout

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Fitting:
    """Places of the entries that fit, in the list's order, and the one surely meant, or None."""

    places: tuple[int, ...]
    meant: int | None = None


def fitting(typed: str, entries: Sequence[Sequence[str]]) -> Fitting:
    """The entries one of whose texts (shown words first, then code, other languages) holds what is typed.

    Surely meant is an entry written out whole, else the only one a word of which begins so, else the only
    one that holds it anywhere. Entries that merely hold it are left out where others begin with it. What
    fits nothing may have been typed in the other keyboard layout.
    """
    for text in (typed, other_layout(typed)):
        found = _fitting(text, entries)
        if found.places:
            return found
    return Fitting(())


def _fitting(typed: str, entries: Sequence[Sequence[str]]) -> Fitting:
    name, code = searched(typed), code_key(typed) if any(char.isdigit() for char in typed) else ""
    if not (name or code):
        return Fitting(())
    keys = [[(f" {folded(text)} ", code_key(text)) for text in texts] for texts in entries]
    for fits in (_whole, _beginning, _holding):
        places = tuple(
            place for place, texts in enumerate(keys) if any(fits(name, code, *key) for key in texts)
        )
        if places:
            return _all_that_begin(places, name, code, keys) if fits is _whole else _told(places)
    return Fitting(())


def _told(places: tuple[int, ...]) -> Fitting:
    return Fitting(places, places[0] if len(places) == 1 else None)


def _all_that_begin(
    whole: tuple[int, ...], name: str, code: str, keys: Sequence[Sequence[tuple[str, str]]]
) -> Fitting:
    """An entry written out whole is meant, but others that go on from there are shown beside it."""
    begun = tuple(
        place for place, texts in enumerate(keys) if any(_beginning(name, code, *key) for key in texts)
    )
    return Fitting(begun or whole, whole[0] if len(whole) == 1 else None)


def _whole(name: str, code: str, words: str, number: str) -> bool:
    return bool((name and words == f" {name} ") or (code and code == number))


def _beginning(name: str, code: str, words: str, number: str) -> bool:
    return bool((name and f" {name}" in words) or (code and number.startswith(code)))


def _holding(name: str, code: str, words: str, number: str) -> bool:
    return bool((name and name in words) or (code and code in number))
