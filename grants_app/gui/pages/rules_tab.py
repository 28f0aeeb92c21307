"""The rules as they stand, read only, each with its source and whether that is certain; it applies none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from grants_app.domain.ruleset import ANY_POOL
from grants_app.gui.widgets.layouts import flush_row
from grants_app.gui.widgets.panels import SidePanel
from grants_app.services.naming import Naming
from grants_app.wording import mark

if TYPE_CHECKING:
    from decimal import Decimal

    from grants_app.domain.campaign import CampaignSetup
    from grants_app.domain.ruleset import PoolQuotas, ProgrammeRule, RuleSet
    from grants_app.gui.page import PageContext

PRESET_SOURCES = (
    mark("Thresholds of 2025-26; the rest has no published source"),
    mark("Thresholds of 2025–26; tie-breaks follow Kazakhstan's practice"),
    mark(
        "Kazakhstan's tie-break order: honours badge, olympiad winners, orphans and people with disabilities"
    ),
    mark("Main test 0-245, whole numbers: Kyrgyz national test (ORT), public results 2020-2026"),
    mark("Ministry's thresholds of 2025-26: main test 110, each needed subject 60"),
    mark("The branches have not published a formula; main test + best accepted subject is the usual one"),
    mark(
        "The branches have not published a list of priority categories; these are customary in both countries"
    ),
    mark("No published scale; set by the commission"),
    mark("The branches have not published a tie rule; modelled on Kazakhstan's, without the badge"),
    mark(
        "Quotas exist in Kazakhstan; these percentages are examples and have not been published "
        "for this competition"
    ),
    mark("Sample data, invented; the branches have not published theirs"),
    mark("School certificate, five-mark scale"),
    mark("Scores alone; no published source"),
    mark("The maximum of a subject test is not published; 150 is an assumption"),
)
"""The sources the shipped rules name, worded by the catalogue; an office's own are shown as typed."""


class RulesTab(QWidget):
    """How the score is made and compared, at the left; who is admitted and on what grounds, at the right."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = context.words
        self._rules: RuleSet | None = None
        self._setup: CampaignSetup | None = None
        self.left = SidePanel(context.theme, self)
        self.right = SidePanel(context.theme, self)
        layout = flush_row(self)
        layout.addWidget(self.left, 1)
        layout.addWidget(self.right, 1)

    def show_rules(self, rules: RuleSet, setup: CampaignSetup) -> None:
        """Show this version of the rules."""
        self._rules, self._setup = rules, setup
        naming = Naming(self._words, setup, rules)
        self.left.clear()
        self._head(rules)
        self._score(naming)
        self._ties(naming)
        self._measures(naming)
        self.left.add_end()
        self.right.clear()
        self._admission(naming)
        self._grounds(naming)
        self._quotas(naming)
        self._lateness(rules)
        self.right.add_end()

    def retranslate(self) -> None:
        """Word everything again."""
        if self._rules is not None and self._setup is not None:
            self.show_rules(self._rules, self._setup)

    def _source(self, panel: SidePanel, source: str, *, uncertain: bool) -> None:
        words = self._words
        told = []
        if source:
            told.append(
                words("Source: {source}", source=words(source) if source in PRESET_SOURCES else source)
            )
        if uncertain:
            told.append(words("not official"))
        if told:
            panel.add_text(" · ".join(told), "small", "warn" if uncertain else "muted", above=3)

    def _head(self, rules: RuleSet) -> None:
        words = self._words
        self.left.add_text(rules.title.get(words.lang), "section")
        day = words.current.date(rules.in_force_from)
        self.left.add_text(
            words("Version {no}, in force from {day}", no=rules.version, day=day), "body", "muted", above=2
        )
        self._source(self.left, rules.legal_source, uncertain=False)

    def _score(self, naming: Naming) -> None:
        words, score = self._words, naming.rules.score
        self.left.add_section(words("Score"))
        for term in score.terms:
            notes = []
            if term.best_of > 1:
                notes.append(words("sum of the best {n}", n=term.best_of))
            if not term.required:
                notes.append(words("may be missing"))
            self.left.add_fact(
                naming.criterion(term.criterion), f"× {_plain(naming, term.weight)}", " · ".join(notes)
            )
        self._source(self.left, score.source, uncertain=score.uncertain)

    def _ties(self, naming: Naming) -> None:
        words, ties = self._words, naming.rules.ties
        self.left.add_section(words("When points are equal, in this order"))
        for number, level in enumerate(ties.levels, start=1):
            self.left.add_fact(f"{number} {naming.level(level)}")
        self.left.add_fact(
            f"{len(ties.levels) + 1} " + words("the commission decides, by its own order or by draw")
        )
        self._source(self.left, ties.source, uncertain=ties.uncertain)

    def _measures(self, naming: Naming) -> None:
        words = self._words
        self.left.add_section(words("Criteria and their scales"))
        told: dict[tuple[str, bool], None] = {}
        for measure in naming.rules.measures:
            scale = f"{_plain(naming, measure.minimum)}–{_plain(naming, measure.maximum)}"
            self.left.add_fact(
                measure.names.get(words.lang), scale, "" if not measure.uncertain else words("not official")
            )
            told[(measure.source, measure.uncertain)] = None
        for source, uncertain in told:
            self._source(self.left, source, uncertain=uncertain)

    def _admission(self, naming: Naming) -> None:
        words, rules = self._words, naming.rules
        self.right.add_section(words("Eligibility"))
        general = rules.thresholds
        for text, value in (
            (words("Main test, at least"), general.main),
            (words("Each required subject, minimum"), general.subject),
        ):
            self.right.add_fact(text, _plain(naming, value) if value is not None else words("none"))
        self._source(self.right, general.source, uncertain=general.uncertain)
        self.right.add_section(words("Subjects accepted by a programme"))
        told: dict[tuple[str, bool], None] = {}
        codes = {programme.code: programme.names for programme in naming.setup.programmes}
        for rule in rules.programmes:
            name = codes[rule.programme].get(words.lang) if rule.programme in codes else rule.programme
            self.right.add_fact(name, self._subjects(naming, rule), self._own_thresholds(naming, rule))
            told[(rule.source, rule.uncertain)] = None
        for source, uncertain in told:
            self._source(self.right, source, uncertain=uncertain)

    def _subjects(self, naming: Naming, rule: ProgrammeRule) -> str:
        separator = f" {self._words('or')} "
        return separator.join(naming.criterion(code) for code in rule.any_subject) or self._words("any")

    def _own_thresholds(self, naming: Naming, rule: ProgrammeRule) -> str:
        notes = []
        if rule.main is not None:
            notes.append(self._words("main test {points}", points=_plain(naming, rule.main)))
        if rule.subject is not None:
            notes.append(self._words("subject {points}", points=_plain(naming, rule.subject)))
        return " · ".join(notes)

    def _grounds(self, naming: Naming) -> None:
        words, rules = self._words, naming.rules
        self.right.add_section(words("Priority categories, by rank"))
        told: dict[tuple[str, bool], None] = {}
        if not rules.grounds:
            self.right.add_fact(words("none"))
        for number, ground in enumerate(rules.grounds, start=1):
            rank = f"{number} " if ground.ranked else ""
            name, paper = ground.names.get(words.lang), ground.paper.get(words.lang)
            self.right.add_fact(rank + name, "", paper if paper != name else "")
            told[(ground.source, ground.uncertain)] = None
        for source, uncertain in told:
            self._source(self.right, source, uncertain=uncertain)

    def _quotas(self, naming: Naming) -> None:
        words = self._words
        self.right.add_section(words("Quotas"))
        if not naming.rules.quotas:
            self.right.add_fact(words("none; all seats are open"))
        for pool in naming.rules.quotas:
            self._pool_quotas(naming, pool)

    def _pool_quotas(self, naming: Naming, pool: PoolQuotas) -> None:
        words = self._words
        known = any(one.id == pool.pool for one in naming.setup.pools)
        name = (
            words("Every programme")
            if pool.pool == ANY_POOL
            else naming.programme(pool.pool)
            if known
            else pool.pool
        )
        order = words("quota seats first") if pool.order == "quota_first" else words("open seats first")
        self.right.add_fact(name, "", order, strong=True)
        for quota in pool.quotas:
            share = (
                words.plural("{n} seat", "{n} seats", quota.seats)
                if quota.seats is not None
                else f"{_plain(naming, quota.percent)} %"
                if quota.percent is not None
                else ""
            )
            unused = (
                words("unused seats become open seats")
                if quota.unused == "open"
                else words("unused seats stay empty")
            )
            self.right.add_fact(naming.ground(quota.ground), share, unused)
        self._source(self.right, pool.source, uncertain=pool.uncertain)

    def _lateness(self, rules: RuleSet) -> None:
        words = self._words
        self.right.add_section(words("Late applications and unseen documents"))
        self.right.add_fact(words.code(f"late_rule_{rules.late}"))
        text = (
            words("a priority category counts before its document has been seen")
            if rules.unseen_grounds_count
            else words("a priority category counts only once its document has been seen")
        )
        self.right.add_fact(text)


def _plain(naming: Naming, value: Decimal) -> str:
    return naming.words.number(value)
