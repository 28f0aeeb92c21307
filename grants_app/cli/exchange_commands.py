"""Commands whose papers and files leave the house: letters, export, recompute, verify."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grants_app.cli.answers import Exit
from grants_app.services import exports, letters, run_files, verification
from grants_app.services.office import keys

if TYPE_CHECKING:
    from grants_app.cli.answers import Session


def register(program: typer.Typer) -> None:
    """Add this family's commands to the program."""
    program.command("letters")(letters_)
    program.command("export")(export)
    program.command("recompute")(recompute)
    program.command("verify")(verify)


def letters_(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help="folder for the letters")],
    *,
    one_file: Annotated[bool, typer.Option("--one-file")] = False,
) -> None:
    """Issue and print the award letters of the sealed run. Letters already issued are printed again."""
    session: Session = context.obj
    left: list[letters.LeftOut] = []
    made = letters.write_all(
        session.office(), out, session.options.langs, one_file=one_file, leave_out=left.append
    )
    words = session.words
    session.answer(
        {
            "letters": [{"no": m.number, "application": m.application, "file": str(m.file)} for m in made],
            "left_out": [
                {
                    "application": one.application,
                    "name": one.full_name,
                    "why": words.code(one.trouble.code, **one.trouble.facts),
                }
                for one in left
            ],
        },
        words.plural("{n} letter written.", "{n} letters written.", len(made)),
    )
    for one in left:
        session.say(
            words(
                "Skipped: {name} ({no}). {why}",
                name=one.full_name,
                no=one.application,
                why=words.code(one.trouble.code, **one.trouble.facts),
            )
        )


def export(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="shortlist|public|reserve|ledger|applications")],
    out: Annotated[Path, typer.Option()],
    form: Annotated[str, typer.Option("--format", help="xlsx, csv, pdf or html")] = "xlsx",
) -> None:
    """Save a list exactly as it is shown on screen."""
    session: Session = context.obj
    rows = exports.write(session.office(), session.words, kind, form, out)
    session.answer(
        {"rows": rows, "file": str(out)},
        session.words("{rows} rows saved in {file}.", rows=rows, file=out),
    )


def recompute(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="IN")],
    out: Annotated[Path | None, typer.Option()] = None,
) -> None:
    """Recalculate the result of a run file from its own data. No database is needed."""
    session: Session = context.obj
    data = run_files.recompute_file(source, out)
    if out is None:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    elif session.options.json:
        sys.stdout.buffer.write(data + b"\n")
    if out is not None:
        session.say(session.words("Recomputed; the result was saved in {file}.", file=out))


def verify(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument()],
    key: Annotated[Path | None, typer.Option(help="public key of the campaign")] = None,
    name: Annotated[str, typer.Option(help="full name to compare with the letter")] = "",
) -> int:
    """Verify letters, run files and backups, and show what to compare with the document."""
    session: Session = context.obj
    office = session.named_office()
    known = keys.proving(office, key, session.opener.trusted_keys())
    told = [verification.verify_file(path, known, name=name, office=office) for path in files]
    session.answer({"files": [one.as_json(session.words) for one in told]})
    for one in told:
        session.say(f"{one.file}: {one.title(session.words)}. {one.reason(session.words)}")
        for letter in one.letters or (one,):
            if letter is not one:
                session.say(f"  {letter.title(session.words)}. {letter.reason(session.words)}")
            for label, value in letter.sentences(session.words):
                session.say(f"    {label}: {value}")
    return max((one.exit_code for one in told), default=Exit.DONE)
