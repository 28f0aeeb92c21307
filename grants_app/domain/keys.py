"""A campaign's public key as others know it: its fingerprint, the names it proves, what is void by it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from grants_app.domain.values import Names

if TYPE_CHECKING:
    from collections.abc import Iterable

KEY_BYTES = 32
SHORT_ID_BYTES = 6  # what the code on a letter says of its key
_ID_BYTES = 8
_GROUPS = 8
_GROUP_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidPaper:
    """A paper that is not in force any more: since when, and the number of the one in its place or ""."""

    number: str
    state: Literal["cancelled", "replaced"]
    on: date | None = None
    replaced_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey:
    """A raw Ed25519 public key and what was published with it.

    `branches` and `programmes` name what its papers' codes say in code; `void` are the papers known to be
    void at the moment `at`, None where nothing was published with the key. `sample` keys prove sample
    papers only.
    """

    public: bytes
    campaign: str = ""
    titles: Names = field(default_factory=Names)
    branches: Mapping[str, Names] = field(default_factory=dict)
    programmes: Mapping[str, Names] = field(default_factory=dict)
    void: tuple[VoidPaper, ...] = ()
    at: datetime | None = None
    sample: bool = False

    @property
    def id(self) -> str:
        """The first 8 bytes of the key's SHA-256, in hex."""
        return hashlib.sha256(self.public).digest()[:_ID_BYTES].hex()

    @property
    def fingerprint(self) -> str:
        """What two people read to each other; see `fingerprint`."""
        return fingerprint(self.public)

    def void_paper(self, number: str) -> VoidPaper | None:
        """The void paper with this number, None when it is not among them."""
        return next((one for one in self.void if one.number == number), None)


def fingerprint(public: bytes) -> str:
    """Half of the key's SHA-256 in groups to be read aloud: "23A7-9BBE-…", eight groups of four digits."""
    digits = hashlib.sha256(public).hexdigest().upper()
    return "-".join(digits[_GROUP_DIGITS * no : _GROUP_DIGITS * (no + 1)] for no in range(_GROUPS))


def taken(public: bytes, known: Iterable[bytes]) -> bool:
    """Whether another of the known keys has the id this key would have on a letter's code."""
    mine = hashlib.sha256(public).digest()[:SHORT_ID_BYTES]
    return any(other != public and hashlib.sha256(other).digest()[:SHORT_ID_BYTES] == mine for other in known)
