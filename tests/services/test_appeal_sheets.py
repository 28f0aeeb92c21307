"""The appeal sheet and the record of a lot: one page, nobody else's name, all that is needed to check."""

from __future__ import annotations

import hashlib
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.campaign import Deadline
from grants_app.domain.ruleset import PoolQuotas, Quota
from grants_app.domain.values import LANGS, Names
from grants_app.papers.plain_paper import plain_paper_pdf
from grants_app.services import (
    appeal_sheets,
    campaigns,
    decisions,
    intake,
    lot_records,
    runs,
    standing,
    stationery,
    ties,
    upkeep,
)
from grants_app.wording import Words
from tests.commission import make_equals
from tests.makers import PERMIT
from tests.papers.hostile import hostile_values
from tests.papers.reading import squeezed, texts
from tests.services.desks import as_role, refuses
from tests.services.test_ties import DAY, LOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grants_app.domain.application import Application
    from grants_app.services.access import Office

Tied = tuple["Office", str, tuple[str, ...]]


@pytest.fixture
def sealed(office_at: Callable[[str], Office]) -> Office:
    return office_at("sealed")


@pytest.fixture
def tied(office_at: Callable[[str], Office]) -> Tied:
    office = office_at("settled")
    pool, _ = make_equals(office)
    tie = next(one for one in runs.propose(office).result.open_ties if one.pool == pool)
    return office, pool, tie.applications


def page_of(office: Office, number: str, lang: str = "ru") -> str:
    (page,) = texts(appeal_sheets.drawn(office, number, Words(lang)))
    return squeezed(page)


def everybody(office: Office) -> list[Application]:
    with office.store.reading() as reading:
        return reading.applications(office.campaign_id)


def sample_of(office: Office) -> dict[str, str]:
    """One person of every outcome the run has."""
    found: dict[str, str] = {}
    for application in everybody(office):
        told = runs.explain(office, application.no)
        found.setdefault(told.outcome, application.no)
        if any(choice.outcome == "refused" for choice in told.choices):
            found.setdefault("refused", application.no)
    return found


@pytest.mark.parametrize("lang", LANGS)
def test_a_sheet_of_every_outcome_is_one_page_with_all_that_is_needed_to_check_it(
    sealed: Office, lang: str
) -> None:
    words, view = Words(lang), runs.overview(sealed)
    found = sample_of(sealed)
    assert {"awarded", "not_awarded", "not_competing", "refused"} <= found.keys()
    for number in found.values():
        page = page_of(sealed, number, lang)
        told = runs.explain(sealed, number)
        known = intake.application_by_no(sealed, number)
        for said in (
            *(words("Appeal sheet"), known.entry.person.full_name, number, view.fingerprint),
            words("No. {no} of {day}", no=view.minutes_no, day=view.minutes_on),
            *(choice.above for choice in told.choices),
            *(choice.below for choice in told.choices),
            *(choice.decided_against for choice in told.choices),
        ):
            assert squeezed(said) in page
        assert squeezed(words("DRAFT")) not in page


def test_a_sheet_names_nobody_else(sealed: Office) -> None:
    names = {one.no: squeezed(one.entry.person.full_name) for one in everybody(sealed)}
    pins = {one.entry.person.pin for one in everybody(sealed) if one.entry.person.pin}
    for number in sample_of(sealed).values():
        page = page_of(sealed, number)
        others = [name for no, name in names.items() if no != number and name != names[number]]
        assert not [name for name in others if name in page]
        assert not [pin for pin in pins if pin in page]


def test_a_draft_says_that_it_is_one_and_a_sample_that_it_is_none_of_the_real(
    office_at: Callable[[str], Office],
) -> None:
    office = office_at("settled")
    runs.propose(office)
    number = everybody(office)[0].no
    for lang in LANGS:
        words = Words(lang)
        paper = appeal_sheets.sheet(office, number, words)
        assert paper.watermark == f"{words('SAMPLE')} {words('DRAFT')}"
        assert paper.banner
        page = page_of(office, number, lang)
        assert squeezed(paper.banner) in page
        assert "sha256:" not in page


def test_a_sheet_says_until_when_appeals_are_taken_only_where_the_calendar_does(sealed: Office) -> None:
    number = everybody(sealed)[0].no
    words = Words("en")
    assert "taken until" not in " ".join(appeal_sheets.sheet(sealed, number, words).sections[-1].paragraphs)
    campaign = sealed.campaign()
    until = Deadline(code="appeal", at=datetime(2026, 8, 12, 10, tzinfo=UTC), names=Names(ru="Апелляции"))
    setup = replace(campaign.setup, deadlines=(*campaign.setup.deadlines, until))
    campaigns.change_setup(as_role(sealed, "chair"), setup, campaign.version)
    advice = appeal_sheets.sheet(sealed, number, words).sections[-1].paragraphs[0]
    assert "Accepted until 12.08.2026 16:00 (Bishkek time)." in advice


def test_a_tie_order_that_decided_is_on_the_sheet_with_its_minutes(tied: Tied) -> None:
    office, pool, people = tied
    decisions.decide_tie(office, pool, people, LOT)
    runs.propose(office)
    for number in people:
        page = page_of(office, number, "en")
        order = ", ".join(decisions.lot_order(LOT.seed, people))
        said = f"Order drawn from seed 482915, minutes No. 3 of 06.08.2026: {order}."
        assert squeezed(said) in page
    ties.revoke(office, ties.decided(office)[0].decision.id, "ошибка")
    again = page_of(office, people[0], "en")
    assert squeezed("Order drawn from seed 482915") in again, "the run still rests on it"
    runs.propose(office)
    assert squeezed("Order drawn") not in page_of(office, people[0], "en")


def test_the_commissions_own_order_is_on_the_sheet_too(tied: Tied) -> None:
    office, pool, people = tied
    decisions.decide_tie(office, pool, people, decisions.TieHow(kind="order", minutes_no="5", on=DAY))
    runs.propose(office)
    said = f"Order set by the commission, minutes No. 5 of 06.08.2026: {', '.join(people)}."
    assert squeezed(said) in page_of(office, people[0], "en")


def test_the_fullest_sheet_with_the_longest_values_stays_on_one_page(
    office_at: Callable[[str], Office],
) -> None:
    office = office_at("settled")
    rules = standing.current_rules(office)
    quotas = tuple(Quota(ground=ground.code, seats=1) for ground in rules.grounds[:3])
    campaign = office.campaign()
    long = ("Экономика жана башкаруу боюнча колдонмо маалыматтык системалар " * 4)[:250].strip()
    programmes = tuple(
        replace(one, names=Names(ky=long, ru=long, kk=long, en=long)) for one in campaign.setup.programmes
    )
    with office.store.work(PERMIT) as work:
        work.rule_sets.add(
            office.campaign_id,
            replace(
                rules,
                version=rules.version + 1,
                in_force_from=DAY.replace(year=2025),
                quotas=(PoolQuotas(pool="*", quotas=quotas),),
            ),
        )
        work.commit()
    campaigns.change_setup(
        as_role(office, "chair"), replace(campaign.setup, programmes=programmes), campaign.version
    )
    known = next(one for one in everybody(office) if len(one.entry.choices) == 4 and _well_scored(one))
    scores = tuple(replace(one, source="Сертификат № 12345 " * 20) for one in known.entry.scores)
    person = replace(known.entry.person, surname="Абдыкадырова-Токтогулова " * 8)
    entry = replace(known.entry, person=person, scores=scores)
    saved = intake.save(
        office, intake.SaveForm(entry=entry, application=known.id, seen=known.version, submit=False)
    )
    assert saved.application.no == known.no
    runs.propose(office)
    for lang in LANGS:
        page = page_of(office, known.no, lang)
        assert known.no in page
        assert squeezed(Words(lang)("How to appeal and how to check the result")) in page


def _well_scored(application: Application) -> bool:
    """Whether the application is not refused for its main test already."""
    return any(one.criterion == "ort_main" and one.value > 150 for one in application.entry.scores)


def test_hostile_names_do_nothing_to_a_sheet(sealed: Office) -> None:
    paper = appeal_sheets.sheet(sealed, everybody(sealed)[0].no, Words("ru"))
    for value in hostile_values(40):
        facts = tuple(
            (label, value if place == 0 else told) for place, (label, told) in enumerate(paper.facts)
        )
        (page,) = texts(plain_paper_pdf(replace(paper, facts=facts), stationery.fonts()))
        assert squeezed(paper.facts[1][1]) in squeezed(page)


def test_writing_a_sheet_is_in_the_journal_and_not_everybodys_to_do(sealed: Office, tmp_path: Path) -> None:
    number = everybody(sealed)[0].no
    target = tmp_path / "sheet.pdf"
    with refuses("not_allowed"):
        appeal_sheets.write(as_role(sealed, "auditor"), number, Words("ru"), target)
    assert not target.exists()
    appeal_sheets.write(sealed, number.lower(), Words("ru"), target)
    assert target.read_bytes() == appeal_sheets.drawn(sealed, number, Words("ru"))
    assert upkeep.journal(sealed, act="appeal_sheet.printed")[1][0].subject == number
    with refuses("not_in_run"):
        appeal_sheets.drawn(sealed, "B-9999", Words("ru"))


def test_without_a_signatory_the_officer_signs(sealed: Office) -> None:
    campaign = sealed.campaign()
    campaigns.change_setup(
        as_role(sealed, "chair"), replace(campaign.setup, signatories=()), campaign.version
    )
    paper = appeal_sheets.sheet(sealed, everybody(sealed)[0].no, Words("en"))
    assert paper.signatures == (("Officer", sealed.actor.name),)


# The record of a lot


@pytest.mark.parametrize("lang", LANGS)
def test_the_record_of_a_lot_has_all_that_is_needed_to_draw_it_again(tied: Tied, lang: str) -> None:
    office, pool, people = tied
    words = Words(lang)
    published = replace(LOT, seed_from="published", seed_note="сайт филиала, 01.06.2026")
    decisions.decide_tie(office, pool, people, published)
    (page,) = texts(lot_records.drawn(office, ties.decided(office)[0].decision.id, words))
    read = squeezed(page)
    for number in people:
        assert number + hashlib.sha256(f"482915:{number}".encode()).hexdigest() in read
    for said in (
        *("482915", "сайт филиала, 01.06.2026", "Асанов У.", "Бакытова А.", "06.08.2026"),
        words("Chair of the commission"),
        "grants-app lot --seed '482915'",
    ):
        assert squeezed(said) in read
    names = [intake.application_by_no(office, number).entry.person.full_name for number in people]
    assert not [name for name in names if squeezed(name) in read]


def test_the_command_on_the_record_gives_the_hash_on_it(tied: Tied) -> None:
    office, pool, people = tied
    decisions.decide_tie(office, pool, people, LOT)
    paper = lot_records.record(office, ties.decided(office)[0].decision.id, Words("en"))
    command = paper.sections[1].paragraphs[1].partition(": ")[2]
    told = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True).stdout
    assert paper.sections[0].table is not None
    assert told.split()[0] == paper.sections[0].table.rows[0][2]


def test_a_record_says_when_the_lot_was_taken_back_or_holds_no_more(tied: Tied) -> None:
    office, pool, people = tied
    decisions.decide_tie(office, pool, people, LOT)
    tie = ties.decided(office)[0].decision.id
    words = Words("en")
    assert lot_records.record(office, tie, words).banner == ""
    known = intake.application_by_no(office, people[0])
    entry = replace(known.entry, choices=known.entry.choices, grounds=(), scores=known.entry.scores[:1])
    intake.save(office, intake.SaveForm(entry=entry, application=known.id, seen=known.version, submit=False))
    assert lot_records.record(office, tie, words).banner.startswith("No longer valid")
    ties.revoke(office, tie, "кворума не было")
    assert lot_records.record(office, tie, words).banner.endswith(": кворума не было")


def test_an_order_of_the_commission_has_no_record_of_a_lot(tied: Tied) -> None:
    office, pool, people = tied
    decisions.decide_tie(office, pool, people, decisions.TieHow(kind="order", minutes_no="5", on=DAY))
    with refuses("not_a_lot"):
        lot_records.drawn(office, ties.decided(office)[0].decision.id, Words("ru"))


def test_writing_a_record_is_in_the_journal(tied: Tied, tmp_path: Path) -> None:
    office, pool, people = tied
    decisions.decide_tie(office, pool, people, LOT)
    tie = ties.decided(office)[0].decision.id
    with refuses("not_allowed"):
        lot_records.write(as_role(office, "auditor"), tie, Words("ru"), tmp_path / "lot.pdf")
    lot_records.write(office, tie, Words("ru"), tmp_path / "lot.pdf")
    assert (tmp_path / "lot.pdf").read_bytes().startswith(b"%PDF")
    assert upkeep.journal(office, act="lot_record.printed")[1][0].subject == pool
