"""One writing transaction with all that can be written in it; leaving it without `commit` undoes it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Self

from grants_app.domain.reversal import Reversal
from grants_app.domain.stopping import keep
from grants_app.store.accepted import AcceptedWork
from grants_app.store.actors import ActorRepository
from grants_app.store.applications import ApplicationRepository
from grants_app.store.awards import AwardRepository
from grants_app.store.campaign.emblems import EmblemRepository
from grants_app.store.campaigns import CampaignRepository
from grants_app.store.commission import CommissionRepository
from grants_app.store.database.state import Committed, Series
from grants_app.store.decisions import DecisionRepository
from grants_app.store.drafts import DraftRepository
from grants_app.store.duplicates import DuplicateRepository
from grants_app.store.imports import ImportRepository
from grants_app.store.journal import JournalRepository
from grants_app.store.keys import KeyRepository
from grants_app.store.numbers import skip_all
from grants_app.store.papers import PaperRepository
from grants_app.store.persons import PersonRepository
from grants_app.store.records import (
    AppealRepository,
    ScenarioRepository,
    TransferRepository,
)
from grants_app.store.rounds import RoundRepository
from grants_app.store.rule_sets import RuleSetRepository
from grants_app.store.runs import RunRepository
from grants_app.store.second_look import SecondLookRepository
from grants_app.store.transaction import Transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from types import TracebackType

    from sqlalchemy.engine import Engine

    from grants_app.domain.permit import Permit
    from grants_app.store.database.state import NumberRange
    from grants_app.store.engine import Store


class UnitOfWork(AcceptedWork):
    """`with store.work(permit) as work: … work.commit()`; after the commit nothing more may be written."""

    journal: JournalRepository

    def __init__(self, engine: Engine, clock: Callable[[], datetime], permit: Permit, store: Store) -> None:
        self._engine = engine
        self._clock = clock
        self._permit = permit
        self._store = store

    def __enter__(self) -> Self:
        self._connection = self._engine.execution_options(writing=True).connect()
        try:
            self._open = self._connection.begin()
        except BaseException:
            self._connection.close()
            raise
        self.transaction = Transaction(self._connection, self._clock)
        self.journal = JournalRepository(self.transaction, self._permit)
        if self._store.first is not None:
            try:
                self._store.first(self)
            except BaseException:
                self._connection.close()
                raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._open.is_active:
                self._open.rollback()
        finally:
            self._connection.close()

    def commit(self) -> None:
        """Chain the journal's events and make everything last, or raise and leave everything as it was."""
        self.journal.chain()
        keep()
        self._open.commit()
        reached = self.journal.reached
        if reached is not None:
            self._store.committed(Committed(*reached, self._numbers()))

    def _numbers(self) -> dict[Series, int]:
        taken, codes = self.transaction.numbers, self.transaction.codes
        return {
            Series(codes[campaign], kind, owner): taken[campaign, kind, owner]
            for campaign, kind, owner in taken
        }

    def skip_numbers(
        self, campaign_id: int, code: str, highest: Mapping[Series, int]
    ) -> Sequence[NumberRange]:
        """Make the campaign's numbers up to the highest given out anywhere void; answers which those are."""
        self.transaction.demand_open(campaign_id, exclusive=True)
        return skip_all(self._connection, campaign_id, code, highest)

    def reversal(self, campaign_id: int, act: str = "") -> Reversal:
        """What takes back all that this transaction changed in the campaign so far.

        `act` is the code it is called by, that of the first event it noted where nothing is said.
        """
        touched = self.transaction.touched
        return Reversal(
            by=self._permit.account,
            branch=self._permit.branch,
            right=self._permit.act,
            campaign=campaign_id,
            at=self._clock(),
            act=act or self.journal.first_act,
            applications=tuple(touched.applications.values()),
            people=tuple(touched.people.values()),
            awards=tuple(touched.awards.values()),
            placements=tuple(touched.placements),
            pairs=tuple(touched.pairs.values()),
            batches=tuple(touched.batches),
            typings=tuple(touched.typings.values()),
        )

    def journal_head(self) -> int:
        """The number of the journal's last event."""
        return self.journal.head()

    @cached_property
    def campaigns(self) -> CampaignRepository:
        """Campaigns and their set-up."""
        return CampaignRepository(self.transaction)

    @cached_property
    def rule_sets(self) -> RuleSetRepository:
        """The campaigns' rules, version by version."""
        return RuleSetRepository(self.transaction)

    @cached_property
    def emblems(self) -> EmblemRepository:
        """Pictures for letterheads."""
        return EmblemRepository(self.transaction)

    @cached_property
    def persons(self) -> PersonRepository:
        """People, apart from any application."""
        return PersonRepository(self.transaction)

    @cached_property
    def applications(self) -> ApplicationRepository:
        """What people hand in."""
        return ApplicationRepository(self.transaction)

    @cached_property
    def second_looks(self) -> SecondLookRepository:
        """Whose numbers are typed a second time, and what differed."""
        return SecondLookRepository(self.transaction)

    @cached_property
    def duplicates(self) -> DuplicateRepository:
        """Pairs of applications that may be one person's."""
        return DuplicateRepository(self.transaction)

    @cached_property
    def runs(self) -> RunRepository:
        """Rankings with their allocation."""
        return RunRepository(self.transaction)

    @cached_property
    def decisions(self) -> DecisionRepository:
        """Tie decisions and placements."""
        return DecisionRepository(self.transaction)

    @cached_property
    def awards(self) -> AwardRepository:
        """Awards and the seats they hold."""
        return AwardRepository(self.transaction)

    @cached_property
    def rounds(self) -> RoundRepository:
        """Acts after a seal: extensions, seats moved, cascades, acts on the campaign."""
        return RoundRepository(self.transaction)

    @cached_property
    def papers(self) -> PaperRepository:
        """Numbered papers."""
        return PaperRepository(self.transaction)

    @cached_property
    def imports(self) -> ImportRepository:
        """Imports that were applied."""
        return ImportRepository(self.transaction)

    @cached_property
    def drafts(self) -> DraftRepository:
        """Forms being typed into."""
        return DraftRepository(self.transaction)

    @cached_property
    def actors(self) -> ActorRepository:
        """Who may act."""
        return ActorRepository(self.transaction)

    @cached_property
    def keys(self) -> KeyRepository:
        """The campaigns' signing keys."""
        return KeyRepository(self.transaction)

    @cached_property
    def scenarios(self) -> ScenarioRepository:
        """What-ifs kept under a name."""
        return ScenarioRepository(self.transaction)

    @cached_property
    def appeals(self) -> AppealRepository:
        """Appeals."""
        return AppealRepository(self.transaction)

    @cached_property
    def commission(self) -> CommissionRepository:
        """The commission's members, sittings, votes and interests."""
        return CommissionRepository(self.transaction)

    @cached_property
    def transfers(self) -> TransferRepository:
        """The log of personal data handed out."""
        return TransferRepository(self.transaction)
