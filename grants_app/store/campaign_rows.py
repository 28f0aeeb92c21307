"""A campaign's set-up as rows and back; it decides nothing about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import select

from grants_app.domain.campaign import (
    Branch,
    Campaign,
    CampaignSetup,
    CampaignState,
    Deadline,
    Form,
    Level,
    Pool,
    Programme,
    RequiredPaper,
    Signatory,
)
from grants_app.domain.values import LANGS, Lang, Names
from grants_app.store import register_tables as t
from grants_app.store.moments import date_of, date_text, moment_columns, moment_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Table
    from sqlalchemy.engine import Connection, Row

Values = dict[str, Any]


def names_columns(prefix: str, names: Names) -> Values:
    """A name's four columns."""
    return {f"{prefix}_{lang}": getattr(names, lang) for lang in LANGS}


def names_of(row: Row[Any], prefix: str) -> Names:
    """A name out of its four columns."""
    return Names(**{lang: getattr(row, f"{prefix}_{lang}") for lang in LANGS})


def head_values(setup: CampaignSetup) -> Values:
    """The campaign's own row, without its state."""
    return {
        "code": setup.code,
        "total": setup.total,
        "zone": setup.zone,
        "consent_version": setup.consent_version,
        "sample": setup.sample,
        **names_columns("title", setup.titles),
        **names_columns("zone_name", setup.zone_names),
    }


def keyed_rows(setup: CampaignSetup) -> Sequence[tuple[Table, list[Values]]]:
    """Rows other tables refer to by code; parents before children."""
    branches = [
        {
            "code": branch.code,
            "place": place,
            "letter": branch.letter,
            "prefix": branch.prefix,
            **names_columns("name", branch.names),
            **names_columns("short", branch.short),
            **names_columns("city", branch.city),
            **names_columns("address", branch.address),
            "phone": branch.phone,
            **names_columns("hours", branch.hours),
            **names_columns("letterhead", branch.letterhead),
            "emblem": branch.emblem,
            "closed": branch.closed,
        }
        for place, branch in enumerate(setup.branches)
    ]
    programmes = [
        {
            "code": programme.code,
            "place": place,
            "branch": programme.branch,
            "level": programme.level,
            "group_code": programme.group,
            "languages": ",".join(programme.languages),
            "form": programme.form,
            "months": programme.months,
            "closed": programme.closed,
            **names_columns("name", programme.names),
        }
        for place, programme in enumerate(setup.programmes)
    ]
    pools = [
        {
            "code": pool.id,
            "place": place,
            "branch": pool.branch,
            "programme": pool.programme,
            "level": pool.level,
            "seats": pool.seats,
            "closed": pool.closed,
        }
        for place, pool in enumerate(setup.pools)
    ]
    return ((t.branch, branches), (t.programme, programmes), (t.pool, pools))


def placed_rows(setup: CampaignSetup) -> Sequence[tuple[Table, list[Values]]]:
    """Rows nothing refers to: written anew whenever the set-up changes."""
    spellings = [
        {"programme": programme.code, "place": place, "spelling": spelling}
        for programme in setup.programmes
        for place, spelling in enumerate(programme.spellings)
    ]
    deadlines = [
        {
            "place": place,
            "code": deadline.code,
            **moment_columns("at", deadline.at),
            **names_columns("name", deadline.names),
            "order_no": deadline.order_no,
            "reason": deadline.reason,
            "note": deadline.note,
            "closed": deadline.closed,
        }
        for place, deadline in enumerate(setup.deadlines)
    ]
    signatories = [
        {
            "place": place,
            "branch": signatory.branch,
            "paper": signatory.paper,
            **names_columns("post", signatory.post),
            **names_columns("name", signatory.name),
            "since": date_text(signatory.since),
            "until": date_text(signatory.until),
            "closed": signatory.closed,
        }
        for place, signatory in enumerate(setup.signatories)
    ]
    papers = [
        {
            "place": place,
            "code": paper.code,
            "required": paper.required,
            "condition": paper.condition,
            "original": paper.original,
            "count": paper.count,
            "under_age": paper.under_age,
            "closed": paper.closed,
            **names_columns("name", paper.names),
        }
        for place, paper in enumerate(setup.required_papers)
    ]
    return (
        (t.programme_spelling, spellings),
        (t.deadline, deadlines),
        (t.signatory, signatories),
        (t.required_paper, papers),
    )


def load_campaigns(connection: Connection, campaign_id: int | None = None) -> list[Campaign]:
    """The campaign asked for, or all of them, the newest first."""
    query = select(t.campaign).order_by(t.campaign.c.id.desc())
    if campaign_id is not None:
        query = query.where(t.campaign.c.id == campaign_id)
    return [campaign_of(connection, row) for row in connection.execute(query).all()]


def campaign_of(connection: Connection, head: Row[Any]) -> Campaign:
    """The campaign of which this is the own row."""
    return Campaign(
        id=head.id,
        setup=_setup(connection, head),
        state=CampaignState(head.state),
        opened_on=date_of(head.opened_on),
        version=head.version,
    )


def _rows(connection: Connection, table: Table, campaign_id: int) -> Sequence[Row[Any]]:
    query = select(table).where(table.c.campaign == campaign_id).order_by(table.c.place)
    return connection.execute(query).all()


def _setup(connection: Connection, head: Row[Any]) -> CampaignSetup:
    spellings: dict[str, list[str]] = {}
    for row in _rows(connection, t.programme_spelling, head.id):
        spellings.setdefault(row.programme, []).append(row.spelling)
    return CampaignSetup(
        code=head.code,
        titles=names_of(head, "title"),
        total=head.total,
        zone=head.zone,
        zone_names=names_of(head, "zone_name"),
        branches=tuple(_branch(row) for row in _rows(connection, t.branch, head.id)),
        programmes=tuple(
            _programme(row, tuple(spellings.get(row.code, ())))
            for row in _rows(connection, t.programme, head.id)
        ),
        pools=tuple(_pool(row) for row in _rows(connection, t.pool, head.id)),
        deadlines=tuple(_deadline(row) for row in _rows(connection, t.deadline, head.id)),
        signatories=tuple(_signatory(row) for row in _rows(connection, t.signatory, head.id)),
        required_papers=tuple(_required(row) for row in _rows(connection, t.required_paper, head.id)),
        consent_version=head.consent_version,
        sample=head.sample,
    )


def _branch(row: Row[Any]) -> Branch:
    return Branch(
        code=row.code,
        letter=row.letter,
        prefix=row.prefix,
        names=names_of(row, "name"),
        short=names_of(row, "short"),
        city=names_of(row, "city"),
        address=names_of(row, "address"),
        phone=row.phone,
        hours=names_of(row, "hours"),
        letterhead=names_of(row, "letterhead"),
        emblem=row.emblem,
        closed=row.closed,
    )


def _programme(row: Row[Any], spellings: tuple[str, ...]) -> Programme:
    return Programme(
        code=row.code,
        branch=row.branch,
        level=cast("Level", row.level),
        names=names_of(row, "name"),
        group=row.group_code,
        spellings=spellings,
        languages=cast("tuple[Lang, ...]", tuple(row.languages.split(",")) if row.languages else ()),
        form=cast("Form", row.form),
        months=row.months,
        closed=row.closed,
    )


def _pool(row: Row[Any]) -> Pool:
    return Pool(
        id=row.code,
        branch=row.branch,
        programme=row.programme,
        level=cast("Level", row.level),
        seats=row.seats,
        closed=row.closed,
    )


def _deadline(row: Row[Any]) -> Deadline:
    return Deadline(
        code=row.code,
        at=moment_of(row.at, row.at_offset),
        names=names_of(row, "name"),
        order_no=row.order_no,
        reason=row.reason,
        note=row.note,
        closed=row.closed,
    )


def _signatory(row: Row[Any]) -> Signatory:
    return Signatory(
        branch=row.branch,
        paper=row.paper,
        post=names_of(row, "post"),
        name=names_of(row, "name"),
        since=date_of(row.since),
        until=date_of(row.until),
        closed=row.closed,
    )


def _required(row: Row[Any]) -> RequiredPaper:
    return RequiredPaper(
        code=row.code,
        names=names_of(row, "name"),
        required=row.required,
        condition=row.condition,
        under_age=row.under_age,
        closed=row.closed,
        original=row.original,
        count=row._mapping["count"],  # noqa: SLF001 - a row is a tuple: `row.count` is the tuple's method
    )
