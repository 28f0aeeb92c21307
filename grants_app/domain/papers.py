"""What papers are drawn from: a letter's facts, its code's content, tables; not how any of it looks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from grants_app.domain.campaign import Level
from grants_app.domain.values import Names

NO_NAMES = Names()
NameCheck = Literal["match", "no_match", "asked"]
TextLayer = Literal["none", "unreadable", "read"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOff:
    """A deadline put off after its letter was issued: until when (in the campaign's zone), by which order."""

    until: datetime
    order_no: str
    order_on: date


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs a paper, as each language writes the post and the name."""

    post: Names
    name: Names


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """Everything an award letter says, in no language; kept as canonical JSON, so a reprint is the same.

    `number` is the paper's own ("КБ-2026-0017"), `full_name` the nominative, `latin` the passport's
    spelling or empty, `score` plain decimal notation or empty, `confirm_until` time-zone aware in the
    campaign's zone and `zone` that zone's name ("Bishkek time"). `letterhead` is the second line under
    the branch's name (an address, a phone), may be empty. `fingerprint` is the run's ("sha256:…"),
    `journal` the sequence number of the journal's head at issue, `code` the QR code's text. `reprint`
    counts reprints (0 = the original), `replaces` is the number of the cancelled letter this one stands for.
    `key` is the fingerprint of the key that signed the code. `extended` says until when and by which order
    the deadline was put off after the letter was issued. A `draft` has neither number nor code yet.

    `signers` sign it, in their order; letters of before several could sign have one `post` and `signatory`
    instead. `emblem` names the branch's own picture by its SHA-256, "" stands for the program's mark.
    """

    number: str
    issued_on: date
    branch: Names
    city: Names
    full_name: str
    programme_code: str
    programme: Names
    level: Level
    minutes_no: str
    minutes_on: date
    position: int | None
    score: str
    confirm_until: datetime | None
    zone: Names
    run: int
    fingerprint: str
    journal: int
    code: str
    latin: str = ""
    letterhead: Names = NO_NAMES
    guardian: str = ""
    reprint: int = 0
    replaces: str = ""
    sample: bool = False
    key: str = ""
    extended: PutOff | None = None
    draft: bool = False
    post: Names = NO_NAMES
    signatory: str = ""
    signers: tuple[Signer, ...] = ()
    emblem: str = ""

    @property
    def signed_by(self) -> tuple[Signer, ...]:
        """Who signs, however old the letter is; a line without a name where nobody was set up."""
        return self.signers or (Signer(self.post, Names(ru=self.signatory)),)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePayload:
    """What a letter's code carries; nothing in it can be read as a person.

    `branch` is the branch's code, `run` the run's number, `salt` random bytes kept with the paper (so a
    reprint has the same code), `digest` the salted digest of the name and `key` the signing key's id.
    """

    number: str
    programme: str
    branch: str
    issued_on: date
    run: int
    salt: bytes
    digest: bytes
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterCheck:
    """What a letter's proven code shows, to be compared with the paper in hand.

    `name` is `match` or `no_match` for the name printed (PDF) or given, `asked` when no text was read and
    no name was given yet. `printed_name` is the name a PDF prints, proved by the code, else empty, `given`
    the name it was compared with. `text` says whether the page has text and it could be read; `rows` and
    `head` are what it prints beside its labels and over its title, not proven by the code; `watermark` are
    its words set too large for a letter's.
    `key` is the public key that proved the code, `code` the code's text.
    """

    number: str
    programme: str
    branch: str
    issued_on: date
    run: int
    name: NameCheck
    printed_name: str = ""
    given: str = ""
    text: TextLayer = "none"
    rows: Mapping[str, str] = field(default_factory=dict)
    head: str = ""
    watermark: str = ""
    key: bytes = b""
    code: str = ""


ColumnKind = Literal["text", "int", "decimal", "date"]
Cell = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column, the same on the screen and in XLSX, CSV, PDF and HTML.

    `title` is a message of the catalogue, or, with `named`, a name that is not translated (a subject, a
    criterion as the campaign calls it). `weight` is the width relative to the other columns.
    """

    key: str
    title: str
    kind: ColumnKind = "text"
    weight: int = 10
    named: bool = False


@dataclass(frozen=True, slots=True)
class Divider:
    """A line across a table before row `before` (0-based): a new section, or the cutoff.

    Drawn in PDF and HTML; XLSX and CSV stay flat, one row per record, so that they can be filtered and
    joined: there a cutoff is the stroke above its row (XLSX) or left to the table's own columns.
    """

    before: int
    text: str
    kind: Literal["section", "cutoff"] = "section"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A list ready to export: `rows` hold one cell per column, in the columns' order.

    `title`, `subtitle`, `footers` and dividers are words already in the reader's language; None is an
    empty cell. `fingerprint` is the run's, printed in every page's footer, or empty. `made_on` is the
    date the file says it was made. `signatures` are post and name of who signs the list on paper.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    subtitle: tuple[str, ...] = ()
    footers: tuple[str, ...] = ()
    dividers: tuple[Divider, ...] = ()
    fingerprint: str = ""
    made_on: date | None = None
    sample: bool = False
    signatures: tuple[tuple[str, str], ...] = ()
