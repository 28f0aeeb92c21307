"""The lists of the office from one column definition each: what the screen shows is what is exported."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grants_app.domain.errors import Refused
from grants_app.domain.papers import Cell, Column, Divider, Table
from grants_app.services import awards, campaign_acts, intake, runs, standing
from grants_app.services.naming import Naming
from grants_app.services.pool_lists import basis_of, listed, programme_name
from grants_app.wording import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from grants_app.services.access import Office
    from grants_app.wording import Words

EVERYBODY = 1_000_000


def table(office: Office, words: Words, kind: str) -> Table:
    """The list called `shortlist`, `public`, `reserve`, `ledger` or `applications`, worded."""
    makers: Mapping[str, Callable[[Office, Words], Table]] = {
        "shortlist": _shortlist,
        "public": _public,
        "reserve": _reserve,
        "ledger": _ledger,
        "applications": _applications,
    }
    if kind not in makers:
        raise Refused("list_unknown", kind=kind, known=", ".join(makers))
    return makers[kind](office, words)


def _titled(
    office: Office,
    words: Words,
    title: str,
    columns: tuple[Column, ...],
    rows: Sequence[Sequence[Cell]],
    dividers: tuple[Divider, ...] = (),
) -> Table:
    setup = office.campaign().setup
    record = runs.run_record(office)
    subtitle = [setup.titles.get(words.lang)]
    if record is not None and record.kind == "sealed":
        subtitle.append(
            words(
                "Run {no}, minutes No. {minutes} of {day}",
                no=record.no,
                minutes=record.minutes_no,
                day=record.minutes_on,
            )
        )
    elif record is not None:
        subtitle.append(words("Draft run {no}: not approved yet", no=record.no))
    return Table(
        title=title,
        columns=columns,
        rows=rows,
        subtitle=tuple(subtitle),
        dividers=dividers,
        fingerprint=record.fingerprint if record else "",
        made_on=office.today(),
        sample=setup.sample,
        signatures=tuple(
            (one.post.get(words.lang), one.name.get(words.lang))
            for one in setup.signers(office.actor.branch, "list", office.today())
        ),
    )


def _shortlist(office: Office, words: Words) -> Table:
    """Every pool one after another, in the campaign's order, each with its cutoff."""
    return _by_pool(office, words, words("Ranked list"))


def _public(office: Office, words: Words) -> Table:
    """Rank, number, programme, score parts, status: no name, PIN, birth date, phone or ground."""
    made = _without(_by_pool(office, words, words("Ranked list for publication")), ("name", "grounds"))
    return replace(made, subtitle=(*made.subtitle, *_published(office, words)))


def _published(office: Office, words: Words) -> tuple[str, ...]:
    """How the run stands published: as preliminary or final, when, under which minutes."""
    record = runs.run_record(office)
    if record is None or record.kind != "sealed":
        return ()
    act = campaign_acts.publication(campaign_acts.history(office), record.id)
    if act is None:
        return (words("Not published yet"),)
    facts = {"day": office.day_of(act.at), "minutes": act.minutes_no, "minutes_day": act.minutes_on}
    if act.kind == "publish_final":
        return (words("Final list, published {day}, minutes No. {minutes} of {minutes_day}", **facts),)
    return (words("Preliminary list, published {day}, minutes No. {minutes} of {minutes_day}", **facts),)


def _reserve(office: Office, words: Words) -> Table:
    """Those each pool would ask next, in their order."""
    return _by_pool(office, words, words("Reserve list"), reserve_only=True)


def _by_pool(office: Office, words: Words, title: str, *, reserve_only: bool = False) -> Table:
    basis = basis_of(office)
    setup = basis.setup
    columns: tuple[Column, ...] = ()
    rows: list[tuple[Cell, ...]] = []
    dividers: list[Divider] = []
    for pool in setup.pools:
        ranked = listed(office, words, basis, pool.id)
        columns = (Column("programme", mark("Programme"), "text", 18), *ranked.columns)
        name = programme_name(setup, pool.id, words)
        kept = [
            (name, *row)
            for row, line in zip(ranked.rows, ranked.lines, strict=True)
            if not reserve_only or line.reserve is not None
        ]
        if kept:
            heading = words("{programme}: {seats} seats", programme=name, seats=pool.seats)
            dividers.append(Divider(len(rows), heading))
        if ranked.cutoff_after is not None and not reserve_only:
            dividers.append(Divider(len(rows) + ranked.cutoff_after, words("cutoff"), "cutoff"))
        rows += kept
    return _titled(office, words, title, columns, rows, tuple(dividers))


def _without(made: Table, hidden: tuple[str, ...]) -> Table:
    kept = [i for i, column in enumerate(made.columns) if column.key not in hidden]
    return replace(
        made,
        columns=tuple(made.columns[i] for i in kept),
        rows=[tuple(row[i] for i in kept) for row in made.rows],
    )


def _ledger(office: Office, words: Words) -> Table:
    """Every seat in the campaign's order; a seat held for a ground is called as the run's rules call it."""
    setup = office.campaign().setup
    record = runs.run_record(office)
    rules = standing.current_rules(office) if record is None else standing.rules_of_run(office, record)
    naming = Naming(words, setup, rules)
    columns = (
        Column("programme", mark("Programme"), "text", 22),
        Column("seat", mark("Seat"), "int", 5),
        Column("label", mark("Type"), "text", 8),
        Column("no", mark("No."), "text", 7),
        Column("holder", mark("Holder"), "text", 24),
        Column("state", mark("Status"), "text", 10),
        Column("deadline", mark("Answer due"), "text", 12),
        Column("phone", mark("Phone"), "text", 12),
    )
    rows = [
        (
            programme_name(setup, line.pool, words),
            line.seat,
            naming.ground(line.label),
            line.application_no,
            line.full_name,
            words.code(f"award_{line.state}") if line.state else words.code("award_free"),
            words.date_time(line.deadline, setup.zone) if line.deadline else "",
            line.phone,
        )
        for line in awards.ledger(office)
    ]
    return _titled(office, words, words("Ledger of seats"), columns, rows)


def _applications(office: Office, words: Words) -> Table:
    columns = (
        Column("no", mark("No."), "text", 7),
        Column("surname", mark("Surname"), "text", 14),
        Column("given", mark("Given name"), "text", 12),
        Column("patronymic", mark("Patronymic"), "text", 14),
        Column("born", mark("Born"), "date", 9),
        Column("pin", mark("PIN"), "text", 13),
        Column("phone", mark("Phone"), "text", 12),
        Column("first_choice", mark("First choice"), "text", 20),
        Column("score", mark("Score"), "decimal", 7),
        Column("state", mark("Status"), "text", 10),
        Column("received", mark("Received"), "text", 10),
    )
    setup = office.campaign().setup
    _, lines = intake.lines(office, limit=EVERYBODY)
    rows = [
        (
            line.no,
            line.surname,
            line.given,
            line.patronymic,
            line.born,
            line.pin,
            line.phone,
            programme_name(setup, line.first_choice, words) if line.first_choice else "",
            line.score,
            words.code(f"state_{line.state}"),
            words.date_time(line.received_at, setup.zone) if line.received_at else "",
        )
        for line in lines
    ]
    return _titled(office, words, words("Applications"), columns, rows)
