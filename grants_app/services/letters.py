"""Award letters: issued once under a gap-free number, drawn from kept facts, printed again as reprints."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import msgspec

from grants_app.domain.errors import Refused
from grants_app.domain.journal import Changed
from grants_app.domain.papers import CodePayload, LetterFacts, Signer
from grants_app.papers.codes import SALT_BYTES, key_id, make_code, name_digest
from grants_app.papers.letter import letter_pdf, letters_pdf
from grants_app.services import paper_blocks, standing, stationery
from grants_app.services.entry_changes import text_of
from grants_app.services.files import make_folder, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from grants_app.domain.award import Award, IssuedPaper
    from grants_app.domain.campaign import Campaign, Pool
    from grants_app.domain.ruleset import RuleSet
    from grants_app.domain.runs import RunRecord
    from grants_app.domain.values import Lang
    from grants_app.services.access import Office
    from grants_app.store.unit_of_work import UnitOfWork

KIND = "award_letter"


@dataclass(frozen=True, slots=True)
class WrittenLetter:
    """A letter that was written to a file."""

    number: str
    application: str
    file: Path


def issued(office: Office) -> Sequence[IssuedPaper]:
    """Every award letter of the campaign, by number; cancelled ones are marked, not gone."""
    with office.store.reading() as reading:
        return reading.papers(office.campaign_id, kind=KIND)


def stopped(office: Office) -> dict[str, tuple[str, ...]]:
    """Who gets no letter yet, by number: holders of a seat without one whose file lacks papers it needs."""
    campaign = office.campaign()
    rules = standing.current_rules(office)
    if not rules.blocking("letter"):
        return {}
    have = {paper.award for paper in issued(office) if paper.state == "issued"}
    with office.store.reading() as reading:
        held = [award for award in reading.awards(campaign.id) if award.state.holds_seat]
        waiting = [reading.application(award.application) for award in held if award.id not in have]
    missing = {
        application.no: paper_blocks.stopping(application, campaign.setup, rules, "letter")
        for application in waiting
    }
    return {no: papers for no, papers in sorted(missing.items()) if papers}


def issue_missing(office: Office, langs: tuple[str, ...] = ()) -> Changed:
    """Give every award that holds a seat its letter, in one transaction; those that have one keep it.

    Whose file lacks a paper the rules want before the letter waits; Refused when nobody else is left.
    """
    permit = office.demand("papers")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    with office.store.work(permit) as work:
        run = work.runs.last_sealed(campaign.id)
        if run is None:
            raise Refused("nothing_sealed")
        have = {paper.award for paper in work.papers.of_kind(campaign.id, KIND) if paper.state == "issued"}
        wanting = [award for award in work.awards.holding(campaign.id) if award.id not in have]
        rules = standing.current_rules(office)
        ready = [award for award in wanting if _unstopped(work, award, campaign, rules)]
        if wanting and not ready:
            last = work.applications.get(wanting[-1].application)
            standing.demand_no_stop(last, campaign, rules, "letter")
        if not ready:
            return Changed()
        facts_of = _Drawing(office, work, campaign, run)
        for award in sorted(ready, key=lambda one: (one.pool, one.seat)):
            facts_of.issue(award, langs)
        work.commit()
    return Changed(papers=True)


def _unstopped(work: UnitOfWork, award: Award, campaign: Campaign, rules: RuleSet) -> bool:
    application = work.applications.get(award.application)
    return not paper_blocks.stopping(application, campaign.setup, rules, "letter")


def issue_replacement(office: Office, work: UnitOfWork, award: Award, replaced: IssuedPaper) -> str:
    """A new letter in the place of one just cancelled, in the same languages; answers its number."""
    run = work.runs.last_sealed(award.campaign)
    if run is None:
        raise Refused("nothing_sealed")
    drawing = _Drawing(office, work, office.campaign(), run)
    return drawing.issue(award, replaced.langs, replaced.number)


class _Drawing:
    """Gathers one letter's facts after another within one transaction."""

    def __init__(self, office: Office, work: UnitOfWork, campaign: Campaign, run: RunRecord) -> None:
        self._office = office
        self._work = work
        self._campaign = campaign
        self._run = run
        self._key = work.keys.of_campaign(campaign.id)
        self._today = office.now().date()
        self._journal = work.journal_head()
        self._lines = {(line.application_no, line.pool): line for line in work.runs.lines(run.id)}

    def issue(self, award: Award, langs: tuple[str, ...], replaces: str = "") -> str:
        """Number, sign and keep one letter, in the place of another if one is named; answers its number."""
        setup = self._campaign.setup
        application = self._work.applications.get(award.application)
        pool = setup.pool(award.pool)
        branch = setup.branch(pool.branch)
        number = self._work.papers.next_number(
            self._campaign.id, branch.code, KIND, branch.prefix, setup.code
        )
        code = self._code(number, pool, application.entry.person.full_name)
        facts = replace(self._facts(award, number, code), replaces=replaces)
        self._work.papers.add(
            campaign=self._campaign.id,
            kind=KIND,
            branch=branch.code,
            number=number,
            application=application.id,
            award=award.id,
            run=self._run.id,
            langs=langs or default_langs(application.entry.paper_language),
            facts=msgspec.json.encode(facts).decode(),
            at=self._office.clock(),
            by=self._office.actor.name,
        )
        self._work.journal.add(
            "paper.issued",
            number,
            after=text_of({"application": application.no}),
            campaign=self._campaign.id,
        )
        return number

    def _code(self, number: str, pool: Pool, full_name: str) -> str:
        """The code's text, signed with the campaign's key; the name is in it as a salted digest only."""
        salt = secrets.token_bytes(SALT_BYTES)
        payload = CodePayload(
            number=number,
            programme=pool.programme,
            branch=pool.branch,
            issued_on=self._today,
            run=self._run.no,
            salt=salt,
            digest=name_digest(salt, full_name),
            key=key_id(self._key.public),
        )
        return make_code(payload, self._key.private)

    def _facts(self, award: Award, number: str, code: str) -> LetterFacts:
        setup = self._campaign.setup
        application = self._work.applications.get(award.application)
        pool = setup.pool(award.pool)
        branch = setup.branch(pool.branch)
        programme = setup.programme(pool.programme)
        person = application.entry.person
        line = self._lines.get((application.no, award.pool))
        signers = setup.signers(branch.code, KIND, self._today)
        deadline = award.deadline
        return LetterFacts(
            number=number,
            issued_on=self._today,
            branch=branch.names,
            city=branch.city,
            full_name=person.full_name,
            latin=person.latin,
            programme_code=programme.code,
            programme=programme.names,
            level=programme.level,
            minutes_no=self._run.minutes_no,
            minutes_on=self._run.minutes_on or self._today,
            position=line.position if line else None,
            score=line.merit[0] if line and line.merit else "",
            confirm_until=None if deadline is None else deadline.astimezone(self._office.now().tzinfo),
            zone=setup.zone_names,
            signers=tuple(Signer(one.post, one.name) for one in signers),
            letterhead=stationery.letterhead(branch),
            emblem=branch.emblem,
            run=self._run.no,
            fingerprint=self._run.fingerprint,
            journal=self._journal,
            code=code,
            guardian=person.guardian.full_name if person.guardian else "",
            sample=setup.sample,
        )


def default_langs(paper_language: str) -> tuple[str, ...]:
    """The paper in the applicant's language, with Russian beside it; Russian alone for Russian."""
    return ("ru",) if paper_language == "ru" else (paper_language or "ky", "ru")


def _facts_of(paper: IssuedPaper) -> LetterFacts:
    facts = msgspec.json.decode(paper.facts, type=LetterFacts)
    return replace(facts, reprint=paper.prints)


def _langs_of(paper: IssuedPaper, langs: tuple[str, ...]) -> tuple[Lang, ...]:
    return cast("tuple[Lang, ...]", langs or paper.langs)


def preview(office: Office, paper_id: int, langs: tuple[str, ...] = ()) -> bytes:
    """The very PDF that would print now, without counting a print."""
    with office.store.reading() as reading:
        paper = reading.paper(paper_id)
    return letter_pdf(
        _facts_of(paper),
        _langs_of(paper, langs),
        stationery.wordings(),
        stationery.fonts(),
        _emblems(office, (paper,)),
    )


def _emblems(office: Office, papers: Sequence[IssuedPaper]) -> Mapping[str, bytes]:
    """The branches' pictures these letters bear."""
    named = {_facts_of(paper).emblem for paper in papers} - {""}
    if not named:
        return {}
    with office.store.reading() as reading:
        return reading.emblems(named)


def _count_prints(office: Office, work: UnitOfWork, papers: Sequence[IssuedPaper]) -> None:
    """Count each paper as printed once more, with its journal event."""
    for paper in papers:
        work.papers.count_print(paper.id)
        work.journal.add(
            "paper.printed" if paper.prints == 0 else "paper.reprinted",
            paper.number,
            campaign=office.campaign_id,
        )


def print_job(office: Office, paper_ids: Sequence[int], langs: tuple[str, ...] = ()) -> bytes:
    """One PDF of the letters chosen, in the order given; each counts as printed, later ones say so."""
    permit = office.demand("papers")
    with office.store.work(permit) as work:
        papers = [work.papers.get(paper_id) for paper_id in paper_ids]
        data = letters_pdf(
            [(_facts_of(paper), _langs_of(paper, langs)) for paper in papers],
            stationery.wordings(),
            stationery.fonts(),
            _emblems(office, papers),
        )
        _count_prints(office, work, papers)
        work.commit()
    return data


def write_chosen(office: Office, paper_ids: Sequence[int], target: Path, langs: tuple[str, ...] = ()) -> int:
    """Write the letters chosen as one PDF, in the order given, then count them as printed: how many."""
    permit = office.demand("papers")
    with office.store.reading() as reading:
        papers = [reading.paper(paper_id) for paper_id in paper_ids]
    drawn = [(_facts_of(paper), _langs_of(paper, langs)) for paper in papers]
    write_whole(
        target, letters_pdf(drawn, stationery.wordings(), stationery.fonts(), _emblems(office, papers))
    )
    with office.store.work(permit) as work:
        _count_prints(office, work, papers)
        work.commit()
    return len(papers)


def write_all(
    office: Office,
    folder: Path,
    langs: tuple[str, ...] = (),
    *,
    one_file: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[WrittenLetter, ...]:
    """Issue what is missing and write every letter in force to the folder, one PDF each or one for all."""
    permit = office.demand("papers")
    make_folder(folder)
    issue_missing(office, langs)
    papers = [paper for paper in issued(office) if paper.state == "issued"]
    with office.store.reading() as reading:
        numbers = {paper.id: reading.application(paper.application or 0).no for paper in papers}
    if one_file:
        target = folder / "letters.pdf"
        write_whole(target, print_job(office, [paper.id for paper in papers], langs))
        return tuple(WrittenLetter(paper.number, numbers[paper.id], target) for paper in papers)
    written: list[WrittenLetter] = []
    wordings, fonts = stationery.wordings(), stationery.fonts()
    emblems = _emblems(office, papers)
    for done, paper in enumerate(papers):
        target = folder / f"{paper.number}.pdf"
        write_whole(target, letter_pdf(_facts_of(paper), _langs_of(paper, langs), wordings, fonts, emblems))
        written.append(WrittenLetter(paper.number, numbers[paper.id], target))
        if progress is not None:
            progress(done + 1, len(papers))
    with office.store.work(permit) as work:
        _count_prints(office, work, papers)
        work.commit()
    return tuple(written)
