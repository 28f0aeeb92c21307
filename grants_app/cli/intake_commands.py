"""Commands that make a campaign, bring applicants in, list and show them: init, import, list, show."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grants_app.cli.answers import Exit
from grants_app.services import imports, intake
from grants_app.services.register import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grants_app.cli.answers import Session
    from grants_app.domain.imports import Issue
    from grants_app.services.imports import ImportPlan, PlannedRow

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DECIMAL = re.compile(r"[0-9]+\.[0-9]+")


def register(program: typer.Typer) -> None:
    """Add this family's commands to the program."""
    program.command("init")(init)
    program.command("import")(import_)
    program.command("list")(list_)
    program.command("show")(show)


def init(
    context: typer.Context,
    preset: Annotated[str, typer.Option(help="sample or empty")] = "empty",
) -> None:
    """Create a campaign database. An existing file is never overwritten."""
    session: Session = context.obj
    office = session.new_office(preset)
    data = {"db": session.opener.address(session.options), "campaign": office.campaign_id}
    session.answer(data, session.words("Created {db}.", db=data["db"]))


def import_(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="XLSX, XLS, ODS or CSV")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
    accept_warnings: Annotated[bool, typer.Option("--accept-warnings")] = False,
    skip_errors: Annotated[bool, typer.Option("--skip-errors")] = False,
) -> int:
    """Import lists of applicants from spreadsheets: everything or nothing."""
    session: Session = context.obj
    office = session.office()
    plan = imports.plan(office, files)
    refusal = imports.refusal(plan, accept_warnings=accept_warnings, skip_errors=skip_errors)
    written = 0
    if not dry_run and refusal is None:
        written = imports.apply(
            office, plan, accept_warnings=accept_warnings, skip_errors=skip_errors
        ).written
    session.answer({"files": _files(session, plan), "written": written})
    _tell(session, plan)
    if dry_run:
        session.say(session.words("Dry run: nothing was written."))
        return Exit.DONE
    if refusal is not None:
        session.say(session.words.code(refusal.code, **refusal.facts))
        return Exit.REFUSED
    session.say(session.words.plural("{n} application written.", "{n} applications written.", written))
    return Exit.DONE


def _files(session: Session, plan: ImportPlan) -> list[dict[str, object]]:
    return [
        {
            "file": sheet.file,
            "sheet": sheet.sheet,
            "rows": [
                {
                    "row": row.row,
                    "status": row.status,
                    "issues": [
                        {
                            "severity": issue.severity,
                            "field": issue.field,
                            "code": issue.code,
                            "cell": issue.cell,
                            "message": _worded(session, issue),
                        }
                        for issue in row.issues
                        if issue.severity != "duplicate"  # the row's status says it
                    ],
                    **_repeats(row),
                    **({"application": row.application} if row.application else {}),
                    **({"evidence": list(row.evidence)} if row.evidence else {}),
                    **({"conflicts": list(row.conflicts)} if row.conflicts else {}),
                }
                for row in sheet.rows
            ],
        }
        for sheet in plan.sheets
    ]


def _repeats(row: PlannedRow) -> dict[str, int]:
    """The row of the same file that this one repeats, if it does."""
    rows = [int(issue.facts["row"]) for issue in row.issues if issue.severity == "duplicate"]
    return {"repeats": rows[0]} if rows else {}


def _as_people_write(value: str) -> object:
    """A fact's ISO date or plain decimal as the language writes it."""
    if _ISO_DATE.fullmatch(value):
        return date.fromisoformat(value)
    return Decimal(value) if _DECIMAL.fullmatch(value) else value


def _worded(session: Session, issue: Issue) -> str:
    """An issue's sentence, with the address of its cell in front."""
    facts = {name: _as_people_write(value) for name, value in issue.facts.items()}
    sentence = session.words.code(issue.code, **facts)
    return f"{issue.cell}: {sentence}" if issue.cell else sentence


def _tell(session: Session, plan: ImportPlan) -> None:
    for sheet in plan.sheets:
        counts = sheet.counts()
        session.say(
            session.words(
                "{file}, sheet {sheet}: {new} new, {changed} changed, {same} same, {duplicate} repeated,"
                " {error} with errors, {skipped} skipped.",
                file=sheet.file,
                sheet=sheet.sheet or "1",
                **{
                    status: counts.get(status, 0)
                    for status in ("new", "changed", "same", "duplicate", "error", "skipped")
                },
            )
        )
        if session.options.json:
            continue
        for row in sheet.rows:
            for issue in row.issues:
                session.say("  " + _worded(session, issue))


def list_(
    context: typer.Context,
    search: Annotated[str, typer.Option()] = "",
    sort: Annotated[str, typer.Option(help="name, no, pin, score, received, state")] = "name",
    limit: Annotated[int, typer.Option(min=1)] = 50,
) -> None:
    """List applications, as on the Applicants page."""
    session: Session = context.obj
    total, lines = intake.lines(session.office(), search=search, sort=sort, limit=limit)
    rows = [
        {
            "no": line.no,
            "surname": line.surname,
            "given": line.given,
            "patronymic": line.patronymic,
            "pin": line.pin,
            "phone": line.phone,
            "branch": line.branch,
            "first_choice": line.first_choice,
            "score": None if line.score is None else str(line.score),
            "state": line.state.value,
            "flags": list(line.flags),
        }
        for line in lines
    ]
    session.answer({"total": total, "rows": rows})
    if not session.options.json:
        for row in rows:
            session.say(
                f"{row['no']:8} {row['surname']} {row['given']} {row['patronymic']}  {row['pin']}  "
                f"{row['first_choice']}  {row['score'] or '-'}"
            )
    session.say(session.words.plural("{n} application", "{n} applications", total))


def show(
    context: typer.Context, application: Annotated[str, typer.Argument(help="number, such as B-0017")]
) -> None:
    """Show everything entered of one application, with its sources, and what it lacks."""
    session: Session = context.obj
    office = session.office()
    told, complete = record.record(office, application)
    setup, rules = record.rules_of(office)
    lacks = [
        {
            "code": one.code,
            "message": session.words.code(one.code, **record.named(one, setup, rules)),
            "facts": dict(one.facts),
        }
        for one in (*complete.lacks, *complete.below)
    ]
    session.answer({"application": told | {"lacks": lacks}})
    if not session.options.json:
        for line in _lines(told):
            session.say(line)
    for one in lacks:
        session.say(str(one["message"]))
    if not lacks:
        session.say(session.words("Nothing is missing."))


def _lines(told: Mapping[str, object], before: str = "") -> Iterator[str]:
    """What was entered, a field a line; lists by their place, what is empty left out."""
    for key, value in told.items():
        name = f"{before}{key}"
        if isinstance(value, dict):
            yield from _lines(value, f"{name}.")
        elif isinstance(value, list):
            for place, one in enumerate(value, 1):
                if isinstance(one, dict):
                    yield from _lines(one, f"{name}.{place}.")
                else:
                    yield f"{name}.{place}: {one}"
        elif value not in ("", None):
            yield f"{name}: {value}"
