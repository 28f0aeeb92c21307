"""Everybody judged at once comes to what judging them one by one does: who is admitted, with which merit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from grants_app.domain.ranking import Candidate, PoolSeats, decimal_text
from grants_app.domain.ruleset import PaperBlock, ProgrammeRule, RuleSet, ScoreFormula, Term, TieChain
from grants_app.rules.eligibility import admit
from grants_app.rules.inputs import prepare
from tests.rules.rule_makers import ECOLOGY, INFORMATICS, LAW, preset

POOLS = (INFORMATICS, ECOLOGY, LAW)
SUBJECTS = ("math", "physics", "biology", "chemistry", "history")
LEVELS = ("grounds", "average", "profile", "ort_main", "interview")


def random_rules(random: Random) -> RuleSet:
    """Rules with and without thresholds, required criteria, several subjects, papers that stop an offer."""
    rules = preset()
    terms = [
        Term(criterion="profile", best_of=random.choice([1, 1, 2, 3]), required=random.random() < 0.7),
        Term(
            criterion="ort_main",
            weight=random.choice([Decimal(1), Decimal("0.5")]),
            required=random.random() < 0.5,
        ),
        Term(criterion="interview", weight=Decimal("-0.25"), required=random.random() < 0.3),
    ]
    random.shuffle(terms)
    thresholds = replace(
        rules.thresholds,
        main=random.choice([None, Decimal(110), Decimal(0)]),
        subject=random.choice([None, Decimal(60), Decimal("60.5")]),
    )
    own = ProgrammeRule(
        programme=LAW.programme, any_subject=random.choice([(), ("history",), SUBJECTS]), main=Decimal(120)
    )
    programmes = tuple(rule for rule in rules.programmes if rule.programme != LAW.programme)
    return replace(
        rules,
        thresholds=thresholds,
        programmes=(*programmes, own) if random.random() < 0.8 else programmes,
        score=ScoreFormula(terms=tuple(terms[: random.randint(1, 3)]), places=random.choice([0, 2, 6])),
        ties=TieChain(levels=tuple(random.sample(LEVELS, random.randint(0, 5)))),
        blocks=(PaperBlock(paper="id", stage="offer"),) if random.random() < 0.5 else (),
        late=random.choice(["refused", "with_basis", "competes"]),
        unseen_grounds_count=random.random() < 0.5,
    )


def random_person(random: Random, no: str) -> Candidate:
    """Somebody with results about the thresholds, now and then lacking any of them."""
    scores = {
        "ort_main": random.choice([-1, 0, 109, 110, 119, 120, 150]),
        "average": Decimal("4.5"),
        "interview": 7,
    }
    scores |= {subject: random.choice([-1, 0, 59, 60, Decimal("60.5"), 90, 90]) for subject in SUBJECTS}
    given = {code: Decimal(value) for code, value in scores.items() if random.random() < 0.75}
    grounds = [(code, random.random() < 0.5) for code in ("orphan", "mountain", "unheard_of")]
    return Candidate(
        no=no,
        state=random.choice(["verified", "verified", "verified", "draft"]),
        scores=given,
        choices=tuple(pool.id for pool in random.sample(POOLS, random.randint(0, 3))),
        grounds=tuple(random.sample(grounds, random.randint(0, 3))),
        conflict=random.random() < 0.1,
        late=random.random() < 0.1,
        late_basis=random.choice(["", "order 14"]),
        lacks=("id",) if random.random() < 0.1 else (),
        papers_kept=random.random() < 0.5,
    )


@pytest.mark.parametrize("seed", range(40))
def test_everybody_at_once_is_everybody_one_by_one(seed: int) -> None:
    random = Random(seed)
    rules = random_rules(random)
    people = [random_person(random, f"B-{number:03}") for number in range(25)]
    ranked = prepare(rules, POOLS, people, campaign="2026", total=50)
    entered = {application.no: application for application in ranked.inputs.applications}
    by_id = {pool.id: pool for pool in POOLS}
    for person in people:
        verdicts = {pool: admit(person, by_id[pool], rules) for pool in person.choices}
        admitted = [pool for pool in person.choices if verdicts[pool].admitted]
        assert (person.no in entered) == bool(admitted)
        if admitted:
            choices = [(choice.pool, choice.merit) for choice in entered[person.no].choices]
            assert choices == [(pool, by_hand(person, by_id[pool], rules)) for pool in admitted]
        refused = {pool: verdict for pool, verdict in verdicts.items() if not verdict.admitted}
        assert {pool: ranked.not_admitted[person.no, pool] for pool in refused} == refused
    assert len(ranked.not_admitted) == sum(
        not admit(person, by_id[pool], rules).admitted for person in people for pool in person.choices
    )


def by_hand(person: Candidate, pool: PoolSeats, rules: RuleSet) -> tuple[str, ...]:
    """The merit put together from the rules' words: the score, then the tie chain."""
    rule = rules.programme(pool.programme)
    assert rule is not None
    needs = rule.subject if rule.subject is not None else rules.thresholds.subject
    results = [person.scores[code] for code in rule.any_subject if code in person.scores]
    passed = sorted((value for value in results if needs is None or value >= needs), reverse=True)
    term = next((one for one in rules.score.terms if one.criterion == "profile"), Term(criterion="profile"))
    values = dict(person.scores) | ({"profile": sum(passed[: term.best_of])} if passed else {})
    total = sum(one.weight * values.get(one.criterion, 0) for one in rules.score.terms)
    unit = Decimal(1).scaleb(-rules.score.places)
    away = (abs(total) / unit + Decimal("0.5")) // 1 * unit
    texts = [decimal_text(away if total >= 0 else -away)]
    needed = {one.criterion for one in rules.score.terms if one.required}
    for level in rules.ties.levels:
        if level == "grounds":
            texts.append(rank(person, rules))
            continue
        certain = level in needed
        if level == "profile":
            certain = (term in rules.score.terms and term.required) or bool(rule.any_subject)
        if level == "ort_main":
            certain = certain or rules.thresholds.main is not None or rule.main is not None
        texts += [] if certain else ["1" if level in values else "0"]
        texts.append(decimal_text(Decimal(values.get(level, 0))))
    return tuple(texts)


def rank(person: Candidate, rules: RuleSet) -> str:
    codes = [ground.code for ground in rules.grounds if ground.ranked]
    counted = [code for code, seen in person.grounds if seen or rules.unseen_grounds_count]
    return str(max((len(codes) - codes.index(code) for code in counted if code in codes), default=0))
