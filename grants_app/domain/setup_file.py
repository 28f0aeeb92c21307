"""A campaign's set-up as a TOML text and back, with its rules and pictures; it opens no files.

Reading is strict: what is not understood is refused with its place named, never left out in silence.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec

from grants_app.domain import ruleset
from grants_app.domain.campaign import CampaignSetup
from grants_app.domain.errors import Refused
from grants_app.domain.ranking import decimal_text
from grants_app.domain.ruleset import RuleSet
from grants_app.domain.setup_checks import (
    PARTS,
    demand_png,
    things,
    tidy,
    tidy_names,
    with_things,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grants_app.domain.setup_checks import Part

FORMAT = "grants-setup/1"
MOST_BYTES = 8_000_000
HEAD = "campaign"
RULES = "rules"
_HEAD_FIELDS = ("code", "titles", "total", "zone", "zone_names", "consent_version", "sample")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_LINE = re.compile(r"line (\d+)")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupFile:
    """What a set-up file holds; `parts` names what was in it, the rest of `setup` is empty.

    `emblems` are the branches' pictures by their SHA-256. `rules` is None where the file has none.
    """

    setup: CampaignSetup
    rules: RuleSet | None
    emblems: Mapping[str, bytes]
    parts: frozenset[str]


# ---- writing --------------------------------------------------------------------------------------------


def write(setup: CampaignSetup, rules: RuleSet, emblems: Mapping[str, bytes]) -> str:
    """The file's text; `read` gives the same set-up, rules and pictures back."""
    data: dict[str, Any] = {"format": FORMAT}
    built = msgspec.to_builtins(setup, builtin_types=(date, datetime))
    data[HEAD] = {name: built[name] for name in _HEAD_FIELDS}
    for part in PARTS:
        data[part] = built[part]
    for branch in data["branches"]:
        png = emblems.get(branch["emblem"])
        branch["emblem"] = base64.b64encode(png).decode() if png else ""
    data[RULES] = msgspec.to_builtins(rules, builtin_types=(date, Decimal))
    return toml(data)


def toml(data: Mapping[str, Any]) -> str:
    """Plain data as TOML: texts, whole numbers, decimals as texts, dates, lists, tables; None is left out."""
    return "\n".join(_table("", data)).strip("\n") + "\n"


def _table(path: str, table: Mapping[str, Any]) -> Iterator[str]:
    tables = {key: value for key, value in table.items() if isinstance(value, Mapping) and not _flat(value)}
    lists = {
        key: value
        for key, value in table.items()
        if _is_list(value) and value and all(isinstance(one, Mapping) for one in value)
    }
    for key, value in table.items():
        if key not in tables and key not in lists and value is not None:
            yield f"{_key(key)} = {_value(value)}"
    for key, value in tables.items():
        name = f"{path}{_key(key)}"
        yield from ("", f"[{name}]", *_table(f"{name}.", value))
    for key, values in lists.items():
        name = f"{path}{_key(key)}"
        for value in values:
            yield from ("", f"[[{name}]]", *_table(f"{name}.", value))


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _flat(table: Mapping[str, Any]) -> bool:
    """Whether a table holds texts alone, such as a name in four languages: it stays on its line."""
    return all(isinstance(value, str) for value in table.values())


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_value(one)}" for key, one in value.items()) + " }"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (bool, int)):
        return str(value).lower()
    return _text(decimal_text(value) if isinstance(value, Decimal) else str(value))


def _text(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(sign) or _sign(sign) for sign in text) + '"'


def _sign(sign: str) -> str:
    """A control character by its number; everything else as it is."""
    return f"\\u{ord(sign):04X}" if sign < " " or sign == "\x7f" else sign


# ---- reading --------------------------------------------------------------------------------------------


def read(content: bytes) -> SetupFile:
    """What the file holds, put right as typed things are; Refused, the place named, when anything is wrong.

    Whether it can be kept (`demand_sound`) is seen once it stands in a campaign: a file may hold one part.
    """
    try:
        data = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Refused("setup_unreadable", place="UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = _LINE.search(str(error))
        raise Refused("setup_unreadable", place=line.group() if line else "TOML") from error
    if data.pop("format", None) != FORMAT:
        raise Refused("setup_not_a_setup", format=FORMAT)
    for key in data:
        if key not in (HEAD, *PARTS, RULES):
            raise Refused("setup_unknown_key", place=key)
    head = data.get(HEAD)
    if not isinstance(head, dict):
        raise Refused("setup_unreadable", place=HEAD)
    given = head | {part: data.get(part, []) for part in PARTS}
    emblems = _pictures(given["branches"])
    try:
        setup = msgspec.convert(given, CampaignSetup)
    except msgspec.ValidationError as error:
        raise Refused("setup_unreadable", place=_place_of(str(error))) from error
    _refuse_unknown(given, msgspec.to_builtins(setup), "")
    setup = tidied(setup)
    rules = ruleset.from_data(data[RULES]) if RULES in data else None
    return SetupFile(setup=setup, rules=rules, emblems=emblems, parts=frozenset(data))


def tidied(setup: CampaignSetup) -> CampaignSetup:
    """The set-up with every thing put right as it is when it is typed."""
    for part in PARTS:
        setup = with_things(setup, part, (tidy(thing) for thing in things(setup, part)))
    return replace(setup, titles=tidy_names(setup.titles), zone_names=tidy_names(setup.zone_names))


def _pictures(branches: object) -> dict[str, bytes]:
    """The branches' pictures by their SHA-256, which takes their place in the data."""
    found: dict[str, bytes] = {}
    if not isinstance(branches, list):
        raise Refused("setup_unreadable", place="branches")
    for number, branch in enumerate(branches):
        text = branch.get("emblem", "") if isinstance(branch, dict) else ""
        if not text:
            continue
        try:
            png = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError, TypeError) as error:
            raise Refused("setup_unreadable", place=f"branches[{number}].emblem") from error
        demand_png(png)
        branch["emblem"] = hashlib.sha256(png).hexdigest()
        found[branch["emblem"]] = png
    return found


def _refuse_unknown(given: object, known: object, place: str) -> None:
    """Compare the file with what was understood of it: a key that vanished was not known."""
    if isinstance(given, Mapping) and isinstance(known, Mapping):
        for key, value in given.items():
            inner = f"{place}.{key}" if place else str(key)
            if key not in known:
                raise Refused("setup_unknown_key", place=inner)
            _refuse_unknown(value, known[key], inner)
    elif isinstance(given, list) and isinstance(known, (list, tuple)):
        for number, (one, other) in enumerate(zip(given, known, strict=True)):
            _refuse_unknown(one, other, f"{place}[{number}]")


def _place_of(message: str) -> str:
    """The place msgspec names at the end of its message (` - at `$.branches[0]``)."""
    where = message.rpartition(" - at `$.")[2].rstrip("`") if " - at `$." in message else ""
    return where or "TOML"


# ---- what would change ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupChange:
    """One thing added, changed, taken away or put in another order; `fields` are those that differ."""

    part: str
    key: str
    kind: str
    fields: tuple[str, ...] = ()


def taken(current: CampaignSetup, file: SetupFile) -> CampaignSetup:
    """The set-up with the file's parts in place of its own; its code, and whether it is a sample, stay."""
    setup = replace(file.setup, code=current.code, sample=current.sample)
    for part in PARTS:
        if part not in file.parts:
            setup = with_things(setup, part, things(current, part))
    return setup


def changes(before: CampaignSetup, after: CampaignSetup) -> tuple[SetupChange, ...]:
    """Everything that differs, part by part."""
    found: list[SetupChange] = []
    old, new = msgspec.to_builtins(before), msgspec.to_builtins(after)
    fields = tuple(name for name in _HEAD_FIELDS if old[name] != new[name])
    if fields:
        found.append(SetupChange(part=HEAD, key=after.code, kind="changed", fields=fields))
    for part in PARTS:
        was, is_ = _keyed(part, old[part]), _keyed(part, new[part])
        found += [SetupChange(part=part, key=key, kind="removed") for key in was if key not in is_]
        for key, thing in is_.items():
            if key not in was:
                found.append(SetupChange(part=part, key=key, kind="added"))
            elif was[key] != thing:
                differing = tuple(name for name in thing if thing[name] != was[key][name])
                found.append(SetupChange(part=part, key=key, kind="changed", fields=differing))
        if [key for key in was if key in is_] != [key for key in is_ if key in was]:
            found.append(SetupChange(part=part, key="", kind="moved"))
    return tuple(found)


def _keyed(part: Part, listed: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The things by what tells them apart; alike ones are counted."""
    found: dict[str, dict[str, Any]] = {}
    for thing in listed:
        key = str(thing.get("code") or thing.get("id") or "")
        if part == "signatories":
            key = f"{thing['branch']}/{thing['paper'] or 'all'}/{thing['name']['ru'] or thing['name']['ky']}"
        name, number = key, 2
        while name in found:
            name, number = f"{key} ({number})", number + 1
        found[name] = thing
    return found
