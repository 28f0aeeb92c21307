"""Commands that keep the data whole: check, backup, restore; and the demonstration."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grants_app.cli.answers import Exit
from grants_app.services import demonstration, upkeep
from grants_app.services.start import restore_words

if TYPE_CHECKING:
    from grants_app.cli.answers import Session


def register(program: typer.Typer) -> None:
    """Add this family's commands to the program."""
    program.command("demo")(demo)
    program.command("check")(check)
    program.command("backup")(backup)
    program.command("restore")(restore)


def demo(context: typer.Context, folder: Annotated[Path, typer.Argument(metavar="DIR")]) -> None:
    """Run the sample campaign, from the lists of two branches to fifty letters."""
    session: Session = context.obj
    demonstration.clear_folder(folder)
    office = session.new_office("sample", data=folder)
    made = demonstration.run(office, session.words, folder, session.say, session.opener.trusted_keys())
    session.answer(
        made.as_json(),
        session.words("Letters, lists and the run file are in {folder}.", folder=folder),
    )


def check(context: typer.Context) -> int:
    """Check the database, the journal and the seat ledger."""
    session: Session = context.obj
    findings = upkeep.check(session.office())
    worded = [{"code": f.code, "message": session.words.code(f.code, **f.facts)} for f in findings]
    session.answer({"ok": not findings, "findings": worded})
    for finding in worded:
        session.say(finding["message"])
    if findings:
        return Exit.ALTERED
    session.say(session.words("The database, journal and seat ledger are consistent."))
    return Exit.DONE


def backup(context: typer.Context, out: Annotated[Path, typer.Option()]) -> None:
    """Make a backup and verify it."""
    session: Session = context.obj
    made = upkeep.backup(session.office(), out)
    session.answer(
        {"file": str(made.file), "applications": made.applications, "ok": True},
        session.words("Backup written and read back: {file}", file=made.file),
    )


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument()],
    beside: Annotated[Path | None, typer.Option(metavar="NEW")] = None,
) -> None:
    """Restore a backup. The database it replaces is kept beside it; --beside NEW replaces nothing."""
    session: Session = context.obj
    made = session.opener.restore(session.options, file, beside)
    words = session.words
    session.answer(
        {
            "file": str(made.file),
            "applications": made.applications,
            "ok": True,
            "kept": str(made.kept or ""),
            "target": made.target,
            "campaigns": list(made.codes),
            "at": made.last_at.isoformat() if made.last_at else None,
            "journal": made.journal,
            "lost": list(made.lost) if made.lost else None,
            "void": [
                {"campaign": one.series.campaign, "kind": one.series.kind, "branch": one.series.owner}
                | {"first": one.first, "last": one.last}
                for one in made.void
            ],
            "database": made.database,
            "parent": made.parent,
        },
    )
    for sentence in restore_words.done(words, made):
        session.say(sentence)
