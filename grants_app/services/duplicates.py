"""People who may be entered twice: looked for, shown with evidence, decided with a reason."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from grants_app.domain.application import Application, State
from grants_app.domain.errors import Refused
from grants_app.domain.journal import Changed
from grants_app.domain.matching import Evidence, differences, evidence, sound_key
from grants_app.domain.records import DuplicatePair
from grants_app.domain.stopping import breathing
from grants_app.services import standing
from grants_app.services.entry_changes import text_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from grants_app.domain.application import PersonFacts
    from grants_app.services.access import Office

CROWD = 40  # more people with one phone or birth date than this say nothing about being one person
_ACTIVE = frozenset(State) - {State.WITHDRAWN, State.ANNULLED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two applications side by side: the evidence, and (field, text here, text there) where they differ."""

    pair: DuplicatePair
    first: Application
    second: Application
    evidence: Evidence
    differences: tuple[tuple[str, str, str], ...]


def pairs(office: Office) -> tuple[DuplicatePair, ...]:
    """The pairs nobody decided yet, the most alike first."""
    with office.store.reading() as reading:
        found = reading.duplicates(office.campaign_id)
    return tuple(sorted((p for p in found if not p.decided), key=lambda pair: (-pair.score, pair.first_no)))


def look(office: Office) -> int:
    """Compare everybody who shares a document, a phone, a birth date or the sound of a name.

    New doubtful pairs are kept for an officer to decide; answers how many. Pairs decided once are not
    brought up again. Applications withdrawn or annulled are left out.
    """
    permit = office.demand("intake")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    with office.store.reading() as reading:
        applications = [a for a in reading.applications(campaign.id) if a.state in _ACTIVE]
        known = {(pair.first, pair.second) for pair in reading.duplicates(campaign.id)}
    doubtful = []
    for first, second in breathing(_met(applications)):
        if (first.id, second.id) not in known:
            proof = evidence(first.entry.person, second.entry.person)
            if proof.verdict != "different":
                doubtful.append((first, second, proof))
    if doubtful:
        with office.store.work(permit) as work:
            for first, second, proof in doubtful:
                work.duplicates.add(campaign.id, first.id, second.id, proof.score, proof.reasons)
            work.commit()
    return len(doubtful)


def _met(applications: Sequence[Application]) -> Iterator[tuple[Application, Application]]:
    """Every pair that shares something, once, the older application first."""
    sharing: defaultdict[Hashable, list[Application]] = defaultdict(list)
    for application in breathing(applications):
        for trait in _traits(application.entry.person):
            sharing[trait].append(application)
    seen: set[tuple[int, int]] = set()
    for group in sharing.values():
        if len(group) > CROWD:
            continue
        for one, other in combinations(sorted(group, key=lambda a: a.id), 2):
            if (one.id, other.id) not in seen:
                seen.add((one.id, other.id))
                yield one, other


def _traits(person: PersonFacts) -> Iterator[Hashable]:
    if person.pin:
        yield "pin", person.pin
        for place in range(len(person.pin)):
            yield "pin but one", place, person.pin[:place] + person.pin[place + 1 :]
    if person.document_no:
        yield "document", person.document_no
    for phone in person.phones:
        yield "phone", phone.number
    name = " ".join(sorted(sound_key(f"{person.surname} {person.given}").split()))
    yield "name", name
    if person.born:
        yield "born", person.born, name[:2]


def compared(office: Office, pair: DuplicatePair) -> Compared:
    """The two applications of a pair as they stand now."""
    with office.store.reading() as reading:
        first, second = reading.application(pair.first), reading.application(pair.second)
    return Compared(
        pair=pair,
        first=first,
        second=second,
        evidence=evidence(first.entry.person, second.entry.person),
        differences=differences(first.entry, second.entry),
    )


def decide_different(office: Office, pair: DuplicatePair, reason: str) -> Changed:
    """Two people after all; the pair is not brought up again."""
    return _decided(office, pair, "different", reason)


def decide_same(office: Office, pair: DuplicatePair, keep: int, seen: int, reason: str) -> Changed:
    """One person: the application `keep` stays, the other is annulled and stays readable.

    `seen` is the version the other one was shown in. Nothing is carried over by itself: what the
    annulled one had more, the officer types into the kept one with its paper.
    """
    if keep not in (pair.first, pair.second):
        raise Refused("not_found", kind="application", key=str(keep))
    other = pair.second if keep == pair.first else pair.first
    return _decided(office, pair, "same", reason, annul=other, seen=seen)


def _decided(
    office: Office, pair: DuplicatePair, verdict: str, reason: str, *, annul: int = 0, seen: int = 0
) -> Changed:
    permit = office.demand("decide_conflict")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    if not reason.strip():
        raise Refused("reason_missing")
    rules = standing.current_rules(office)
    with office.store.work(permit) as work:
        if annul:
            known = work.applications.get(annul, seen=seen)
            if work.awards.of_application(annul) is not None:
                raise Refused("holds_award", no=known.no)
            gone = work.applications.put(replace(known, state=State.ANNULLED), seen=seen)
            standing.refresh_line(work, gone, campaign, rules)
            work.journal.add(
                "application.annulled", known.no, reason=reason, campaign=campaign.id,
                before=text_of({"state": known.state}), after=text_of({"state": State.ANNULLED}),
            )  # fmt: skip
        work.duplicates.decide(pair.id, verdict, reason, office.actor.name)
        work.journal.add(
            f"duplicate.{verdict}", f"{pair.first_no}, {pair.second_no}", reason=reason,
            campaign=campaign.id,
        )  # fmt: skip
        undo = work.reversal(campaign.id, f"duplicate.{verdict}")
        work.commit()
    return Changed(applications=frozenset({pair.first, pair.second}), undo=undo)
