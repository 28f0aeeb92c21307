"""The one table of fields: nothing an application holds is forgotten by a list that must hold it."""

from __future__ import annotations

import tomllib
from dataclasses import fields as fields_of
from pathlib import Path

import pytest

from grants_app.domain import fields, judging
from grants_app.domain.application import Consent, Entry, Guardian, PersonFacts, School
from grants_app.domain.judging import tidy
from grants_app.domain.matching import decisive, differences

ROOT = Path(__file__).resolve().parents[2]
# Records inside the entry, by where they stand in it; lists (scores, papers …) are one field each.
RECORDS = {
    "person": PersonFacts,
    "person.guardian": Guardian,
    "school": School,
    "consent": Consent,
    "": Entry,
}
WHOLE = frozenset(RECORDS)


@pytest.mark.parametrize("owner", RECORDS)
def test_every_field_of_an_application_is_in_the_table_and_nothing_else_is(owner: str) -> None:
    held = {f"{owner}.{one.name}".lstrip(".") for one in fields_of(RECORDS[owner])} - WHOLE
    assert {field.key for field in fields.FIELDS if field.owner == owner} == held


def test_no_field_is_in_the_table_twice() -> None:
    assert len(fields.BY_KEY) == len(fields.FIELDS)


def test_every_column_a_list_may_have_is_the_column_of_some_field() -> None:
    headings = set(tomllib.loads((ROOT / "db/reference/headings.toml").read_text("utf-8")))
    known = {field.imported for field in fields.FIELDS if field.imported}
    several = {judging.AVERAGE, *judging.SUBJECTS, "choice2", "choice3", "choice4"}
    assert known <= headings
    assert headings - known - several == {"ordinal", "name"}  # the row's own number, and three names in one


@pytest.mark.parametrize(
    "field",
    [one for one in fields.FIELDS if one.tidied and one.kind in {"text", "name"}],
    ids=lambda f: f.key,
)
def test_every_text_said_to_be_put_right_is(field: fields.Field) -> None:
    text = {field.word: "  Ак  Суу "}
    person = PersonFacts(**{"surname": "", "given": ""} | (text if field.owner == "person" else {}))
    school = School(**(text if field.owner == "school" else {}))  # type: ignore[arg-type] # texts only
    right, _ = tidy(Entry(person=person, school=school))
    assert getattr(right.person if field.owner == "person" else right.school, field.word) == "Ак Суу"


def test_what_two_branches_disagree_on_is_compared_and_decided_as_the_table_says() -> None:
    names = {f"{f.owner}:{f.word}" if f.owner else f.key: f for f in fields.FIELDS if f.kind != "list"}
    blank = Entry(person=PersonFacts(surname="", given=""))
    told = {field for field, _, _ in differences(blank, _filled())}
    for name, field in names.items():
        assert (name in told) is field.compared, name
        assert decisive((name, "a", "b")) is field.contested, name


def _filled() -> Entry:
    """An entry every compared field of which differs from a blank one."""
    from datetime import date

    texts = {one.name: "x" for one in fields_of(PersonFacts) if one.type == "str"}
    schooled = {one.name: "x" for one in fields_of(School) if one.type == "str"}
    return Entry(
        person=PersonFacts(**texts | {"sex": "F", "born": date(2008, 1, 1)}),  # type: ignore[arg-type]  # texts by name
        school=School(**schooled, graduated=2026),  # type: ignore[arg-type]  # texts by name
        branch="x",
        register_no="x",
        note="x",
    )
