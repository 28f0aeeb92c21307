"""The one judge: impossible is an error, doubtful a warning, put right is reported."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from grants_app.domain.application import AcceptedWarning, Entry, PersonFacts, Phone, School, Score
from grants_app.domain.campaign import CampaignSetup, Pool
from grants_app.domain.imports import Issue
from grants_app.domain.judging import judge, plain, tidy, unanswered, without_impossible
from grants_app.domain.values import Names

TODAY = date(2026, 7, 20)
LIMITS = {"ort_main": Decimal(245), "math": Decimal(150), "average": Decimal(5)}
POOLS = tuple(Pool(id=f"B/{code}", branch="B", programme=code, level="bachelor", seats=1) for code in "ABCDE")
SETUP = CampaignSetup(
    code="2026",
    titles=Names(),
    total=5,
    zone="Asia/Bishkek",
    zone_names=Names(),
    branches=(),
    programmes=(),
    pools=POOLS,
)
PERSON = PersonFacts(
    surname="Ысак уулу",
    given="Мирлан",
    sex="M",
    born=date(2009, 6, 9),
    pin="20906200983587",
    document_no="ID8083634",
    region="KG-GB",
    district="Октябрьский",
    phones=(Phone("+996555418144"),),
)
ENTRY = Entry(
    person=PERSON,
    school=School(name="№ 115", region="KG-GB", district="Октябрьский"),
    scores=(
        Score(criterion="ort_main", value=Decimal(150)),
        Score(criterion="math", value=Decimal(94)),
        Score(criterion="average", value=Decimal("4.89")),
        Score(criterion="interview", value=Decimal("7.5")),
    ),
    choices=("B/A", "B/B"),
)


def verdicts(entry: Entry, *, submitted: bool = True) -> list[tuple[str, str, str]]:
    """The judge's issues in short."""
    issues = judge(entry, SETUP, LIMITS, TODAY, submitted=submitted)
    return [(issue.severity, issue.field, issue.code) for issue in issues]


def person(**changes: object) -> Entry:
    """The clean entry with another person."""
    return replace(ENTRY, person=replace(PERSON, **changes))  # type: ignore[arg-type] # any field


def score(criterion: str, value: str) -> Entry:
    """The clean entry with one other score."""
    kept = tuple(score for score in ENTRY.scores if score.criterion != criterion)
    return replace(ENTRY, scores=(*kept, Score(criterion=criterion, value=Decimal(value))))


def test_a_clean_entry_is_left_in_peace() -> None:
    assert verdicts(ENTRY) == []
    assert tidy(ENTRY) == (ENTRY, ())
    assert tidy(ENTRY)[0] is ENTRY


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (person(surname=""), ("error", "surname", "no_surname")),
        (person(surname="Же?иш кызы"), ("error", "name", "letters_lost")),
        (person(pin="1,02092E+13"), ("error", "pin", "pin_scientific")),
        (person(pin="2090620098358"), ("error", "pin", "pin_short")),
        (person(born=date(2027, 1, 1), pin="20101202783587"), ("error", "born", "born_in_future")),
        (score("ort_main", "280"), ("error", "ort_main", "score_too_high")),
        (score("ort_main", "121.5"), ("error", "ort_main", "score_not_whole")),
        (score("ort_main", "-1"), ("error", "ort_main", "score_negative")),
        (score("math", "NaN"), ("error", "math", "score_negative")),
        (replace(ENTRY, scores=()), ("error", "ort_main", "score_absent")),
        (replace(ENTRY, choices=("B/A", "Нефтегазовое дело")), ("error", "choices", "unknown_programme")),
        (replace(ENTRY, choices=("B/A", "B/A")), ("error", "choices", "choice_twice")),
        (replace(ENTRY, choices=tuple(p.id for p in POOLS)), ("error", "choices", "too_many_choices")),
        (person(given=""), ("warning", "given", "no_given")),
        (person(given="Азамат <b"), ("warning", "given", "name_characters")),
        (person(patronymic="=1+1"), ("warning", "patronymic", "formula_text")),
        (person(district="=1+1"), ("warning", "district", "formula_text")),
        (person(sex="F"), ("warning", "sex", "pin_sex_mismatch")),
        (person(born=date(2009, 9, 6)), ("warning", "born", "pin_date_mismatch")),
        (person(pin="90906200983587"), ("warning", "pin", "pin_unusual")),
        (person(pin="23113200983587"), ("warning", "pin", "pin_unusual")),
        (person(pin=""), ("warning", "pin", "no_pin")),
        (person(born=None), ("warning", "born", "no_born")),
        (person(born=date(2015, 6, 9), pin="20906201583587"), ("warning", "born", "age_unusual")),
        (person(document_no="12345"), ("warning", "document", "document_unusual")),
        (person(phones=(Phone("12"),)), ("warning", "phone", "phone_unreadable")),
        (person(region="Марс"), ("warning", "region", "unknown_region")),
        (score("average", "1.9"), ("warning", "average", "average_unusual")),
        (replace(ENTRY, choices=()), ("warning", "choices", "no_choice")),
    ],
)
def test_each_wrong_value_gets_its_one_verdict(entry: Entry, expected: tuple[str, str, str]) -> None:
    assert verdicts(entry) == [expected]


def test_a_draft_is_not_blamed_for_what_is_not_there_yet() -> None:
    nobody = Entry(person=PersonFacts(surname="", given=""))
    assert verdicts(nobody, submitted=False) == []
    assert ("error", "ort_main", "score_absent") in verdicts(nobody)


def test_what_can_be_put_right_is_put_right_and_reported() -> None:
    untidy = replace(
        person(
            surname=" Taшмaтoв ",
            given="Yсөн",
            patronymic="—",
            pin="2О906200983587",
            document_no="АN 1234567",
            address=" Ош  1 ",
            phones=(Phone("0(555) 41-81-44"), Phone("?")),
        ),
        school=School(name=" № 115 ", district="Октябрьский"),
    )
    entry, issues = tidy(untidy)
    assert entry.person.surname == "Ташматов"
    assert entry.person.given == "Усөн"
    assert entry.person.patronymic == ""
    assert entry.person.pin == PERSON.pin
    assert entry.person.document_no == "AN1234567"
    assert entry.person.address == "Ош 1"
    assert entry.person.phones == (Phone("+996555418144"), Phone("?"))
    assert entry.school.name == "№ 115"
    assert [(issue.severity, issue.field, issue.code) for issue in issues] == [
        ("fixed", "surname", "lookalike"),
        ("warning", "given", "lookalike_unsure"),
        ("fixed", "pin", "lookalike"),
        ("fixed", "document", "lookalike"),
    ]
    assert tidy(entry) == (entry, ())


def test_spaces_in_numbers_are_put_right_without_a_word() -> None:
    entry, issues = tidy(person(pin="2 0906 2009 83587", document_no="id 8083634"))
    assert (entry.person.pin, entry.person.document_no, issues) == (PERSON.pin, "ID8083634", ())


def test_impossible_values_are_taken_out_and_the_rest_is_kept() -> None:
    wrong = replace(
        person(pin="12", born=date(2030, 1, 1)),
        scores=(Score(criterion="ort_main", value=Decimal(280)), Score(criterion="math", value=Decimal(9))),
        choices=("B/A", "nothing", "B/A", "B/B", "B/C", "B/D", "B/E"),
    )
    kept = without_impossible(wrong, judge(wrong, SETUP, LIMITS, TODAY))
    assert (kept.person.pin, kept.person.born) == ("", None)
    assert [score.criterion for score in kept.scores] == ["math"]
    assert kept.choices == ("B/A", "B/B", "B/C", "B/D")
    assert kept.person.surname == PERSON.surname
    assert without_impossible(ENTRY, ()) is ENTRY
    unborn = person(surname="Же?иш")
    assert without_impossible(unborn, judge(unborn, SETUP, LIMITS, TODAY)) == unborn


def test_a_warning_accepted_with_a_reason_stops_nothing() -> None:
    doubtful = person(sex="F")
    issues = (*judge(doubtful, SETUP, LIMITS, TODAY), Issue("fixed", "born", "day_first"))
    assert [issue.code for issue in unanswered(issues, doubtful)] == ["pin_sex_mismatch"]
    answered = replace(
        doubtful, accepted=(AcceptedWarning(code="pin_sex_mismatch", field="sex", reason="paper seen"),)
    )
    assert unanswered(issues, answered) == ()
    error = Issue("error", "sex", "pin_sex_mismatch")
    assert unanswered((error,), answered) == (error,)


def test_numbers_are_written_plainly() -> None:
    assert [plain(Decimal(text)) for text in ("4.20", "1E+2", "5.00", "150", "0.1")] == [
        "4.2",
        "100",
        "5",
        "150",
        "0.1",
    ]


def test_a_closed_programme_is_doubted_where_it_is_chosen() -> None:
    closed = replace(SETUP, pools=(replace(POOLS[0], seats=0, closed=True), *POOLS[1:]))
    (issue,) = judge(ENTRY, closed, LIMITS, TODAY)
    assert (issue.severity, issue.code, issue.facts["value"]) == ("warning", "programme_closed", "B/A")


def test_look_alikes_in_latin_only_fields_are_put_right_and_reported() -> None:
    entry, issues = tidy(person(latin=" АSАNOV  USОN", email="аsan@mail.kg"))
    assert (entry.person.latin, entry.person.email) == ("ASANOV USON", "asan@mail.kg")
    assert [(one.severity, one.field, one.code) for one in issues] == [
        ("fixed", "latin", "lookalike"),
        ("fixed", "email", "lookalike"),
    ]
    other = person(latin="Асанов", email="асан@mail.kg")
    assert tidy(other) == (other, ())
