"""Commands of the commission's work: rank, run, seal, explain, award."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import msgspec
import typer

from grants_app.domain.errors import Refused
from grants_app.services import (
    accounts,
    appeal_sheets,
    awards,
    chair_sheet,
    decisions,
    run_files,
    runs,
    scenarios,
    sealing,
    sheet_words,
)
from grants_app.services.telling import sentences

if TYPE_CHECKING:
    from grants_app.cli.answers import Session
    from grants_app.domain.ranking import RunResult
    from grants_app.services.access import Office


def register(program: typer.Typer) -> None:
    """Add this family's commands to the program."""
    program.command("rank")(rank)
    program.command("run")(run)
    program.command("seal")(seal)
    program.command("explain")(explain)
    program.command("lot")(lot)
    program.command("award")(award)


def rank(context: typer.Context) -> None:
    """Rank all eligible applicants in each programme. Nothing is saved."""
    session: Session = context.obj
    pools = runs.ranked(session.office())
    session.answer(
        {
            "pools": [
                {
                    "pool": pool.pool,
                    "rows": [
                        {"position": row.position, "application": row.application, "merit": list(row.merit)}
                        for row in pool.rows
                    ],
                }
                for pool in pools
            ]
        }
    )
    if not session.options.json:
        for pool in pools:
            session.say(pool.pool)
            for row in pool.rows:
                session.say(f"  {row.position:4} {row.application:8} {' '.join(row.merit)}")


def run(
    context: typer.Context,
    scenario: Annotated[
        Path | None, typer.Option(help="a run file with changed data, or the name of a saved scenario")
    ] = None,
) -> None:
    """Calculate the allocation as a draft run. With a scenario, only the result is shown."""
    session: Session = context.obj
    office = session.office()
    if scenario is not None:
        result = _scenario_result(office, scenario)
        session.answer(
            msgspec.to_builtins(result), _summary(session, len(result.awards), len(result.open_ties))
        )
        return
    made = runs.propose(office)
    for finding in made.void_ties:
        session.say(session.words.code(finding.code, **finding.facts))
    session.answer(
        {
            "run": made.no,
            "fingerprint": made.fingerprint,
            **msgspec.to_builtins(made.result),
            "void_ties": made.void_ties,
        },
        session.words("Draft run {no} created.", no=made.no)
        + " "
        + _summary(session, len(made.result.awards), len(made.result.open_ties)),
    )


def _scenario_result(office: Office, asked: Path) -> RunResult:
    """What a run file with changed inputs, else the kept scenario of this name, would come to."""
    record = next((one for one in scenarios.kept(office) if one.name == str(asked)), None)
    if record is None or asked.is_file():
        return run_files.result_of_file(asked)
    held = scenarios.held(office)
    return scenarios.what_if(held, scenarios.opened(held, record).changed).effect.result


def _summary(session: Session, awards_count: int, ties: int) -> str:
    text = session.words.plural("{n} award", "{n} awards", awards_count)
    if not ties:
        return text + "."
    return (
        text
        + ". "
        + session.words.plural(
            "{n} open tie: the commission decides.", "{n} open ties: the commission decides.", ties
        )
    )


def seal(
    context: typer.Context,
    run_no: Annotated[int, typer.Argument(metavar="RUN")],
    minutes: Annotated[str, typer.Option(help="number of the commission's minutes")],
    on: Annotated[str, typer.Option("--date", help="date of the minutes, YYYY-MM-DD; today by default")] = "",
    confirm_by: Annotated[
        str,
        typer.Option(
            "--confirm-by", help="deadline for answers, YYYY-MM-DD HH:MM; the calendar's date by default"
        ),
    ] = "",
    reason: Annotated[
        str, typer.Option(help="reason for accepting the issues on the chair's sheet; the minutes by default")
    ] = "",
) -> None:
    """Seal a run under the commission's minutes. Its grants are offered."""
    session: Session = context.obj
    office = session.office()
    day = _date(on) if on else office.today()
    accepting = reason.strip() or sealing.by_minutes(minutes, day)
    sealed = sealing.seal(office, run_no, minutes, day, _moment(office, confirm_by), accepting=accepting)
    sheet = chair_sheet.look(office, sealed.no)
    accepted = [line for line in sheet.lines if line.standing == "accepted"]
    session.answer(
        {
            "run": sealed.no,
            "fingerprint": sealed.fingerprint,
            "minutes": minutes,
            "accepted": [{"code": one.code, "count": one.count, "reason": one.reason} for one in accepted],
        }
    )
    for line in accepted:
        session.say(sheet_words.accepted(session.words, line))
    session.say(
        session.words("Run {no} is sealed: {fingerprint}", no=sealed.no, fingerprint=sealed.fingerprint)
    )


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("date_not_understood", value=text) from None


def _moment(office: Office, text: str) -> datetime | None:
    """A date and hour by the clock of the campaign's zone; None for nothing."""
    if not text:
        return None
    try:
        moment = datetime.strptime(text, "%Y-%m-%d %H:%M")  # noqa: DTZ007 - the zone follows
    except ValueError:
        raise Refused("moment_not_understood", value=text) from None
    return moment.replace(tzinfo=ZoneInfo(office.campaign().setup.zone))


def explain(
    context: typer.Context,
    application: Annotated[str, typer.Argument()],
    run_no: Annotated[int | None, typer.Option("--run")] = None,
    pdf: Annotated[Path | None, typer.Option(help="write the one-page appeal sheet to this file")] = None,
) -> None:
    """Explain the result of an application: scores, choices, cutoffs and the deciding criterion."""
    session: Session = context.obj
    office = session.office()
    account = accounts.account(office, application, run_no)
    if pdf is not None:
        appeal_sheets.write(office, application, session.words, pdf, run_no)
        session.answer(
            account.data() | {"pdf": str(pdf)},
            session.words("Appeal sheet written to {file}.", file=str(pdf)),
        )
        return
    session.answer(account.data())
    if not session.options.json:
        for line in sentences(account.naming(session.words), account.told):
            session.say(line)


def lot(
    context: typer.Context,
    numbers: Annotated[list[str], typer.Argument(metavar="NUMBER...")],
    seed: Annotated[str, typer.Option(help="the public seed, as written in the draw record")],
) -> None:
    """Repeat a recorded draw from its seed. No database is needed."""
    session: Session = context.obj
    drawn = decisions.draw_lot(seed, [number.strip().upper() for number in numbers])
    session.answer(
        {
            "seed": seed.strip(),
            "order": [one.number for one in drawn],
            "numbers": [{"application": one.number, "sha256": one.sha256} for one in drawn],
        }
    )
    if not session.options.json:
        for place, one in enumerate(drawn, start=1):
            session.say(f"{place:4} {one.number:8} {one.sha256}")
        session.say(
            session.words(
                "Each hash is the SHA-256 of the seed, a colon and the application number; the "
                "lowest hash comes first."
            )
        )


def award(
    context: typer.Context,
    application: Annotated[str, typer.Argument()],
    answer: Annotated[str, typer.Argument(metavar="confirm|decline|expire")],
    *,
    preview: Annotated[bool, typer.Option("--preview")] = False,
    reason: Annotated[str, typer.Option()] = "",
    received: Annotated[
        str, typer.Option(help="when the document was received, YYYY-MM-DD HH:MM; now by default")
    ] = "",
) -> None:
    """Record the answer to an offer, or preview its effects."""
    session: Session = context.obj
    office = session.office()
    if preview:
        steps = awards.preview(office, application, answer)
    else:
        steps = awards.record(office, application, answer, reason=reason, received=_moment(office, received))
    session.answer({"steps": steps})
    for step in steps:
        session.say(
            session.words.code(
                f"step_{step.kind}", application=step.application, pool=step.pool, name=step.full_name
            )
        )
