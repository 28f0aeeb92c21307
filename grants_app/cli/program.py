"""Runs one command: takes the shared options from anywhere on the line, and words every way it can end."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, cast

import typer
from typer.core import TyperGroup
from typer.main import get_group

from grants_app.cli import (
    commission_commands,
    exchange_commands,
    intake_commands,
    key_commands,
    setup_commands,
    sheet_commands,
    upkeep_commands,
)
from grants_app.cli.answers import Exit, Options, Session
from grants_app.domain.errors import Altered, Refused, trail
from grants_app.domain.values import LANGS
from grants_app.wording import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from typer.core import TyperCommand

    from grants_app.cli.answers import Opener
    from grants_app.wording import Words

    Reporter = Callable[[str], str]

_INTERRUPTED = 130  # what Typer answers when Ctrl+C is pressed during a command
SHARED_OPTIONS = {
    "--db": "db",
    "--lang": "lang",
    "--campaign": "campaign",
    "--as": "actor",
    "--branch": "branch",
}
_TOLD_OF_THEM = mark(
    "Every command also accepts --db FILE or URL, --lang ky|ru|kk|en, --campaign YEAR, --as NAME,"
    " --branch CODE and --json, in any position."
)


def hoisted(arguments: Sequence[str]) -> tuple[Options, list[str], str]:
    """The shared options wherever they stand, the rest of the line, and an option left without its value.

    Everything behind a lone `--` is left alone, so that a file may be called `--json`.
    """
    found: dict[str, str] = {}
    rest: list[str] = []
    json = False
    line = list(arguments)
    while line:
        word = line.pop(0)
        name, equals, value = word.partition("=")
        if word == "--":
            rest += [word, *line]
            break
        if word == "--json":
            json = True
        elif name in SHARED_OPTIONS:
            if not equals and not line:
                return Options(json=json), [], name
            found[SHARED_OPTIONS[name]] = value if equals else line.pop(0)
        else:
            rest.append(word)
    langs = tuple(part for part in found.pop("lang", "").replace(",", "+").split("+") if part)
    if unknown := [lang for lang in langs if lang not in LANGS]:
        raise Refused("language_unknown", lang=unknown[0])
    return Options(langs=langs, json=json, **found), rest, ""


def commands() -> typer.Typer:
    """All commands of the contract, as one Typer program."""
    program = typer.Typer(
        name="grants-app",
        help="Rank applications, allocate grants, explain and verify every place.",
        epilog=_TOLD_OF_THEM,
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    for family in (
        intake_commands,
        commission_commands,
        sheet_commands,
        exchange_commands,
        key_commands,
        setup_commands,
        upkeep_commands,
    ):
        family.register(program)
    return program


def worded(words: Words) -> TyperGroup:
    """All commands, with their help in this language."""
    group = get_group(commands())
    for command in _every(group):
        command.help = words(command.help or "")
        command.epilog = words(command.epilog or "")
        for option in command.params:
            if told := getattr(option, "help", ""):
                option.help = words(told)  # type: ignore[attr-defined] # an option or an argument
        if (asking := command.get_help_option(typer.Context(command))) is not None:
            asking.help = words("Show this message and exit.")
    return group


def _every(group: TyperGroup) -> Iterator[TyperCommand | TyperGroup]:
    """A group, its commands, and those of the groups inside it."""
    yield group
    for command in group.commands.values():
        if isinstance(command, TyperGroup):
            yield from _every(command)
        else:
            yield cast("TyperCommand", command)


def run(arguments: Sequence[str], opener: Opener, report_bug: Reporter) -> int:
    """Run one command and return its exit code; no traceback ever reaches the user."""
    words = opener.words(())
    try:
        options, rest, mistake = hoisted(arguments)
        words = opener.words(options.langs)
        if mistake:
            return _misused(words, mistake)
        session = Session(options, words, opener)
        try:
            return _answered(session, rest)
        finally:
            session.end()
    except Refused as refusal:  # the language itself was not understood
        return _refused(words, refusal)
    except KeyboardInterrupt:  # before or after the command itself
        return _stopped(words)
    except Exception as bug:
        logging.getLogger(__name__).exception("bug")
        _say(
            words(
                "An internal error occurred. A report was saved: {path}",
                path=report_bug(trail(bug)),
            )
        )
        return Exit.BUG


def _answered(session: Session, rest: list[str]) -> int:
    words = session.words
    try:
        answer = worded(words)(args=rest, obj=session, standalone_mode=False, prog_name="grants-app")
    except Refused as refusal:
        return _refused(words, refusal)
    except typer.TyperException as mistake:
        return _misused(words, getattr(mistake, "format_message", mistake.__str__)())
    return _stopped(words) if answer == _INTERRUPTED else int(answer or Exit.DONE)


def _stopped(words: Words) -> int:
    _say(words("Stopped. No partial changes were saved."))
    return Exit.REFUSED


def _refused(words: Words, refusal: Refused) -> int:
    _say(words.code(refusal.code, **refusal.facts))
    return Exit.ALTERED if isinstance(refusal, Altered) else Exit.REFUSED


def _misused(words: Words, detail: str) -> int:
    _say(words("Invalid command line: {detail}. See grants-app --help.", detail=detail.rstrip(".")))
    return Exit.USAGE


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()
