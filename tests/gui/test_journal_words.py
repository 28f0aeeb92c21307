"""No act is told in our codes: the journal, its before and after, a person's history, Today's last acts."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from grants_app import services
from grants_app.domain.journal import Event
from grants_app.gui.pages.entry_form_history import HistoryView
from grants_app.gui.pages.entry_words import EntryWords
from grants_app.gui.pages.journal_details import EventPanel
from grants_app.gui.pages.journal_values import subject_text
from grants_app.gui.pages.journal_words import ACTS, act_text, called
from grants_app.gui.pages.today_words import TodayWords
from grants_app.services import standing, today, upkeep
from tests.gates.families import FAMILIES
from tests.gates.sources import said
from tests.gui.desks import sample_stages, stage_office  # noqa: F401 - fixtures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import Theme
    from grants_app.services.access import Office

POOL = "KAZNU-BSH/6B06102"
OTHER = "ENU-OSH/6B06103"
FINGERPRINT = "3F7A9C51D0E2"
PERSON = {
    "person.surname": "Асанова",
    "person.given": "Бегимай",
    "person.sex": "F",
    "person.born": "2008-04-15",
    "person.citizenship": "KG",
    "person.document_kind": "id",
    "person.document_no": "ID1234567",
    "person.region": "KG-C",
    "person.phones": [{"number": "+996555010203", "owner": "mother", "owner_name": "Асанова Гүлнара"}],
    "person.guardian": {
        "full_name": "Асанова Гүлнара",
        "relation": "мать",
        "pin": "",
        "document_no": "",
        "phone": "",
        "signs_consent": True,
    },
    "school.kind": "rural",
    "school.type": "general",
    "school.language": "ky",
    "school.graduated": 2026,
    "branch": "KAZNU-BSH",
    "paper_language": "ky",
    "received_at": "2026-07-12T04:15:00Z",
    "choices": [POOL, OTHER],
    "asks_upgrade": True,
    "late_basis": "",
    "grounds": [{"ground": "orphan", "paper": "Справка 12", "seen": True, "seen_by": "Бакытова А."}],
    "scores": [
        {"criterion": "ort_main", "value": "182.5", "source": "Сертификат", "entered_by": "Бакытова А."}
    ],
    "checklist": [
        {
            "item": "photos",
            "received": True,
            "original": True,
            "count": 1,
            "received_on": "2026-07-12",
            "valid_until": "2026-09-01",
            "received_by": "Бакытова А.",
            "returned_to": "",
        }
    ],
    "consent": {
        "version": "2026.1",
        "given_on": "2026-07-12",
        "cross_border": True,
        "signed_by_guardian": False,
    },
    "accepted": [
        {"code": "age_unusual", "field": "person:born", "reason": "Проверено", "accepted_by": "Бакытова А."}
    ],
}
BRANCH = {
    "code": "NEW",
    "letter": "Н",
    "prefix": "Н",
    "city": {"ru": "Талас"},
    "short": {"ru": "Талас"},
    "names": {"ru": "Таласский филиал"},
    "emblem": FINGERPRINT,
    "closed": False,
}
PROGRAMME = {
    "code": "6B06102",
    "branch": "KAZNU-BSH",
    "level": "bachelor",
    "names": {"ru": "Информатика"},
    "languages": ["ky", "ru"],
    "form": "full_time",
    "months": 48,
    "spellings": ["Информ"],
    "group": "ИТ",
    "tests": ["math", "english"],
    "seats": 5,
}
AWARD = {"state": "offered", "pool": POOL, "seat": 3}
TOLD: dict[str, tuple[str, dict[str, object], dict[str, object]]] = {
    "database.restored": (
        "Копия 12",
        {"database": FINGERPRINT, "journal": None},
        {"database": FINGERPRINT, "source": "Копия 12", "journal": 7, "void": []},
    ),
    "database.behind": ("2026", {"journal": 12}, {"journal": 7, "void": []}),
    "application.drafted": ("B-0001", {}, PERSON),
    "application.submitted": ("B-0001", {}, PERSON),
    "application.corrected": (
        "B-0001",
        PERSON,
        PERSON | {"choices": [OTHER], "school.kind": "town", "person.sex": "M"},
    ),
    "application.imported": ("B-0001", {}, PERSON),
    "application.merged": (
        "B-0001",
        {"school.kind": "town"},
        {"school.kind": "rural", "conflicts": ["choices", "score:math", "person:born"]},
    ),
    "application.withdrawn": ("B-0001", {"state": "complete"}, {"state": "withdrawn"}),
    "application.annulled": ("B-0001", {"state": "submitted"}, {"state": "annulled"}),
    "application.reinstated": ("B-0001", {"state": "withdrawn"}, {"state": "incomplete"}),
    "act.undone": (
        "B-0001",
        {"state": "verified", "school.kind": "town"},
        {"state": "draft", "school.kind": "rural"},
    ),
    "score.verified": ("B-0001", {}, {"ort_main": "182.5"}),
    "score.differed": ("B-0001", {"ort_main": "182.5"}, {"ort_main": "128.5"}),
    "score.decided": ("B-0001", {"ort_main": ["Бакытова А.: 182.5", "Ким В.: 128.5"]}, {"ort_main": "182.5"}),
    "second_look.chosen": (
        "2026",
        {"percent": 100, "seed": ""},
        {"percent": 20, "seed": "4711", "application": 12},
    ),
    "conflict.decided": (
        "B-0001",
        {"choices": [f"KAZNU-BSH: {POOL},{OTHER}", f"KAZNU-BSH: {POOL}"]},
        {"choices": f"{POOL},{OTHER}"},
    ),
    "duplicate.same": ("B-0001, B-0002", {}, {}),
    "duplicate.different": ("B-0001, B-0002", {}, {}),
    "import.applied": ("Заявления.XLSX", {}, {"new": 12, "changed": 3, "sha256": [FINGERPRINT]}),
    "run.proposed": (
        "3",
        {},
        {"fingerprint": FINGERPRINT, "awards": 50, "void_ties": [f"{POOL}: B-0001, B-0002 (протокол 4)"]},
    ),
    "run.sealed": ("3", {}, {"fingerprint": FINGERPRINT}),
    "finding.accepted": ("3", {}, {"finding": "duplicates", "count": 2}),
    "scenario.kept": ("Шестьдесят мест", {}, {"fingerprint": FINGERPRINT}),
    "scenario.renamed": ("Семьдесят мест", {"name": "Шестьдесят мест"}, {"name": "Семьдесят мест"}),
    "scenario.removed": ("Семьдесят мест", {"fingerprint": FINGERPRINT}, {}),
    "tie.order": (POOL, {}, {"order": ["B-0001", "B-0002"]}),
    "tie.lot": (
        POOL,
        {},
        {
            "order": ["B-0001", "B-0002"],
            "seed": "4711",
            "seed_from": "Лотерея",
            "seed_note": "Вслух",
            "present": "Комиссия",
        },
    ),
    "tie.revoked": (POOL, {"order": ["B-0001", "B-0002"]}, {}),
    "appeal_sheet.printed": ("B-0001", {}, {}),
    "lot_record.printed": (POOL, {}, {}),
    "placement.made": ("B-0001", {}, {"pool": POOL}),
    "placement.undone": ("B-0001", {}, {}),
    "award.offered": ("B-0001", {}, {"pool": POOL, "seat": 3, "due_at": "2026-08-20T12:00:00Z"}),
    "award.confirmed": (
        "B-0001",
        {"state": "offered"},
        {"state": "confirmed", "received_at": "2026-08-15T08:00:00Z"},
    ),
    "award.declined": (
        "B-0001",
        {"state": "offered"},
        {"state": "declined", "received_at": "2026-08-15T08:00:00Z"},
    ),
    "award.expired": (
        "B-0001",
        {"state": "offered"},
        {"state": "expired", "received_at": "2026-08-15T08:00:00Z"},
    ),
    "award.revoked": ("B-0001", AWARD, {"state": "revoked", "run": 3}),
    "award.reinstated": ("B-0001", AWARD | {"state": "declined"}, AWARD),
    "award.relabelled": ("B-0001", {"kind": "open"}, {"kind": "orphan"}),
    "award.extended": ("B-0001", {"due_at": "2026-08-20T12:00:00Z"}, {"due_at": "2026-08-25T12:00:00+00:00"}),
    "award.called": ("B-0001", {}, {}),
    "annex.printed": ("Протокол 4", {}, {}),
    "cascade.confirmed": ("4", {}, {"answers": 4, "awards": 4}),
    "deadline.extended": ("confirm", {"at": "2026-08-20T12:00:00Z"}, {"at": "2026-08-25T12:00:00Z"}),
    "seats.moved": (
        POOL,
        {"total": 50, "pools": {POOL: 5, OTHER: 5}},
        {"total": 50, "pools": {POOL: 6, OTHER: 4}},
    ),
    "seats.total": (
        POOL,
        {"total": 50, "pools": {POOL: 5, OTHER: 5}},
        {"total": 51, "pools": {POOL: 6, OTHER: 5}},
    ),
    "officer.sat_down": ("Ким В.", {}, {}),
    "clock.confirmed": ("2026", {"at": "2026-08-20T12:00:00Z"}, {"at": "2026-08-19T12:00:00Z"}),
    "paper.issued": ("Б-2026-0001", {}, {"application": "B-0001"}),
    "paper.printed": ("Б-2026-0001", {}, {}),
    "paper.reprinted": ("Б-2026-0001", {}, {}),
    "paper.saved": ("Б-2026-0001", {}, {"file": "Уведомление.PDF"}),
    "paper.cancelled": ("Б-2026-0001", {}, {}),
    "paper.replaced": ("Б-2026-0001", {}, {"by": "Б-2026-0002"}),
    "list.exported": ("chair_sheet", {}, {"format": "printer", "rows": 50, "run": 3}),
    "campaign.created": ("2026", {}, {"branches": [BRANCH], "programmes": [PROGRAMME], "sample": True}),
    "campaign.changed": ("2026", {"total": 50, "zone": "Asia/Bishkek"}, {"total": 60, "zone": "Asia/Almaty"}),
    "setup.added": ("KAZNU-BSH", {}, {"branches": BRANCH}),
    "setup.changed": (
        "6B06102",
        {"programmes": PROGRAMME},
        {"programmes": PROGRAMME | {"level": "master", "form": "distance", "languages": ["kk"]}, "rules": 4},
    ),
    "setup.removed": (
        "award_letter",
        {
            "signatories": {
                "branch": "KAZNU-BSH",
                "paper": "award_letter",
                "post": {"ru": "Ректор"},
                "name": {"ru": "Ким В."},
                "since": "2026-01-01",
                "until": None,
            }
        },
        {},
    ),
    "setup.closed": ("confirm", {"deadlines": {"closed": False}}, {"deadlines": {"closed": True}}),
    "setup.reopened": (POOL, {"pools": {"closed": True}}, {"pools": {"closed": False, "seats": 5}}),
    "setup.moved": (
        "6B06102",
        {"programmes": ["6B06102", "6B06103"]},
        {"programmes": ["6B06103", "6B06102"]},
    ),
    "setup.imported": (
        "2026",
        {"file": "Кампания.TOML"},
        {
            "branches": {"KAZNU-BSH": "added"},
            "programmes": {"6B06102": ["months", "full_time"][:1], "order": "moved"},
            "pools": {POOL: "removed"},
            "deadlines": {"confirm": ["at", "order_no"]},
        },
    ),
    "campaign.setup": ("2026", {"state": "open"}, {"state": "setup"}),
    "campaign.open": ("2026", {"state": "setup"}, {"state": "open"}),
    "campaign.frozen": ("2026", {"state": "open"}, {"state": "frozen"}),
    "campaign.published": (
        "2026",
        {"state": "frozen"},
        {"state": "published", "open_no_letter": 2, "open_key": 1},
    ),
    "campaign.publish_preliminary": ("2026", {"state": "frozen"}, {"state": "frozen", "open_overdue": 2}),
    "campaign.publish_final": (
        "2026",
        {"state": "frozen"},
        {"state": "published", "open_appeals_without_run": 2},
    ),
    "campaign.closed": ("2026", {"state": "published"}, {"state": "closed", "open_unanswered": 2}),
    "rules.changed": (
        "4",
        {"weight.math": "0.5", "late": "competes", "ties": "ort_main profile grounds"},
        {
            "weight.math": "1",
            "programme_subjects.6B06102": "math english",
            "late": "with_basis",
            "measure_name.math.ru": "Математика",
            "quota_rounding": "half_up",
            "quota_unused": "open",
            "ties": "ort_main grounds",
            "blocks.offer": "photos",
            "competing_states": "complete verified",
            "required.math": "0",
            "in_force_from": "2026-09-01",
            "uncertain.thresholds": "1",
        },
    ),
    "backup.made": ("Копия 12", {}, {}),
    "key.published": (FINGERPRINT, {}, {"fingerprint": FINGERPRINT, "file": "Ключ.PEM", "void": 2}),
    "commission.member": (
        "Ким В.",
        {"name": "Ким В.", "post": "Член", "chairs": False},
        {"name": "Ким В.", "post": "Председатель", "chairs": True},
    ),
    "commission.left": ("Ким В.", {"name": "Ким В.", "post": "Член", "chairs": False}, {}),
    "interest.declared": ("B-0001", {}, {"member": "Ким В.", "relation": "племянница"}),
    "interest.withdrawn": ("B-0001", {"member": "Ким В.", "relation": "племянница"}, {}),
    "meeting.called": (
        "Протокол 4",
        {},
        {"minutes_no": "Протокол 4", "minutes_on": "2026-08-10", "place": "Зал", "agenda": "Апелляции"},
    ),
    "meeting.changed": ("Протокол 4", {"minutes_on": "2026-08-10"}, {"minutes_on": "2026-08-11"}),
    "meeting.attended": ("Протокол 4", {}, {"present": ["Ким В."], "absent": ["Бакытова А."]}),
    "resolution.recorded": (
        "Протокол 4/1",
        {},
        {
            "matter": "tie",
            "subject": POOL,
            "wording": "Решили",
            "outcome": "adopted",
            "application": "B-0001",
            "run": 3,
            "votes": {"for": 3, "against": 1, "abstained": 0},
        },
    ),
    "resolution.corrected": (
        "Протокол 4/1",
        {"matter": "appeal", "outcome": "adopted"},
        {"matter": "appeal", "outcome": "rejected"},
    ),
    "minutes.written": ("Протокол 4", {}, {"format": "pdf", "rows": 3}),
    "appeal.received": ("B-0001", {}, {"subject": "Баллы", "received_at": "2026-08-12T05:00:00Z"}),
    "appeal.granted": ("B-0001", {}, {"minutes_no": "Протокол 4", "minutes_on": "2026-08-14"}),
    "appeal.refused": ("B-0001", {}, {"minutes_no": "Протокол 4", "minutes_on": "2026-08-14"}),
    "appeal.run": ("B-0001", {}, {"run": 4, "awards": 50}),
}
SUBJECTS = {
    "list.exported": ("shortlist", "public", "reserve", "ledger", "applications", "scenario"),
    "setup.closed": ("KAZNU-BSH", POOL, "photos"),
    "deadline.extended": ("open", "close", "appeal"),
}
# In Russian a word in small Latin letters is one of ours; so is an id of a pool, and a moment as we store it.
CODE = re.compile(r"\b[a-z][a-z0-9]*(?:[_.:][a-z0-9]+)*\b|[A-Z]+-[A-Z]+\b|6B\d+|\d{4}-\d\d-\d\d|T\d\d:\d\d")
FILE = re.compile(r"\S+\.xlsx|\b[0-9a-f]{16,}\b")
KNOWN = {"pdf", "xlsx", "csv", "html"}
HISTORIES = ("application.", "award.", "score.", "conflict.", "placement.", "appeal.", "act.", "interest.")


def _codes(text: str) -> list[str]:
    return [found for found in CODE.findall(FILE.sub("", text.replace("\u200b", ""))) if found not in KNOWN]


def _event(act: str, subject: str, before: dict[str, object], after: dict[str, object]) -> Event:
    return Event(
        campaign=1, seq=7, at="2026-08-20T19:30:00+00:00", actor="Бакытова А.", role="secretary",
        branch="KAZNU-BSH", act=act, subject=subject, reason="Приказ 12",
        before=json.dumps(before) if before else "", after=json.dumps(after) if after else "",
        link=FINGERPRINT,
    )  # fmt: skip


def _every() -> Iterator[Event]:
    for act in ACTS:
        subject, before, after = TOLD[act]
        yield _event(act, subject, before, after)
        for other in SUBJECTS.get(act, ()):
            yield _event(act, other, {}, {})


def _texts(widget: QWidget) -> Iterator[str]:
    for label in widget.findChildren(QLabel):
        yield label.text()


def test_the_journal_knows_every_act_the_services_write() -> None:
    found = said(Path(services.__file__).parents[2])
    written = {code for code in found.codes if code.startswith("act_")}
    for prefix in FAMILIES:
        if prefix.startswith("act_"):
            written |= {f"{prefix}_{one}" for one in FAMILIES[prefix]}
    assert written - {"act_not_now"} - {f"act_{act.replace('.', '_')}" for act in ACTS} == set()


@pytest.fixture
def spoken(
    stage_office: Callable[[str], Office],  # noqa: F811 - the fixture
    speech: Speech,
) -> tuple[Office, Speech]:
    """The sealed sample campaign, read in Russian."""
    speech.switch("ru")
    return stage_office("sealed"), speech


def test_the_journal_and_what_each_act_changed_are_told_without_codes(
    spoken: tuple[Office, Speech], theme: Theme, qtbot: QtBot
) -> None:
    office, words = spoken
    setup = office.campaign().setup
    names = called(words, setup, (standing.current_rules(office),))
    real = {event.act: event for event in upkeep.journal(office, limit=10_000)[1]}
    del real["campaign.created"]  # the sample's own names have no Russian everywhere
    told: dict[str, set[str]] = {}
    for event in (*_every(), *real.values()):
        panel = EventPanel(theme, words)
        qtbot.addWidget(panel)
        panel.show_event(event, setup.zone, names)
        shown = [act_text(words, event.act), subject_text(words, names, event.act, event.subject)]
        found = _codes(" | ".join([*shown, *_texts(panel)]))
        if found:
            told.setdefault(event.act, set()).update(found)
    assert told == {}


def test_moments_in_the_journal_stand_on_the_clock_of_the_campaign(
    spoken: tuple[Office, Speech], theme: Theme, qtbot: QtBot
) -> None:
    office, words = spoken
    panel = EventPanel(theme, words)
    qtbot.addWidget(panel)
    panel.show_event(_event("award.extended", *TOLD["award.extended"]), office.campaign().setup.zone, {})
    shown = " ".join(_texts(panel))
    assert "20.08.2026 18:00" in shown
    assert "25.08.2026 18:00" in shown


def test_the_history_of_an_application_is_told_without_codes(
    spoken: tuple[Office, Speech], theme: Theme, qtbot: QtBot
) -> None:
    office, words = spoken
    setup = office.campaign().setup
    named = EntryWords(words, setup, standing.current_rules(office))
    told: dict[str, set[str]] = {}
    for event in _every():
        if event.act.startswith(HISTORIES):
            view = HistoryView(theme, words)
            qtbot.addWidget(view)
            view.show_events([event], named, setup.zone)
            found = _codes(" | ".join(_texts(view)))
            if found:
                told.setdefault(event.act, set()).update(found)
    assert told == {}


def test_the_last_acts_on_today_are_told_without_codes(spoken: tuple[Office, Speech]) -> None:
    office, words = spoken
    seen = replace(today.look(office), recent=tuple(_every()))
    told = [fact.name for fact in TodayWords(words, seen).acts()]
    assert [text for text in told if _codes(text)] == []
