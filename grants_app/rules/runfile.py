"""Reading and writing the run file `grants-run/1`: strict on the way in, RFC 8785 bytes on the way out.

It knows the format and its bytes; it does not know how a result comes about.

A file of a million applications is read piece by piece: a piece whose text is already canonical needs no
second look; any other is read again key by key, so that an unknown or repeated key is named.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import TypeVar

import msgspec

from grants_app.domain.errors import Refused
from grants_app.domain.ranking import (
    Hold,
    Minutes,
    Out,
    Placement,
    RunApplication,
    RunInputs,
    RunPool,
    RunResult,
    SealedRun,
    TieOrder,
)
from grants_app.rules.run_checks import check_inputs

FORMAT = "grants-run/1"
_INPUTS = ("campaign", "total", "pools", "placements", "holds", "out", "ties", "round", "minutes")
_KEYS = frozenset({*_INPUTS, "format", "applications", "result", "fingerprint", "signature"})
_NEEDED = ("format", "campaign", "total", "pools", "applications")

T = TypeVar("T")


def parse(data: bytes) -> SealedRun:
    """The run a file holds, inputs checked; Refused, with the place named, for anything the format forbids.

    The result is read as it is claimed: whether it is the right one is `sealing`'s question.
    """
    top = _read(data, dict[str, msgspec.Raw], "")
    for key in top:
        if key not in _KEYS:
            raise Refused("run_unknown_key", place=key)
    for key in _NEEDED:
        if key not in top:
            raise Refused("run_missing_key", place=key)
    if _read(top["format"], str, "format") != FORMAT:
        raise Refused("run_unknown_format", place="format")
    inputs = RunInputs(
        campaign=_read(top["campaign"], str, "campaign"),
        total=_read(top["total"], int, "total"),
        pools=_piece(top["pools"], tuple[RunPool, ...], "pools"),
        applications=_applications(top["applications"]),
        placements=_optional(top, "placements", tuple[Placement, ...], ()),
        holds=_optional(top, "holds", tuple[Hold, ...], ()),
        out=_optional(top, "out", tuple[Out, ...], ()),
        ties=_optional(top, "ties", tuple[TieOrder, ...], ()),
        round=_optional(top, "round", int, None),
        minutes=_optional(top, "minutes", Minutes, None),
    )
    sealed = SealedRun(
        inputs=inputs,
        result=_optional(top, "result", RunResult, None),
        fingerprint=_optional(top, "fingerprint", str, ""),
        signature=_optional(top, "signature", str, ""),
    )
    _refuse_repeated_at_top(data, top)  # last: repeated keys further in were named with their place
    check_inputs(inputs)
    return sealed


def canonical(inputs: RunInputs, result: RunResult | None) -> bytes:
    """The bytes that are fingerprinted and signed: RFC 8785, everything in the order of the contract."""
    return _joined(_pieces(inputs, result))


def fingerprint(canonical_bytes: bytes) -> str:
    """The fingerprint of canonical bytes: `sha256:` and 64 hexadecimal digits."""
    return "sha256:" + hashlib.sha256(canonical_bytes).hexdigest()


def write(inputs: RunInputs, result: RunResult | None, signature: str = "") -> bytes:
    """The whole file, fingerprint included, as RFC 8785 without a final newline."""
    return write_known(inputs, result, {"": signature})


def write_known(inputs: RunInputs, result: RunResult | None, signatures: Mapping[str, str]) -> bytes:
    """The whole file with the signature known for its fingerprint, or the one under "" for any."""
    pieces = _pieces(inputs, result)
    mark = fingerprint(_joined(pieces))
    pieces["fingerprint"] = _encoded(mark)
    signature = signatures.get(mark) or signatures.get("", "")
    if signature:
        pieces["signature"] = _encoded(signature)
    return _joined(pieces)


def _pieces(inputs: RunInputs, result: RunResult | None) -> dict[str, bytes]:
    by_application = attrgetter("application")
    pieces = {
        "applications": _encoded(_sorted_applications(inputs.applications)),
        "campaign": _encoded(inputs.campaign),
        "format": _encoded(FORMAT),
        "holds": _encoded(sorted(inputs.holds, key=by_application)),
        "out": _encoded(sorted(inputs.out, key=by_application)),
        "placements": _encoded([_placement(p) for p in sorted(inputs.placements, key=by_application)]),
        "pools": _encoded(sorted(inputs.pools, key=attrgetter("id"))),
        "ties": _encoded(sorted(inputs.ties, key=lambda tie: (tie.pool, tie.order[0]))),
        "total": _encoded(inputs.total),
    }
    if inputs.round is not None:
        pieces["round"] = _encoded(inputs.round)
    if inputs.minutes is not None:
        pieces["minutes"] = _encoded(inputs.minutes)
    if result is not None:
        pieces["result"] = _encoded(result)
    return pieces


def _sorted_applications(applications: Iterable[RunApplication]) -> list[RunApplication]:
    sorted_grounds = [
        application
        if len(application.grounds) < 2  # noqa: PLR2004 - one ground is always in order
        else msgspec.structs.replace(application, grounds=tuple(sorted(application.grounds)))
        for application in applications
    ]
    return sorted(sorted_grounds, key=attrgetter("no"))


def _placement(placement: Placement) -> dict[str, str]:
    """A placement as written: a seat that was not said is left out."""
    data: dict[str, str] = msgspec.to_builtins(placement)
    if not placement.seat:
        del data["seat"]
    return data


def _encoded(value: object) -> bytes:
    """RFC 8785 for the types a run holds: ASCII keys, strings, integers below 2⁵³, lists."""
    return msgspec.json.encode(value, order="sorted")


def _joined(pieces: Mapping[str, bytes]) -> bytes:
    return b"{" + b",".join(b'"%s":%s' % (key.encode(), pieces[key]) for key in sorted(pieces)) + b"}"


# ---- the strict way in ---------------------------------------------------------------------------------


def _read(data: bytes | msgspec.Raw, kind: type[T], place: str) -> T:
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.ValidationError as error:
        raise Refused("run_wrong_type", place=_place(place, str(error))) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refused("run_unreadable", place=place or "$") from error


def _piece(raw: msgspec.Raw, kind: type[T], place: str) -> T:
    """A part of the file, with a second look for unknown and repeated keys."""
    value = _read(raw, kind, place)
    _second_look(raw, value, place)
    return value


def _optional(top: Mapping[str, msgspec.Raw], key: str, kind: type[T], default: T | None) -> T:
    return _piece(top[key], kind, key) if key in top else default  # type: ignore[return-value]  # None for T | None


def _applications(raw: msgspec.Raw) -> tuple[RunApplication, ...]:
    decoder = msgspec.json.Decoder(RunApplication)
    encoder = msgspec.json.Encoder(order="sorted")
    found = []
    for number, piece in enumerate(_read(raw, list[msgspec.Raw], "applications")):
        try:
            application = decoder.decode(piece)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            place = _place(f"applications[{number}]", str(error))
            raise Refused("run_wrong_type", place=place) from error
        if encoder.encode(application) != memoryview(piece):
            _second_look(piece, application, f"applications[{number}]")
        found.append(application)
    return tuple(found)


def _second_look(raw: msgspec.Raw, value: object, place: str) -> None:
    if _encoded(value) != memoryview(raw):
        _refuse_unknown(json.loads(bytes(raw), object_pairs_hook=_Pairs), msgspec.to_builtins(value), place)


class _Pairs(list[tuple[str, object]]):
    """An object of the file with its keys as they stood there, repeated ones too."""


def _refuse_unknown(given: object, known: object, place: str) -> None:
    """Compare a part with what was understood of it: a key that vanished is not known or came twice."""
    if isinstance(given, _Pairs) and isinstance(known, Mapping):
        seen = set()
        for key, value in given:
            if key in seen:
                raise Refused("run_repeated_key", place=f"{place}.{key}")
            if key not in known:
                raise Refused("run_unknown_key", place=f"{place}.{key}")
            seen.add(key)
            _refuse_unknown(value, known[key], f"{place}.{key}")
    elif isinstance(given, list) and isinstance(known, (list, tuple)):
        for number, (one, other) in enumerate(zip(given, known, strict=True)):
            _refuse_unknown(one, other, f"{place}[{number}]")


def _refuse_repeated_at_top(data: bytes, top: Mapping[str, msgspec.Raw]) -> None:
    """A text without spaces is as long as its parts; any other is read again, keys only."""
    parts = sum(len(json.dumps(key)) + 2 + len(memoryview(raw)) for key, raw in top.items())
    if parts + 1 != len(data):
        json.loads(data, object_pairs_hook=_only_once)


def _only_once(pairs: list[tuple[str, object]]) -> None:
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise Refused("run_repeated_key", place=next(key for key in keys if keys.count(key) > 1))


def _place(place: str, message: str) -> str:
    """Where msgspec found the fault: it ends its messages with ` - at `$.choices[0]``."""
    return place + message.rpartition(" - at `$")[2].rstrip("`") if " - at `$" in message else place or "$"
