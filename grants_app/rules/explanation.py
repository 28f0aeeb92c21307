"""Why everybody stands where they stand: the run's inputs and result, put into lines a screen can show.

It decides nothing: places come from the run's lists, outcomes from its result. What it adds is the comparison
that decided: against whom, at which level, and what score would have been enough.
"""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING

from grants_app.domain.ranking import (
    PLACEMENT,
    ChoiceLine,
    Explanation,
    GroundLine,
    scaled,
    unscaled,
)
from grants_app.domain.ruleset import PROFILE
from grants_app.domain.values import Finding
from grants_app.rules.eligibility import STANDING_CODES
from grants_app.rules.merit import CandidateParts, GroundRanks, MeritMaker
from grants_app.rules.pool_facts import Decision, PoolFacts, Rival, contested_pools
from grants_app.rules.standings import Millionths, Standings

if TYPE_CHECKING:
    from decimal import Decimal

    from grants_app.domain.ranking import (
        Candidate,
        ChoiceOutcome,
        PersonOutcome,
        Ranked,
        RunApplication,
        RunResult,
    )
    from grants_app.domain.ruleset import RuleSet
_GIVEN = frozenset({"awarded", "placed"})


def explain_all(
    ranked: Ranked, result: RunResult, standings: Standings | None = None
) -> dict[str, Explanation]:
    """Everybody's explanation by application number; of candidates who did not enter the run too."""
    explainer = Explainer(ranked, result, standings)
    return {no: explainer.explain(no) for no in ranked.candidates}


class Explainer:
    """One run's facts laid out once, so that any of its people can be explained at once."""

    def __init__(self, ranked: Ranked, result: RunResult, standings: Standings | None = None) -> None:
        self._ranked = ranked
        self._standings = standings or Standings(ranked.inputs)
        inputs = ranked.inputs
        self._awards = {award.application: award for award in result.awards}
        self._placements = {placement.application: placement for placement in inputs.placements}
        self._out = {out.application: out for out in inputs.out}
        self._held = {hold.application: hold.pool for hold in inputs.holds}
        self._contested = contested_pools(inputs, result)
        self._makers = {id_: MeritMaker(ranked.ruleset, pool) for id_, pool in ranked.pools.items()}
        self._facts = {
            pool.id: PoolFacts(ranked, result, self._standings, pool.id, self._contested)
            for pool in inputs.pools
        }
        self._step = score_step(ranked.ruleset)
        self._numbers = Millionths()
        self._texts: dict[Decimal, str] = {}
        self._ranks = GroundRanks(ranked.ruleset)

    def explain(self, no: str) -> Explanation:
        """Why this application stands where it stands; KeyError when the run knows none such."""
        candidate = self._ranked.candidates[no]
        index = self._standings.index.get(no)
        application = None if index is None else self._standings.applications[index]
        award = self._awards.get(no)
        outcome, reason = self._outcome(no, application)
        return Explanation(
            application=no,
            outcome=outcome,
            choices=self._lines(candidate, application),
            pool=award.pool if award else self._contested.get(no, ""),
            seat=award.seat if award else "",
            position=award.position if award else None,
            findings=() if application else self._standing_findings(candidate),
            grounds=self._grounds(candidate) if candidate.grounds else (),
            reason=reason,
            held=self._held.get(no, ""),
        )

    def _outcome(self, no: str, application: RunApplication | None) -> tuple[PersonOutcome, str]:
        if application is None:
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

    def _lines(self, candidate: Candidate, application: RunApplication | None) -> tuple[ChoiceLine, ...]:
        """One line per choice as the applicant wrote them, those not admitted to among them."""
        no, award = candidate.no, self._awards.get(candidate.no)
        merits = {choice.pool: choice.merit for choice in application.choices} if application else {}
        entries: dict[str, int] = {}
        if application:
            a = self._standings.index[no]
            own = self._standings.entries[self._standings.first[a] : self._standings.first[a + 1]]
            entries = dict(zip(merits, own, strict=True))
        parts = CandidateParts(candidate, self._ranks, self._texts)
        reached: ChoiceOutcome | None = None  # what stands above a choice never reached
        lines = []
        for place, pool in enumerate(candidate.choices, start=1):
            merit = merits.get(pool)
            if merit is None:
                lines.append(self._not_admitted(no, place, pool, parts))
                continue
            facts = self._facts[pool]
            outcome = self._choice_outcome(no, pool, facts, reached)
            if outcome == "awarded":
                reached = "higher_choice"
            elif outcome == "tied":
                reached = "higher_tied"
            entry = entries[pool]
            decision = self._decision(facts, entry, merit, outcome, award.seat if award else "")
            position, above, below = facts.rows[entry]
            tie = facts.ties.get(no)
            line = ChoiceLine(
                no=place,
                pool=pool,
                admitted=True,
                outcome=outcome,
                merit=merit,
                levels=facts.levels,
                parts=self._makers[pool].lines(parts),
                position=position,
                competing=facts.competing,
                seats=facts.seats,
                seat=award.seat if award and award.pool == pool else "",
                reserve=facts.reserve.get(no),
                cutoff=decision.cutoff,
                deciding_level=decision.level,
                decided_against=decision.against,
                needed=decision.needed,
                would_have=decision.would_have,
                tied_with=tuple(other for other in tie.applications if other != no) if tie else (),
                seats_at_stake=tie.seats_at_stake if tie else 0,
                quotas=facts.quotas(entry, award.seat if award and award.pool == pool else ""),
                above=above,
                below=below,
            )
            lines.append(line)
        return tuple(lines)

    def _not_admitted(self, no: str, place: int, pool: str, parts: CandidateParts) -> ChoiceLine:
        """The reasons, beside the values they speak of; a pool the run does not have asks for none."""
        maker = self._makers.get(pool)
        return ChoiceLine(
            no=place,
            pool=pool,
            admitted=False,
            outcome="not_admitted",
            findings=self._ranked.not_admitted[no, pool].findings,
            parts=maker.lines(parts) if maker else (),
        )

    def _decision(
        self, facts: PoolFacts, entry: int, merit: tuple[str, ...], outcome: ChoiceOutcome, seat: str
    ) -> Decision:
        """The comparison that decided: with the last one taken, or for somebody awarded the first refused."""
        last = facts.last_taken(entry)
        if outcome in _GIVEN:
            first = facts.first_refused(seat)
            if first is None:
                return Decision(cutoff=last.merit if last else ())
            level, _ = self._compared(facts, merit, first)
            return Decision(cutoff=last.merit if last else (), level=level, against=first.no)
        if last is None:
            return Decision(level="no_seats" if outcome == "refused" else "", would_have=facts.room(entry))
        if outcome == "refused":
            level, needed = self._compared(facts, merit, last)
            return Decision(cutoff=last.merit, level=level, against=last.no, needed=needed)
        would_have = facts.room(entry) or facts.ahead(entry, last)
        return Decision(cutoff=last.merit, would_have=would_have and outcome != "tied")

    def _compared(self, facts: PoolFacts, merit: tuple[str, ...], other: Rival) -> tuple[str, str]:
        """The level at which two merits differ, and the score that would have put this one ahead.

        Where the rest of the merit is the better one, the other's score would have been enough; else the
        smallest step more.
        """
        own, others = merit, other.merit
        tail = 1
        while tail < len(own) and own[tail] == others[tail]:
            tail += 1
        better = tail < len(own) and self._numbers[own[tail]] > self._numbers[others[tail]]
        needed = unscaled(self._numbers[others[0]] + (0 if better else self._step))
        if own[0] != others[0]:
            return facts.levels[0], needed
        if tail < len(own):
            return facts.levels[tail], needed
        return ("tie_order" if facts.ordered else "tie"), needed

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
