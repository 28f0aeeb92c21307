"""An explanation in words: every outcome says why, by the names of the run's own rules."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from grants_app.domain.ranking import ChoiceLine, Explanation, GroundLine, MeritPart, QuotaTried
from grants_app.domain.values import LANGS, Finding, Names
from grants_app.services import accounts, runs, standing
from grants_app.services.naming import Naming
from grants_app.services.presets import preset
from grants_app.services.telling import choice_notes, outcome_text, part_note, reasons, sentences
from grants_app.wording import Words
from tests.makers import PERMIT
from tests.services.test_ties import DAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.services.access import Office

POOL = "KAZNU-BSH/6B06102"


@pytest.fixture(scope="module")
def naming() -> Naming:
    setup, rules = preset("sample", 2026)
    return Naming(Words("en"), setup, rules)


def choice(outcome: str, **more: Any) -> ChoiceLine:
    line: dict[str, Any] = {
        "no": 1,
        "pool": POOL,
        "admitted": True,
        "outcome": outcome,
        "merit": ("258", "0"),
        "levels": ("score", "grounds"),
        "position": 17,
        "competing": 120,
        "seats": 6,
        "cutoff": ("262.5", "0"),
    }
    return ChoiceLine(**{**line, **more})


def test_a_refused_choice_says_against_whom_at_which_level_and_what_was_short(naming: Naming) -> None:
    line = choice("refused", deciding_level="score", decided_against="B-0017", needed="263.5")
    assert choice_notes(naming, line) == (
        "place 17 of 120 · 6 seats · cutoff 262.5",
        "decided by: total score, compared with B-0017",
        "263.5 would have been enough, 5.5 more",
    )
    russian = replace(naming, words=Words("ru"))
    assert "хватило бы 263,5" in " ".join(choice_notes(russian, line))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (choice("refused", deciding_level="no_seats"), "no seat here was open to this person"),
        (
            choice("refused", deciding_level="tie_order", decided_against="B-0017"),
            "tied with B-0017; decided by the recorded order",
        ),
        (
            choice("awarded", seat="open", deciding_level="score", decided_against="B-0018"),
            "ahead of B-0018, the first without a grant; deciding factor: total score",
        ),
        (
            choice("awarded", seat="open", deciding_level="tie_order", decided_against="B-0018"),
            "tied with B-0018, the first without a grant; decided by the recorded order",
        ),
        (choice("tied", tied_with=("B-2", "B-3"), seats_at_stake=1), "tied with B-2, B-3 · 1 seat at stake"),
        (choice("higher_choice"), "would not have been enough here"),
        (choice("higher_tied"), "a higher choice is waiting for the commission"),
        (choice("dropped"), "not considered: a grant is held or was given manually elsewhere"),
    ],
)
def test_every_outcome_says_why(naming: Naming, line: ChoiceLine, said: str) -> None:
    assert choice_notes(naming, line)[1:] == (said,)


@pytest.mark.parametrize("outcome", ["placed", "out"])
def test_what_was_decided_for_the_person_as_a_whole_is_not_repeated_for_each_choice(
    naming: Naming, outcome: str
) -> None:
    assert len(choice_notes(naming, choice(outcome))) == 1


def test_each_quota_says_how_the_person_fared_there(naming: Naming) -> None:
    quotas = (
        QuotaTried(ground="orphan", seats=1, taken=1, held=True, got=False, cutoff=("270",)),
        QuotaTried(ground="disability", seats=1, taken=0, held=False, got=False),
        QuotaTried(ground="open", seats=4, taken=4, held=True, got=False, cutoff=("262.5",)),
    )
    notes = choice_notes(naming, choice("refused", quotas=quotas, deciding_level="no_seats"))[2:]
    assert notes == (
        f"{naming.ground('orphan')}: others were ahead, 1 of 1 taken, the last one has 270",
        f"{naming.ground('open')}: others were ahead, 4 of 4 taken, the last one has 262.5",
        f"not considered (not in this category): {naming.ground('disability')}",
    )
    given = QuotaTried(ground="orphan", seats=1, taken=1, held=True, got=True, cutoff=("258",))
    told = choice_notes(naming, choice("awarded", seat="orphan", quotas=(given,)))
    assert told[1] == f"on a quota seat: {naming.ground('orphan')}"
    assert told[2] == f"{naming.ground('orphan')}: seat given, 1 of 1 taken"
    waiting = choice("tied", tied_with=("B-2",), seats_at_stake=2, quotas=(replace_got(given),))
    assert choice_notes(naming, waiting)[-1] == f"{naming.ground('orphan')}: 1 of 1 taken"
    assert choice_notes(naming, choice("higher_choice", would_have=True, quotas=quotas))[1:] == ()


def replace_got(quota: QuotaTried) -> QuotaTried:
    return QuotaTried(ground=quota.ground, seats=quota.seats, taken=quota.taken, held=True, got=False)


def test_who_is_not_admitted_hears_every_reason_with_names_not_codes(naming: Naming) -> None:
    findings = (
        Finding("subject_below", {"criterion": "math", "has": "58", "needs": "60"}),
        Finding("no_admitted_subject", {"admits": "math physics", "needs": "1"}),
    )
    line = ChoiceLine(no=1, pool=POOL, admitted=False, outcome="not_admitted", findings=findings)
    below, subject = choice_notes(replace(naming, words=Words("ru")), line)
    assert all(part in below for part in ("Математика", "58", "60"))
    assert "Математика, Физика" in subject


def test_what_holds_for_the_person_as_a_whole_is_said_first(naming: Naming) -> None:
    told = Explanation(application="B-0001", outcome="out", choices=(), reason="declined")
    assert reasons(naming, told) == ("Declined the grant.",)
    placed = Explanation(
        application="B-0001", outcome="placed", choices=(), pool=POOL, reason="court decision 12"
    )
    assert reasons(naming, placed) == ("Reason: court decision 12",)
    held = Explanation(application="B-0001", outcome="awarded", choices=(), pool=POOL, held=POOL)
    assert reasons(naming, held) == (f"Holds a grant of an earlier round: {naming.programme(POOL)}",)


def test_a_point_says_where_it_was_read_and_how_it_was_weighed(naming: Naming) -> None:
    part = MeritPart(
        level="score", criterion="average", value="4.5", weight="10", points="45", source="аттестат"
    )
    assert part_note(naming, part) == "аттестат · 4.50 × 10"
    lacking = MeritPart(level="score", criterion="average", value=None)
    assert part_note(naming, lacking) == "not given"


def test_the_command_line_tells_points_levels_grounds_and_reasons(naming: Naming) -> None:
    parts = (
        MeritPart(level="score", criterion="ort_main", value="150", points="150", source="сертификат 7"),
        MeritPart(level="score", criterion="math", value=None),
    )
    told = Explanation(
        application="B-0001",
        outcome="not_awarded",
        choices=(choice("refused", parts=parts, reserve=3, deciding_level="no_seats"),),
        grounds=(GroundLine(ground="orphan", seen=False, counted=True),),
    )
    lines = "\n".join(sentences(naming, told))
    for said in (
        "(сертификат 7)",
        "– (not given)",
        "document not seen, counted",
        "reserve 3",
        "total score: 258",
    ):
        assert said in lines
    assert outcome_text(naming, choice("higher_choice", would_have=True)) == "would have qualified"


@pytest.mark.parametrize("lang", LANGS)
def test_an_explanation_keeps_the_words_of_its_runs_rules(
    office_at: Callable[[str], Office], lang: str
) -> None:
    office = office_at("sealed")
    number = runs.overview(office).result.not_awarded[0]
    words = Words(lang)

    def told() -> list[str]:
        account = accounts.account(office, number)
        return list(sentences(account.naming(words), account.told))

    before = told()
    rules = standing.current_rules(office)
    renamed = tuple(replace(one, names=Names(ru="Иначе")) for one in rules.measures)
    with office.store.work(PERMIT) as work:
        later = replace(
            rules, version=rules.version + 1, in_force_from=DAY.replace(year=2025), measures=renamed
        )
        work.rule_sets.add(office.campaign_id, later)
        work.commit()
    assert told() == before
    assert accounts.account(office, number).rules.version == rules.version


def test_a_pool_the_set_up_has_no_more_keeps_its_id(naming: Naming) -> None:
    assert (naming.programme("GONE/1"), naming.branch("GONE/1")) == ("GONE/1", "")
