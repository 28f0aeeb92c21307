"""Lists: found by any spelling, sorted by any column, filtered and paged alike on both engines."""

from __future__ import annotations

import contextlib
import itertools
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.application import Phone, Score, State
from grants_app.domain.collation import folded
from grants_app.domain.errors import Refused
from grants_app.domain.ranking import Explanation
from grants_app.domain.runs import PlacementRecord, RunLine, SealFacts, TieDecision
from grants_app.domain.values import Finding
from tests.makers import PERMIT
from tests.store.conftest import ENGINES
from tests.store.store_makers import (
    NOW,
    OFFICER,
    application,
    entry,
    handed_in,
    kept_run,
    made_campaign,
    person,
    shown_as,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from grants_app.store.engine import Store

Listed = tuple["Store", int]
PEOPLE = (
    ("Үсөнова", "Айгерим", "USONOVA AIGERIM"),
    ("Өмүралиев", "Чыңгыз", "OMURALIEV CHYNGYZ"),
    ("Бакыт уулу", "Нурбек", ""),
    ("Ким", "Алина", ""),
    ("Жумагулова", "Мээрим", "ZHUMAGULOVA MEERIM"),
)


@pytest.fixture(scope="module", params=ENGINES)
def read(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    empty_copy: Callable[[contextlib.ExitStack, str, Path], Store],
) -> Iterator[Listed]:
    """The five people on each engine, for the tests that only read: made once."""
    with contextlib.ExitStack() as stack:
        store = empty_copy(stack, request.param, tmp_path_factory.mktemp("lists"))
        yield store, listed(store)


def listed(store: Store) -> int:
    """Five people of two branches, with different scores, the last without one."""
    campaign = made_campaign(store)
    with store.work(PERMIT) as work:
        numbers = work.applications.next_numbers(campaign.id, "B", len(PEOPLE))
        made = [
            application(
                campaign.id,
                no,
                entry=entry(
                    place,
                    person=person(
                        place,
                        surname=surname,
                        given=given,
                        patronymic="",
                        latin=latin,
                        phones=(Phone(f"+99655512345{place}"),),
                        born=date(2008, 1, 10 - place),
                    ),
                    branch="E" if place % 2 else "K",
                    choices=("E/6B03",) if place == 3 else ("K/6B01", "E/6B03"),
                    scores=(
                        Score(
                            criterion="ort_main", value=Decimal(118), verified_by="В." if place == 1 else ""
                        ),
                    ),
                ),
                state=State.COMPLETE if place < 2 else State.INCOMPLETE,
                late=place == 4,
            )
            for place, (no, (surname, given, latin)) in enumerate(zip(numbers, PEOPLE, strict=True))
        ]
        lines = {
            one.no: shown_as(
                one,
                score=None if place == 4 else Decimal("200.5") - place,
                flags=("missing_paper",) if one.no == "B-0003" else (),
                verified=2 if place == 1 else 1,
            )
            for place, one in enumerate(made)
        }
        work.applications.add_many(made, lines)
        work.commit()
    return campaign.id


def found(store: Store, campaign: int, **question: object) -> list[str]:
    with store.reading() as reading:
        return [line.surname for line in reading.application_lines(campaign, **question)[1]]


@pytest.mark.parametrize(
    ("search", "surname"),
    [
        ("усонова", "Үсөнова"),
        ("УСӨН", "Үсөнова"),
        ("usonova", "Үсөнова"),
        ("омуралиев чынгыз", "Өмүралиев"),
        ("чын ому", "Өмүралиев"),
        ("Omuraliev", "Өмүралиев"),
        ("bakyt uulu", "Бакыт уулу"),
        ("рб", "Бакыт уулу"),
        ("B-0005", "Жумагулова"),
        ("б-0005", "Жумагулова"),
        ("11503200800003", "Ким"),
        ("0555 123 453", "Ким"),
        ("+996555123453", "Ким"),
        ("0555-123-453", "Ким"),
        ("В-0005", "Жумагулова"),
        ("b0005", "Жумагулова"),
        ("B-ОО05", "Жумагулова"),
        ("И-0005", "Жумагулова"),
        ("115О32ОО8OO003", "Ким"),
        ("ІD0ОО0003", "Ким"),
        ("Ecjyjdf", "Үсөнова"),
        ("ec", "Үсөнова"),
        ("гьгкфдшум", "Өмүралиев"),
        ("усонва", "Үсөнова"),
        ("Усанова", "Үсөнова"),
        ("Ecjyjda", "Үсөнова"),
        ("Омурлеев чынгыз", "Өмүралиев"),
        ("Жумогулава", "Жумагулова"),
        ("zhumogulava", "Жумагулова"),
        ("Yсөнова", "Үсөнова"),
    ],
)
def test_an_applicant_is_found_by(read: Listed, search: str, surname: str) -> None:
    assert found(*read, search=search) == [surname]


@pytest.mark.parametrize("search", ["Кем Алина", "Жимогулово", "усонова чынгыз", "B-0006", "115032008000031"])
def test_what_is_meant_by_nobody_finds_nobody(read: Listed, search: str) -> None:
    assert found(*read, search=search) == []


def test_a_right_spelling_is_not_lost_among_similar_ones(store: Store) -> None:
    campaign = many(store, ["Асанов", "Осанов", "Асанова", "Исаев"])
    assert found(store, campaign, search="осанов") == ["Осанов"]
    assert found(store, campaign, search="асамов") == ["Асанов", "Асанова"]


def test_a_filter_does_not_make_the_search_look_further(read: Listed) -> None:
    assert found(*read, search="усонова", filters={"branch": "E"}) == []
    assert found(*read, search="усонава", filters={"branch": "K"}) == ["Үсөнова"]


def many(store: Store, surnames: list[str], given: str = "Азамат") -> int:
    """A campaign of people with these surnames."""
    campaign = made_campaign(store)
    with store.work(PERMIT) as work:
        numbers = work.applications.next_numbers(campaign.id, "B", len(surnames))
        made = [
            application(
                campaign.id, no,
                entry=entry(
                    place, person=person(place, surname=surname, given=given, patronymic="", latin="")
                ),
            )
            for place, (no, surname) in enumerate(zip(numbers, surnames, strict=True))
        ]  # fmt: skip
        work.applications.add_many(made, dict.fromkeys(numbers))
        work.commit()
    return campaign.id


def test_a_mistyped_name_finds_exactly_whom_a_scan_of_everybody_finds(store: Store) -> None:
    chance = Random(8)
    roots = ["Асан", "Осмон", "Токтогул", "Токтосун", "Жумабай", "Шаршенбай", "Кубанычбек", "Эсенаман"]
    surnames = sorted({root + end for root in roots for end in ("ов", "ова", "бек", " уулу", "алиев")})
    campaign = many(store, surnames)
    for _ in range(60):
        name = chance.choice(surnames).split()[0]
        place = chance.randrange(len(name))
        letter = chance.choice("абекмнорстуыя")
        typed = chance.choice((name[:place] + name[place + 1 :], name[:place] + letter + name[place:]))
        exact = [one for one in surnames if folded(typed) in folded(f"{one} Азамат")]
        alike = [one for one in surnames if any(near(typed, word) for word in f"{one} Азамат".split())]
        assert sorted(found(store, campaign, search=typed)) == (exact or alike), typed


def near(typed: str, word: str) -> bool:
    """The slow oracle: typed and some beginning of the word differ by as many errors as are looked past."""
    allowed = (len(typed) >= 5) + (len(typed) >= 9)
    whole = [
        errors for least, errors in ((5, 1), (9, 2)) if least - errors <= len(typed) < least <= len(word)
    ]
    for seen in (str.lower, folded, one_sign_each):
        a, b = seen(typed), seen(word)
        if any(distance(a, b) <= errors for errors in whole):
            return True
        if allowed and any(distance(a, b[:end]) <= allowed for end in range(len(b) + 1)):
            return True
    return False


def one_sign_each(word: str) -> str:
    """The skeleton with one sign for each letter that has several in Latin."""
    skeleton = folded(word)
    for sign, letters in enumerate(("shch", "ch", "zh", "sh", "ts", "iu", "ia")):
        skeleton = skeleton.replace(letters, str(sign))
    return skeleton


def distance(a: str, b: str) -> int:
    """Errors of typing between two words: a letter wrong, missing, too many, or two exchanged."""
    rows = [[max(i, j) if not i * j else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i, j in itertools.product(range(1, len(a) + 1), range(1, len(b) + 1)):
        rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]))
        if min(i, j) > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
            rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


def test_people_are_listed_by_surname_then_by_given_name(store: Store) -> None:
    campaign = many(store, ["Бакыт уулу", "Бакытов", "Бакыт"])
    with store.work(PERMIT) as work:
        known = work.applications.by_no(campaign, "B-0003")
        work.persons.put(known.person_id, replace(known.entry.person, given="Үсөн"))
        work.commit()
    assert found(store, campaign) == ["Бакыт", "Бакыт уулу", "Бакытов"]


@pytest.mark.parametrize("sort", ["no", "name", "score", "born", "state", "branch"])
@pytest.mark.parametrize("descending", [False, True])
def test_the_list_knows_at_which_row_an_application_stands(read: Listed, sort: str, descending: bool) -> None:
    store, campaign = read
    with store.reading() as reading:
        _, lines = reading.application_lines(campaign, sort=sort, descending=descending)
        places = [
            reading.application_place(campaign, line.id, sort=sort, descending=descending) for line in lines
        ]
        assert places == list(range(len(lines)))
        assert reading.application_place(campaign, lines[0].id, search="щщщ") is None


def test_an_application_is_asked_for_by_a_number_with_letters_drawn_alike(read: Listed) -> None:
    store, campaign = read
    with store.reading() as reading:
        for typed in ("B-0005", "в-0005", "b0005", "В-ОО05"):
            assert reading.application_by_no(campaign, typed).no == "B-0005"
        with pytest.raises(Refused) as caught:
            reading.application_by_no(campaign, "О-0005")
    assert caught.value.code == "application_unknown"


def test_signs_with_a_meaning_in_sql_find_nothing_else(read: Listed) -> None:
    assert found(*read, search="фхц") == []
    for sign in ("%", "_", "*", '"', "'", "[a]", "OR", "NEAR(a b)", "-"):
        assert len(found(*read, search=f"усонова {sign}")) <= 1


def test_a_corrected_name_is_found_at_once_and_the_old_one_no_more(store: Store) -> None:
    campaign = listed(store)
    with store.work(PERMIT) as work:
        known = work.applications.by_no(campaign, "B-0004")
        work.persons.put(known.person_id, replace(known.entry.person, surname="Цой"))
        work.commit()
    assert found(store, campaign, search="цой") == ["Цой"]
    assert found(store, campaign, search="ким") == []


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", "Бакыт уулу,Жумагулова,Ким,Өмүралиев,Үсөнова"),
        ("no", "Үсөнова,Өмүралиев,Бакыт уулу,Ким,Жумагулова"),
        ("score", "Жумагулова,Ким,Бакыт уулу,Өмүралиев,Үсөнова"),
        ("born", "Жумагулова,Ким,Бакыт уулу,Өмүралиев,Үсөнова"),
        ("pin", "Үсөнова,Өмүралиев,Бакыт уулу,Ким,Жумагулова"),
        ("phone", "Үсөнова,Өмүралиев,Бакыт уулу,Ким,Жумагулова"),
        ("branch", "Ким,Өмүралиев,Бакыт уулу,Жумагулова,Үсөнова"),
        ("first_choice", "Ким,Бакыт уулу,Жумагулова,Өмүралиев,Үсөнова"),
        ("state", "Өмүралиев,Үсөнова,Бакыт уулу,Жумагулова,Ким"),
        ("verified", "Бакыт уулу,Жумагулова,Ким,Үсөнова,Өмүралиев"),
        ("received_at", "Үсөнова,Өмүралиев,Бакыт уулу,Ким,Жумагулова"),
    ],
)
def test_the_list_sorts_by(read: Listed, sort: str, order: str) -> None:
    expected = order.split(",")
    assert found(*read, sort=sort) == expected
    assert found(*read, sort=sort, descending=True) == expected[::-1]
    assert found(*read, sort=sort, limit=2, offset=2) == expected[2:4]


@pytest.mark.parametrize(
    ("filters", "surnames"),
    [
        ({"state": "complete"}, {"Үсөнова", "Өмүралиев"}),
        ({"branch": "E"}, {"Өмүралиев", "Ким"}),
        ({"first_choice": "E/6B03"}, {"Ким"}),
        ({"pool": "E/6B03"}, {name for name, _, _ in PEOPLE}),
        ({"flag": "late"}, {"Жумагулова"}),
        ({"flag": "late,missing_paper"}, {"Жумагулова", "Бакыт уулу"}),
        ({"kind": "rural", "state": "incomplete", "branch": "K"}, {"Бакыт уулу", "Жумагулова"}),
        ({"state": ""}, {name for name, _, _ in PEOPLE}),
    ],
)
def test_the_list_filters_by(read: Listed, filters: dict[str, str], surnames: set[str]) -> None:
    assert set(found(*read, filters=filters)) == surnames


def test_an_unknown_column_or_filter_is_refused(read: Listed) -> None:
    for question, code in (({"sort": "x"}, "sort_unknown"), ({"filters": {"x": "y"}}, "filter_unknown")):
        with pytest.raises(Refused) as caught:
            found(*read, **question)
        assert caught.value.code == code


def test_a_line_shows_what_the_list_needs(store: Store) -> None:
    campaign = listed(store)
    with store.work(PERMIT) as work:
        pair = sorted(one.id for one in work.applications.load(campaign))[:2]
        work.duplicates.add(campaign, pair[1], pair[0], 80, (Finding("name", {"a": "б"}),))
        work.duplicates.add(campaign, pair[0], pair[1], 80, ())
        work.commit()
    with store.reading() as reading:
        total, (line,) = reading.application_lines(campaign, search="усонова")
        assert reading.queues(campaign) == {
            "complete": 2,
            "incomplete": 3,
            "late": 1,
            "missing_paper": 1,
            "duplicate": 1,
        }
        figures = reading.figures(campaign)
        (likely,) = reading.duplicates(campaign)
        assert [one.application_no for one in reading.people_with_pin(campaign, person(3).pin)] == ["B-0004"]
        assert [one.application_no for one in reading.people_like(campaign, person(0))] == ["B-0001"]
    assert total == 1
    assert (line.no, line.score, line.flags, line.first_choice) == (
        "B-0001",
        Decimal("200.5"),
        ("duplicate",),
        "K/6B01",
    )
    assert likely.reasons == (Finding("name", {"a": "б"}),)
    assert (figures.applications, figures.by_branch, figures.seats, figures.total) == (
        5,
        {"K": 3, "E": 2},
        50,
        50,
    )
    with store.work(PERMIT) as work:
        work.duplicates.decide(likely.id, "different", "разные паспорта", "А.")
        assert work.duplicates.open(campaign) == []


def line(application_id: int, no: str, **changes: object) -> RunLine:
    values: dict[str, object] = {
        "pool": "K/6B01",
        "application": application_id,
        "application_no": no,
        "choice": 1,
        "position": 1,
        "merit": ("263", "4.85"),
        "outcome": "awarded",
        "seat": "open",
    }
    return RunLine(**values | changes)  # type: ignore[arg-type]  # made from a dictionary


def test_a_runs_list_stands_in_its_order_with_names(store: Store) -> None:
    campaign = made_campaign(store)
    ids = handed_in(store, campaign.id, 4)
    no = [f"B-{n:04}" for n in range(1, 5)]
    lines = (
        line(ids[3], no[3], position=3, outcome="refused", seat="", reserve=1, merit=("199", "3")),
        line(ids[1], no[1], position=2, merit=("236", "4")),
        line(ids[2], no[2], position=None, outcome="not_admitted", seat="", merit=()),
        line(ids[0], no[0]),
        line(ids[3], no[3], pool="E/6B03", choice=2, position=1, cutoff=("199", "3")),
    )
    reasons = {no[0]: Explanation(application=no[0], outcome="awarded", choices=())}
    with store.work(PERMIT) as work:
        run = kept_run(work, campaign.id, lines=lines, explanations=reasons, awards=3)
        work.commit()
    with store.reading() as reading:
        total, ranked = reading.ranked(run, "K/6B01")
        _, over_all = reading.ranked(run)
        reserve = reading.reserve(run, "K/6B01")
        summaries = {one.pool: one for one in reading.pool_summaries(run)}
        assert reading.explanation(run, no[0]) == reasons[no[0]]
        with pytest.raises(Refused) as caught:
            reading.explanation(run, no[1])
        assert [one.application_no for one in reading.run_lines(run, "E/6B03")] == [no[3]]
    assert caught.value.code == "not_in_run"
    assert total == 4
    assert [one.application_no for one in ranked] == [no[0], no[1], no[3], no[2]]
    assert ranked[0].surname == "Үсөнова"
    assert ranked[0].merit == ("263", "4.85")
    assert [one.application_no for one in over_all] == [no[3], no[0], no[1], no[2]]
    assert [one.application_no for one in reserve] == [no[3]]
    assert (summaries["K/6B01"].awarded, summaries["K/6B01"].competing, summaries["K/6B01"].cutoff) == (
        2,
        3,
        ("236", "4"),
    )
    assert summaries["K/6B02"].competing == 0


def test_runs_are_numbered_and_a_sealed_one_never_changes(store: Store) -> None:
    campaign = made_campaign(store)
    facts = SealFacts(
        file=b'{"sealed":1}',
        fingerprint="sha256:1",
        signature="x",
        minutes_no="3",
        minutes_on=date(2026, 8, 6),
        at=NOW,
        by="А.",
    )
    with store.work(PERMIT) as work:
        draft, tied = kept_run(work, campaign.id), kept_run(work, campaign.id, open_ties=1)
        kept_run(work, campaign.id, kind="scenario")
        sealed = work.runs.seal(draft, facts)
        for run, code in ((draft, "already_sealed"), (tied, "tie_open")):
            with pytest.raises(Refused) as caught:
                work.runs.seal(run, facts)
            assert caught.value.code == code
        work.commit()
    with store.reading() as reading:
        assert [one.no for one in reading.runs(campaign.id)] == [3, 2, 1]
        assert reading.last_run(campaign.id, "sealed") == sealed
        assert reading.last_run(campaign.id).id == tied
        assert reading.run_file(draft) == b'{"sealed":1}'
        assert reading.run_by_no(campaign.id, 1).minutes_on == date(2026, 8, 6)
        with pytest.raises(Refused) as caught:
            reading.run_by_no(campaign.id, 9)
    assert caught.value.code == "run_unknown"


def test_decisions_stand_until_they_are_revoked(store: Store) -> None:
    campaign = made_campaign(store)
    handed_in(store, campaign.id, 2)
    tie = TieDecision(
        campaign=campaign.id,
        pool="K/6B01",
        order=("B-0002", "B-0001"),
        how="lot 7",
        kind="lot",
        seed="7",
        present="А., Б.",
        decided_at=NOW,
        decided_by=OFFICER.name,
    )
    placed = PlacementRecord(
        campaign=campaign.id,
        application_no="B-0001",
        pool="K/6B02",
        reason="решение суда",
        placed_at=NOW,
        placed_by="А.",
    )
    with store.work(PERMIT) as work:
        tie = replace(tie, id=work.decisions.add_tie(tie))
        placed = replace(placed, id=work.decisions.add_placement(placed))
        work.commit()
    with store.reading() as reading:
        assert reading.ties(campaign.id) == [tie]
        assert reading.placements(campaign.id) == [placed]
    with pytest.raises(Refused) as caught, store.work(PERMIT) as work:
        work.decisions.add_placement(placed)
    assert caught.value.code == "already_placed"
    with pytest.raises(Refused) as caught, store.work(PERMIT) as work:
        work.decisions.add_placement(replace(placed, application_no="B-9999"))
    assert caught.value.code == "application_unknown"
    with store.work(PERMIT) as work:
        work.decisions.revoke_tie(tie.id, "ошибка", "А.")
        work.decisions.revoke_placement(placed.id, "отменено", "А.")
        assert work.decisions.ties(campaign.id) == []
        assert work.decisions.placements(campaign.id) == []
        work.decisions.add_placement(placed)
