"""Why everybody stands where they stand: the run's inputs and result, put into lines a screen can show.

It decides nothing: places come from the run's lists, outcomes from its result. What it adds is the comparison
that decided: against whom, at which level, and what score would have been enough.
"""

from __future__ import annotations

from collections import defaultdict
from math import gcd
from typing import TYPE_CHECKING

from grants_app.domain.ranking import (
    PLACEMENT,
    ChoiceLine,
    ChoiceOutcome,
    Explanation,
    GroundLine,
    scaled,
)
from grants_app.domain.ruleset import PROFILE
from grants_app.domain.stopping import breathing
from grants_app.domain.values import Finding
from grants_app.rules.eligibility import STANDING_CODES
from grants_app.rules.merit import MeritMaker
from grants_app.rules.parts import Parts
from grants_app.rules.pool_facts import Decision, PoolFacts, RunFacts
from grants_app.rules.scores import Scores
from grants_app.rules.standings import Standings

if TYPE_CHECKING:
    from grants_app.domain.ranking import Candidate, MeritPart, PersonOutcome, Ranked, RunResult
    from grants_app.domain.ruleset import RuleSet
    from grants_app.rules.refusals import Row

_BELOW: dict[ChoiceOutcome, ChoiceOutcome] = {"awarded": "higher_choice", "tied": "higher_tied"}


def explain_all(
    ranked: Ranked, result: RunResult, standings: Standings | None = None
) -> dict[str, Explanation]:
    """Everybody's explanation by application number; of candidates who did not enter the run too.

    `standings`: the lists the result was made from, if they are at hand.
    """
    return Explainer(ranked, result, standings or Standings(ranked.inputs)).all()


class Explainer:
    """One run's facts laid out once, so that all of its people can be explained."""

    def __init__(self, ranked: Ranked, result: RunResult, standings: Standings) -> None:
        self._ranked = ranked
        self._standings = standings
        inputs = ranked.inputs
        self._awards = {award.application: award for award in result.awards}
        self._placements = {placement.application: placement for placement in inputs.placements}
        self._out = {out.application: out for out in inputs.out}
        self._held = {hold.application: hold.pool for hold in inputs.holds}
        run = RunFacts(ranked, result, standings, score_step(ranked.ruleset))
        self._contested = run.contested
        self._facts = {pool.id: PoolFacts(run, pool.id) for pool in inputs.pools}
        self._people = list(ranked.candidates.values())
        self._parts = self._all_parts()
        self._refused: dict[str, dict[int, ChoiceLine]] = defaultdict(dict)
        self._others: dict[str, dict[int, Row]] = defaultdict(dict)
        places = {candidate.no: i for i, candidate in enumerate(self._people)}
        entered = [places[application.no] for application in standings.applications]
        for id_, facts in self._facts.items():
            rows = facts.rows(entered, self._people, self._parts[id_])
            self._refused[id_], self._others[id_] = facts.sorted_out(rows)

    def _all_parts(self) -> dict[str, dict[int, tuple[MeritPart, ...]]]:
        """By pool, then by a candidate's place among all, the parts of the merits of all who chose it."""
        members: dict[str, list[int]] = defaultdict(list)
        for i, candidate in enumerate(breathing(self._people)):
            for pool in candidate.choices:
                members[pool].append(i)
        ruleset, scores = self._ranked.ruleset, Scores(self._people, self._ranked.millionths)
        parts = Parts(ruleset, scores)
        return {
            id_: MeritMaker(ruleset, pool).lines(parts, members[id_])
            for id_, pool in self._ranked.pools.items()
        }

    def all(self) -> dict[str, Explanation]:
        """Why every application stands where it stands."""
        return {one.no: self._explain(i, one) for i, one in enumerate(self._people)}

    def _explain(self, i: int, candidate: Candidate) -> Explanation:
        no = candidate.no
        entered, award = no in self._standings.index, self._awards.get(no)
        outcome, reason = self._outcome(no, entered=entered)
        return Explanation(
            application=no,
            outcome=outcome,
            choices=self._lines(i, candidate),
            pool=award.pool if award else self._contested.get(no, ""),
            seat=award.seat if award else "",
            position=award.position if award else None,
            findings=() if entered else self._standing_findings(candidate),
            grounds=self._grounds(candidate) if candidate.grounds else (),
            reason=reason,
            held=self._held.get(no, ""),
        )

    def _outcome(self, no: str, *, entered: bool) -> tuple[PersonOutcome, str]:
        if not entered:
            return "not_competing", ""
        if no in self._placements:
            return "placed", self._placements[no].reason
        if no in self._out:
            return "out", self._out[no].why
        if no in self._awards:
            return "awarded", ""
        return ("tied", "") if no in self._contested else ("not_awarded", "")

    def _standing_findings(self, candidate: Candidate) -> tuple[Finding, ...]:
        """What keeps an application out as a whole, whatever it chose."""
        if not candidate.choices:
            return (Finding("no_choices"),)
        verdict = self._ranked.not_admitted[candidate.no, candidate.choices[0]]
        return tuple(finding for finding in verdict.findings if finding.code in STANDING_CODES)

    def _grounds(self, candidate: Candidate) -> tuple[GroundLine, ...]:
        count = self._ranked.ruleset.unseen_grounds_count
        return tuple(
            GroundLine(ground=code, seen=seen, counted=seen or count) for code, seen in candidate.grounds
        )

    def _lines(self, i: int, candidate: Candidate) -> tuple[ChoiceLine, ...]:
        """One line per choice as the applicant wrote them, those not admitted to among them."""
        lines = [line for pool in candidate.choices if (line := self._refused[pool].get(i))]
        if len(lines) == len(candidate.choices):  # most people: refused everywhere
            return tuple(lines)
        reached: ChoiceOutcome | None = None  # what stands above a choice never reached
        lines = []
        for pool in candidate.choices:
            line = self._refused[pool].get(i)
            row = None if line else self._others[pool].get(i)
            if row is not None:
                line = self._line(candidate.no, self._facts[pool], row, reached)
                reached = _BELOW.get(line.outcome, reached)
            lines.append(line or self._not_admitted(i, candidate, pool))
        return tuple(lines)

    def _not_admitted(self, i: int, candidate: Candidate, pool: str) -> ChoiceLine:
        """The reasons, beside the values they speak of; a pool the run does not have asks for none."""
        return ChoiceLine(
            no=candidate.choices.index(pool) + 1,
            pool=pool,
            admitted=False,
            outcome="not_admitted",
            findings=self._ranked.not_admitted[candidate.no, pool].findings,
            parts=self._parts[pool][i] if pool in self._parts else (),
        )

    def _line(self, no: str, facts: PoolFacts, row: Row, reached: ChoiceOutcome | None) -> ChoiceLine:
        """The line of a choice that did not refuse the person, or where nobody had such a seat."""
        _, entry, place, merit, parts, position, reserve, above, below = row
        pool, award, tie = facts.id, self._awards.get(no), facts.ties.get(no)
        outcome = self._choice_outcome(no, pool, facts, reached)
        decision = self._decision(facts, entry, merit, outcome, award.seat if award else "")
        seat = award.seat if award and award.pool == pool else ""
        return ChoiceLine(
            no=place,
            pool=pool,
            admitted=True,
            outcome=outcome,
            merit=merit,
            levels=facts.comparing.levels,
            parts=parts,
            position=position,
            competing=facts.competing,
            seats=facts.seats,
            seat=seat,
            reserve=reserve or None,
            cutoff=decision.cutoff,
            deciding_level=decision.level,
            decided_against=decision.against,
            would_have=decision.would_have,
            tied_with=tuple(other for other in tie.applications if other != no) if tie else (),
            seats_at_stake=tie.seats_at_stake if tie else 0,
            quotas=facts.quotas(entry, seat),
            above=above,
            below=below,
        )

    @staticmethod
    def _decision(
        facts: PoolFacts, entry: int, merit: tuple[str, ...], outcome: ChoiceOutcome, seat: str
    ) -> Decision:
        """What decided: for somebody awarded the first refused; else whether there was a seat at all."""
        last = facts.last_taken(entry)
        cutoff = last.merit if last else ()
        if outcome == "placed":  # no comparison decided it
            return Decision(cutoff=cutoff)
        if outcome == "awarded":
            first = facts.first_refused(seat)
            if first is None:
                return Decision(cutoff=cutoff)
            return Decision(cutoff=cutoff, level=facts.comparing.level(merit, first.merit), against=first.no)
        if last is None:
            return Decision(level="no_seats" if outcome == "refused" else "", would_have=facts.room(entry))
        would_have = facts.room(entry) or facts.ahead(entry, last)
        return Decision(cutoff=cutoff, would_have=would_have and outcome != "tied")

    def _choice_outcome(
        self, no: str, pool: str, facts: PoolFacts, reached: ChoiceOutcome | None
    ) -> ChoiceOutcome:
        award = self._awards.get(no)
        if award is not None and award.pool == pool:
            return "placed" if award.seat == PLACEMENT else "awarded"
        if self._contested.get(no) == pool:
            return "tied"
        if no in facts.reserve:
            return "refused"
        if no in self._out:
            return "out"
        if no in self._placements:
            return "dropped"
        return reached or "dropped"


def score_step(ruleset: RuleSet) -> int:
    """The smallest step of the total, in millionths: whole tests and weights move it by whole points."""
    places = {measure.code: measure.places for measure in ruleset.measures}
    subjects = max((m.places for m in ruleset.measures if m.subject), default=0)
    steps = [
        scaled(term.weight) * 10 ** (6 - (subjects if term.criterion == PROFILE else places[term.criterion]))
        for term in ruleset.score.terms
    ]
    unit: int = 10 ** (6 - ruleset.score.places)
    step, rest = divmod(gcd(*steps), 10**6)
    return step if step and not rest and step % unit == 0 else unit
