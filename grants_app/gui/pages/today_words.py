"""What Today shows, in words: tiles, bars, queues, dates and acts; it reads nothing itself."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from grants_app.domain.campaign import CampaignState
from grants_app.gui.pages.journal_values import subject_text
from grants_app.gui.pages.journal_words import called
from grants_app.gui.widgets.cards import Bar
from grants_app.gui.widgets.cards import Queue as QueueLine
from grants_app.gui.widgets.drawer import Fact
from grants_app.wording import local, local_day, mark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import ChipKind, ColourRole
    from grants_app.services.campaign.readiness import Lack, ReadyLine
    from grants_app.services.today import Today

QUEUES: Mapping[str, tuple[ChipKind, str]] = {
    "overdue": ("bad", mark("overdue answers: record them or offer the seats to the next applicants")),
    "ties": ("bad", mark("ties at the last seat: the commission decides")),
    "conflict": ("bad", mark("recorded differently by the branches: compare and decide")),
    "duplicates": ("violet", mark("possible duplicate: compare")),
    "unfinished": ("info", mark("unsaved draft: continue")),
    "draft": ("neutral", mark("drafts to complete")),
    "incomplete": ("warn", mark("incomplete: something is missing")),
    "submitted": ("neutral", mark("imported: tick off the documents of the file")),
    "late": ("warn", mark("received late: check the basis")),
    "unverified": ("info", mark("results to verify")),
}
STAGES: tuple[tuple[CampaignState, str], ...] = (
    (CampaignState.SETUP, mark("in preparation")),
    (CampaignState.OPEN, mark("accepting applications")),
    (CampaignState.FROZEN, mark("frozen for the ranking")),
    (CampaignState.PUBLISHED, mark("published")),
    (CampaignState.CLOSED, mark("closed, read-only")),
)
PREPARING = (CampaignState.SETUP, CampaignState.OPEN)
_HELD = ("offered", "confirmed")


def act_words(words: Speech, act: str) -> str:
    """An act of the journal in words; its own name while the catalogue has none."""
    try:
        return words.code(f"act_{act.replace('.', '_')}")
    except KeyError:
        return act


def lacking_words(words: Speech, lacking: Sequence[Lack]) -> str:
    """What is lacking, a sentence each."""
    return " ".join(words.code(one.code, **one.facts) for one in lacking)


class TodayWords:
    """One look at the campaign in the language in force."""

    def __init__(self, words: Speech, seen: Today) -> None:
        self._words = words
        self._seen = seen
        self._setup = seen.campaign.setup
        self._zone = seen.campaign.setup.zone
        self._today = local_day(seen.now, self._zone)

    def title(self) -> str:
        """Today with its date."""
        return self._words("Today, {day}", day=f"{self._seen.now:%d.%m.%Y}")

    def stages(self) -> str:
        """How far the campaign is."""
        state, close = self._seen.campaign.state, self._setup.deadline("close")
        if state is CampaignState.OPEN and close is not None and close.at <= self._seen.now:
            at = self._words.current.date_time(close.at, self._zone)
            return self._words("applications closed {moment}", moment=at)
        return self._words(dict(STAGES)[state])

    def tiles(self) -> dict[str, tuple[str, str, str]]:
        """(name, figure, note) of every tile."""
        words, figures = self._words, self._seen.figures
        states = figures.by_state
        gone = states.get("withdrawn", 0) + states.get("annulled", 0)
        active = figures.applications - gone
        complete = states.get("complete", 0) + states.get("verified", 0)
        twice = self._seen.second_look
        seen, asked = (sum(pair[place] for pair in twice.values()) for place in (0, 1))
        confirmed = figures.awards.get("confirmed", 0)
        held = sum(figures.awards.get(state, 0) for state in _HELD)
        today = self._seen.entered_today
        return {
            "applications": (
                words("Applications"), str(active),
                words("today +{n}", n=today) if today else words("none today"),
            ),
            "complete": (
                words("Complete"), words("{n} of {total}", n=complete, total=active),
                self._unfinished(states),
            ),
            "checked": (
                words("Verified"), f"{100 * seen // asked} %" if asked else "—",
                self._by_share(twice),
            ),
            "grants": (
                words("Grants awarded"), words("{n} of {total}", n=held, total=figures.total),
                words("{n} confirmed", n=confirmed),
            ),
            "seats": (words("Seats"), str(figures.total), self._by_branch()),
        }  # fmt: skip

    def _unfinished(self, states: Mapping[str, int]) -> str:
        """How many lack something, and of how many nobody ticked the papers off yet."""
        words = self._words
        lacking, unknown = states.get("incomplete", 0), states.get("submitted", 0)
        told = [words("{n} incomplete", n=lacking)] if lacking else []
        if unknown:
            told.append(words("{n} not looked through", n=unknown))
        return " · ".join(told)

    def _by_share(self, twice: Mapping[str, tuple[int, int]]) -> str:
        """The share verified by branch; a branch with nothing to verify is left out."""
        lang = self._words.lang
        return " · ".join(
            f"{self._setup.branch(code).city.get(lang)} {100 * seen // asked} %"
            for code, (seen, asked) in twice.items()
            if asked
        )

    def _by_branch(self) -> str:
        counted: dict[str, int] = {}
        for pool in self._setup.pools:
            counted[pool.branch] = counted.get(pool.branch, 0) + pool.seats
        lang = self._words.lang
        return " · ".join(
            f"{seats} {self._setup.branch(code).city.get(lang)}" for code, seats in counted.items()
        )

    def bars(self) -> list[Bar]:
        """First choices against seats, pool by pool."""
        lang = self._words.lang
        made = []
        for pool_id, applications, seats in self._seen.pools:
            pool = self._setup.pool(pool_id)
            name = self._setup.programme(pool.programme).names.get(lang)
            note = f"{applications} · " + self._words.plural("{n} seat", "{n} seats", seats)
            made.append(Bar(name, applications, note, pool_id))
        return made

    def seats_note(self) -> str:
        """Said when the seats of the pools do not make up the total."""
        spread = sum(pool.seats for pool in self._setup.pools)
        if spread == self._setup.total:
            return ""
        return self._words(
            "{spread} of {total} seats are given to programmes.", spread=spread, total=self._setup.total
        )

    @property
    def begun(self) -> bool:
        """Whether somebody has applied."""
        return bool(self._seen.figures.applications)

    def ready(self, lines: Sequence[ReadyLine]) -> tuple[str, list[QueueLine]]:
        """The checklist of the set-up with its title: all of it at first, later what is lacking."""
        words = self._words
        done = sum(line.done for line in lines)
        if done == len(lines) or self._seen.campaign.state not in PREPARING:
            return "", []
        made = []
        for line in lines:
            name = words.code(f"ready_{line.code}")
            if line.done and not self.begun:
                made.append(QueueLine(line.code, "ok", 0, name, words("ready")))
            elif not line.done:
                why = lacking_words(words, line.lacking)
                made.append(QueueLine(line.code, "warn", len(line.lacking), f"{name}: {why}"))
        return words("Prepare the campaign: {done} of {all} are ready", done=done, all=len(lines)), made

    def queues(self) -> list[QueueLine]:
        """The work that waits."""
        lines = []
        for queue in self._seen.queues:
            kind, sentence = QUEUES[queue.code]
            lines.append(QueueLine(queue.code, kind, queue.count, self._words(sentence)))
        return lines

    def nothing(self, lacking: Sequence[Lack]) -> str:
        """Instead of the work, when there is none; `lacking` keeps applications from being received."""
        if lacking:
            why = lacking_words(self._words, lacking)
            return self._words("Applications cannot be received yet. {why}", why=why)
        if not self._seen.figures.applications:
            return self._words("No applications yet. Press Insert to enter the first one, or import a list.")
        return self._words("No pending tasks: everything entered is complete, checked and decided.")

    def deadlines(self) -> list[Fact]:
        """The calendar, what is over in a muted colour."""
        facts = []
        for deadline in self._seen.deadlines:
            at = local(deadline.at, self._zone)
            days = (local_day(at, self._zone) - self._today).days
            colour: ColourRole = "muted"
            if at < self._seen.now:
                left = self._words("past")
            elif days == 0:
                left, colour = self._words("today"), "warn"
            else:
                left = self._words.plural("{n} day left", "{n} days left", days)
                colour = "warn" if days <= 3 else "text"  # noqa: PLR2004 - the last days
            name = f"{self._words.current.date_time(at, self._zone)}   {deadline.names.get(self._words.lang)}"
            facts.append(Fact(name, left, colour=colour))
        return facts

    def backup(self) -> list[Fact]:
        """When the last copy was made, and what is wrong with the second folder of copies."""
        words, last, place = self._words, self._seen.last_backup, self._seen.backups
        if last is not None:
            facts = [Fact(words("Last backup"), words.current.date_time(last, self._zone))]
        elif place.folder is None:
            facts = [Fact(words("Last backup"), words("made by the server's administrator"))]
        else:
            facts = [Fact(words("Last backup"), words("never; make one from the File menu"), colour="warn")]
        if place.second_state == "absent":
            told = words("missing: {folder}", folder=place.second)
            facts.append(Fact(words("Second backup folder"), told, colour="warn"))
        elif place.second_state == "lacking":
            facts.append(Fact(words("Second backup folder"), words("lacks the last backup"), colour="warn"))
        return facts

    def acts(self) -> list[Fact]:
        """The newest entries of the journal."""
        facts = []
        names = called(self._words, self._setup, ())
        for event in self._seen.recent:
            at = local(datetime.fromisoformat(event.at), self._zone)
            time = (
                self._words.current.clock(at) if local_day(at, self._zone) == self._today else f"{at:%d.%m.}"
            )
            subject = subject_text(self._words, names, event.act, event.subject)
            facts.append(Fact(f"{time}   {act_words(self._words, event.act)} {subject}", event.actor))
        return facts
