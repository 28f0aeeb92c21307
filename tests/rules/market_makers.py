"""Small markets of candidates and rules for what-ifs and sensitivity; the seed decides everything."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from grants_app.domain.errors import Refused
from grants_app.domain.ranking import Candidate, Hold, Out, Placement, PoolSeats, Ranked, RunResult, TieOrder
from grants_app.domain.ruleset import PoolQuotas, ProgrammeRule, Quota, RuleSet, Threshold, TieChain
from grants_app.rules.allocation import allocate
from grants_app.rules.inputs import prepare
from grants_app.rules.tie_orders import obeyed
from tests.rules.rule_makers import preset

if TYPE_CHECKING:
    from random import Random

SUBJECTS = ("math", "physics", "english")
GROUNDS = ("orphan", "disability")


def rules(random: Random) -> RuleSet:
    """Thresholds near where people stand, a short tie chain, quotas now and then."""
    base = preset()
    programmes = tuple(
        ProgrammeRule(
            programme=f"P{n}",
            any_subject=tuple(random.sample(SUBJECTS, random.randint(1, 3))),
            main=random.choice([None, None, Decimal(112)]),
        )
        for n in range(4)
    )
    quotas = ()
    if random.random() < 0.4:
        ground = random.choice(GROUNDS)
        quota = Quota(ground=ground, seats=1, unused=random.choice(["open", "empty"]))
        quotas = (
            PoolQuotas(pool="B/P0", quotas=(quota,), order=random.choice(["quota_first", "open_first"])),
        )
    levels = random.choice([(), ("grounds", "average"), ("average", "profile", "ort_main")])
    return replace(
        base,
        thresholds=Threshold(main=Decimal(110), subject=Decimal(60)),
        programmes=programmes,
        ties=TieChain(levels=levels),
        quotas=quotas,
    )


def candidates(random: Random, pools: list[PoolSeats], most: int) -> list[Candidate]:
    """People close to each other and to the thresholds."""
    spread = random.choice([2, 4, 12])
    made = []
    for number in range(random.randint(2, most)):
        scores = {"ort_main": Decimal(110 + random.randrange(spread))}
        for code in random.sample(SUBJECTS, random.randint(1, 3)):
            scores[code] = Decimal(59 + random.randrange(spread))
        if random.random() < 0.8:
            scores["average"] = Decimal(random.choice(["4", "4.5", "4.51", "5"]))
        chosen = random.sample(pools, random.randint(1, len(pools)))
        grounds = tuple((ground, True) for ground in GROUNDS if random.random() < 0.3)
        made.append(
            Candidate(
                no=f"B-{number:04}", state="verified", scores=scores,
                choices=tuple(pool.id for pool in chosen), grounds=grounds,
            )
        )  # fmt: skip
    return made


def market(random: Random, most: int = 12) -> tuple[Ranked, RunResult]:
    """Everybody ranked and allocated; sometimes somebody is placed, holds or is out, some equals ordered."""
    pools = [
        PoolSeats(id=f"B/P{n}", programme=f"P{n}", branch="B", seats=random.randint(1, 3))
        for n in range(random.randint(1, 4))
    ]
    ruleset, people = rules(random), candidates(random, pools, most)

    def made(**decided: object) -> Ranked:
        total = sum(pool.seats for pool in pools)
        return prepare(ruleset, pools, people, campaign="2026", total=total, **decided)  # type: ignore[arg-type] - each test names what it decides

    first = made()
    result = allocate(first.inputs)
    decided = decisions(random, result)
    try:
        ranked = made(**decided)
        ranked = replace(ranked, inputs=obeyed(ranked.inputs, ties(random, result)).inputs)
        return ranked, allocate(ranked.inputs)
    except Refused:
        return first, result


def decisions(random: Random, result: RunResult) -> dict[str, tuple[object, ...]]:
    """Some of those with a grant hold it, are placed on it, or gave it back."""
    decided: dict[str, list[object]] = {"placements": [], "holds": [], "out": []}
    for award in result.awards:
        lot = random.random()
        if lot < 0.1:
            decided["placements"].append(
                Placement(application=award.application, pool=award.pool, reason="order 5")
            )
        elif lot < 0.2:
            upgrade = random.random() < 0.5
            decided["holds"].append(Hold(application=award.application, pool=award.pool, upgrade=upgrade))
        elif lot < 0.25:
            decided["out"].append(Out(application=award.application, why="declined"))
    return {name: tuple(entries) for name, entries in decided.items()}


def ties(random: Random, result: RunResult) -> tuple[TieOrder, ...]:
    """An order for some of the open ties."""
    return tuple(
        TieOrder(
            pool=tie.pool, order=tuple(random.sample(tie.applications, len(tie.applications))), how="lot"
        )
        for tie in result.open_ties
        if random.random() < 0.7
    )
