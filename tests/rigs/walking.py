"""A small campaign and random acts on it, with what must hold after each; the seed decides everything."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from grants_app.domain.errors import Refused
from grants_app.domain.journal import Actor
from grants_app.domain.rounds import Order
from grants_app.domain.ruleset import PoolQuotas, Quota, RuleSet
from grants_app.services import (
    awards,
    campaigns,
    decisions,
    holders,
    intake,
    runs,
    sealing,
)
from grants_app.services.access import Folders, Office
from grants_app.services.presets import preset, sample_rules
from grants_app.store.engine import Store, create_store, open_store
from tests import makers, offices

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grants_app.domain.application import Score
    from grants_app.domain.campaign import CampaignSetup

PEOPLE = 8
STEPS = 50
BEGINNING = datetime(2026, 8, 6, 3, 0, tzinfo=UTC)
CHAIR = Actor(name="Асанов У.", branch="KAZNU-BSH", role="chair")
ORDER = Order("12-к", date(2026, 8, 6), "приказ ректора")
MAIN = (90, 120, 140, 140, 150, 160, 180)  # 90 is below the threshold; equals are wanted
MATH = (50, 70, 70, 80, 90)  # 50 is below the threshold
GROUNDS = ("orphan", "disability")
TOTAL = 6
MINUTES = ("4", date(2026, 8, 6))

# What a random act may be answered without anything being wrong; every other refusal ends the walk.
ANSWERED = frozenset(
    {
        *("no_award", "already_confirmed", "received_late", "received_before_offer", "received_in_future"),
        *("not_overdue", "answered_twice", "nothing_to_undo", "seat_gone", "clock_behind"),
        *("seated_not_admitted", "holder_not_admitted", "holder_not_choosing", "run_hold_refused"),
        *("run_hold_not_chosen", "run_placements_above_seats", "run_quotas_above_seats"),
        *(
            "run_has_open_ties",
            "run_outdated",
            "run_not_draft",
            "run_unknown",
            "cascade_empty",
            "cascade_outdated",
        ),
        *("too_few_free", "seats_not_moved", "seats_over_total", "quotas_over_seats"),
        *("already_placed", "no_seat_left", "not_placed", "placement_held", "holds_award", "field_frozen"),
        *("deadline_not_ahead", "extension_not_later"),
    }
)


def rules() -> RuleSet:
    """Few levels, so that equals are common, and quotas of both kinds."""
    known = sample_rules()
    setup = small_setup()
    admitted = tuple(
        replace(rule, any_subject=("math",))
        for rule in known.programmes
        if rule.programme in {pool.programme for pool in setup.pools}
    )
    return replace(
        known,
        programmes=admitted,
        ties=replace(known.ties, levels=("grounds",)),
        quotas=(
            PoolQuotas(pool=setup.pools[0].id, quotas=(Quota(ground="orphan", seats=1),)),
            PoolQuotas(
                pool=setup.pools[1].id,
                quotas=(Quota(ground="disability", seats=1, unused="empty"),),
                order="open_first",
            ),
        ),
    )


def small_setup() -> CampaignSetup:
    """Three pools of 2, 2 and 1 seats; one grant more belongs to none of them."""
    setup, _ = preset("sample", 2026)
    pools = tuple(replace(pool, seats=seats) for pool, seats in zip(setup.pools[:3], (2, 2, 1), strict=True))
    programmes = tuple(
        programme for programme in setup.programmes if programme.code in {pool.programme for pool in pools}
    )
    return replace(setup, total=TOTAL, pools=pools, programmes=programmes, required_papers=())


def with_results(scores: tuple[Score, ...], main: int, math: int) -> tuple[Score, ...]:
    """The scores with these two instead of what was there."""
    values = {"ort_main": main, "math": math}
    return tuple(
        replace(score, value=Decimal(values[score.criterion])) if score.criterion in values else score
        for score in scores
    )


def make_templates(folder: Path) -> tuple[Path, Path]:
    """Databases to be copied for every walk: the small campaign with its people, and its first run sealed."""
    before, after = folder / "before.sqlite", folder / "after.sqlite"
    store = create_store(str(before), lambda: BEGINNING)
    campaign = campaigns.create_campaign(store, lambda: BEGINNING, CHAIR, small_setup(), rules())
    office = Office(
        store=store,
        clock=lambda: BEGINNING,
        folders=Folders(folder),
        actor=CHAIR,
        campaign_id=campaign,
        reader_command=offices.READER,
    )
    setup = replace(small_setup(), pools=(*small_setup().pools, small_setup().pools[0]))
    random = Random(len(MAIN))
    for entry in makers.entries(setup, PEOPLE):
        choices = tuple(dict.fromkeys(entry.choices))
        scores = with_results(entry.scores, random.choice(MAIN[1:]), random.choice(MATH[1:]))
        made = replace(entry, choices=choices, grounds=(), scores=scores)
        intake.save(office, intake.SaveForm(entry=made))
    store.engine.dispose()
    shutil.copy(before, after)
    store = open_store(str(after), lambda: BEGINNING)
    office = replace(office, store=store)
    office = replace(office, store=store)
    proposal = runs.propose(office)
    while proposal.result.open_ties:
        tie, how = proposal.result.open_ties[0], decisions.TieHow(kind="order", minutes_no="4", on=MINUTES[1])
        decisions.decide_tie(office, tie.pool, tie.applications, how)
        proposal = runs.propose(office)
    sealing.seal(office, proposal.no, *MINUTES, accepting=sealing.by_minutes(*MINUTES))
    store.close()
    return before, after


@dataclass(frozen=True, slots=True)
class Held:
    """One award that holds a seat, straight from the tables."""

    award: int
    no: str
    pool: str
    seat: int
    label: str
    state: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What the tables say after a step, read apart from every service."""

    total: int
    seats: dict[str, int]
    active: dict[str, int]
    held: tuple[Held, ...]
    journal: int

    def by_number(self) -> dict[str, Held]:
        """Holders by number."""
        return {one.no: one for one in self.held}


def refused_code(act: Callable[[], object]) -> str:
    """The code an act was refused with, "" when it was done; anything else is a bug and passes through."""
    try:
        act()
    except Refused as refused:
        return refused.code
    return ""


class Walk:
    """One random walk over a campaign; every act either is done whole or changes nothing."""

    def __init__(self, store: Store, folder: Path, seed: int) -> None:
        self.random = Random(seed)
        self.now = BEGINNING + timedelta(minutes=1)
        self.store = store
        self.office = Office(
            store=store,
            clock=lambda: self.now,
            folders=Folders(folder),
            actor=CHAIR,
            campaign_id=1,
            reader_command=offices.READER,
        )
        with store.reading() as reading:
            people = reading.applications(1)
        self.people = {one.no: one for one in people}
        self.numbers = sorted(self.people)
        self.pools = [pool.id for pool in small_setup().pools]
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.unfit_seen = 0
        self.answered: frozenset[str] = frozenset()
        self.marked = self.seen()

    def acts(self) -> tuple[tuple[Callable[[], None], int], ...]:
        """The acts a walk may take, each with how often; who walks knows them."""
        raise NotImplementedError

    def go(self, steps: int = STEPS) -> None:
        """Take so many steps, looking at everything after each; an AssertionError names the step."""
        acts, weights = zip(*self.acts(), strict=True)
        before = self.seen()
        for _ in range(steps):
            act = self.random.choices(acts, weights)[0]
            self.answered = frozenset()
            self.now += timedelta(minutes=self.random.choice((1, 7, 90)))
            name, self.marked = act.__name__, before
            code = refused_code(act)
            after = self.seen()
            if code:
                assert code in ANSWERED, f"{name}: {code}"
                assert after == self.marked, f"{name} was refused ({code}) and changed something"
                self.refused[code] += 1
            else:
                self.done[name] += 1
            self.look(name, before, after)
            before = after
        assert self.store.check() == ()

    def mark(self) -> None:
        """Note the tables before the last part of an act that has several: that part is all or nothing."""
        self.marked = self.seen()

    # ---- what must hold -------------------------------------------------------------------------------

    def seen(self) -> Seen:
        """The tables as they are."""
        with self.store.engine.connect() as connection:
            read = connection.exec_driver_sql
            total = read("SELECT total FROM campaign WHERE id = 1").scalar_one()
            seats = {row[0]: row[1] for row in read("SELECT code, seats FROM pool WHERE campaign = 1")}
            counted = read("SELECT pool, count(*) FROM seat WHERE active = 1 GROUP BY pool")
            active = dict.fromkeys(seats, 0) | {row[0]: row[1] for row in counted}
            held = tuple(
                Held(*row)
                for row in read(
                    "SELECT award.id, application.no, seat.pool, seat.number, award.label, award.state"
                    " FROM award JOIN seat ON seat.id = award.seat"
                    " JOIN application ON application.id = award.application"
                    " WHERE award.state IN ('offered', 'confirmed') ORDER BY application.no"
                )
            )
            journal = read("SELECT seq FROM journal_head").scalar_one()
        return Seen(total, seats, active, held, journal)

    def look(self, name: str, before: Seen, after: Seen) -> None:
        """Everything that is promised of the ledger, and of who comes in."""
        said = f"after {name}: {after}"
        assert after.active == after.seats, said
        assert len({one.no for one in after.held}) == len(after.held), f"two awards of one person {said}"
        places = {(one.pool, one.seat) for one in after.held}
        assert len(places) == len(after.held), f"two holders of one seat {said}"
        by_pool = Counter(one.pool for one in after.held)
        assert all(by_pool[pool] <= after.seats[pool] for pool in by_pool), said
        assert sum(after.seats.values()) <= after.total, said
        if before.held != after.held or before.total != after.total or before.seats != after.seats:
            sums = awards.totals(self.office)
            assert sums.adds_up, said
            assert sums.total == after.total, said
            assert sums.offered + sums.confirmed == len(after.held) <= after.total, said
        self._nobody_inadmissible_comes_in(said, before, after)
        self._confirmed_stay(name, said, before, after)

    def _nobody_inadmissible_comes_in(self, said: str, before: Seen, after: Seen) -> None:
        known = {(one.award, one.state) for one in before.held}
        unfit = set()
        for one in after.held:
            fits = self.admissible(one)
            if (one.award, one.state) not in known and not self._only_reopened(one, before):
                assert fits, f"{one.no} came in without being admitted, {said}"
            if not fits:
                unfit.add(one.no)
        if unfit:
            self.unfit_seen += 1
            named = {finding.facts["no"] for finding in holders.unfit(self.office)}
            assert named == unfit, said

    @staticmethod
    def _only_reopened(one: Held, before: Seen) -> bool:
        """A confirmation taken back leaves its holder on the seat they held: nobody comes in."""
        return any(old.award == one.award for old in before.held) and one.state == "offered"

    def _confirmed_stay(self, name: str, said: str, before: Seen, after: Seen) -> None:
        """Who confirmed keeps that seat through every run; only an answer or the chair's hand moves them."""
        if name not in ("seal", "cascade", "propose", "change_total", "move_seats", "change_scores"):
            return
        placed = self.placed()
        now = after.by_number()
        for one in before.held:
            if one.state == "confirmed" and one.no not in placed and one.no not in self.answered:
                assert now.get(one.no) == replace(one, label=now[one.no].label), said

    def admissible(self, one: Held) -> bool:
        """Whether the holder could be awarded the pool, by an arithmetic of this rig's own."""
        application = self.people[one.no]
        scores = {score.criterion: score.value for score in application.entry.scores}
        results = scores["ort_main"] >= 110 and scores["math"] >= 60
        chosen = one.pool in application.entry.choices or one.no in self.placed()
        return results and chosen and application.state.value in ("submitted", "complete", "incomplete")

    def placed(self) -> set[str]:
        """Numbers of those placed by hand."""
        with self.store.engine.connect() as connection:
            found = connection.exec_driver_sql(
                "SELECT application.no FROM placement"
                " JOIN application ON application.id = placement.application WHERE placement.standing = 1"
            )
            return {row[0] for row in found}
