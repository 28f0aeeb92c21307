"""Award letters: issued once under a gap-free number, drawn from kept facts, printed again as reprints.

What a letter says is fixed when it is issued; only a deadline put off since is marked on it when it is drawn.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, cast

import msgspec

from grants_app.domain.errors import Refused
from grants_app.domain.journal import Changed
from grants_app.domain.keys import fingerprint
from grants_app.domain.papers import CodePayload, LetterFacts, PutOff, Signer
from grants_app.domain.values import Finding
from grants_app.papers.codes import SALT_BYTES, key_id, make_code, name_digest
from grants_app.papers.letter import letter_pdf, letters_pdf
from grants_app.services import paper_blocks, standing, stationery
from grants_app.services.entry_changes import text_of
from grants_app.services.files import make_folder, write_whole
from grants_app.wording import local

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from grants_app.domain.application import Application
    from grants_app.domain.award import Award, IssuedPaper
    from grants_app.domain.campaign import Campaign, Pool
    from grants_app.domain.rounds import Extension
    from grants_app.domain.ruleset import RuleSet
    from grants_app.domain.runs import RunLine, RunRecord
    from grants_app.domain.values import Lang
    from grants_app.services.access import Office
    from grants_app.store.queries import Reading
    from grants_app.store.unit_of_work import UnitOfWork

KIND = "award_letter"
CONFIRM = "confirm"
_ALL = 1_000_000
NO_NUMBER = "________"  # where a draft's number will stand


@dataclass(frozen=True, slots=True)
class WrittenLetter:
    """A letter that was written to a file."""

    number: str
    application: str
    file: Path


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One person left out of a batch, by name, and the trouble with their letter."""

    application: str
    full_name: str
    trouble: Finding


@dataclass(frozen=True, slots=True)
class Issued:
    """What issuing did: the numbers given out, in order, and who was left out."""

    changed: Changed
    numbers: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """Letters drawn as one PDF: how many, the papers in it (none in a draft), who was left out."""

    pdf: bytes
    count: int
    papers: tuple[int, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


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


def drafted(
    office: Office, applications: Collection[str] | None = None, langs: tuple[str, ...] = ()
) -> Drawn:
    """The letters these people would get, watermarked as drafts: no number and no code is spent on them.

    None are all who have no letter yet. Whose letter cannot be drawn is left out by name; Refused as `issue`.
    """
    campaign = office.campaign()
    with office.store.reading() as reading:
        run = reading.last_run(campaign.id, "sealed")
        if run is None:
            raise Refused("nothing_sealed")
        ready = _ready(office, reading, campaign, applications)
        told = _told_by(office, reading, campaign, run)
    papers = [
        (application, _draft(told, award, application), _langs(application, langs))
        for award, application in ready
    ]
    return _drawn_of(office, papers)


def issue(office: Office, applications: Collection[str] | None = None, langs: tuple[str, ...] = ()) -> Issued:
    """Give these people (None: all who hold a seat) their letters, in one transaction.

    Who has a letter keeps it, whose file lacks a paper the rules want first waits, whose letter cannot be
    drawn is left out by name; no number is spent on any of them. Refused when nobody else is left.
    """
    permit = office.demand("papers")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    left = drafted(office, applications, langs).left_out
    skipped = {one.application for one in left}
    numbers: list[str] = []
    with office.store.work(permit) as work:
        run = work.runs.last_sealed(campaign.id)
        if run is None:
            raise Refused("nothing_sealed")
        before = work.papers.of_kind(campaign.id, KIND)
        have = {paper.award for paper in before if paper.state == "issued"}
        former = {paper.application: paper.number for paper in before if paper.state != "issued"}
        rules = standing.current_rules(office)
        drawing = _Drawing(office, work, campaign, run)
        for award in sorted(work.awards.holding(campaign.id), key=lambda one: (one.pool, one.seat)):
            number = award.application_no
            if award.id in have or number in skipped or not _chosen(number, applications):
                continue
            if _unstopped(work, award, campaign, rules):
                numbers.append(drawing.issue(award, langs, former.get(award.application, "")))
        work.commit()
    return Issued(Changed(papers=bool(numbers)), tuple(numbers), left)


def issue_missing(office: Office, langs: tuple[str, ...] = ()) -> Changed:
    """Give every award that holds a seat its letter; see `issue`."""
    return issue(office, None, langs).changed


def _chosen(number: str, applications: Collection[str] | None) -> bool:
    return applications is None or number in applications


def _ready(
    office: Office, reading: Reading, campaign: Campaign, applications: Collection[str] | None
) -> list[tuple[Award, Application]]:
    """The awards to give a letter now, with their applications; Refused when all of them wait for papers."""
    papers = reading.papers(campaign.id, kind=KIND)
    have = {paper.award for paper in papers if paper.state == "issued"}
    wanting = [
        (award, reading.application(award.application))
        for award in sorted(reading.awards(campaign.id), key=lambda one: (one.pool, one.seat))
        if award.state.holds_seat and award.id not in have and _chosen(award.application_no, applications)
    ]
    rules = standing.current_rules(office)
    ready = [
        (award, application)
        for award, application in wanting
        if not paper_blocks.stopping(application, campaign.setup, rules, "letter")
    ]
    if wanting and not ready:
        standing.demand_no_stop(wanting[-1][1], campaign, rules, "letter")
    return ready


def _draft(told: _Told, award: Award, application: Application) -> LetterFacts:
    return replace(told.facts(award, application, NO_NUMBER, ""), draft=True)


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
        self._told = _Told(
            office, campaign, run, work.runs.lines(run.id), work.journal_head(), fingerprint(self._key.public)
        )

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
        facts = replace(self._told.facts(award, application, number, code), replaces=replaces)
        self._work.papers.add(
            campaign=self._campaign.id,
            kind=KIND,
            branch=branch.code,
            number=number,
            application=application.id,
            award=award.id,
            run=self._run.id,
            langs=_langs(application, langs),
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
        if replaces:
            self._name_successor(replaces, number)
        return number

    def _name_successor(self, replaced: str, number: str) -> None:
        self._work.journal.add(
            "paper.replaced", replaced, after=text_of({"by": number}), campaign=self._campaign.id
        )

    def _code(self, number: str, pool: Pool, full_name: str) -> str:
        """The code's text, signed with the campaign's key; the name is in it as a salted digest only."""
        salt = secrets.token_bytes(SALT_BYTES)
        payload = CodePayload(
            number=number,
            programme=pool.programme,
            branch=pool.branch,
            issued_on=self._told.today,
            run=self._run.no,
            salt=salt,
            digest=name_digest(salt, full_name),
            key=key_id(self._key.public),
        )
        return make_code(payload, self._key.private)


class _Told:
    """What letters say, out of the register: one letter's facts after another; it writes nothing."""

    def __init__(
        self,
        office: Office,
        campaign: Campaign,
        run: RunRecord,
        lines: Sequence[RunLine],
        journal: int,
        key: str,
    ) -> None:
        self._campaign = campaign
        self._run = run
        self._key = key
        self._journal = journal
        self.today = office.today()
        self._lines = {(line.application_no, line.pool): line for line in lines}

    def facts(self, award: Award, application: Application, number: str, code: str) -> LetterFacts:
        """One letter's facts; without a code they are a draft's."""
        setup = self._campaign.setup
        pool = setup.pool(award.pool)
        branch = setup.branch(pool.branch)
        programme = setup.programme(pool.programme)
        person = application.entry.person
        line = self._lines.get((application.no, award.pool))
        signers = setup.signers(branch.code, KIND, self.today)
        deadline = award.deadline
        return LetterFacts(
            number=number,
            issued_on=self.today,
            branch=branch.names,
            city=branch.city,
            full_name=person.full_name,
            latin=person.latin,
            programme_code=programme.code,
            programme=programme.names,
            level=programme.level,
            minutes_no=self._run.minutes_no,
            minutes_on=self._run.minutes_on or self.today,
            position=line.position if line else None,
            score=line.merit[0] if line and line.merit else "",
            confirm_until=None if deadline is None else local(deadline, setup.zone),
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
            key=self._key,
        )


def _told_by(office: Office, reading: Reading, campaign: Campaign, run: RunRecord) -> _Told:
    key = fingerprint(reading.public_key(campaign.id))
    return _Told(office, campaign, run, reading.run_lines(run.id), reading.journal_head(), key)


def default_langs(paper_language: str) -> tuple[str, ...]:
    """The paper in the applicant's language, with Russian beside it; Russian alone for Russian."""
    return ("ru",) if paper_language == "ru" else (paper_language or "ky", "ru")


def _langs(application: Application, langs: tuple[str, ...]) -> tuple[str, ...]:
    return langs or default_langs(application.entry.paper_language)


# ---- drawing -----------------------------------------------------------------------------------------


def _drawn_of(office: Office, letters: Sequence[tuple[Application, LetterFacts, tuple[str, ...]]]) -> Drawn:
    """These letters as one PDF; whose letter cannot be drawn is left out, by name.

    Drawn at once where nothing is wrong; one by one only to find whose is.
    """
    wordings, fonts = stationery.wordings(), stationery.fonts()
    emblems = _emblems(office, (facts for _, facts, _ in letters))
    left: list[LeftOut] = []

    def job(kept: Sequence[tuple[Application, LetterFacts, tuple[str, ...]]]) -> bytes:
        papers = [(facts, _as_langs(langs)) for _, facts, langs in kept]
        return letters_pdf(papers, wordings, fonts, emblems) if papers else b""

    try:
        return Drawn(job(letters), len(letters))
    except Refused:
        kept = []
    for application, facts, langs in letters:
        try:
            letter_pdf(facts, _as_langs(langs), wordings, fonts, emblems)
        except Refused as trouble:
            left.append(_left_out(application, trouble))
        else:
            kept.append((application, facts, langs))
    return Drawn(job(kept), len(kept), left_out=tuple(left))


def _as_langs(langs: tuple[str, ...]) -> tuple[Lang, ...]:
    return cast("tuple[Lang, ...]", langs)


def _kept(office: Office, paper_ids: Sequence[int]) -> list[tuple[IssuedPaper, Application, LetterFacts]]:
    """Issued letters, in the order given, with their people and what each says when it is drawn now."""
    with office.store.reading() as reading:
        papers = [reading.paper(paper_id) for paper_id in paper_ids]
        people = [reading.application(paper.application or 0) for paper in papers]
        moved = _put_off(reading, reading.campaign(office.campaign_id))
    return [
        (paper, application, _facts_of(paper, moved))
        for paper, application in zip(papers, people, strict=True)
    ]


def _facts_of(paper: IssuedPaper, moved: Mapping[int, Extension]) -> LetterFacts:
    """What a letter was issued with, which print it is, and the deadline put off since."""
    facts = replace(msgspec.json.decode(paper.facts, type=LetterFacts), reprint=paper.prints)
    later = moved.get(paper.award or 0)
    if paper.state != "issued" or facts.confirm_until is None or later is None or later.order_on is None:
        return facts
    if later.after <= facts.confirm_until:
        return facts
    until = local(later.after, facts.confirm_until.tzinfo or UTC)
    return replace(facts, extended=PutOff(until=until, order_no=later.order_no, order_on=later.order_on))


def _put_off(reading: Reading, campaign: Campaign) -> dict[int, Extension]:
    """By award, the act that gave it the deadline it has now: its own, or the calendar's."""
    found: dict[int, Extension] = {}
    extensions = reading.extensions(campaign.id)
    if not extensions:
        return found
    for award in reading.awards(campaign.id):
        for one in extensions:
            theirs = one.award == award.id or (one.award is None and one.deadline == CONFIRM)
            if theirs and one.after == award.deadline:
                found[award.id] = one
                break
    return found


def to_print_again(office: Office) -> frozenset[int]:
    """The letters last printed before their deadline was put off: what people hold says too early a day."""
    with office.store.reading() as reading:
        papers = [paper for paper in reading.papers(office.campaign_id, kind=KIND) if paper.prints]
        moved = _put_off(reading, reading.campaign(office.campaign_id))
        marked = [
            (paper, moved[paper.award])
            for paper in papers
            if paper.award in moved and _facts_of(paper, moved).extended is not None
        ]
        if not marked:
            return frozenset()
        printed = _last(reading, office, ("paper.printed", "paper.reprinted"))
        put_off = _last(reading, office, ("award.extended", "deadline.extended"))
        return frozenset(
            paper.id
            for paper, one in marked
            if printed.get(paper.number, 0) < put_off.get(one.application_no or one.deadline, 0)
        )


def _last(reading: Reading, office: Office, acts: tuple[str, ...]) -> dict[str, int]:
    """By subject, the place in the journal of the last of these acts."""
    found: dict[str, int] = {}
    for act in acts:
        for event in reading.events(office.campaign_id, act=act, limit=_ALL)[1]:
            found[event.subject] = max(event.seq, found.get(event.subject, 0))
    return found


def preview(office: Office, paper_id: int, langs: tuple[str, ...] = ()) -> bytes:
    """The very PDF that would print now, without counting a print."""
    ((paper, _, facts),) = _kept(office, [paper_id])
    return letter_pdf(
        facts,
        _as_langs(langs or paper.langs),
        stationery.wordings(),
        stationery.fonts(),
        _emblems(office, [facts]),
    )


def _emblems(office: Office, letters: Iterable[LetterFacts]) -> Mapping[str, bytes]:
    """The branches' pictures these letters bear."""
    named = {facts.emblem for facts in letters} - {""}
    if not named:
        return {}
    with office.store.reading() as reading:
        return reading.emblems(named)


def drawn(office: Office, paper_ids: Sequence[int], langs: tuple[str, ...] = ()) -> Drawn:
    """One PDF of the letters chosen, in the order given, as they print now; nothing is counted.

    Whose letter cannot be drawn is left out by name; Refused, as theirs, when nobody else is left.
    """
    office.demand("papers")
    letters = _kept(office, paper_ids)
    found = _drawn_of(office, [(person, facts, langs or paper.langs) for paper, person, facts in letters])
    if found.left_out and not found.count:
        trouble = found.left_out[0].trouble
        raise Refused(trouble.code, **trouble.facts)
    left = {one.application for one in found.left_out}
    papers = tuple(paper.id for paper, person, _ in letters if person.no not in left)
    return replace(found, papers=papers)


def count_printed(office: Office, paper_ids: Sequence[int]) -> Changed:
    """Count each letter as printed once more, now that the printer took it; later prints say they are."""
    permit = office.demand("papers")
    with office.store.work(permit) as work:
        for paper in (work.papers.get(paper_id) for paper_id in paper_ids):
            work.papers.count_print(paper.id)
            work.journal.add(
                "paper.printed" if paper.prints == 0 else "paper.reprinted",
                paper.number,
                campaign=office.campaign_id,
            )
        work.commit()
    return Changed(papers=True)


def write_chosen(
    office: Office, paper_ids: Sequence[int], target: Path, langs: tuple[str, ...] = ()
) -> Drawn:
    """Write the letters chosen as one PDF, in the order given; the journal says so, no print is counted."""
    found = drawn(office, paper_ids, langs)
    write_whole(target, found.pdf)
    _note_saved(office, found.papers, target.name)
    return found


def _note_saved(office: Office, paper_ids: Sequence[int], file: str) -> None:
    permit = office.demand("papers")
    with office.store.work(permit) as work:
        for paper in (work.papers.get(paper_id) for paper_id in paper_ids):
            work.journal.add(
                "paper.saved", paper.number, after=text_of({"file": file}), campaign=office.campaign_id
            )
        work.commit()


def write_all(
    office: Office,
    folder: Path,
    langs: tuple[str, ...] = (),
    *,
    one_file: bool = False,
    progress: Callable[[int, int], None] | None = None,
    leave_out: Callable[[LeftOut], None] | None = None,
) -> tuple[WrittenLetter, ...]:
    """Issue what is missing and write every letter in force to the folder, one PDF each or one for all.

    `leave_out` is told of everybody whose letter cannot be issued or drawn. A file is no print.
    """
    make_folder(folder)
    left = list(issue(office, None, langs).left_out)
    kept = _kept(office, [paper.id for paper in issued(office) if paper.state == "issued"])
    files: dict[int, Path] = {}
    if one_file and kept:
        found = drawn(office, [paper.id for paper, _, _ in kept], langs)
        target = folder / "letters.pdf"
        write_whole(target, found.pdf)
        left += found.left_out
        files = dict.fromkeys(found.papers, target)
    elif kept:
        wordings, fonts = stationery.wordings(), stationery.fonts()
        emblems = _emblems(office, (facts for _, _, facts in kept))
        for done, (paper, application, facts) in enumerate(kept):
            try:
                pdf = letter_pdf(facts, _as_langs(langs or paper.langs), wordings, fonts, emblems)
            except Refused as trouble:
                left.append(_left_out(application, trouble))
            else:
                files[paper.id] = folder / f"{paper.number}.pdf"
                write_whole(files[paper.id], pdf)
            if progress is not None:
                progress(done + 1, len(kept))
    _note_saved(office, list(files), folder.name)
    if leave_out is not None:
        for one in left:
            leave_out(one)
    return tuple(
        WrittenLetter(paper.number, application.no, files[paper.id])
        for paper, application, _ in kept
        if paper.id in files
    )


def _left_out(application: Application, trouble: Refused) -> LeftOut:
    found = Finding(trouble.code, {key: str(value) for key, value in trouble.facts.items()})
    return LeftOut(application.no, application.entry.person.full_name, found)
