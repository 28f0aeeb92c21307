"""What the frame shows of the office at work, read from the services; it draws nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants_app.domain.campaign import Campaign, CampaignState
from grants_app.gui.widgets.bars import FrameFacts, StatusFact
from grants_app.gui.widgets.search_popup import Found
from grants_app.services import awards, intake, upkeep
from grants_app.services.start import recent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from grants_app.gui.theme import ChipKind
    from grants_app.services.access import Office
    from grants_app.services.upkeep import BackupPlace
    from grants_app.wording import Words

MOST_FOUND = 8
_STALE_HOURS = 24


def frame_facts(office: Office, words: Words) -> FrameFacts:
    """The campaign, branch, officer, stage, and the status bar's facts, in the language of `words`."""
    campaign = office.campaign()
    setup = campaign.setup
    total, _ = intake.lines(office, limit=1)
    sums = awards.totals(office)
    stage, kind = _stage(campaign, office.now(), words)
    title = words("Grants {year}", year=setup.code)
    file = recent.place_of(office.store.address)
    return FrameFacts(
        title=title,
        window_title=f"{title} · {file.name} · {file.folder}",
        branch=next((b.short.get(words.lang) for b in setup.branches if b.code == office.actor.branch), ""),
        stage=stage,
        stage_kind=kind,
        officer=f"{office.actor.name} · {words.code(f'role_{office.actor.role}')}",
        sample=words("SAMPLE") if setup.sample else "",
        facts=_facts(office, words),
        counts={
            "applicants": words.number(total),
            "awards": words.number(sums.offered + sums.confirmed) if sums.offered + sums.confirmed else "",
        },
        changes_at=_changes_at(office, campaign),
        zone=setup.zone,
    )


def _stage(campaign: Campaign, now: datetime, words: Words) -> tuple[str, ChipKind]:
    """Where the campaign stands, by what was done and by its calendar: a date passes without any act."""
    setup, state = campaign.setup, campaign.state
    opens, close, confirm = (setup.deadline(code) for code in ("open", "close", "confirm"))
    if state in (CampaignState.SETUP, CampaignState.OPEN) and opens is not None and now < opens.at:
        return words("opens {moment}", moment=words.date_time(opens.at, setup.zone)), "neutral"
    if state is CampaignState.OPEN and close is not None:
        moment = words.date_time(close.at, setup.zone)
        if now < close.at:
            return words("open until {moment}", moment=moment), "ok"
        return words("applications closed {moment}", moment=moment), "warn"
    if state is CampaignState.PUBLISHED and confirm is not None and now < confirm.at:
        moment = words.date_time(confirm.at, setup.zone)
        return words("answers until {moment}", moment=moment), "violet"
    kinds: dict[CampaignState, ChipKind] = {
        CampaignState.SETUP: "neutral",
        CampaignState.OPEN: "info",
        CampaignState.FROZEN: "warn",
        CampaignState.PUBLISHED: "violet",
        CampaignState.CLOSED: "neutral",
    }
    return words.code(f"stage_{campaign.state}"), kinds[campaign.state]


def _changes_at(office: Office, campaign: Campaign) -> datetime | None:
    """The next date of the calendar or of somebody's answer that is still ahead."""
    now = office.clock()
    moments = [deadline.at for deadline in campaign.setup.deadlines]
    moments += [line.deadline for line in awards.ledger(office) if line.deadline is not None]
    return min((moment for moment in moments if moment > now), default=None)


def _facts(office: Office, words: Words) -> tuple[StatusFact, ...]:
    place = upkeep.backup_place(office)
    copied = place.last
    file = recent.place_of(office.store.address)
    events, _ = upkeep.journal(office, limit=1)
    zone = office.campaign().setup.zone
    stale = copied is None or (office.clock() - copied).total_seconds() > _STALE_HOURS * 3600
    return (
        StatusFact("file", "neutral", file.name, f"{file.folder} · {file.name}"),
        StatusFact(
            "backup",
            "warn" if stale else "ok",
            words("No backup yet")
            if copied is None
            else words("Backup of {moment} verified", moment=words.date_time(copied, zone)),
        ),
        *_second(place, words),
        StatusFact("journal", "ok", words.plural("Journal: {n} entry", "Journal: {n} entries", events)),
        StatusFact("encryption", "neutral", words("Not encrypted")),
    )


def _second(place: BackupPlace, words: Words) -> tuple[StatusFact, ...]:
    """What is wrong with the second folder of backups; nothing while all is well."""
    if place.second_state == "absent":
        told = words("Second backup folder is missing")
    elif place.second_state == "lacking":
        told = words("Second backup folder lacks the last backup")
    else:
        return ()
    return (StatusFact("second", "warn", told, str(place.second)),)


def found(office: Office, text: str, _words: Words) -> Sequence[Found]:
    """People and numbers that fit the text; the window adds the actions it can do now."""
    _, lines = intake.lines(office, search=text, limit=MOST_FOUND)
    return [
        Found(
            text=f"{line.surname} {line.given} · {line.no}",
            page_id="applicants",
            filter={"person": line.no, "search": ""},
        )
        for line in lines
    ]
