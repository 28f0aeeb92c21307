"""Runs one command: takes the shared options from anywhere on the line, and words every way it can end."""

from __future__ import annotations

import logging
import traceback
from typing import TYPE_CHECKING

import click
import typer

from grants_app.cli import commission_commands, exchange_commands, intake_commands, upkeep_commands
from grants_app.cli.answers import Exit, Options, Session
from grants_app.domain.errors import Altered, Refused
from grants_app.domain.values import LANGS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grants_app.cli.answers import Opener

    Reporter = Callable[[str], str]

_VALUED = {
    "--db": "db",
    "--lang": "lang",
    "--campaign": "campaign",
    "--as": "actor",
    "--branch": "branch",
}


def hoisted(arguments: Sequence[str]) -> tuple[Options, list[str]]:
    """The shared options wherever they stand, and the rest of the line; Refused for a bad value.

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
        elif name in _VALUED:
            if not equals and not line:
                raise click.UsageError(name)
            found[_VALUED[name]] = value if equals else line.pop(0)
        else:
            rest.append(word)
    langs = tuple(part for part in found.pop("lang", "").replace(",", "+").split("+") if part)
    if unknown := [lang for lang in langs if lang not in LANGS]:
        raise Refused("language_unknown", lang=unknown[0])
    return Options(langs=langs, json=json, **found), rest


def commands() -> typer.Typer:
    """All commands of the contract, as one Typer program."""
    program = typer.Typer(
        name="grants-app", add_completion=False, no_args_is_help=True, rich_markup_mode=None
    )
    for family in (intake_commands, commission_commands, exchange_commands, upkeep_commands):
        family.register(program)
    return program


def run(arguments: Sequence[str], opener: Opener, report_bug: Reporter) -> int:
    """Run one command and return its exit code; no traceback ever reaches the user."""
    words = opener.words(())
    try:
        options, rest = hoisted(arguments)
        words = opener.words(options.langs)
        session = Session(options, words, opener)
        answer = commands()(args=rest, obj=session, standalone_mode=False, prog_name="grants-app")
    except Altered as refusal:
        _say(words.code(refusal.code, **refusal.facts))
        return Exit.ALTERED
    except Refused as refusal:
        _say(words.code(refusal.code, **refusal.facts))
        return Exit.REFUSED
    except click.UsageError as mistake:
        detail = mistake.format_message()
        _say(words("This command line is not understood: {detail}. See grants-app --help.", detail=detail))
        return Exit.USAGE
    except (KeyboardInterrupt, click.Abort):
        _say(words("Stopped. Nothing was left half done."))
        return Exit.REFUSED
    except Exception:
        logging.getLogger(__name__).exception("bug")
        _say(
            words(
                "Something went wrong inside the program. A report was written: {path}",
                path=report_bug(traceback.format_exc()),
            )
        )
        return Exit.BUG
    return int(answer or Exit.DONE)


def _say(sentence: str) -> None:
    click.echo(sentence, err=True)
