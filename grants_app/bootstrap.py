"""The only place that builds things and joins them: words, folders, database, window or command."""

from __future__ import annotations

import logging
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from grants_app import paths
from grants_app.domain.journal import Actor
from grants_app.services.access import Folders, Office
from grants_app.services.beginning import begin
from grants_app.services.opening import Premises, open_desk
from grants_app.services.start import recent, restoring
from grants_app.wording import Words, machine_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.cli.answers import Options
    from grants_app.gui.widgets.bars import FrameFacts
    from grants_app.gui.widgets.search_popup import Found
    from grants_app.services.start.restoring import Restoration


def now() -> datetime:
    """The clock of everything: the present moment in UTC."""
    return datetime.now(UTC)


def reader_command() -> tuple[str, ...]:
    """The command that starts the confined reader of spreadsheets, from a checkout and when frozen."""
    if getattr(sys, "frozen", False):
        return (sys.executable, "read-sheet")
    return (sys.executable, "-m", "grants_app", "read-sheet")


def write_report(folders: Folders, text: str) -> str:
    """Write a bug's traceback, without any person in it, and answer where it is."""
    folders.reports.mkdir(parents=True, exist_ok=True)
    path = folders.reports / f"bug-{now():%Y%m%d-%H%M%S-%f}.txt"
    path.write_text(text, encoding="utf-8")
    return str(path)


class Outside:
    """What the commands and the window ask of the world; see `cli.answers.Opener`."""

    def __init__(self) -> None:
        self.folders = Folders(paths.user_folder())

    def words(self, langs: tuple[str, ...]) -> Words:
        """The words of the first language asked for, else of this machine's language."""
        return Words(langs[0] if langs else machine_language(os.environ))

    def trusted_keys(self) -> Path:
        """Where the public keys trusted on this machine lie."""
        return self.folders.trusted_keys

    def address(self, options: Options) -> str:
        """The database's address: the option, the environment, else the user's own file."""
        given = options.db or os.environ.get("GRANTS_APP_DB", "")
        return given or str(self.folders.data / "grants.sqlite")

    def named(self, options: Options) -> bool:
        """Whether a database was named, by the option or by the environment."""
        return bool(options.db or os.environ.get("GRANTS_APP_DB", ""))

    @property
    def premises(self) -> Premises:
        """What every desk on this machine has before any database is open."""
        return Premises(now, self.folders, reader_command())

    def office(self, options: Options, *, any_campaign: bool = False) -> Office:
        """The office on the database named, in the campaign named or the only open one (or any one)."""
        return open_desk(
            self.premises,
            self.address(options),
            _actor(options),
            options.campaign,
            any_campaign=any_campaign,
        )

    def new_office(self, options: Options, preset_name: str, *, data: Path | None = None) -> Office:
        """The office on a new database holding the preset's campaign; refuses to overwrite."""
        address = str(data / "grants.sqlite") if data is not None else self.address(options)
        return begin(self.premises, address, preset_name, _actor(options))

    def restore(self, options: Options, source: Path, beside: Path | None = None) -> Restoration:
        """The backup brought back: into the new file `beside`, else in place of the database named."""
        address = str(beside) if beside is not None else self.address(options)
        return restoring.restore(self.premises, address, source, _actor(options), beside=beside is not None)

    def first_office(self, address: str) -> Office | None:
        """The office on the database named, else on what was open last; None when there is none yet."""
        given = address or os.environ.get("GRANTS_APP_DB", "")
        if not given:
            return recent.reopen(self.premises)
        return open_desk(self.premises, given, None, shown=True)

    def address_to_open(self, address: str) -> str:
        """The database a start of the window is about: the one named, else what was open last."""
        return address or os.environ.get("GRANTS_APP_DB", "") or recent.to_open(self.premises)

    def same_file_key(self, address: str) -> str:
        """What two addresses of one database have in common, whatever links lead to it."""
        return recent.same_file_key(address)

    def opened(self, office: Office) -> None:
        """Remember what is open now, to open it again at the next start."""
        recent.opened(self.folders, office)

    def report_bug(self, text: str) -> str:
        """Write a report of this traceback; answers its path."""
        return write_report(self.folders, text)

    def settings_file(self) -> Path:
        """Where the window keeps its geometry, language and appearance."""
        return self.folders.data / "window.ini"

    def frame_facts(self, office: Office, words: Words) -> FrameFacts:
        """What the frame shows of the office."""
        from grants_app.gui.frame_reading import frame_facts

        return frame_facts(office, words)

    def find(self, office: Office, text: str, words: Words) -> Sequence[Found]:
        """People, numbers and actions that fit the text."""
        from grants_app.gui.frame_reading import found

        return found(office, text, words)


def _actor(options: Options) -> Actor:
    """Who the command line says acts; a secretary, as whoever may open the file may prepare its papers."""
    name = options.actor or os.environ.get("USER", "") or os.environ.get("USERNAME", "") or "office"
    return Actor(name=name, branch=options.branch, role="secretary")


def start(arguments: Sequence[str]) -> int:
    """Open the window when nothing is asked for, else run the command."""
    # Bugs go into reports, never as a traceback into the user's face.
    logging.getLogger("grants_app").addHandler(logging.NullHandler())
    outside = Outside()
    match list(arguments):
        case [] | ["--db", _]:
            from grants_app.gui import application

            return application.run(outside, "".join(arguments[1:]))
        case [one] if one.startswith("--db=") or Path(one).suffix == ".sqlite":  # a double click on a file
            from grants_app.gui import application

            return application.run(outside, one.removeprefix("--db="))
        case _:
            from grants_app.cli import program

            return program.run(arguments, outside, outside.report_bug)
