"""The minutes of a sitting put together in one language, drawn as PDF and written to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants_app.domain.commission import CUSTOM
from grants_app.domain.minutes import MinutesItem, MinutesPaper, Named
from grants_app.services import commission, resolutions
from grants_app.services.entry_changes import text_of
from grants_app.services.files import write_whole
from grants_app.services.pool_lists import programme_name
from grants_app.wording import local_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grants_app.domain.campaign import CampaignSetup
    from grants_app.domain.commission import Interest, SittingAct, Tally
    from grants_app.services.access import Office
    from grants_app.services.commission import Seat, Sitting
    from grants_app.services.resolutions import Item
    from grants_app.wording import Words

KIND = "minutes"
# Acts the catalogue has a sentence for; the kinds of a campaign's acts are open (domain/rounds.py).
_TOLD = frozenset(
    {
        *("tie", "lot", "placement", "run_sealed", "cascade", "appeal_granted", "appeal_refused"),
        *("open", "freeze", "publish_preliminary", "publish_final", "close", "reopen"),
    }
)


def paper(office: Office, words: Words, minutes_no: str) -> MinutesPaper:
    """The minutes of the sitting with this number; Refused (meeting_unknown) when there is none."""
    campaign = office.campaign()
    setup = campaign.setup
    with office.store.reading() as reading:
        found = commission.sitting_in(reading, reading.meeting_by_no(campaign.id, minutes_no.strip()))
        items = resolutions.items_in(reading, found)
        acts = reading.sitting_acts(campaign.id, found.meeting.minutes_no)
        declared = reading.interests(campaign.id)
    branch = next((one for one in setup.branches if one.code == office.actor.branch), None)
    return MinutesPaper(
        number=found.meeting.minutes_no,
        branch=branch.names.get(words.lang) if branch else "",
        campaign=setup.titles.get(words.lang),
        day=words.date_long(found.meeting.minutes_on),
        place=found.meeting.place or (branch.city.get(words.lang) if branch else ""),
        present=tuple(Named(seat.member.name, _post(seat, words)) for seat in found.seats if seat.present),
        absent=tuple(Named(seat.member.name, seat.reason) for seat in found.seats if not seat.present),
        quorum=quorum_text(words, found),
        agenda=tuple(line.strip() for line in found.meeting.agenda.splitlines() if line.strip()),
        items=tuple(_item(item, setup, words) for item in items),
        conflicts=_conflicts(found, declared, setup.zone, words),
        acts=tuple(act_text(act, setup, words) for act in acts),
        fingerprints=_fingerprints(acts, words),
        custom=custom_text(words),
        signatures=_signatures(office, found, words),
        sample=setup.sample,
    )


def drawn(office: Office, words: Words, minutes_no: str) -> bytes:
    """The minutes as the bytes of a PDF."""
    from grants_app.papers.minutes import minutes_pdf
    from grants_app.services import stationery

    return minutes_pdf(paper(office, words, minutes_no), words, stationery.fonts())


def write(office: Office, words: Words, minutes_no: str, path: Path) -> int:
    """Write the minutes as PDF, whole or not at all; answers how many items they hold."""
    permit = office.demand("papers")
    made = len(paper(office, words, minutes_no).items)
    write_whole(path, drawn(office, words, minutes_no))
    with office.store.work(permit) as work:
        work.journal.add(
            "minutes.written",
            minutes_no.strip(),
            after=text_of({"format": "pdf", "rows": made}),
            campaign=office.campaign_id,
        )
        work.commit()
    return made


# ---- sentences, the same on the screen and on paper -------------------------------------------------------


def quorum_text(words: Words, found: Sitting) -> str:
    """How many are there, how many are needed, and whether that is enough."""
    quorum = found.quorum
    return (
        words(
            "Present: {present} of {members} members; {needed} required. There is a quorum.",
            present=quorum.present,
            members=quorum.members,
            needed=quorum.needed,
        )
        if quorum.reached
        else words(
            "Present: {present} of {members} members; {needed} required. There is no quorum.",
            present=quorum.present,
            members=quorum.members,
            needed=quorum.needed,
        )
    )


def custom_text(words: Words) -> str:
    """The rules of voting the program goes by, said to be custom while no act of the office fixes them."""
    sentence = words(
        "Quorum: {of} of every {out_of} members, rounded up. A decision is adopted by more votes for than "
        "against; in a tied vote the chair's vote decides.",
        of=CUSTOM.quorum_of,
        out_of=CUSTOM.quorum_in,
    )
    return (
        sentence
        if CUSTOM.official
        else f"{sentence} {words('This is common practice, not an official rule.')}"
    )


def votes_text(words: Words, counted: Tally) -> str:
    """A vote in figures."""
    parts = [
        words("for {n}", n=counted.counts["for"]),
        words("against {n}", n=counted.counts["against"]),
        words("abstained {n}", n=counted.counts["abstained"]),
    ]
    if counted.counts["absent"]:
        parts.append(words("absent {n}", n=counted.counts["absent"]))
    if counted.interested:
        parts.append(words("do not take part (conflict of interest) {n}", n=counted.interested))
    return ", ".join(parts)


def outcome_text(words: Words, counted: Tally) -> str:
    """What a vote came to, and by whose vote where it was tied."""
    text = words.code(f"resolution_{counted.outcome}")
    if counted.weight == "chair":
        return words("{outcome} (votes equal, the chair's vote decided)", outcome=text)
    if counted.weight == "nobody":
        return words("{outcome} (votes equal, the chair did not vote)", outcome=text)
    return text


def act_text(act: SittingAct, setup: CampaignSetup, words: Words) -> str:
    """One act recorded under the number."""
    if act.kind not in _TOLD:
        return words("Action recorded: {kind}", kind=act.kind)
    pool = act.subject if any(one.id == act.subject for one in setup.pools) else ""
    programme = programme_name(setup, pool, words) if pool else act.subject
    text = words.code(f"sitting_{act.kind}", **{"programme": programme, **act.facts})
    return words("{act} (revoked since)", act=text) if act.facts.get("revoked") else text


def _post(seat: Seat, words: Words) -> str:
    chair = (words("chair of the commission"),) if seat.member.chairs else ()
    return ", ".join(part for part in (*chair, seat.member.post) if part)


def _item(item: Item, setup: CampaignSetup, words: Words) -> MinutesItem:
    resolution = item.resolution
    title = words.code(f"matter_{resolution.matter}")
    about = subject_text(item, setup, words)
    sitting_out = [ballot for ballot in item.ballots if ballot.relation]
    notes = [
        words("{name} does not take part (conflict of interest).", name=ballot.name) for ballot in sitting_out
    ]
    notes += [
        words(
            "{name} takes no part in the decision on application {no} (conflict of interest).",
            name=name,
            no=one.application_no,
        )
        for name, one in item.named
    ]
    return MinutesItem(
        no=resolution.item,
        title=f"{title}: {about}" if about else title,
        wording=resolution.wording,
        votes=votes_text(words, item.tally),
        outcome=outcome_text(words, item.tally),
        notes=tuple(notes),
    )


def subject_text(item: Item, setup: CampaignSetup, words: Words) -> str:
    """What an item is about: run, application, and its own subject with pools by their names."""
    resolution = item.resolution
    parts = []
    if resolution.run_no is not None:
        parts.append(words("run {no}", no=resolution.run_no))
    if resolution.application_no:
        parts.append(words("application {no}", no=resolution.application_no))
    subject = resolution.subject
    for pool in setup.pools:
        subject = subject.replace(pool.id, programme_name(setup, pool.id, words))
    return ", ".join(part for part in (*parts, subject) if part)


def _conflicts(found: Sitting, declared: Sequence[Interest], zone: str, words: Words) -> tuple[str, ...]:
    """Every interest of this roster that stood on the day, with the day it was declared."""
    names = {seat.member.id: seat.member.name for seat in found.seats}
    return tuple(
        words(
            "{name}: application {no}, {relation}, declared {day}",
            name=names[one.member],
            no=one.application_no,
            relation=one.relation,
            day=local_day(one.declared_at, zone),
        )
        for one in declared
        if one.member in names
        and (one.withdrawn_at is None or local_day(one.withdrawn_at, zone) > found.meeting.minutes_on)
    )


def _fingerprints(acts: Sequence[SittingAct], words: Words) -> tuple[str, ...]:
    return tuple(
        words("run {no}", no=act.subject) + f": {act.facts['fingerprint']}"
        for act in acts
        if act.kind == "run_sealed"
    )


def _signatures(office: Office, found: Sitting, words: Words) -> tuple[Named, ...]:
    """The chair, the members who were there, and the secretary or whom the set-up names for minutes."""
    there = [seat.member for seat in found.seats if seat.present]
    chair = [Named(one.name, words("Chair of the commission")) for one in there if one.chairs]
    others = [Named(one.name, words("Member of the commission")) for one in there if not one.chairs]
    named = [
        Named(one.name.get(words.lang), one.post.get(words.lang))
        for one in office.campaign().setup.signers(office.actor.branch, KIND, found.meeting.minutes_on)
        if one.paper == KIND
    ]
    secretary = office.actor.name if office.actor.role == "secretary" else ""
    return (*chair, *others, *(named or [Named(secretary, words("Secretary"))]))
