"""A campaign's set-up goes into a file and comes back equal; what cannot be taken is refused by name."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grants_app.domain import setup_file as text_of_setup
from grants_app.domain.campaign import (
    ALL_PAPERS,
    CALENDAR,
    FORMS,
    LEVELS,
    SIGNED_PAPERS,
    Branch,
    CampaignSetup,
    Deadline,
    Pool,
    Programme,
    RequiredPaper,
    Signatory,
)
from grants_app.domain.setup_checks import PARTS, demand_sound
from grants_app.domain.setup_file import tidied
from grants_app.domain.values import LANGS, Names
from grants_app.services import campaign_acts, rule_changes, standing
from grants_app.services.campaign import setup_file, structure
from grants_app.services.presets import preset, sample_rules
from tests import offices
from tests.services.desks import applied, as_role, refuses
from tests.services.test_setup_structure import add, branch, last, names, png, programme, seen, setup

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grants_app.services.access import Office

# ---- the text alone -------------------------------------------------------------------------------------

PLAIN = st.recursive(
    st.text(st.characters(codec="utf-8"))
    | st.integers(-(2**63), 2**63 - 1)
    | st.booleans()
    | st.dates()
    | st.datetimes(timezones=st.just(UTC)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.text(st.characters(codec="utf-8")), PLAIN, max_size=5))
def test_whatever_is_written_as_toml_is_read_back_as_it_was(data: dict[str, Any]) -> None:
    assert tomllib.loads(text_of_setup.toml(data)) == data


def test_decimals_are_written_as_texts_and_nothing_is_left_out() -> None:
    assert text_of_setup.toml({"a": Decimal("4.50"), "b": None}) == 'a = "4.5"\n'


WORDS = st.text(st.characters(codec="utf-8", categories=("L", "Nd", "P", "Zs", "Cc")), max_size=30)
NAMED = st.builds(Names, ky=WORDS, ru=WORDS.filter(str.strip), kk=WORDS, en=WORDS)
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - the test reads the files as they are
CODES = st.from_regex(r"[A-Z0-9]{2,8}", fullmatch=True)


@st.composite
def setups(draw: st.DrawFn) -> CampaignSetup:
    """Whatever an office may type for a campaign."""
    codes = draw(st.lists(CODES, max_size=3, unique=True))
    branches = tuple(
        Branch(
            code=code,
            letter="ABC"[place],
            prefix="КЕН"[place],
            names=draw(NAMED),
            short=draw(NAMED),
            city=draw(NAMED),
            address=draw(NAMED),
            phone=draw(WORDS),
            hours=draw(NAMED),
            letterhead=draw(NAMED),
            closed=draw(st.booleans()),
        )
        for place, code in enumerate(codes)
    )
    programmes: tuple[Programme, ...] = ()
    if codes:
        programmes = tuple(
            Programme(
                code=code,
                branch=draw(st.sampled_from(codes)),
                level=draw(st.sampled_from(LEVELS)),
                names=draw(NAMED),
                spellings=tuple(draw(st.lists(WORDS, max_size=2))),
                languages=tuple(draw(st.lists(st.sampled_from(LANGS), max_size=2, unique=True))),
                form=draw(st.sampled_from(FORMS)),
                months=draw(st.integers(0, 72)),
            )
            for code in draw(st.lists(CODES, max_size=3, unique=True))
        )
    pools = tuple(
        Pool(
            id=f"{one.branch}/{one.code}",
            branch=one.branch,
            programme=one.code,
            level=one.level,
            seats=draw(st.integers(0, 9)),
        )
        for one in programmes
    )
    kinds = draw(st.lists(st.sampled_from(CALENDAR), max_size=4, unique=True))
    made = CampaignSetup(
        code="2026",
        titles=draw(NAMED),
        total=sum(pool.seats for pool in pools) + draw(st.integers(0, 3)),
        zone=draw(st.sampled_from(["Asia/Bishkek", "Asia/Almaty"])),
        zone_names=draw(NAMED),
        branches=branches,
        programmes=programmes,
        pools=pools,
        deadlines=tuple(
            Deadline(code=kind, at=draw(MOMENTS), names=draw(NAMED), note=draw(WORDS)) for kind in kinds
        ),
        signatories=tuple(
            Signatory(
                branch=code,
                paper=draw(st.sampled_from([ALL_PAPERS, *SIGNED_PAPERS])),
                post=draw(NAMED),
                name=draw(NAMED),
                since=draw(st.none() | st.just(date(2026, 1, 1))),
                until=draw(st.none() | st.just(date(2026, 12, 31))),
            )
            for code in codes
        ),
        required_papers=tuple(
            RequiredPaper(
                code=f"p{place}",
                names=draw(NAMED),
                required=draw(st.booleans()),
                under_age=draw(st.booleans()),
                original=draw(st.booleans()),
                count=draw(st.integers(1, 5)),
            )
            for place in range(draw(st.integers(0, 3)))
        ),
        consent_version=draw(WORDS),
    )
    return tidied(made)


def sound(made: CampaignSetup) -> bool:
    from grants_app.domain.errors import Refused

    try:
        demand_sound(made)
    except Refused:
        return False
    return True


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(setups())
def test_any_setup_written_and_read_back_is_equal(made: CampaignSetup) -> None:
    rules = sample_rules()
    read = text_of_setup.read(text_of_setup.write(made, rules, {}).encode())
    assert (read.setup, read.rules) == (made, rules)
    assert text_of_setup.changes(made, read.setup) == ()


def test_most_setups_tried_can_be_kept() -> None:
    from hypothesis import find

    assert sound(
        find(setups(), lambda made: sound(made) and bool(made.pools), settings=settings(deadline=None))
    )


# ---- between two campaigns ------------------------------------------------------------------------------


def office(folder: Path, name: str, preset_name: str = "empty") -> Office:
    (folder / name).mkdir()
    return offices.new_office(folder / name, preset_name)


def filled(one: Office) -> None:
    """A small campaign of every part, with a picture."""
    structure.remove(one, "branches", 1, seen(one))
    add(one, branch(letterhead=Names(ru="строка 1\nстрока 2"), phone="0312"))
    structure.put_emblem(one, 1, png(), seen(one))
    add(one, programme("6B01", "NARYN", months=48), seats=3, tests=("math",))
    add(one, programme("6B02"), seats=2, tests=())
    structure.change_head(one, replace(structure.head_of(setup(one)), total=5), seen(one))
    add(one, Deadline(code="close", at=datetime(2026, 7, 20, 8, tzinfo=UTC), names=Names(), note="x"))
    add(one, Signatory(branch="NARYN", paper="", post=names("ректор"), name=names("Асанов У.")))
    add(one, RequiredPaper(code="", names=names("Согласие опекуна"), under_age=True))


def test_a_set_up_goes_from_one_campaign_to_another_and_is_equal(tmp_path: Path) -> None:
    one, other = office(tmp_path, "one"), office(tmp_path, "other")
    filled(one)
    file = tmp_path / "setup.toml"
    parts = setup_file.export_setup(one, file)
    assert parts == {
        "campaign": 1, "branches": 2, "programmes": 2, "pools": 2, "deadlines": 1, "signatories": 1,
        "required_papers": 12, "rules": 1,
    }  # fmt: skip
    plan = setup_file.plan_import(other, file)
    assert setup(other) != setup(one), "a trial changes nothing"
    assert ("branches", "ENU-OSH", "removed") in {(c.part, c.key, c.kind) for c in plan.changes}
    assert ("programmes", "6B01", "added") in {(c.part, c.key, c.kind) for c in plan.changes}
    setup_file.import_setup(other, file, seen(other))
    assert setup(other) == setup(one)
    mine, theirs = standing.current_rules(one), standing.current_rules(other)
    assert replace(mine, version=1) == replace(theirs, version=1)
    assert structure.emblem(other, setup(other).branches[1].emblem) == png()
    assert (last(other).act, last(other).subject) == ("setup.imported", "2026")
    again = setup_file.import_setup(other, file, seen(other))
    assert again[1].changes == ()
    for desk in (one, other):
        desk.store.close()


def test_parts_the_file_does_not_hold_stay(tmp_path: Path) -> None:
    one, other = office(tmp_path, "one"), office(tmp_path, "other")
    filled(one)
    file = tmp_path / "setup.toml"
    setup_file.export_setup(one, file)
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    kept = {key: data[key] for key in ("format", "campaign", "branches", "deadlines")}
    file.write_text(text_of_setup.toml(kept), encoding="utf-8")
    before = setup(other)
    _, plan = setup_file.import_setup(other, file, seen(other))
    assert setup(other).required_papers == before.required_papers
    assert setup(other).branches == setup(one).branches
    assert {one.part for one in plan.changes} <= {"campaign", "branches", "deadlines"}
    for desk in (one, other):
        desk.store.close()


def test_a_campaign_keeps_its_own_year(tmp_path: Path) -> None:
    one = office(tmp_path, "one")
    file = tmp_path / "setup.toml"
    setup_file.export_setup(one, file)
    file.write_text(
        file.read_text(encoding="utf-8").replace('code = "2026"', 'code = "2027"'), encoding="utf-8"
    )
    setup_file.import_setup(one, file, seen(one))
    assert setup(one).code == "2026"
    one.store.close()


def test_the_order_of_things_comes_with_the_file(tmp_path: Path) -> None:
    one = office(tmp_path, "one")
    file = tmp_path / "setup.toml"
    setup_file.export_setup(one, file)
    structure.move(one, "branches", 0, 1, seen(one))
    (change,) = setup_file.plan_import(one, file).changes
    assert (change.part, change.kind) == ("branches", "moved")
    one.store.close()


def test_what_others_hang_on_is_not_taken_away_by_a_file(empty: Office, tmp_path: Path) -> None:
    applied(empty)
    file = tmp_path / "setup.toml"
    setup_file.export_setup(empty, file)
    text = file.read_text(encoding="utf-8")
    chosen = next(n for n in range(9) if structure.hanging(empty, "programmes", n))
    code = setup(empty).programmes[chosen].code
    file.write_text(text.replace(code, "6B99999"), encoding="utf-8")
    with refuses("in_use", name=code):
        setup_file.import_setup(empty, file, seen(empty))


def test_after_the_freeze_a_file_is_taken_with_a_reason_and_after_the_seal_without_seats(
    office_at: Callable[[str], Office], tmp_path: Path
) -> None:
    sealed = office_at("sealed")
    file = tmp_path / "setup.toml"
    setup_file.export_setup(sealed, file)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("total = 50", "total = 60"), encoding="utf-8")
    with refuses("seats_by_act"):
        setup_file.plan_import(sealed, file)
    file.write_text(text.replace('phone = ""', 'phone = "0312"'), encoding="utf-8")
    campaign_acts.freeze(sealed)
    with refuses("reason_missing"):
        setup_file.import_setup(sealed, file, seen(sealed))
    setup_file.import_setup(sealed, file, seen(sealed), reason="приказ 1")
    assert last(sealed).reason == "приказ 1"


def test_rules_of_a_file_are_the_next_version(tmp_path: Path) -> None:
    one = office(tmp_path, "one")
    file = tmp_path / "setup.toml"
    setup_file.export_setup(one, file)
    rules = standing.current_rules(one)
    rule_changes.put(one, replace(rules, late="refused"), "x")
    (change,) = setup_file.plan_import(one, file).changes
    assert (change.part, change.fields) == ("rules", ("late",))
    setup_file.import_setup(one, file, seen(one))
    assert (standing.current_rules(one).late, standing.current_rules(one).version) == ("with_basis", 3)
    one.store.close()


def test_of_a_samples_file_nothing_made_up_goes_into_a_real_campaign(tmp_path: Path) -> None:
    sample, real = office(tmp_path, "sample", "sample"), office(tmp_path, "real")
    file = tmp_path / "setup.toml"
    setup_file.export_setup(sample, file)
    rules = standing.current_rules(real)
    _, plan = setup_file.import_setup(real, file, seen(real))
    kept = setup(real)
    assert (kept.programmes, kept.pools, kept.deadlines, kept.signatories) == ((), (), (), ())
    assert not kept.sample
    assert standing.current_rules(real) == rules
    assert plan.left_out == ("programmes", "pools", "deadlines", "signatories")
    for desk in (sample, real):
        desk.store.close()


def test_who_may_not_set_up_takes_no_file_but_everybody_may_write_one(empty: Office, tmp_path: Path) -> None:
    file = tmp_path / "setup.toml"
    auditor = as_role(empty, "auditor")
    setup_file.export_setup(auditor, file)
    with refuses("not_allowed"):
        setup_file.plan_import(auditor, file)
    with refuses("not_allowed"):
        setup_file.import_setup(auditor, file, seen(empty))


# ---- files nobody should have written -------------------------------------------------------------------


@pytest.fixture(scope="module")
def good() -> str:
    made, rules = preset("sample", 2026)
    return text_of_setup.write(made, rules, {})


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ('format = "grants-setup/1"', "", "setup_not_a_setup", None),
        ("total = 50", "total = fifty", "setup_unreadable", "line"),
        ("total = 50", 'total = "50"', "setup_unreadable", "total"),
        ("total = 50", "total = 50\nboss = 1", "setup_unknown_key", "boss"),
        ("[campaign]", "[party]\nx = 1\n\n[campaign]", "setup_unknown_key", "party"),
        ("[campaign]", "[campain]", "setup_unknown_key", "campain"),
        ('level = "bachelor"', 'level = "king"', "setup_unreadable", "programmes[0].level"),
        ('group = "B057"', 'group = "B057"\ncolour = "red"', "setup_unknown_key", "programmes[0].colour"),
        ('emblem = ""', 'emblem = "@@@"', "setup_unreadable", "branches[0].emblem"),
        ('emblem = ""', 'emblem = "AAAA"', "emblem_not_png", None),
        ('emblem = ""', "emblem = 7", "setup_unreadable", "branches[0].emblem"),
    ],
)
def test_a_file_with_something_wrong_is_refused_and_the_place_named(
    good: str, old: str, new: str, code: str, place: str | None
) -> None:
    assert old in good
    from grants_app.domain.errors import Refused

    with pytest.raises(Refused) as refused:
        text_of_setup.read(good.replace(old, new, 1).encode())
    assert refused.value.code == code
    assert place is None or str(refused.value.facts["place"]).startswith(place)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe", "setup_unreadable"),
        (b'format = "grants-setup/1"', "setup_unreadable"),
        (b'format = "grants-setup/1"\ncampaign = 7', "setup_unreadable"),
        (b'format = "grants-setup/1"\nbranches = 7\n[campaign]\n', "setup_unreadable"),
        (b'format = "grants-setup/1"\nbranches = [7]\n[campaign]\n', "setup_unreadable"),
        (b"a = " + b"[" * 5000, "setup_unreadable"),
    ],
)
def test_what_is_no_setup_at_all_is_refused(content: bytes, code: str) -> None:
    with refuses(code):
        text_of_setup.read(content)


def test_a_missing_or_huge_file_is_refused(empty: Office, tmp_path: Path) -> None:
    with refuses("file_missing"):
        setup_file.plan_import(empty, tmp_path / "none.toml")
    huge = tmp_path / "huge.toml"
    huge.write_bytes(b" " * (text_of_setup.MOST_BYTES + 1))
    with refuses("file_too_large"):
        setup_file.plan_import(empty, huge)


def test_every_part_stands_in_the_file_by_its_own_name(good: str) -> None:
    data = tomllib.loads(good)
    assert set(data) == {"format", "campaign", *PARTS, "rules"}
