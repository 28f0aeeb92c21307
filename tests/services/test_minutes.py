"""The minutes: who was there, what was decided in figures, whose relatives, acts, fingerprints."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.campaign import Signatory
from grants_app.domain.commission import SittingAct
from grants_app.domain.values import LANGS, Names
from grants_app.services import commission, interests, minutes, resolutions, runs, sealing, upkeep
from grants_app.services.campaign import structure
from grants_app.wording import Words
from tests.boards import DAY, hold_sitting
from tests.papers.reading import squeezed, texts
from tests.services.desks import as_role, refuses

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grants_app.domain.commission import VoteWord
    from grants_app.services.access import Office


@pytest.fixture
def sat(office_at: Callable[[str], Office]) -> Office:
    """Minutes No. 3 with a sealed run, a relative on its list, a relative's own case, and a fallen item."""
    office = office_at("settled")
    made = hold_sitting(office, there=5)
    interests.declare_interest(office, made[1].id, "B-0001", "племянник")
    proposal = runs.propose(office)
    everybody: dict[int, VoteWord] = {one.id: "for" for one in made}
    resolutions.resolve(
        office,
        "3",
        resolutions.ItemForm(matter="seal", wording="Утвердить расчёт", run_no=proposal.no, votes=everybody),
    )
    sealing.seal(office, proposal.no, "3", DAY, accepting="протокол 3")
    case = {member: vote for member, vote in everybody.items() if member != made[1].id}
    case[made[2].id] = case[made[3].id] = "against"
    resolutions.resolve(
        office,
        "3",
        resolutions.ItemForm(
            matter="placement", wording="Разместить вручную", application_no="B-0001", votes=case
        ),
    )
    return office


def test_minutes_hold_everything_a_sitting_did(sat: Office, words: Words) -> None:
    made = minutes.paper(sat, words, "3")
    assert (made.number, made.day, made.place) == ("3", "«6» августа 2026 года", "Бишкек")
    assert [len(made.present), len(made.absent), len(made.items)] == [5, 0, 2]
    assert made.present[0].note == "председатель комиссии, директор филиала"
    assert made.quorum == "Присутствует членов комиссии: 5 из 5, нужно 4: кворум есть."
    first, second = made.items
    assert (first.title, first.votes, first.outcome) == (
        "Утверждение расчёта: расчёт 1",
        "за — 5, против — 0, воздержались — 0",
        "принято",
    )
    assert second.votes == "за — 2, против — 2, воздержались — 0, не участвовали (конфликт интересов) — 1"
    assert second.outcome == "принято (голоса равны, решил голос председателя)"
    assert made.acts == ("Утверждён расчёт 1, грантов: 50",)
    assert made.fingerprints[0].startswith("расчёт 1: sha256:")
    assert "а не официальное" in made.custom


def test_on_a_whole_list_the_conflict_is_named_for_that_person_only(sat: Office, words: Words) -> None:
    first, second = minutes.paper(sat, words, "3").items
    assert first.notes == (
        "Бакыт кызы Асел не участвует в том, что касается заявления B-0001 (конфликт интересов).",
    )
    assert second.notes == ("Бакыт кызы Асел не участвует (конфликт интересов).",)
    (conflict,) = minutes.paper(sat, words, "3").conflicts
    assert conflict == "Бакыт кызы Асел: заявление B-0001, племянник, заявлено 10.07.2026"


def test_the_chair_and_every_member_there_and_the_secretary_sign(sat: Office, words: Words) -> None:
    lines = minutes.paper(sat, words, "3").signatures
    assert (lines[0].name, lines[0].note) == ("Асанов Үсөн Бакытович", "Председатель комиссии")
    assert len(lines) == 6
    assert (lines[-1].name, lines[-1].note) == (sat.actor.name, "Секретарь")
    assert minutes.paper(as_role(sat, "auditor"), words, "3").signatures[-1].name == ""


def test_whom_the_setup_names_for_minutes_signs_them_after_the_members(sat: Office, words: Words) -> None:
    campaign = sat.campaign()
    named = Signatory(
        branch="KAZNU-BSH",
        paper="minutes",
        post=Names(ru="Ответственный секретарь"),
        name=Names(ru="Асанов У."),
    )
    structure.add(sat, named, campaign.version)
    line = minutes.paper(sat, words, "3").signatures[-1]
    assert (line.name, line.note) == ("Асанов У.", "Ответственный секретарь")


@pytest.mark.parametrize("lang", LANGS)
def test_the_paper_says_all_of_it_in_every_language(sat: Office, lang: str) -> None:
    words = Words(lang)
    made = minutes.paper(sat, words, "3")
    said = squeezed("".join(texts(minutes.drawn(sat, words, "3"))))
    shown = [made.day, made.branch, made.quorum, made.custom, *made.acts, *made.conflicts, *made.fingerprints]
    for item in made.items:
        shown += [item.title, item.wording, item.votes, item.outcome, *item.notes]
    for text in shown:
        assert squeezed(text) in said, text


def test_a_sitting_nobody_decided_at_has_minutes_too(empty: Office, words: Words) -> None:
    hold_sitting(empty, there=2)
    made = minutes.paper(empty, words, "3")
    assert (made.items, made.acts, made.fingerprints) == ((), (), ())
    assert made.quorum == "Присутствует членов комиссии: 2 из 5, нужно 4: кворума нет."
    assert [one.note for one in made.absent] == ["командировка"] * 3
    with refuses("meeting_unknown"):
        minutes.paper(empty, words, "4")


def test_a_tied_vote_the_chair_kept_out_of_and_who_was_absent_are_told(empty: Office, words: Words) -> None:
    made = hold_sitting(empty, there=5)
    words_cast: tuple[VoteWord, ...] = ("abstained", "against", "for", "for", "absent")
    votes = {one.id: vote for one, vote in zip(made, words_cast, strict=True)}
    form = resolutions.ItemForm(matter="other", wording="отложить", votes=votes)
    resolutions.resolve(empty, "3", form)
    (item,) = minutes.paper(empty, words, "3").items
    assert item.votes == "за — 2, против — 1, воздержались — 1, отсутствовали — 1"
    turned = votes | {made[3].id: "against", made[4].id: "for"}
    resolutions.correct(empty, "3", 1, replace(form, votes=turned), "пересчёт")
    (item,) = minutes.paper(empty, words, "3").items
    assert item.outcome == "не принято (голоса равны, председатель не голосовал)"


def test_acts_are_told_in_words_revoked_ones_as_such(empty: Office, words: Words) -> None:
    setup = empty.campaign().setup
    pool = setup.pools[0].id
    facts = {"order": "B-0002, B-0001", "seed": "7", "present": "Ким", "revoked": True}
    lot = SittingAct(kind="lot", at=None, by="", subject=pool, facts=facts)
    assert minutes.act_text(lot, setup, words).endswith("присутствовали: Ким (позже отменено)")
    assert pool not in minutes.act_text(lot, setup, words)
    other = SittingAct(kind="clock", at=None, by="")
    assert minutes.act_text(other, setup, words) == "Записано действие: clock"


def test_a_city_stands_in_for_a_place_nobody_typed(empty: Office, words: Words) -> None:
    hold_sitting(empty)
    commission.change_meeting(
        empty, "3", commission.MeetingForm(minutes_no="3", minutes_on=DAY, agenda="1. Гранты\n\n2. Разное")
    )
    made = minutes.paper(empty, words, "3")
    assert (made.place, made.agenda) == ("Бишкек", ("1. Гранты", "2. Разное"))


def test_minutes_are_written_whole_and_noted_in_the_journal(
    sat: Office, words: Words, tmp_path: Path
) -> None:
    path = tmp_path / "minutes.pdf"
    assert minutes.write(sat, words, " 3 ", path) == 2
    assert path.read_bytes() == minutes.drawn(sat, words, "3")
    assert upkeep.journal(sat, act="minutes.written")[1][0].subject == "3"
    with refuses("not_allowed", act="papers"):
        minutes.write(as_role(sat, "auditor"), words, "3", path)
