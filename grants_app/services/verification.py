"""Proving papers and files by keys trusted, never by one inside: letters, run files, backups."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from grants_app.domain.errors import Altered, Refused
from grants_app.papers.verify import verify_letter
from grants_app.rules import sealing
from grants_app.services import stationery
from grants_app.services.files import read_limited
from grants_app.store.backup import read_back

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grants_app.domain.ranking import SealedRun
    from grants_app.services.access import Office
    from grants_app.wording import Words

LIMIT = 2_000_000_000
PAPER_LIMIT = 50_000_000
KEY_BYTES = 32
REFUSED, ALTERED = 1, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a file is, whether it is genuine, what it shows to compare with the paper, or why not."""

    file: str
    kind: Literal["letter", "run", "backup", "unknown"]
    ok: bool
    shows: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    exit_code: int = 0

    def as_json(self) -> dict[str, object]:
        """As `verify --json` prints it."""
        told: dict[str, object] = {"file": self.file, "kind": self.kind, "ok": self.ok, "shows": self.shows}
        return told if self.ok else told | {"code": self.code}

    def sentences(self, words: Words) -> list[tuple[str, str]]:
        """What it shows, as labels and values in the reader's language."""
        return [(words.code(f"shows_{key}"), value) for key, value in self.shows.items()]


def keys(given: Path | None, trusted: Path) -> tuple[bytes, ...]:
    """The public keys to verify with: the file given, else every key trusted on this machine."""
    if given is not None:
        return (_key(given),)
    if not trusted.is_dir():
        return ()
    return tuple(_key(path) for path in sorted(trusted.glob("*.pub")))


def _key(path: Path) -> bytes:
    data = read_limited(path, 1000).strip()
    try:
        key = base64.b64decode(data, validate=True)
    except binascii.Error:
        raise Refused("key_unreadable", file=str(path)) from None
    if len(key) != KEY_BYTES:
        raise Refused("key_unreadable", file=str(path))
    return key


def verify_file(
    path: Path, trusted: Sequence[bytes], *, name: str = "", office: Office | None = None
) -> Told:
    """Prove one file, whatever it is; a genuine one shows what to compare, any other says why not."""
    kind: Literal["letter", "run", "backup", "unknown"] = "unknown"
    try:
        data = read_limited(path, LIMIT)
        kind = _kind(data)
        if kind == "letter":
            shows = _letter(data, trusted, name)
            if office is not None:
                shows |= _registered(office, shows["number"])
        elif kind == "run":
            shows = _run(data, trusted)
        elif kind == "backup":
            shows = _backup(path)
        else:
            return Told(
                file=str(path),
                kind=kind,
                ok=False,
                code="verify_unknown_kind",
                facts={"file": str(path)},
                exit_code=REFUSED,
            )
    except Altered as altered:
        return Told(
            file=str(path), kind=kind, ok=False, code=altered.code, facts=altered.facts, exit_code=ALTERED
        )
    except Refused as refused:
        return Told(
            file=str(path), kind=kind, ok=False, code=refused.code, facts=refused.facts, exit_code=REFUSED
        )
    return Told(file=str(path), kind=kind, ok=True, shows=shows)


def _kind(data: bytes) -> Literal["letter", "run", "backup", "unknown"]:
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff")):
        return "letter"
    if data.lstrip()[:1] == b"{":
        return "run"
    if data.startswith(b"SQLite format 3\x00"):
        return "backup"
    return "unknown"


def _letter(data: bytes, trusted: Sequence[bytes], name: str) -> dict[str, str]:
    if len(data) > PAPER_LIMIT:
        raise Refused("picture_too_large")
    kind: Literal["pdf", "picture"] = "pdf" if data.startswith(b"%PDF") else "picture"
    check = verify_letter(data, kind, trusted, stationery.wordings(), name or None)
    return {
        "number": check.number,
        "programme": check.programme,
        "branch": check.branch,
        "date": check.issued_on.isoformat(),
        "run": str(check.run),
        "name": check.name,
    }


def _registered(office: Office, number: str) -> dict[str, str]:
    """The name and the state the register has for the letter's number."""
    with office.store.reading() as reading:
        paper = next((p for p in reading.papers(office.campaign_id) if p.number == number), None)
        if paper is None or paper.application is None:
            raise Altered("letter_not_registered", number=number)
        full_name = reading.application(paper.application).entry.person.full_name
    return {"registered_name": full_name, "state": paper.state}


def _run(data: bytes, trusted: Sequence[bytes]) -> dict[str, str]:
    sealed = _proven(data, trusted)
    minutes = sealed.inputs.minutes
    return {
        "campaign": sealed.inputs.campaign,
        "minutes": f"{minutes.no}, {minutes.date}" if minutes else "",
        "awards": str(len(sealed.result.awards) if sealed.result else 0),
        "fingerprint": sealed.fingerprint,
    }


def _proven(data: bytes, trusted: Sequence[bytes]) -> SealedRun:
    """The run by whichever trusted key signed it; without any key nothing can be proven."""
    if not trusted:
        raise Refused("no_trusted_key")
    for key in trusted[:-1]:
        try:
            return sealing.verify(data, key)
        except Altered as altered:
            if altered.code != "signature_wrong":
                raise
    return sealing.verify(data, trusted[-1])


def _backup(path: Path) -> dict[str, str]:
    report = read_back(path)
    return {"applications": str(report.applications), "journal": str(report.journal_seq)}
