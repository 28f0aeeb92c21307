"""The annex to the minutes: a confirmed cascade on paper, step by step, with the ledger before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants_app.domain.plain_paper import PaperSection, PaperTable, PlainPaper
from grants_app.papers.plain_paper import plain_paper_pdf
from grants_app.services import cascades, members, stationery
from grants_app.services.files import write_whole
from grants_app.services.pool_lists import programme_name

if TYPE_CHECKING:
    from pathlib import Path

    from grants_app.domain.campaign import CampaignSetup
    from grants_app.domain.plain_paper import Fact
    from grants_app.domain.rounds import CascadeDocument, CascadeRecord, Step, Sum
    from grants_app.services.access import Office
    from grants_app.wording import Words


def drawn(office: Office, record: CascadeRecord, words: Words) -> bytes:
    """The annex as PDF, the very one that prints."""
    return plain_paper_pdf(annex(office, record, words), stationery.fonts())


def write(office: Office, record: CascadeRecord, words: Words, target: Path) -> None:
    """Write the annex to a file; the journal says that it left the program."""
    office.demand("papers")
    write_whole(target, drawn(office, record, words))
    record_printed(office, record)


def record_printed(office: Office, record: CascadeRecord) -> None:
    """Say in the journal that the annex left the program."""
    permit = office.demand("papers")
    with office.store.work(permit) as work:
        work.journal.add("annex.printed", record.minutes_no, campaign=office.campaign_id)
        work.commit()


def annex(office: Office, record: CascadeRecord, words: Words) -> PlainPaper:
    """The annex's words: the sum, every chain in its order, the sum again, and who signs."""
    setup = office.campaign().setup
    told = cascades.document_of(record)
    sections = [PaperSection(title=words("Ledger of seats"), table=_sums(told, words))]
    for number, chain in enumerate(told.chains, start=1):
        table = PaperTable(
            heads=("", words("No."), words("Name"), words("What happens"), words("From"), words("To")),
            weights=(5, 9, 26, 24, 20, 20),
            rows=tuple(
                (f"{number}.{place}", *_cells(step, setup, words))
                for place, step in enumerate(chain, start=1)
            ),
        )
        sections.append(PaperSection(title=words("Chain {n}", n=number), table=table))
    return PlainPaper(
        lang=words.lang,
        heading=setup.titles.get(words.lang),
        title=words("Annex to minutes No. {number}", number=told.minutes_no),
        subtitle=words("Grants returned, moved and newly offered: one action of the commission"),
        watermark=words("SAMPLE") if setup.sample else "",
        facts=tuple(_facts(told, setup, words)),
        sections=tuple(sections),
        signatures=_signatures(office, words),
        footer=(
            words("Minutes No. {number} of {day}", number=told.minutes_no, day=told.minutes_on)
            + " · "
            + words("run {no}", no=told.run),
            told.fingerprint,
        ),
    )


def _facts(told: CascadeDocument, setup: CampaignSetup, words: Words) -> list[Fact]:
    facts = [
        (words("Date of the minutes"), words.date(told.minutes_on)),
        (words("Run"), str(told.run)),
        (words("Answers recorded"), str(len(told.answers))),
        (words("New offers"), str(_offers(told))),
    ]
    if told.confirm_by is not None:
        moment = words.date_time(told.confirm_by, setup.zone)
        facts.append((words("Answer due"), f"{moment}, {setup.zone_names.get(words.lang)}"))
    return facts


def _offers(told: CascadeDocument) -> int:
    return sum(step.kind in ("moves", "enters") for chain in told.chains for step in chain)


def _sums(told: CascadeDocument, words: Words) -> PaperTable:
    def row(name: str, one: Sum) -> tuple[str, ...]:
        counts = (one.offered, one.confirmed, one.free, one.unassigned, one.total)
        return (name, *(str(count) for count in counts))

    return PaperTable(
        heads=(
            "",
            words("Offered"),
            words("Confirmed"),
            words("Free"),
            words("Not assigned to a programme"),
            words("All grants"),
        ),
        weights=(20, 14, 14, 14, 18, 16),
        rows=(row(words("Before"), told.before), row(words("After"), told.after)),
        right=(1, 2, 3, 4, 5),
    )


def _cells(step: Step, setup: CampaignSetup, words: Words) -> tuple[str, str, str, str, str]:
    """Number, name, what happens, from where, to where."""
    pool = programme_name(setup, step.pool, words) if step.pool else ""
    before = programme_name(setup, step.from_pool, words) if step.from_pool else ""
    what = step_text(step, words)
    if step.kind in ("declined", "expired"):
        return step.application, step.full_name, what, pool, ""
    return step.application, step.full_name, what, before, pool


def step_text(step: Step, words: Words) -> str:
    """What a step is, in a few words."""
    told = {
        "confirmed": words("confirms the grant"),
        "declined": words("returns the grant"),
        "expired": words("did not answer in time"),
        "free": words("a free seat"),
        "moves": words("moves to a higher choice"),
        "stays_empty": words.plural("{n} seat stays free", "{n} seats stay free", step.seats),
        "tie": words("tied; the commission decides"),
    }
    if step.kind != "enters":
        return told[step.kind]
    if step.reserve is None:
        return words("gets a grant")
    return words("gets a grant from the reserve, place {place}", place=step.reserve)


def _signatures(office: Office, words: Words) -> tuple[Fact, ...]:
    """The chair by name where one is known, and the secretary."""
    chair = next((one.name for one in members.members(office) if one.active and one.chairs), "")
    secretary = office.actor.name if office.actor.role == "secretary" else ""
    return ((words("Chair of the commission"), chair), (words("Secretary"), secretary))
