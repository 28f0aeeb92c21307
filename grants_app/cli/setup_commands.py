"""Commands on a campaign's set-up: written to a file, taken from one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grants_app.services.campaign import setup_file

if TYPE_CHECKING:
    from grants_app.cli.answers import Session
    from grants_app.services.campaign.setup_file import SetupChange
    from grants_app.wording import Words

FileArgument = Annotated[Path, typer.Argument(metavar="FILE")]


def register(program: typer.Typer) -> None:
    """Add this family's commands to the program."""
    family = typer.Typer(
        name="setup",
        help="Write a campaign's settings to a file, or take them from one.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    family.command("export")(export)
    family.command("import")(take)
    program.add_typer(family)


def export(context: typer.Context, file: FileArgument) -> None:
    """Write the campaign's settings as TOML: branches, programmes, seats, dates, documents, rules."""
    session: Session = context.obj
    parts = setup_file.export_setup(session.office(), file)
    session.answer(
        {"file": str(file), "parts": parts, "changes": []},
        session.words("The settings were written to {file}.", file=file),
    )


def take(
    context: typer.Context,
    file: FileArgument,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, change nothing.")
    ] = False,
    reason: Annotated[str, typer.Option(help="Why, where the campaign is frozen or published.")] = "",
) -> None:
    """Take the parts of a file of settings in place of the campaign's own, all or nothing."""
    session: Session = context.obj
    office = session.office()
    if dry_run:
        plan = setup_file.plan_import(office, file)
    else:
        _, plan = setup_file.import_setup(office, file, office.campaign().version, reason=reason)
    words = session.words
    session.answer(
        {
            "file": str(file),
            "parts": plan.parts,
            "changes": [
                {"part": one.part, "key": one.key, "kind": one.kind, "fields": list(one.fields)}
                for one in plan.changes
            ],
            "left_out": list(plan.left_out),
            "written": bool(plan.changes) and not dry_run,
        }
    )
    for one in plan.changes:
        session.say(change_text(words, one))
    for part in plan.left_out:
        session.say(words("Made up in the sample and not taken: {part}.", part=words.code(f"part_{part}")))
    if not plan.changes:
        session.say(words("Nothing differs from the file."))
    elif dry_run:
        session.say(words("Nothing was changed: this was a trial."))
    else:
        session.say(words("The settings were taken from {file}.", file=file))


def change_text(words: Words, change: SetupChange) -> str:
    """One change in words: its part, the thing, what becomes of it."""
    part, kind = words.code(f"part_{change.part}"), words.code(f"change_{change.kind}")
    return f"{part}: {change.key}: {kind}" if change.key else f"{part}: {kind}"
