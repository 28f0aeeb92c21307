"""Who is the same person, and where two offices recorded differently."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from grants_app.domain.application import Entry, GroundClaim, PersonFacts, Phone, School, Score
from grants_app.domain.matching import (
    decisive,
    differences,
    evidence,
    names_alike,
    same_person,
    sound_key,
    with_value,
)

A = PersonFacts(
    surname="Кубанычбек кызы",
    given="Нургүл",
    born=date(2009, 1, 23),
    pin="12301200955421",
    document_no="ID1806549",
    phones=(Phone("+996220916253"),),
)
OTHER = PersonFacts(surname="Асанов", given="Тимур", born=date(2007, 5, 1), pin="20105200799999")
ENTRY = Entry(
    person=A,
    school=School(name="№ 5", kind="rural", graduated=2026),
    scores=(Score(criterion="ort_main", value=Decimal(150)), Score(criterion="math", value=Decimal("94.0"))),
    choices=("B/A", "B/B"),
    grounds=(GroundClaim(ground="orphan", paper="decision 4", seen=True), GroundClaim(ground="mountain")),
)


def but(**changes: object) -> PersonFacts:
    """The first person, changed."""
    return replace(A, **changes)  # type: ignore[arg-type] # any field


@pytest.mark.parametrize(
    ("other", "verdict"),
    [
        (A, "same"),
        (but(surname="Kubanychbek kyzy", given="Nurgul", document_no=""), "same"),
        (but(surname="Султанова", given="Асел"), "same"),
        (but(born=None, document_no=""), "same"),
        (but(pin=""), "same"),
        (but(surname="Асанова", given="Зарина", pin="", phones=()), "same"),
        (but(surname="Асанова", given="Зарина", born=date(2001, 1, 1), document_no=""), "maybe"),
        (but(pin="12301200955499"), "maybe"),
        (but(pin="12301200955422", document_no=""), "maybe"),
        (but(pin="12301200954521", document_no="", surname="Асанова", given="Зарина"), "maybe"),
        (but(pin="", document_no="", phones=()), "maybe"),
        (but(pin="", document_no="", born=None), "maybe"),
        (but(pin="", document_no="", born=None, phones=()), "different"),
        (but(pin="11111200011111", document_no="", born=date(2000, 11, 11)), "different"),
        (OTHER, "different"),
    ],
)
def test_only_the_pin_or_the_document_with_the_birth_date_make_one_person(
    other: PersonFacts, verdict: str
) -> None:
    assert same_person(A, other) == verdict
    assert same_person(other, A) == verdict


def test_the_evidence_names_every_reason() -> None:
    same = evidence(A, A)
    assert same.score == 100
    assert [reason.code for reason in same.reasons] == [
        "same_pin",
        "same_document",
        "same_born",
        "same_phone",
        "name_alike",
    ]
    other = evidence(A, OTHER)
    assert other.score == 0
    assert [reason.code for reason in other.reasons] == ["other_pin", "other_born", "other_name"]


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("Жээнбеков", "Jeenbekov"),
        ("Жумагулов", "Dzhumagulov"),
        ("Хасанова", "Khasanova"),
        ("Өмүрбек", "Омурбек"),
        ("Юлдашев", "Iuldashev"),
        ("Цой", "Tsoi"),
        ("Щербаков", "Shcherbakov"),
        ("Қасым", "Касым"),
        ("Жеңиш", "Jenish"),
    ],
)
def test_a_name_sounds_the_same_in_every_spelling(one: str, another: str) -> None:
    assert sound_key(one) == sound_key(another)


def test_names_are_compared_in_any_order_and_through_the_latin_field() -> None:
    assert names_alike(A, but(surname="Нургүл", given="Кубанычбек кызы")) == 100
    assert names_alike(but(patronymic="Асановна"), A) == 100
    assert names_alike(but(patronymic="Асановна"), but(patronymic="Темировна")) < 100
    foreign = but(surname="Смит", given="Жон", latin="SMITH JOHN")
    assert names_alike(foreign, but(surname="Smith", given="John")) == 100
    assert names_alike(A, OTHER) < 60


def test_differences_name_the_field_and_both_texts_and_can_be_set_back() -> None:
    other = replace(
        ENTRY,
        person=but(born=date(2009, 2, 23), surname="Асанова", sex="F"),
        school=School(name="№ 6", kind="mountain"),
        scores=(
            Score(criterion="ort_main", value=Decimal(151)),
            Score(criterion="physics", value=Decimal(7)),
        ),
        choices=("B/C",),
        grounds=(),
    )
    found = differences(ENTRY, other)
    assert {field: (a, b) for field, a, b in found} == {
        "person:surname": ("Кубанычбек кызы", "Асанова"),
        "person:sex": ("", "F"),
        "person:born": ("2009-01-23", "2009-02-23"),
        "school:name": ("№ 5", "№ 6"),
        "school:kind": ("rural", "mountain"),
        "school:graduated": ("2026", ""),
        "choices": ("B/A,B/B", "B/C"),
        "grounds": ("mountain,orphan", ""),
        "score:ort_main": ("150", "151"),
        "score:math": ("94", ""),
        "score:physics": ("", "7"),
    }
    mended = other
    for field, text, _ in found:
        mended = with_value(mended, field, text)
    assert differences(ENTRY, mended) == ()
    turned = ENTRY
    for field, _, text in found:
        turned = with_value(turned, field, text)
    assert differences(other, turned) == ()


def test_a_ground_that_stays_keeps_its_paper() -> None:
    kept = with_value(ENTRY, "grounds", "orphan,honours")
    assert kept.grounds == (ENTRY.grounds[0], GroundClaim(ground="honours"))
    assert with_value(ENTRY, "person:born", "").person.born is None


@pytest.mark.parametrize("field", ["person:phones", "school:none", "person:nobody", "nothing"])
def test_a_field_nobody_knows_is_a_mistake_of_the_program(field: str) -> None:
    with pytest.raises(KeyError):
        with_value(ENTRY, field, "x")


@pytest.mark.parametrize(
    ("difference", "decides"),
    [
        (("choices", "B/A", "B/B"), True),
        (("grounds", "orphan", ""), True),
        (("score:math", "94", "95"), True),
        (("score:math", "94", ""), False),
        (("person:born", "2009-01-23", "2009-02-23"), True),
        (("person:born", "2009-01-23", ""), False),
        (("person:surname", "Асанов", "Асанов "), False),
        (("school:kind", "rural", "mountain"), True),
    ],
)
def test_what_decides_about_seats_waits_for_an_officer(
    difference: tuple[str, str, str], decides: bool
) -> None:
    assert decisive(difference) is decides
