"""Separate dated acts on a campaign: open, freeze, publish twice, close, reopen; each kept with its why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from grants_app.domain.campaign import CampaignState
from grants_app.domain.errors import Refused
from grants_app.domain.journal import Changed
from grants_app.domain.rounds import CampaignAct
from grants_app.services import standing
from grants_app.services.campaign import open_matters
from grants_app.services.clock import demand_clock
from grants_app.services.entry_changes import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.domain.campaign import Campaign
    from grants_app.domain.permit import Permit
    from grants_app.domain.runs import RunRecord
    from grants_app.services.access import Office
    from grants_app.services.campaign.open_matters import OpenMatter

PublicationKind = Literal["publish_preliminary", "publish_final"]
ActKind = Literal[
    "open", "freeze", "publish_preliminary", "publish_final", "close",
    "reopen_published", "reopen_frozen", "reopen_open",
]  # fmt: skip
PUBLICATIONS: tuple[PublicationKind, ...] = ("publish_preliminary", "publish_final")
_REOPENED: dict[CampaignState, ActKind] = {
    CampaignState.OPEN: "reopen_open",
    CampaignState.FROZEN: "reopen_frozen",
    CampaignState.PUBLISHED: "reopen_published",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """What an act is done with: why, and, for a publication, under which minutes on which run."""

    reason: str = ""
    minutes_no: str = ""
    minutes_on: date | None = None
    run: int | None = None


def history(office: Office) -> Sequence[CampaignAct]:
    """Every dated act on the campaign in the order they were done."""
    with office.store.reading() as reading:
        return reading.campaign_acts(office.campaign_id)


def publication(acts: Sequence[CampaignAct], run_id: int) -> CampaignAct | None:
    """How a run stands published: its latest publication among the acts, None while it is not."""
    return next((one for one in reversed(acts) if one.run == run_id and one.kind in PUBLICATIONS), None)


def following(office: Office) -> tuple[ActKind, ...]:
    """The acts that may follow now, in their order, whoever may do them; the way back comes last."""
    campaign, acts = office.campaign(), history(office)
    kinds: list[ActKind] = []
    match campaign.state:
        case CampaignState.SETUP:
            kinds.append("open")
        case CampaignState.OPEN:
            kinds.append("freeze")
        case CampaignState.FROZEN | CampaignState.PUBLISHED:
            kinds += _publications(acts, _last_sealed(office))
        case CampaignState.CLOSED:
            pass
    if not campaign.read_only:
        kinds.append("close")
    return (*kinds, *_ways_back(campaign, acts))


def _publications(acts: Sequence[CampaignAct], record: RunRecord | None) -> tuple[PublicationKind, ...]:
    if record is None:
        return ()
    now = publication(acts, record.id)
    if now is not None and now.kind == "publish_final":
        return ()
    ever = any(act.kind in PUBLICATIONS for act in acts)
    if now is not None:
        return ("publish_final",)
    return PUBLICATIONS if ever else ("publish_preliminary",)


def _ways_back(campaign: Campaign, acts: Sequence[CampaignAct]) -> tuple[ActKind, ...]:
    if campaign.state is CampaignState.FROZEN:
        return ("reopen_open",)
    if campaign.state is CampaignState.PUBLISHED:
        return ("reopen_frozen",)
    if campaign.state is CampaignState.CLOSED:
        published = any(act.kind in PUBLICATIONS for act in acts)
        return ("reopen_published",) if published else ("reopen_open", "reopen_frozen")
    return ()


def open_campaign(office: Office, reason: str = "") -> Changed:
    """Take applications in from now on."""
    permit = office.demand("setup")
    _demand_state(office, CampaignState.SETUP)
    return _done(office, permit, "open", CampaignState.OPEN, Dated(reason=reason))


def freeze(office: Office, reason: str = "") -> Changed:
    """Let choices, scores, grounds and admission stay as they are; the rest is corrected with its paper."""
    permit = office.demand("setup")
    _demand_state(office, CampaignState.OPEN)
    return _done(office, permit, "freeze", CampaignState.FROZEN, Dated(reason=reason))


def publish(
    office: Office, kind: PublicationKind, minutes_no: str, minutes_on: date, reason: str = ""
) -> Changed:
    """Publish the last sealed run under its minutes, as preliminary first, as final afterwards.

    Refused before the freeze, while nothing is sealed, final before any preliminary, and the same run twice
    as the same; and without a reason while something is still open (`still_open`).
    """
    permit = office.demand("seal")
    _demand_state(office, CampaignState.FROZEN, CampaignState.PUBLISHED)
    if not minutes_no.strip():
        raise Refused("minutes_missing")
    record = _last_sealed(office)
    if record is None:
        raise Refused("nothing_sealed")
    offered = _publications(history(office), record)
    if kind not in offered and kind == "publish_final" and offered:
        raise Refused("publish_preliminary_first")
    if kind not in offered:
        raise Refused("published_already", run=record.no)
    matters = _demand_answered(open_matters.before_publishing(office), reason)
    done = Dated(reason=reason, minutes_no=minutes_no.strip(), minutes_on=minutes_on, run=record.id)
    return _done(office, permit, kind, CampaignState.PUBLISHED, done, matters)


def close(office: Office, reason: str = "") -> Changed:
    """Let nothing change any more; with a reason where no final list was published or something is open."""
    permit = office.demand("close")
    standing.demand_writable(office.campaign())
    final = any(act.kind == "publish_final" for act in history(office))
    if not final and not reason.strip():
        raise Refused("reason_missing")
    matters = _demand_answered(open_matters.before_closing(office), reason)
    return _done(office, permit, "close", CampaignState.CLOSED, Dated(reason=reason), matters)


def reopen(office: Office, reason: str, to: CampaignState) -> Changed:
    """Go back to an earlier stage: the chair's act, with its reason."""
    permit = office.demand("reopen")
    campaign = office.campaign()
    order = list(CampaignState)
    if to not in _REOPENED or order.index(to) >= order.index(campaign.state):
        raise Refused("act_not_now", stage_code=f"stage_{campaign.state}")
    if not reason.strip():
        raise Refused("reason_missing")
    return _done(office, permit, _REOPENED[to], to, Dated(reason=reason))


def still_open(office: Office, kind: ActKind) -> tuple[OpenMatter, ...]:
    """What is to be seen before this act: a publication or the closing is refused without a reason then."""
    if kind in PUBLICATIONS:
        return open_matters.before_publishing(office)
    return open_matters.before_closing(office) if kind == "close" else ()


def _demand_answered(matters: tuple[OpenMatter, ...], reason: str) -> tuple[OpenMatter, ...]:
    """Refuse to pass over what is still open without saying why."""
    if matters and not reason.strip():
        first = matters[0]
        raise Refused("still_open", n=len(matters), matter_code=f"open_{first.code}", cases=first.count)
    return matters


def _demand_state(office: Office, *states: CampaignState) -> None:
    campaign = office.campaign()
    standing.demand_writable(campaign)
    if campaign.state not in states:
        raise Refused("act_not_now", stage_code=f"stage_{campaign.state}")


def _last_sealed(office: Office) -> RunRecord | None:
    with office.store.reading() as reading:
        return reading.last_run(office.campaign_id, "sealed")


def _done(
    office: Office,
    permit: Permit,
    kind: ActKind,
    state: CampaignState,
    given: Dated,
    matters: tuple[OpenMatter, ...] = (),
) -> Changed:
    """Move the campaign to its stage, keep the act and its journal entry with what was passed over."""
    demand_clock(office)
    campaign = office.campaign()
    with office.store.work(permit) as work:
        act = CampaignAct(
            campaign=campaign.id,
            kind=kind,
            run=given.run,
            minutes_no=given.minutes_no,
            minutes_on=given.minutes_on,
            reason=given.reason.strip(),
            at=office.now(),
            by=office.actor.name,
        )
        work.campaigns.put_state(campaign.id, state, seen=campaign.version)
        if campaign.state is CampaignState.SETUP:
            standing.refresh_lines(work, replace(campaign, state=state), standing.current_rules(office))
        work.rounds.add_act(act)
        work.journal.add(
            f"campaign.{kind if kind in PUBLICATIONS else state}",
            campaign.setup.code,
            reason=given.reason.strip() or given.minutes_no,
            before=text_of({"state": campaign.state}),
            after=text_of({"state": state} | {f"open_{one.code}": one.count for one in matters}),
            campaign=campaign.id,
        )
        work.commit()
    return Changed(campaign=True)
