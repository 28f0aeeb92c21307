"""The chair's sheet on paper: worded for one A4 page, drawn, saved; it counts nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from grants_app.domain.chair_sheet import PageFinding, SheetPage
from grants_app.services import chair_sheet, members, sheet_words
from grants_app.services.entry_changes import text_of
from grants_app.services.files import write_whole
from grants_app.services.pool_lists import programme_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grants_app.domain.campaign import CampaignSetup
    from grants_app.domain.chair_sheet import ChairSheet, SheetDifference, SheetLine
    from grants_app.services.access import Office
    from grants_app.wording import Words

MOST_SIGNATURES = 10  # a commission larger than this signs the minutes


def worded(office: Office, words: Words, sheet: ChairSheet) -> SheetPage:
    """The sheet in the reader's language, with the places to sign."""
    setup = office.campaign().setup
    pools = tuple(
        (
            programme_name(setup, pool.pool, words),
            str(pool.seats),
            str(pool.competing),
            str(pool.proposed),
            words.number(Decimal(pool.cutoff)) if pool.cutoff else "–",
            str(pool.reserve),
        )
        for pool in sheet.pools
    )
    return SheetPage(
        title=words("Chair's sheet, run {no}", no=sheet.run),
        subtitle=_subtitle(words, setup, sheet),
        pool_heads=(
            words("Programme"),
            words("Seats"),
            words("Competing"),
            words("Proposed"),
            words("Cutoff"),
            words("In reserve"),
        ),
        pools=pools,
        totals=_totals(words, sheet),
        finding_heads=(words("Check"), words("Count"), words("Status")),
        findings=tuple(_finding(words, line) for line in sheet.lines),
        difference=differences(words, setup, sheet.difference),
        signatures=_signatures(office, words),
        fingerprint=sheet.fingerprint,
        sample=setup.sample,
    )


def _subtitle(words: Words, setup: CampaignSetup, sheet: ChairSheet) -> tuple[str, ...]:
    made = words(
        "Round {round}, rules version {rules}. Created {moment}, {name}",
        round=sheet.round,
        rules=sheet.rules,
        moment=words.date_time(sheet.made_at, setup.zone),
        name=sheet.made_by,
    )
    if sheet.sealed and sheet.minutes_on is not None:
        stands = words(
            "Sealed under minutes No. {minutes} of {day}", minutes=sheet.minutes_no, day=sheet.minutes_on
        )
    else:
        stands = words("Draft run {no}: not approved yet", no=sheet.run)
    return (setup.titles.get(words.lang), made, stands)


def _totals(words: Words, sheet: ChairSheet) -> tuple[str, ...]:
    pools = sheet.pools
    return (
        words("All programmes: {total} grants", total=sheet.total),
        str(sum(pool.seats for pool in pools)),
        "",
        str(sum(pool.proposed for pool in pools)),
        "",
        "",
    )


def _finding(words: Words, line: SheetLine) -> PageFinding:
    reason = ""
    if line.reason:
        reason = words("Reason: {reason}", reason=line.reason)
        if line.accepted_by:
            reason += f" ({line.accepted_by})"
    return PageFinding(
        text=sheet_words.named(words, line),
        note=sheet_words.note(words, line),
        count=sheet_words.figure(line),
        standing=line.standing,
        standing_text=sheet_words.standing(words, line),
        reason=reason,
    )


def differences(words: Words, setup: CampaignSetup, differ: SheetDifference) -> tuple[str, ...]:
    """What differs from the run before, kind by kind, under its heading; nothing where nothing does."""
    if not differ.awards:
        return ()
    lines = [sheet_words.compared(words, differ)]
    for kind in ("gained", "lost", "better", "worse", "moved"):
        pools: dict[str, list[str]] = {}
        for change in differ.awards:
            if change.kind == kind:
                name = _pool(words, setup, change.after or change.before)
                pools.setdefault(name, []).append(change.application)
        if pools:
            count = sum(map(len, pools.values()))
            told = "; ".join(f"{name}: {', '.join(numbers)}" for name, numbers in pools.items())
            lines.append(f"{words.code(f'award_change_{kind}')} ({count}). {told}")
    return tuple(lines)


def _pool(words: Words, setup: CampaignSetup, pool_id: str) -> str:
    """The programme's name; a pool that is no more keeps its code."""
    try:
        programme = setup.programme(setup.pool(pool_id).programme)
    except KeyError:
        return pool_id
    return programme.names.get(words.lang)


def _signatures(office: Office, words: Words) -> tuple[tuple[str, str], ...]:
    """The chair and the members by name; without a recorded commission two empty lines."""
    active: Sequence[tuple[bool, str]] = [
        (member.chairs, member.name) for member in members.members(office) if member.active
    ]
    if not active:
        return ((words("Chair of the commission"), ""), (words("Secretary of the commission"), ""))
    ordered = sorted(active, key=lambda one: not one[0])[:MOST_SIGNATURES]
    return tuple(
        (words("Chair of the commission") if chairs else words("Member of the commission"), name)
        for chairs, name in ordered
    )


def pdf(office: Office, words: Words, sheet: ChairSheet) -> bytes:
    """The sheet as one A4 page in the language of the words."""
    from grants_app.papers.chair_sheet import sheet_pdf
    from grants_app.services import stationery

    return sheet_pdf(worded(office, words, sheet), words, stationery.fonts())


def save(office: Office, words: Words, sheet: ChairSheet, path: Path) -> None:
    """Write the sheet's PDF, whole or not at all, and note it."""
    office.demand("papers")
    write_whole(path, pdf(office, words, sheet))
    note(office, sheet, "pdf")


def note(office: Office, sheet: ChairSheet, form: str) -> None:
    """Note in the journal that the sheet was saved or printed."""
    with office.store.work(office.demand("papers")) as work:
        work.journal.add(
            "list.exported",
            chair_sheet.KIND,
            after=text_of({"format": form, "run": sheet.run}),
            campaign=office.campaign_id,
        )
        work.commit()
