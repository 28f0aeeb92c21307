"""Changing the rules: a start from a preset, what a change would do, and the new version put in force."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grants_app.domain.errors import Refused
from grants_app.domain.journal import Changed
from grants_app.domain.rule_changes import RuleEffect, RuleVersion
from grants_app.domain.ruleset import ANY_POOL, check, following
from grants_app.rules import allocation, rule_changes
from grants_app.rules.comparison import compare
from grants_app.rules.inputs import run_pool
from grants_app.services import presets, runs, standing
from grants_app.services.entry_changes import text_of
from grants_app.services.run_inputs import pools_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from grants_app.domain.campaign import CampaignSetup
    from grants_app.domain.comparison import Comparison
    from grants_app.domain.journal import Event
    from grants_app.domain.ranking import RunPool
    from grants_app.domain.rule_changes import RuleDifference
    from grants_app.domain.ruleset import RuleSet
    from grants_app.services.access import Office

ACT = "rules.changed"


def versions(office: Office) -> tuple[RuleVersion, ...]:
    """Every version of the campaign's rules, the newest first, each with its author from the journal."""
    today = office.today()
    with office.store.reading() as reading:
        known = sorted(reading.rule_sets(office.campaign_id), key=lambda rules: rules.version)
        _, events = reading.events(office.campaign_id, act=ACT, limit=None)
        _, made = reading.events(office.campaign_id, act="campaign.created", limit=1)
        in_force = reading.rule_set(office.campaign_id, today).version
    told = {event.subject: event for event in events}
    return tuple(
        _version(rules, known, in_force, told.get(str(rules.version)) or (made[0] if made else None), today)
        for rules in reversed(known)
    )


def _version(
    rules: RuleSet, known: Sequence[RuleSet], in_force: int, event: Event | None, today: date
) -> RuleVersion:
    later = [other.in_force_from for other in known if other.version > rules.version]
    until = min(later, default=None)
    if rules.version == in_force:
        state = "in_force"
    elif until is not None and until <= rules.in_force_from:
        state = "never"
    else:
        state = "future" if rules.in_force_from > today else "past"
    return RuleVersion(
        rules=rules,
        state=state,  # type: ignore[arg-type]  # one of the four words above
        until=until,
        by=event.actor if event else "",
        at=event.at if event else "",
        reason=event.reason if event and event.act == ACT else "",
    )


def differences(before: RuleSet, after: RuleSet) -> tuple[RuleDifference, ...]:
    """Every value that differs between two versions."""
    return rule_changes.differences(before, after)


def whole_seats(setup: CampaignSetup, rules: RuleSet, pool: str) -> tuple[RunPool, ...]:
    """The seats and quotas these rules give a pool (`*`: every pool without its own), as whole seats."""
    own = {quotas.pool for quotas in rules.quotas}
    return tuple(
        run_pool(seats, rules)
        for seats in pools_of(setup)
        if seats.id == pool or (pool == ANY_POOL and seats.id not in own)
    )


def presets_for(current: RuleSet) -> tuple[tuple[str, RuleSet], ...]:
    """The shipped starts by name, each with this campaign's programmes and papers kept."""
    return tuple((name, _started(presets.rules_named(name), current)) for name in presets.RULES)


def _started(start: RuleSet, current: RuleSet) -> RuleSet:
    """A preset as the start of a change: what belongs to the campaign and not to a custom stays."""
    known = {measure.code for measure in start.measures}
    own = tuple(measure for measure in current.measures if measure.code not in known)
    return replace(
        start,
        version=current.version,
        in_force_from=current.in_force_from,
        measures=(*start.measures, *own),
        programmes=current.programmes,
        blocks=current.blocks,
        unkept_papers_block=current.unkept_papers_block,
    )


def preview(office: Office, rules: RuleSet) -> RuleEffect:
    """Whose admission, place or grant these rules would change, against the rules in force today.

    Nothing is written. Refused where they cannot be applied at all: a quota over a pool's seats, or
    somebody who holds a seat and would not be admitted to it any more.
    """
    check(rules)
    before, after = runs.gathered(office), runs.gathered(office, rules)
    had, has = allocation.allocate(before.inputs), allocation.allocate(after.inputs)
    comparison = compare(before.inputs, had, after.inputs, has)
    return RuleEffect(
        rules=rules,
        comparison=comparison,
        ties=len(has.open_ties),
        waits=rules.in_force_from > office.today(),
        names=_names(office, comparison),
    )


def _names(office: Office, comparison: Comparison) -> dict[str, str]:
    numbers = {change.application for change in comparison.awards}
    numbers |= {change.application for change in comparison.admissions}
    numbers |= {change.application for change in comparison.ranks}
    if not numbers:
        return {}
    with office.store.reading() as reading:
        return {
            application.no: application.entry.person.full_name
            for application in reading.applications(office.campaign_id)
            if application.no in numbers
        }


def put(office: Office, rules: RuleSet, reason: str) -> Changed:
    """Keep the rules as the campaign's next version, with the reason and every value changed in the journal.

    Rows of programmes and quotas of pools the campaign does not have are left out. Refused when nothing
    differs from the last version, without a reason, and when they cannot be applied.
    """
    permit = office.demand("setup")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    if not reason.strip():
        raise Refused("reason_missing")
    setup = campaign.setup
    rules = following(rules, [one.code for one in setup.programmes], [pool.id for pool in setup.pools])
    check(rules)
    allocation.allocate(runs.gathered(office, rules).inputs)
    with office.store.work(permit) as work:
        work.campaigns.lock(office.campaign_id)
        last = max(work.rule_sets.all(office.campaign_id), key=lambda one: one.version)
        fresh = replace(rules, version=last.version + 1)
        changed = differences(last, fresh)
        if not changed:
            raise Refused("rules_unchanged", version=last.version)
        work.rule_sets.add(office.campaign_id, fresh)
        work.journal.add(
            ACT,
            str(fresh.version),
            reason=reason.strip(),
            before=text_of(_journalled((one, one.before) for one in changed)),
            after=text_of(_journalled((one, one.after) for one in changed)),
            campaign=office.campaign_id,
        )
        in_force = work.rule_sets.in_force(office.campaign_id, office.today())
        standing.refresh_lines(work, office.campaign(), in_force)
        work.commit()
    return Changed(campaign=True, runs=True)


def _journalled(values: Iterable[tuple[RuleDifference, str | None]]) -> dict[str, object]:
    return {".".join((one.what, *one.of)): value for one, value in values if value is not None}
