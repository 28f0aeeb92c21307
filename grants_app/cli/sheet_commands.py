"""The command that shows the chair's sheet of a run, or writes it as one A4 page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from grants_app.services import chair_sheet, sheet_paper, sheet_words

if TYPE_CHECKING:
    from grants_app.cli.answers import Session


def register(program: typer.Typer) -> None:
    """Add this family's command to the program."""
    program.command("sheet")(sheet)


def sheet(
    context: typer.Context,
    run_no: Annotated[int | None, typer.Argument(metavar="[RUN]")] = None,
    minutes: Annotated[str, typer.Option(help="number of the minutes used to check the quorum")] = "",
    out: Annotated[Path | None, typer.Option(help="PDF file to write")] = None,
) -> None:
    """Show the chair's sheet of a run: what to check before sealing, or what was checked."""
    session: Session = context.obj
    office = session.office()
    shown = chair_sheet.look(office, run_no, minutes)
    if out is not None:
        sheet_paper.save(office, session.words, shown, out)
    session.answer(msgspec.to_builtins(shown) | {"file": str(out) if out else ""})
    if session.options.json:
        return
    for line in shown.lines:
        told = f"{sheet_words.figure(line):>5}  {sheet_words.named(session.words, line)}"
        session.say(f"{told} · {sheet_words.standing(session.words, line)}")
