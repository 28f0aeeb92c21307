"""The appeal sheet: one page that says why an application has its place, from the run's own record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from grants_app.domain.application import Application
from grants_app.domain.plain_paper import PaperEntry, PaperSection, PaperTable, PlainPaper
from grants_app.domain.ruleset import GROUNDS, SCORE
from grants_app.domain.runs import TieDecision
from grants_app.papers.plain_paper import plain_paper_pdf
from grants_app.services import accounts, stationery, ties
from grants_app.services.accounts import Account
from grants_app.services.files import write_whole
from grants_app.services.telling import (
    by_level,
    choice_notes,
    ground_counted,
    ground_note,
    level_text,
    outcome_text,
    reasons,
    score_parts,
    verdict_text,
)
from grants_app.wording import Words, local_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grants_app.domain.campaign import Branch
    from grants_app.domain.plain_paper import Fact, Tone
    from grants_app.domain.ranking import ChoiceLine, MeritPart
    from grants_app.services.access import Office
    from grants_app.services.naming import Naming

KIND = "appeal_sheet"
APPEAL = "appeal"  # the calendar's date by which appeals are handed in, where it has one
_GOOD = ("awarded", "placed")
_BAD = ("refused", "not_admitted", "out")


def drawn(office: Office, application_no: str, words: Words, run_no: int | None = None) -> bytes:
    """The sheet as PDF, the very one that prints; nothing is recorded."""
    return plain_paper_pdf(sheet(office, application_no, words, run_no), stationery.fonts())


def write(office: Office, application_no: str, words: Words, target: Path, run_no: int | None = None) -> None:
    """Write the sheet to a file; the journal says for whom a sheet was made."""
    office.demand("papers")
    write_whole(target, drawn(office, application_no, words, run_no))
    record_printed(office, application_no)


def record_printed(office: Office, application_no: str) -> None:
    """Say in the journal that the sheet left the program."""
    permit = office.demand("papers")
    with office.store.work(permit) as work:
        number = work.applications.by_no(office.campaign_id, application_no.strip().upper()).no
        work.journal.add("appeal_sheet.printed", number, campaign=office.campaign_id)
        work.commit()


def sheet(office: Office, application_no: str, words: Words, run_no: int | None = None) -> PlainPaper:
    """The sheet's words, out of what the run recorded; Refused when the application is not in the run."""
    account = accounts.account(office, application_no, run_no)
    with office.store.reading() as reading:
        application = reading.application_by_no(office.campaign_id, account.told.application)
    orders = ties.obeyed_by(office, account.run)
    return _Wording(account, application, orders, words, office.now(), office.actor.name).paper()


@dataclass(frozen=True, slots=True)
class _Wording:
    """Words one sheet."""

    account: Account
    application: Application
    orders: Sequence[TieDecision]
    words: Words
    now: datetime
    by: str

    @property
    def naming(self) -> Naming:
        """Names by the run's own rules."""
        return self.account.naming(self.words)

    @property
    def branch(self) -> Branch:
        """The branch that received the application."""
        return self.account.setup.branch(self.application.entry.branch)

    def paper(self) -> PlainPaper:
        """All of it."""
        words, run, setup = self.words, self.account.run, self.account.setup
        draft = run.kind != "sealed"
        marks = [words("SAMPLE")] * setup.sample + [words("DRAFT")] * draft
        return PlainPaper(
            lang=words.lang,
            heading=self.branch.names.get(words.lang),
            title=words("Appeal sheet"),
            subtitle=words("Why the application has its place"),
            banner=words("Draft: the commission has not approved this run, and it may still change.")
            if draft
            else "",
            watermark=" ".join(marks),
            facts=tuple(self._facts()),
            sections=(
                self._points(),
                PaperSection(
                    title=words("Each choice"),
                    entries=tuple(self._choice(choice) for choice in self.account.told.choices),
                ),
                self._grounds(),
                PaperSection(
                    title=words("How to appeal and how to check the result"), paragraphs=tuple(self._advice())
                ),
            ),
            signatures=self._signatures(),
            footer=tuple(self._footer()),
            one_page=True,
        )

    def _footer(self) -> Iterator[str]:
        moment = self.words.date_time(self.now, self.account.setup.zone)
        if self.account.run.fingerprint:
            yield self.account.run.fingerprint
        yield self.words("Printed {moment} by {name}", moment=moment, name=self.by)

    def _facts(self) -> Iterator[Fact]:
        words, run, told = self.words, self.account.run, self.account.told
        yield words("Surname, given name, patronymic"), self.application.entry.person.full_name
        yield words("Application No."), told.application
        yield words("Campaign"), self.account.setup.titles.get(words.lang)
        if run.kind == "sealed":
            yield words("Run"), words("No. {no}, sealed", no=run.no)
            yield words("Minutes"), words("No. {no} of {day}", no=run.minutes_no, day=run.minutes_on)
        else:
            yield words("Run"), words("No. {no}, draft", no=run.no)
        rules = self.account.rules
        since = rules.in_force_from
        yield words("Rules"), words("version {no}, in force from {day}", no=rules.version, day=since)
        if run.fingerprint:
            yield words("Fingerprint of the run"), run.fingerprint
        said = (verdict_text(self.naming, told), *reasons(self.naming, told))
        yield words("Outcome"), " ".join(f"{one.rstrip('.')}." for one in said)

    def _points(self) -> PaperSection:
        """Every value the run looked at, once, with its source."""
        words, naming = self.words, self.naming
        rows: dict[tuple[str, str], tuple[str, ...]] = {}
        counted: set[str] = set()
        for choice in self.account.told.choices:
            for part in score_parts(choice):
                rows.setdefault((part.criterion, part.weight), self._point(part))
                counted.add(part.criterion)
        for choice in self.account.told.choices:
            for part in choice.parts:
                if part.level not in (SCORE, GROUNDS) and part.criterion not in counted and choice.admitted:
                    rows.setdefault((part.criterion, ""), self._point(part, adds=False))
        heads = (words("Criterion"), words("Value"), words("Weight"), words("Points"), words("Source"))
        table = PaperTable(
            heads=heads, weights=(26, 11, 8, 10, 33), rows=tuple(rows.values()), right=(1, 2, 3)
        )
        return PaperSection(title=naming.words("Points by criterion"), table=table if rows else None)

    def _point(self, part: MeritPart, *, adds: bool = True) -> tuple[str, ...]:
        naming = self.naming
        name = naming.criterion(part.criterion)
        if part.value is None:
            return name, self.words("not given"), "", "", part.source
        value = naming.number(part.value, part.criterion)
        if not adds:
            return name, value, "", "", part.source
        return name, value, naming.number(part.weight), naming.number(part.points), part.source

    def _choice(self, choice: ChoiceLine) -> PaperEntry:
        naming = self.naming
        code = choice.pool.partition("/")[2]
        title = f"{choice.no}. {code} {naming.programme(choice.pool)}"
        if branch := naming.branch(choice.pool):
            title += f" · {branch}"
        tone: Tone = "good" if choice.outcome in _GOOD else "bad" if choice.outcome in _BAD else "plain"
        notes = [*self._sum(choice), *choice_notes(naming, choice), *self._order(choice)]
        if choice.above or choice.below:
            notes.append(self._neighbours(choice))
        return PaperEntry(
            title=title,
            lines=tuple(_sentence(note) for note in notes),
            mark=outcome_text(naming, choice),
            tone=tone,
        )

    def _sum(self, choice: ChoiceLine) -> Iterator[str]:
        """How the total came about, and what is compared where totals are equal."""
        if not choice.merit:
            return
        naming, words = self.naming, self.words
        parts = [part for part in score_parts(choice) if part.value is not None]
        summed = " + ".join(
            f"{naming.criterion(part.criterion)} {naming.number(part.points)}" for part in parts
        )
        yield f"{words('Total')}: {summed} = {naming.number(choice.merit[0])}"
        levels = [
            f"{naming.level(level)} {level_text(naming, choice, level, value)}"
            for level, value in by_level(choice.levels, choice.merit).items()
            if level != SCORE
        ]
        if levels:
            yield words("If totals are tied: {levels}", levels=", ".join(levels))

    def _order(self, choice: ChoiceLine) -> Iterator[str]:
        """The recorded order that decided, by its minutes."""
        words = self.words
        for order in self.orders:
            if choice.pool == order.pool and self.account.told.application in order.order:
                people, day = ", ".join(order.order), order.minutes_on
                if order.kind == "lot":
                    yield words(
                        "order drawn from seed {seed}, minutes No. {no} of {day}: {people}",
                        seed=order.seed,
                        no=order.minutes_no,
                        day=day,
                        people=people,
                    )
                else:
                    yield words(
                        "order set by the commission, minutes No. {no} of {day}: {people}",
                        no=order.minutes_no,
                        day=day,
                        people=people,
                    )

    def _neighbours(self, choice: ChoiceLine) -> str:
        words = self.words
        said = [f"{words('just above')} {choice.above}"] if choice.above else []
        if choice.below:
            said.append(f"{words('just below')} {choice.below}")
        return f"{words('Neighbours on the list')}: " + ", ".join(said)

    def _grounds(self) -> PaperSection:
        naming = self.naming
        facts = tuple(
            (naming.ground(line.ground), f"{ground_note(naming, line)}, {ground_counted(naming, line)}")
            for line in self.account.told.grounds
        )
        return PaperSection(title=self.words("Priority categories"), facts=facts)

    def _advice(self) -> Iterator[str]:
        words, setup, run = self.words, self.account.setup, self.account.run
        text = words("An appeal is submitted to the branch in writing, quoting the application number.")
        until = setup.deadline(APPEAL)
        if until is not None:
            zone = setup.zone_names.get(words.lang)
            moment = words.date_time(until.at, setup.zone)
            text += " " + words("Accepted until {moment} ({zone}).", moment=moment, zone=zone)
        yield text
        if run.kind == "sealed":
            yield words(
                "Anyone can check this: run grants-app verify FILE and grants-app recompute "
                "FILE on the file of run {no}; both must show the fingerprint printed here.",
                no=run.no,
            )

    def _signatures(self) -> tuple[Fact, ...]:
        lang = self.words.lang
        signers = self.account.setup.signers(
            self.branch.code, KIND, local_day(self.now, self.account.setup.zone)
        )
        if not signers:
            return ((self.words("Officer"), self.by),)
        return tuple((one.post.get(lang), one.name.get(lang)) for one in signers)


def _sentence(note: str) -> str:
    """A note as a sentence."""
    text = note[:1].upper() + note[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."
