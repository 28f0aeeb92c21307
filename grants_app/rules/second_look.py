"""Which numbers of an application decide, and so are typed a second time; it does not know who typed them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants_app.domain.judging import AVERAGE
from grants_app.domain.ruleset import GROUNDS, MAIN, PROFILE

if TYPE_CHECKING:
    from grants_app.domain.application import Entry, Score
    from grants_app.domain.campaign import CampaignSetup
    from grants_app.domain.ruleset import RuleSet


class DecisiveNumbers:
    """The main test, the tests the chosen programmes admit, the average mark, what else the rules count."""

    def __init__(self, setup: CampaignSetup, ruleset: RuleSet) -> None:
        counted = {MAIN, AVERAGE, *ruleset.ties.levels, *(term.criterion for term in ruleset.score.terms)}
        self._everybody = counted - {PROFILE, GROUNDS}
        admitted = {rule.programme: frozenset(rule.any_subject) for rule in ruleset.programmes}
        self._admitted = {pool.id: admitted.get(pool.programme, frozenset()) for pool in setup.pools}
        self._order = {measure.code: place for place, measure in enumerate(ruleset.measures)}

    def of(self, entry: Entry) -> tuple[Score, ...]:
        """The numbers of an entry that decide, as the rules list them."""
        wanted = self._everybody.union(*(self._admitted.get(choice, ()) for choice in entry.choices))
        mine = [score for score in entry.scores if score.criterion in wanted]
        return tuple(sorted(mine, key=lambda score: self._order.get(score.criterion, len(self._order))))

    def unverified(self, entry: Entry) -> tuple[Score, ...]:
        """Those nobody but their typist vouched for yet."""
        return tuple(score for score in self.of(entry) if not score.verified_by)
