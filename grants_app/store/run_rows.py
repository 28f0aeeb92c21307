"""Runs as rows and back; the lists of a run come sorted as they are shown."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any, cast

import msgspec
from sqlalchemy import func, select

from grants_app.domain.errors import Refused
from grants_app.domain.ranking import Explanation
from grants_app.domain.runs import RunKind, RunLine, RunRecord
from grants_app.store.application_tables import application
from grants_app.store.decision_tables import run, run_explanation, run_line
from grants_app.store.moments import date_of, utc_of, utc_or_none

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Connection, Row

_RECORD = tuple(column for column in run.c if column.name != "file")
_LAST = 10**9
_FAST = 1  # zlib's quickest level: an explanation shrinks to about a tenth with it


def joined(merit: Iterable[str]) -> str:
    """A merit as one text; its parts hold no spaces."""
    return " ".join(merit)


def packed(explanation: Explanation) -> bytes:
    """An explanation as it is kept."""
    return zlib.compress(msgspec.json.encode(explanation), _FAST)


def list_order(line: RunLine) -> tuple[object, ...]:
    """How a pool's list runs: by position; among equals the taken, then the reserve, then by number."""
    return (
        line.pool,
        _LAST if line.position is None else line.position,
        line.outcome not in ("awarded", "placed"),
        line.reserve or _LAST,
        line.application_no,
    )


def line_of(row: Row[Any]) -> RunLine:
    """A line out of a row joined with its application's number."""
    return RunLine(
        pool=row.pool,
        application=row.application,
        application_no=row.no,
        choice=row.choice,
        position=row.position,
        merit=tuple(row.merit.split()),
        outcome=row.outcome,
        seat=row.seat,
        reserve=row.reserve,
        deciding_level=row.deciding_level,
        decided_against=row.decided_against,
        cutoff=tuple(row.cutoff.split()),
    )


def load_lines(connection: Connection, run_id: int, pool: str = "") -> list[RunLine]:
    """The run's lines, or one pool's, pool by pool in the list's order."""
    query = (
        select(run_line, application.c.no)
        .join(application, application.c.id == run_line.c.application)
        .where(run_line.c.run == run_id)
        .order_by(run_line.c.pool, run_line.c.place)
    )
    if pool:
        query = query.where(run_line.c.pool == pool)
    return [line_of(row) for row in connection.execute(query)]


def load_runs(connection: Connection, *where: ColumnElement[bool]) -> list[RunRecord]:
    """Runs, the latest first."""
    query = select(*_RECORD).where(*where).order_by(run.c.id.desc())
    return [_record(row) for row in connection.execute(query)]


def load_run(connection: Connection, run_id: int) -> RunRecord:
    """The run; Refused (not_found) when there is none."""
    found = load_runs(connection, run.c.id == run_id)
    if not found:
        raise Refused("not_found", kind="run", key=run_id)
    return found[0]


def load_run_by_no(connection: Connection, campaign_id: int, no: int) -> RunRecord:
    """The campaign's run with this number; Refused (run_unknown) when there is none."""
    found = load_runs(connection, run.c.campaign == campaign_id, run.c.no == no)
    if not found:
        raise Refused("run_unknown", run=no)
    return found[0]


def load_last_run(connection: Connection, campaign_id: int, kind: RunKind | None = None) -> RunRecord | None:
    """The latest run, of the kind asked for; scenarios count only when asked for. None when there is none."""
    wanted = run.c.kind == kind if kind else run.c.kind != "scenario"
    latest = select(func.max(run.c.id)).where(run.c.campaign == campaign_id, wanted).scalar_subquery()
    return next(iter(load_runs(connection, run.c.id == latest)), None)


def load_file(connection: Connection, run_id: int) -> bytes:
    """The run file's bytes."""
    found = connection.execute(select(run.c.file).where(run.c.id == run_id)).scalar()
    if found is None:
        raise Refused("not_found", kind="run", key=run_id)
    return bytes(found)


def load_explanation(connection: Connection, run_id: int, no: str) -> Explanation:
    """Why the application stands where it stands in the run; Refused (not_in_run) when it is not in it."""
    query = (
        select(run_explanation.c.document)
        .join(application, application.c.id == run_explanation.c.application)
        .where(run_explanation.c.run == run_id, application.c.no == no)
    )
    document = connection.execute(query).scalar()
    if document is None:
        raise Refused("not_in_run", no=no)
    return msgspec.json.decode(zlib.decompress(document), type=Explanation)


def _record(row: Row[Any]) -> RunRecord:
    return RunRecord(
        id=row.id,
        campaign=row.campaign,
        no=row.no,
        kind=cast("RunKind", row.kind),
        round=row.round,
        rules=row.rules,
        applications=row.applications,
        awards=row.awards,
        open_ties=row.open_ties,
        created_at=utc_of(row.created_at),
        created_by=row.created_by,
        fingerprint=row.fingerprint,
        signature=row.signature,
        minutes_no=row.minutes_no,
        minutes_on=date_of(row.minutes_on),
        sealed_at=utc_or_none(row.sealed_at),
        sealed_by=row.sealed_by,
        name=row.name,
    )
