"""The acts of a random walk: what applicants, officers, the commission and the calendar do to a campaign."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from grants_app.domain.application import GroundClaim
from grants_app.domain.campaign import CampaignState
from grants_app.domain.rounds import GivenAnswer, Order
from grants_app.services import (
    answers,
    awards,
    campaign_acts,
    cascades,
    clock,
    deadlines,
    decisions,
    intake,
    runs,
    sealing,
    seat_acts,
    way_back,
)
from tests.rigs.walking import GROUNDS, MAIN, MATH, MINUTES, Walk, refused_code, with_results

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.domain.application import Application, Entry
    from grants_app.domain.ranking import OpenTie
    from grants_app.domain.rounds import Answer, Cascade

ORDER = Order("12-к", date(2026, 8, 6), "приказ ректора")


class RandomWalk(Walk):
    """A walk that takes any of these acts at any moment."""

    def acts(self) -> tuple[tuple[Callable[[], None], int], ...]:
        """Each act and how often it is taken."""
        return (
            (self.change_results, 4),
            (self.change_wishes, 3),
            (self.withdraw, 1),
            (self.answer, 10),
            (self.answer_several, 2),
            (self.undo, 3),
            (self.take_back, 3),
            (self.place, 1),
            (self.unplace, 1),
            (self.change_total, 2),
            (self.move_seats, 3),
            (self.propose, 1),
            (self.decide_ties, 3),
            (self.seal, 2),
            (self.cascade, 6),
            (self.extend, 2),
            (self.wait, 3),
            (self.freeze_or_reopen, 1),
            (self.turn_the_clock_back, 1),
        )

    # ---- applicants -----------------------------------------------------------------------------------

    def change_results(self) -> None:
        """A result is corrected, up or down, under a threshold or over it."""
        one = self._anybody()
        scores = with_results(one.entry.scores, self.random.choice(MAIN), self.random.choice(MATH))
        self._save(one, replace(one.entry, scores=scores))

    def change_wishes(self) -> None:
        """Choices, grounds, and whether somebody asks to move up are changed."""
        one = self._anybody()
        choices = tuple(self.random.sample(self.pools, self.random.randint(1, len(self.pools))))
        grounds = tuple(
            GroundClaim(ground=code, paper="справка", seen=True)
            for code in GROUNDS
            if self.random.random() < 0.3
        )
        asks = self.random.random() < 0.7
        self._save(one, replace(one.entry, choices=choices, grounds=grounds, asks_upgrade=asks))

    def withdraw(self) -> None:
        """Somebody withdraws; a holder has to decline first."""
        one = self._anybody()
        intake.withdraw(self.office, one.id, one.version, "по заявлению")
        self._read(one.no)

    def _anybody(self) -> Application:
        return self.people[self.random.choice(self.numbers)]

    def _save(self, one: Application, entry: Entry) -> None:
        form = intake.SaveForm(entry=entry, application=one.id, seen=one.version, submit=False)
        intake.save(self.office, form)
        self._read(one.no)

    def _read(self, number: str) -> None:
        with self.store.reading() as reading:
            self.people[number] = reading.application_by_no(1, number)

    # ---- answers --------------------------------------------------------------------------------------

    def _given(self, number: str) -> GivenAnswer:
        answer: Answer = self.random.choice(("confirm", "confirm", "decline", "decline", "expire"))
        hours = self.random.choice((None, None, None, None, None, 1, 30, -2))
        received = None if hours is None else self.now - timedelta(hours=hours)
        return GivenAnswer(application=number, answer=answer, received=received, reason="письмо")

    def _holder(self) -> str:
        held = self.seen().held
        return self.random.choice(held).no if held else self.random.choice(self.numbers)

    def answer(self) -> None:
        """One answer by when it came in, rightly or wrongly."""
        given = self._given(self._holder())
        self.answered = frozenset({given.application})
        awards.record(
            self.office, given.application, given.answer, reason=given.reason, received=given.received
        )

    def answer_several(self) -> None:
        """Several answers at once: all of them or none."""
        given = tuple(self._given(self._holder()) for _ in range(2))
        self.answered = frozenset(one.application for one in given)
        answers.record_many(self.office, given)

    def undo(self) -> None:
        """The chair takes the last answer of somebody back."""
        way_back.undo_answer(self.office, self.random.choice(self.numbers), "записано по ошибке")

    def take_back(self) -> None:
        """The chair takes a seat back, most often from one who may not hold it."""
        unfit = [one.no for one in self.seen().held if not self.admissible(one)]
        way_back.take_back(self.office, self.random.choice(unfit or [self._holder()]), "не допущен")

    def extend(self) -> None:
        """A deadline is put off, of one offer or of the calendar."""
        until = self.now + timedelta(days=self.random.choice((-1, 2, 10)))
        if self.random.random() < 0.3:
            deadlines.extend_calendar(self.office, "confirm", until, ORDER)
        else:
            deadlines.extend(self.office, (self._holder(),), until, ORDER)

    # ---- the commission -------------------------------------------------------------------------------

    def place(self) -> None:
        """Somebody is placed by hand, admitted there or not."""
        decisions.place(
            self.office, self.random.choice(self.numbers), self.random.choice(self.pools), "решение суда"
        )

    def unplace(self) -> None:
        """A placement is taken back."""
        placed = sorted(self.placed())
        number = self.random.choice(placed or self.numbers)
        decisions.unplace(self.office, number, "отменено")

    def propose(self) -> None:
        """A run is proposed."""
        runs.propose(self.office)

    def decide_ties(self) -> None:
        """Propose, and put the first open tie in some order."""
        waiting = runs.propose(self.office).result.open_ties
        if waiting:
            self.mark()
            self._decide(waiting[0])

    def _decide(self, tie: OpenTie) -> None:
        order = list(tie.applications)
        self.random.shuffle(order)
        how = decisions.TieHow(kind="order", minutes_no=MINUTES[0], on=MINUTES[1])
        decisions.decide_tie(self.office, tie.pool, order, how)

    def seal(self) -> None:
        """Propose and seal, or seal whatever lies there."""
        if self.random.random() < 0.8:
            ties = runs.propose(self.office).result.open_ties
            while ties and self.random.random() < 0.8:
                self._decide(ties[0])
                self.mark()
                ties = runs.propose(self.office).result.open_ties
        self.mark()
        record = runs.run_record(self.office)
        sealing.seal(
            self.office, record.no if record else 1, *MINUTES, accepting=sealing.by_minutes(*MINUTES)
        )

    def cascade(self) -> None:
        """Preview what some answers set off, sometimes change the register meanwhile, and confirm it."""
        numbers = {self._holder() for _ in range(self.random.randint(0, 3))}
        given = tuple(self._given(number) for number in sorted(numbers))
        seen = cascades.preview(self.office, given)
        self.answered = frozenset(numbers)
        if self.random.random() < 0.1 and self.office.campaign().state is CampaignState.OPEN:
            self.change_results()
        self.mark()
        before = self.marked.by_number()
        cascades.confirm(self.office, seen, *MINUTES)
        self._as_previewed(seen, {no: one.pool for no, one in before.items()})

    def _as_previewed(self, seen: Cascade, before: dict[str, str]) -> None:
        """What was confirmed is what was shown, person by person, and the sum is the sum shown."""
        after = {no: one.pool for no, one in self.seen().by_number().items()}
        kept = {step.application: step.pool for step in seen.steps if step.kind == "confirmed"}
        come = {step.application: step.pool for step in seen.steps if step.kind in ("moves", "enters")}
        gone = {step.application for step in seen.steps if step.kind in ("declined", "expired")}
        expected = {no: pool for no, pool in before.items() if no not in gone} | kept | come
        assert after == expected, f"shown {seen.steps}, done {after}"
        sums = awards.totals(self.office)
        told = seen.after
        assert (told.offered, told.confirmed, told.free, told.unassigned) == (
            sums.offered,
            sums.confirmed,
            sums.free,
            sums.unassigned,
        )
        assert told.adds_up

    # ---- seats and the calendar -----------------------------------------------------------------------

    def change_total(self) -> None:
        """The number of grants is changed in mid-campaign."""
        seat_acts.change_total(self.office, self.random.randint(3, 9), ORDER)

    def move_seats(self) -> None:
        """Seats go from pool to pool, or from and to no pool."""
        places = self.random.sample(["", *self.pools], 2)
        move = seat_acts.SeatMove(from_pool=places[0], to_pool=places[1], seats=self.random.randint(1, 2))
        seat_acts.move(self.office, move, ORDER)

    def wait(self) -> None:
        """Days pass; nothing happens by itself."""
        self.now += timedelta(days=self.random.choice((1, 5, 14)))

    def freeze_or_reopen(self) -> None:
        """The campaign is reopened by the chair, or, more seldom, frozen."""
        if self.office.campaign().state is not CampaignState.OPEN:
            campaign_acts.reopen(self.office, "решение комиссии", CampaignState.OPEN)
        elif self.random.random() < 0.3:
            campaign_acts.freeze(self.office)

    def turn_the_clock_back(self) -> None:
        """The computer's clock goes wrong: no act with a date is done before somebody confirms it."""
        right = self.now
        with self.store.reading() as reading:
            last = reading.latest_event(clock.CONFIRMED)
        self.now = (last or right) - timedelta(days=2)
        given = (GivenAnswer(application=self._holder(), answer="decline"),)
        for act in (
            lambda: answers.record_many(self.office, given),
            lambda: sealing.seal(self.office, 1, *MINUTES),
            lambda: seat_acts.change_total(self.office, 9, ORDER),
            lambda: deadlines.extend(self.office, self.numbers, self.now + timedelta(days=9), ORDER),
        ):
            assert refused_code(act) == "clock_behind"
        if self.random.random() < 0.5:
            clock.confirm_clock(self.office, "часы верны")
        else:
            self.now = right
