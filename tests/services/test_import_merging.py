"""An office's list again: its corrections come in, officers' work stays, what two contradict waits."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from grants_app.services import conflicts, demonstration, imports, intake, likeness, upkeep
from tests import offices
from tests.services.desks import CLOSED, FROZEN, applied, as_role, moved_to, refuses

if TYPE_CHECKING:
    from pathlib import Path

    from grants_app.domain.application import Application
    from grants_app.services.access import Office
    from grants_app.services.imports import ImportPlan
    from grants_app.wording import Words

HEADINGS = (
    *("ПИН", "Фамилия", "Имя", "Отчество", "Дата рождения", "№ паспорта / ID", "Телефон", "Школа"),
    *("ОРТ основной", "Математика", "История", "1-приоритет", "2-приоритет"),
)
AIDA = {
    "ПИН": "10102200800011",
    "Фамилия": "Асанова",
    "Имя": "Аида",
    "Отчество": "",
    "Дата рождения": "01.02.2008",
    "№ паспорта / ID": "ID1234567",
    "Телефон": "+996555000011",
    "Школа": "№ 5",
    "ОРТ основной": "180",
    "Математика": "120",
    "История": "",
    "1-приоритет": "Туризм",
    "2-приоритет": "Экология",
}
BISHKEK, OSH = "KAZNU-BSH", "ENU-OSH"


def listed(office: Office, *rows: dict[str, str]) -> Path:
    """An office's list with these rows."""
    path = office.folders.data / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, HEADINGS, delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return path


def brought(office: Office, branch: str, *rows: dict[str, str]) -> ImportPlan:
    """The list imported; answers its plan."""
    plan = imports.plan(office, [listed(office, *rows)], branch=branch)
    imports.apply(office, plan, accept_warnings=True, reason="сверено")
    return plan


def only(office: Office) -> Application:
    total, rows = intake.lines(office)
    assert total == 1
    return intake.application(office, rows[0].id)


def score(application: Application, criterion: str) -> int:
    return next(int(s.value) for s in application.entry.scores if s.criterion == criterion)


def test_an_offices_corrected_list_brings_in_exactly_its_corrections(empty: Office) -> None:
    brought(empty, BISHKEK, AIDA)
    plan = brought(empty, BISHKEK, AIDA | {"Математика": "125", "История": "110"})
    assert plan.counts()["changed"] == 1
    known = only(empty)
    assert (score(known, "math"), score(known, "history")) == (125, 110)
    assert not known.conflicts


def test_an_officers_correction_survives_the_offices_next_list(empty: Office) -> None:
    brought(empty, BISHKEK, AIDA)
    known = only(empty)
    typed = replace(known.entry, person=replace(known.entry.person, surname="Асан кызы"))
    intake.save(empty, intake.SaveForm(entry=typed, application=known.id, seen=known.version, submit=False))
    brought(empty, BISHKEK, AIDA | {"Математика": "125"})
    known = only(empty)
    assert known.entry.person.surname == "Асан кызы"
    assert score(known, "math") == 125


def test_what_an_officer_and_the_office_both_changed_waits_for_a_decision(empty: Office) -> None:
    brought(empty, BISHKEK, AIDA)
    known = only(empty)
    scores = tuple(replace(s, value=Decimal(121)) if s.criterion == "math" else s for s in known.entry.scores)
    typed = replace(known.entry, scores=scores)
    intake.save(empty, intake.SaveForm(entry=typed, application=known.id, seen=known.version, submit=False))
    brought(empty, BISHKEK, AIDA | {"Математика": "125"})
    known = only(empty)
    assert score(known, "math") == 121, "no source wins by itself"
    (conflict,) = known.conflicts
    assert (conflict.field, [one.value for one in conflict.versions]) == ("score:math", ["121", "125"])


def test_what_two_offices_contradict_waits_and_what_one_alone_knows_is_added(empty: Office) -> None:
    brought(empty, BISHKEK, AIDA)
    theirs = AIDA | {
        "Дата рождения": "02.02.2008",
        "Отчество": "Болотовна",
        "История": "110",
        "ПИН": AIDA["ПИН"],
    }
    plan = brought(empty, OSH, theirs)
    known = only(empty)
    row = plan.sheets[0].rows[0]
    assert (row.status, row.application, row.conflicts) == ("changed", known.no, ("person:born",))
    assert "same_pin" in row.evidence
    assert (known.entry.person.patronymic, score(known, "history")) == ("Болотовна", 110)
    assert known.in_conflict


def test_a_birth_date_once_decided_is_the_persons_everywhere(empty: Office) -> None:
    brought(empty, BISHKEK, AIDA)
    brought(empty, OSH, AIDA | {"Дата рождения": "02.02.2008"})
    known = only(empty)
    conflicts.decide(
        empty, known.id, known.version, "person:born", "2008-02-02", paper="паспорт", reason="так в паспорте"
    )
    assert only(empty).entry.person.born == date(2008, 2, 2)
    assert likeness.from_pin(empty, AIDA["ПИН"]).candidates[0].person.born == date(2008, 2, 2)


def test_a_contradiction_is_shown_once_however_often_the_list_comes(empty: Office) -> None:
    brought(empty, BISHKEK, AIDA)
    theirs = AIDA | {"Математика": "99"}
    brought(empty, OSH, theirs)
    plan = brought(empty, OSH, theirs)
    assert plan.counts()["same"] == 1
    assert len(only(empty).conflicts) == 1


def test_people_without_a_pin_meet_by_their_document_and_birth_date(empty: Office) -> None:
    brought(empty, BISHKEK, AIDA | {"ПИН": ""})
    brought(empty, OSH, AIDA | {"ПИН": "", "История": "110"})
    assert score(only(empty), "history") == 110


def test_a_pin_of_somebody_else_is_an_error_and_changes_nobody(empty: Office) -> None:
    brought(empty, BISHKEK, AIDA)
    stranger = AIDA | {
        "Фамилия": "Токтогулов", "Имя": "Эрлан", "Дата рождения": "17.09.2007", "№ паспорта / ID": "ID7654321"
    }  # fmt: skip
    plan = imports.plan(empty, [listed(empty, stranger)], branch=OSH)
    row = plan.sheets[0].rows[0]
    assert (row.status, row.issues[-1].code) == ("error", "pin_of_another")
    with refuses("import_has_errors", n=1):
        imports.apply(empty, plan, accept_warnings=True)
    assert only(empty).entry.person.surname == "Асанова"


def test_the_doubts_accepted_with_an_import_are_kept_with_the_reason(empty: Office) -> None:
    brought(empty, BISHKEK, AIDA | {"Дата рождения": "01.03.2008"})
    accepted = only(empty).entry.accepted
    assert accepted
    assert {(one.reason, one.accepted_by) for one in accepted} == {("сверено", empty.actor.name)}


def test_the_next_list_brings_in_a_person_of_an_earlier_campaign_as_the_same_person(empty: Office) -> None:
    from grants_app.services import campaigns

    brought(empty, BISHKEK, AIDA)
    setup = offices.next_year(empty.campaign().setup)
    with empty.store.reading() as reading:
        rules = reading.rule_set(empty.campaign_id, empty.clock().date())
    later = empty.in_campaign(campaigns.create_campaign(empty.store, empty.clock, empty.actor, setup, rules))
    brought(later, BISHKEK, AIDA)
    assert only(later).person_id == only(empty).person_id


def test_a_frozen_campaign_takes_no_list_but_says_what_it_would_bring(empty: Office) -> None:
    moved_to(empty, FROZEN)
    plan = imports.plan(empty, [listed(empty, AIDA)], branch=BISHKEK)
    assert plan.counts()["new"] == 1
    with refuses("campaign_frozen"):
        imports.apply(empty, plan, accept_warnings=True)
    assert intake.lines(empty)[0] == 0


def test_a_closed_campaign_reads_no_list(empty: Office) -> None:
    moved_to(empty, CLOSED)
    with refuses("campaign_closed"):
        imports.plan(empty, [listed(empty, AIDA)])


@pytest.mark.parametrize("role", ["auditor", "verifier"])
def test_who_does_not_type_imports_nothing(empty: Office, role: str) -> None:
    with refuses("not_allowed", role=role, act="import"):
        imports.plan(as_role(empty, role), [listed(empty, AIDA)])  # type: ignore[arg-type] # a role


def test_a_list_without_a_word_of_its_branch_is_the_desks_own_and_its_progress_is_told(empty: Office) -> None:
    told: list[tuple[int, int]] = []
    path = listed(empty, AIDA)
    plan = imports.plan(empty, [path, path], progress=lambda done, total: told.append((done, total)))
    assert [sheet.branch for sheet in plan.sheets] == [empty.actor.branch] * 2
    assert told == [(1, 2), (2, 2)]
    assert plan.counts() == {"new": 1, "same": 1}


def test_an_import_is_one_act_in_the_journal_with_the_files_digest(empty: Office) -> None:
    brought(empty, BISHKEK, AIDA)
    known = only(empty)
    (act,) = upkeep.journal(empty, act="import.applied")[1]
    assert '"new":1' in act.after
    assert act.subject == "list.csv"
    assert applied(empty, 3).no != known.no


def test_what_an_offices_next_list_leaves_empty_is_not_taken_away(empty: Office) -> None:
    brought(empty, BISHKEK, AIDA)
    plan = brought(empty, BISHKEK, AIDA | {"Математика": "", "Школа": "№ 6"})
    assert plan.counts()["changed"] == 1
    known = only(empty)
    assert (score(known, "math"), known.entry.school.name) == (120, "№ 6")


def test_differences_are_settled_one_by_one_with_the_paper_each_is_proved_by(
    empty: Office, words: Words
) -> None:
    brought(empty, BISHKEK, AIDA)
    brought(empty, OSH, AIDA | {"Дата рождения": "02.02.2008", "Математика": "99", "2-приоритет": ""})
    known = only(empty)
    assert {conflict.field for conflict in known.conflicts} == {"person:born", "score:math", "choices"}
    conflicts.decide(empty, known.id, known.version, "score:math", "99", paper="справка", reason="пересдача")
    assert demonstration.settle_conflicts(empty, words, lambda _: None) == 2
    papers = {conflict.field: conflict.paper for conflict in only(empty).conflicts}
    assert papers == {
        "person:born": words("identity card"),
        "score:math": "справка",
        "choices": words("signed application"),
    }
