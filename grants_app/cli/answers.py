"""What a command answers with: JSON or plain words, and the exit code; it knows no use case."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec

from grants_app.services import opening
from grants_app.services.access import Office
from grants_app.wording import Words

if TYPE_CHECKING:
    from grants_app.services.start.restoring import Restoration


class Exit(IntEnum):
    """The exit codes of the contract."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    ALTERED = 3
    BUG = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options every command takes, before or after its name."""

    db: str = ""
    langs: tuple[str, ...] = ()
    json: bool = False
    campaign: str = ""
    actor: str = ""
    branch: str = ""


class Opener(Protocol):
    """What the commands need of the outside: words, and an office on an opened or new database."""

    def words(self, langs: tuple[str, ...]) -> Words:
        """The words of the first language asked for, else of the machine's language."""

    def office(self, options: Options, *, any_campaign: bool = False) -> Office:
        """The office on the database named; Refused when it cannot be opened or no campaign fits."""

    def new_office(self, options: Options, preset: str, *, data: Path | None = None) -> Office:
        """The office on a new database with the preset's campaign; refuses to overwrite."""

    def address(self, options: Options) -> str:
        """The database's address: as given, as the environment says, or the user's own file."""

    def named(self, options: Options) -> bool:
        """Whether a database was named, by the option or by the environment."""

    def restore(self, options: Options, source: Path, beside: Path | None = None) -> Restoration:
        """The backup brought back: into the new file `beside`, else in place of the database named."""

    def trusted_keys(self) -> Path:
        """The folder with the public keys this machine trusts."""


@dataclass(frozen=True, slots=True)
class Session:
    """One command's options, words and opener."""

    options: Options
    words: Words
    opener: Opener
    opened: list[Office] = field(default_factory=list)
    """What this command opened; it is let go of when the command ends."""

    def office(self) -> Office:
        """The office the options name; what has to be said of its database is said at once."""
        office = self.opener.office(self.options)
        self.opened.append(office)
        for notice in office.notices:
            self.say(self.words.code(notice.code, **notice.facts))
        return office

    def named_office(self) -> Office | None:
        """The office on the database named, closed campaigns too; None when none was named."""
        if not self.opener.named(self.options):
            return None
        office = self.opener.office(self.options, any_campaign=True)
        self.opened.append(office)
        return office

    def new_office(self, preset: str, *, data: Path | None = None) -> Office:
        """The office on a new database with the preset's campaign."""
        office = self.opener.new_office(self.options, preset, data=data)
        self.opened.append(office)
        return office

    def end(self) -> None:
        """Let go of every database opened."""
        for office in self.opened:
            opening.let_go(office)

    def answer(self, data: object, sentence: str = "") -> None:
        """Print `data` as JSON when asked for JSON, and the sentence to standard error."""
        if self.options.json:
            sys.stdout.buffer.write(msgspec.json.encode(data) + b"\n")
            sys.stdout.flush()
        if sentence:
            self.say(sentence)

    def say(self, sentence: str) -> None:
        """One line of words on standard error."""
        sys.stderr.write(sentence + "\n")
        sys.stderr.flush()
