"""The record of a draw by lot: all that is needed to draw it again without this program, on paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grants_app.domain.errors import Refused
from grants_app.domain.plain_paper import PaperSection, PaperTable, PlainPaper
from grants_app.papers.plain_paper import plain_paper_pdf
from grants_app.rules import lots
from grants_app.services import stationery, ties
from grants_app.services.files import write_whole
from grants_app.services.naming import Naming
from grants_app.services.standing import current_rules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grants_app.domain.plain_paper import Fact
    from grants_app.services.access import Office
    from grants_app.services.ties import DecidedTie
    from grants_app.wording import Words

MOST_SIGNATURES = 12


def drawn(office: Office, tie: int, words: Words) -> bytes:
    """The record as PDF, the very one that prints; nothing is written down."""
    return plain_paper_pdf(record(office, tie, words), stationery.fonts())


def write(office: Office, tie: int, words: Words, target: Path) -> None:
    """Write the record to a file; the journal says so."""
    office.demand("papers")
    write_whole(target, drawn(office, tie, words))
    record_printed(office, tie)


def record_printed(office: Office, tie: int) -> None:
    """Say in the journal that the record left the program."""
    permit = office.demand("papers")
    pool = ties.by_id(office, tie).decision.pool
    with office.store.work(permit) as work:
        work.journal.add("lot_record.printed", pool, campaign=office.campaign_id)
        work.commit()


def record(office: Office, tie: int, words: Words) -> PlainPaper:
    """The record's words; Refused (not_a_lot) for an order the commission made."""
    decided = ties.by_id(office, tie)
    decision = decided.decision
    if decision.kind != "lot":
        raise Refused("not_a_lot")
    setup = office.campaign().setup
    naming = Naming(words, setup, current_rules(office))
    moment = words.date_time(office.now(), setup.zone)
    branch = setup.branch(setup.pool(decision.pool).branch)
    return PlainPaper(
        lang=words.lang,
        heading=branch.names.get(words.lang),
        title=words("Draw record"),
        subtitle=setup.titles.get(words.lang),
        banner=_banner(office, decided, words),
        watermark=words("SAMPLE") if setup.sample else "",
        facts=tuple(_facts(decided, naming)),
        sections=(_draw(decided, words), _redo(decided, words)),
        signatures=tuple(_signatures(decided, words)),
        footer=(words("Printed {moment} by {name}", moment=moment, name=office.actor.name),),
    )


def _banner(office: Office, decided: DecidedTie, words: Words) -> str:
    decision = decided.decision
    if decision.revoked_at is not None:
        return words(
            "Revoked on {day} by {name}: {reason}",
            day=office.day_of(decision.revoked_at),
            name=decision.revoked_by,
            reason=decision.revoked_reason,
        )
    return words("No longer valid: {why_code}.", why_code=decided.why) if decided.why else ""


def _facts(decided: DecidedTie, naming: Naming) -> Iterator[Fact]:
    words, decision = naming.words, decided.decision
    code = decision.pool.partition("/")[2]
    yield words("Programme"), f"{code} {naming.programme(decision.pool)}"
    yield words("Minutes"), words("No. {no} of {day}", no=decision.minutes_no, day=decision.minutes_on)
    yield words("Random seed"), decision.seed
    if decision.seed_from == "published":
        origin = words("published before the draw: {where}", where=decision.seed_note)
    elif decision.seed_from == "witnessed":
        origin = words("drawn in the presence of those listed")
    else:
        origin = words("not stated")
    yield words("How the seed was obtained"), origin
    yield words("Who was present"), decision.present


def _draw(decided: DecidedTie, words: Words) -> PaperSection:
    decision = decided.decision
    rows = tuple(
        (str(place), one.number, one.sha256)
        for place, one in enumerate(lots.draw(decision.seed, decision.order), start=1)
    )
    heads = (words("Place"), words("Application No."), "SHA-256")
    table = PaperTable(heads=heads, weights=(9, 17, 66), rows=rows)
    return PaperSection(title=words("Order drawn"), table=table)


def _redo(decided: DecidedTie, words: Words) -> PaperSection:
    decision = decided.decision
    first = decision.order[0]
    numbers = " ".join(sorted(decision.order))
    return PaperSection(
        title=words("How to repeat the draw"),
        paragraphs=(
            words(
                "The hash of each number is the SHA-256 of the seed, a colon and the number; "
                "numbers are ordered by hash, lowest first."
            ),
            words(
                "With standard tools on any computer: {command}",
                command=f"printf '%s' '{decision.seed}:{first}' | sha256sum",
            ),
            words(
                "With this program: {command}", command=f"grants-app lot --seed '{decision.seed}' {numbers}"
            ),
        ),
    )


def _signatures(decided: DecidedTie, words: Words) -> Iterator[Fact]:
    """The chair's line, then one for each name given as present."""
    yield words("Chair of the commission"), ""
    names = [name.strip() for name in re.split(r"[,;]", decided.decision.present) if name.strip()]
    for name in names[:MOST_SIGNATURES]:
        yield words("Present"), name
