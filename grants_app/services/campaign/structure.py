"""A campaign's structure changed thing by thing: added, changed, taken away, closed, reopened, put in order.

Every act is one journal entry about just that thing. What something hangs on is not taken away but closed.
The rule set follows: a programme that goes takes its row along, a new one brings the tests it admits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from grants_app.domain import ruleset
from grants_app.domain.campaign import Branch, Deadline, Pool, Programme, RequiredPaper
from grants_app.domain.errors import Refused
from grants_app.domain.journal import Changed
from grants_app.domain.ruleset import ProgrammeRule, RuleSet
from grants_app.domain.setup_checks import (
    PARTS,
    Hanging,
    Part,
    Thing,
    demand_png,
    demand_sound,
    demand_year,
    key_of,
    part_of,
    things,
    tidy,
    tidy_names,
    with_things,
)
from grants_app.domain.values import LANGS, Names
from grants_app.services import seat_acts, standing
from grants_app.services.entry_changes import text_of
from grants_app.wording import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.domain.campaign import Campaign, CampaignSetup
    from grants_app.domain.permit import Permit
    from grants_app.services.access import Office
    from grants_app.store.unit_of_work import UnitOfWork

__all__ = ["PARTS", "Hanging", "Head", "Part", "Thing", "add", "change", "change_head", "close", "emblem"]
__all__ += ["hanging", "head_of", "move", "put_emblem", "remove", "remove_emblem", "reopen"]


# Parts on which it depends what an application lacks or how it is shown.
_SHOWN: tuple[Part, ...] = ("programmes", "pools", "deadlines", "required_papers")
_OWN = "hanging_own_"  # what hangs on a thing in the set-up itself and is renamed along with it


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a campaign is as a whole: its code (the year), titles, total, clock, consent's version."""

    code: str
    titles: Names
    total: int
    zone: str
    zone_names: Names
    consent_version: str = ""


def head_of(setup: CampaignSetup) -> Head:
    """The campaign's own values, out of its set-up."""
    return Head(
        code=setup.code,
        titles=setup.titles,
        total=setup.total,
        zone=setup.zone,
        zone_names=setup.zone_names,
        consent_version=setup.consent_version,
    )


def change_head(office: Office, head: Head, seen: int, *, reason: str = "") -> Changed:
    """Change what the campaign is as a whole; its code stays once numbers were given out under it."""
    permit, campaign = _demand(office, reason)
    before = head_of(campaign.setup)
    code = head.code
    if code != before.code:
        code = demand_year(code, office.now().year)
        _demand_unused_code(office, campaign, code)
    head = replace(head, code=code, titles=tidy_names(head.titles), zone_names=tidy_names(head.zone_names))
    after = replace(campaign.setup, **{name: getattr(head, name) for name in Head.__dataclass_fields__})
    step = _Step("changed", head.code, *_differing(before, head, ""), reason)
    return _written(office, permit, campaign, after, seen, step)


def add(
    office: Office,
    thing: Thing,
    seen: int,
    *,
    tests: tuple[str, ...] | None = None,
    seats: int = 0,
    reason: str = "",
) -> Changed:
    """Put a thing at the end of its part.

    A programme brings its pool of `seats` and, where `tests` are said, its row in the rules; () says that
    it needs none, None that nobody said yet. A required paper without a code gets a free one.
    """
    permit, campaign = _demand(office, reason)
    thing = _completed(campaign.setup, tidy(thing))
    part = part_of(thing)
    after = with_things(campaign.setup, part, (*things(campaign.setup, part), thing))
    if isinstance(thing, Programme):
        pool = _pool_of(thing, seats)
        after = replace(after, pools=(*after.pools, pool))
    told: dict[str, object] = {part: _told(thing)}
    tests_of: dict[str, tuple[str, ...]] = {}
    if isinstance(thing, Programme):
        told["seats"] = seats
        if tests is not None:
            tests_of, told["tests"] = {thing.code: tests}, list(tests)
    return _written(
        office,
        permit,
        campaign,
        after,
        seen,
        _Step("added", key_of(thing), {}, told, reason),
        _Rules(tests_of),
    )


def change(
    office: Office,
    place: int,
    thing: Thing,
    seen: int,
    *,
    tests: tuple[str, ...] | None = None,
    reason: str = "",
) -> Changed:
    """Put `thing` in the place of the one of its part that stands there; `tests` None leaves them.

    A code is renamed with all that names it, as long as nothing hangs on the thing.
    """
    permit, campaign = _demand(office, reason)
    setup = campaign.setup
    thing = _completed(setup, tidy(thing))
    part = part_of(thing)
    before = _at(setup, part, place)
    renamed: dict[str, str] = {}
    if name_of(before) != name_of(thing):
        demand_free(office, setup, part, place, but=(_OWN,))
        renamed = _renamed(setup, before, thing)
    after = with_things(setup, part, _put(things(setup, part), place, thing))
    after = _followed(after, before, thing, renamed)
    was, is_ = _differing(before, thing, part)
    tests_of: dict[str, tuple[str, ...]] = {}
    if isinstance(thing, Programme) and tests is not None:
        row = standing.current_rules(office).programme(name_of(before)[0])
        if row is None or row.any_subject != tests:
            tests_of = {thing.code: tests}
            was, is_ = was | {"tests": list(row.any_subject if row else ())}, is_ | {"tests": list(tests)}
    step = _Step("changed", key_of(thing), was, is_, reason)
    return _written(office, permit, campaign, after, seen, step, _Rules(tests_of, renamed))


def remove(office: Office, part: Part, place: int, seen: int, *, reason: str = "") -> Changed:
    """Take a thing away; Refused (in_use), with what hangs on it, where it can only be closed."""
    permit, campaign = _demand(office, reason)
    setup = campaign.setup
    thing = _at(setup, part, place)
    demand_free(office, setup, part, place)
    kept = things(setup, part)
    after = with_things(setup, part, (*kept[:place], *kept[place + 1 :]))
    if isinstance(thing, Programme):
        after = replace(after, pools=tuple(pool for pool in after.pools if pool.programme != thing.code))
    step = _Step("removed", key_of(thing), {part: _told(thing)}, {}, reason)
    return _written(office, permit, campaign, after, seen, step)


def close(office: Office, part: Part, place: int, seen: int, *, reason: str = "") -> Changed:
    """Close a thing: what there is of it stays, nothing new comes to it.

    Refused while open things belong to it, or seats do.
    """
    return _turned(office, part, place, seen, reason, closed=True)


def reopen(office: Office, part: Part, place: int, seen: int, *, reason: str = "") -> Changed:
    """Open a closed thing again."""
    return _turned(office, part, place, seen, reason, closed=False)


def move(office: Office, part: Part, place: int, by: int, seen: int) -> Changed:
    """Move a thing so many places down its part's order, up where `by` is negative; the ends hold it."""
    permit, campaign = _demand(office, "", ordering=True)
    kept = list(things(campaign.setup, part))
    thing = _at(campaign.setup, part, place)
    target = min(max(place + by, 0), len(kept) - 1)
    if target == place:
        return Changed()
    kept.insert(target, kept.pop(place))
    after = with_things(campaign.setup, part, kept)
    step = _Step("moved", key_of(thing), {part: {"place": place + 1}}, {part: {"place": target + 1}})
    return _written(office, permit, campaign, after, seen, step)


def hanging(office: Office, part: Part, place: int) -> tuple[Hanging, ...]:
    """What hangs on a thing, so that it cannot be taken away; () where it can."""
    setup = office.campaign().setup
    return _hanging(office, setup, _at(setup, part, place))


def demand_free(
    office: Office, setup: CampaignSetup, part: Part, place: int, *, but: tuple[str, ...] = ()
) -> None:
    """Refused (in_use) while something hangs on the thing, but for what begins with one of `but`."""
    thing = _at(setup, part, place)
    found = [one for one in _hanging(office, setup, thing) if not one.code.startswith(but)]
    if found:
        what = {
            lang: ", ".join(Words(lang).code(one.code, count=one.count) for one in found) for lang in LANGS
        }
        raise Refused("in_use", name=key_of(thing), what=what)


def put_emblem(office: Office, place: int, png: bytes, seen: int, *, reason: str = "") -> Changed:
    """Give a branch its own picture; Refused unless it is a PNG a letterhead can bear."""
    from grants_app.papers.emblems import demand_drawable

    demand_png(png)
    demand_drawable(png)
    return _pictured(office, place, png, seen, reason)


def remove_emblem(office: Office, place: int, seen: int, *, reason: str = "") -> Changed:
    """Take a branch's picture off; papers issued with it keep it."""
    return _pictured(office, place, None, seen, reason)


def emblem(office: Office, digest: str) -> bytes:
    """A picture by its name; Refused (not_found) when there is none."""
    with office.store.reading() as reading:
        found = reading.emblems((digest,))
    if digest not in found:
        raise Refused("not_found", kind="emblem", key=digest[:12])
    return found[digest]


# ---- within ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Step:
    """One act as the journal tells it."""

    act: str
    subject: str
    before: Mapping[str, object]
    after: Mapping[str, object]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Rules:
    """What the rules are told beside the programmes and pools that are there."""

    tests_of: Mapping[str, tuple[str, ...]] | None = None
    renamed: Mapping[str, str] | None = None


def _demand(office: Office, reason: str, *, ordering: bool = False) -> tuple[Permit, Campaign]:
    permit = office.demand("setup")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    if campaign.state in standing.DECIDED and not reason.strip() and not ordering:
        raise Refused("reason_missing")
    return permit, campaign


def _at(setup: CampaignSetup, part: Part, place: int) -> Thing:
    found = things(setup, part)
    if not 0 <= place < len(found):
        raise Refused("setup_gone")
    return found[place]


def name_of(thing: Thing) -> tuple[str, ...]:
    """What other things and records call it by; nothing calls dates and signatories."""
    if isinstance(thing, Branch):
        return (thing.code, thing.letter, thing.prefix)
    if isinstance(thing, Programme):
        return (thing.code, thing.branch, thing.level)
    if isinstance(thing, Pool):
        return (thing.id,)
    return (thing.code,) if isinstance(thing, RequiredPaper) else ()


def _put(kept: Sequence[Thing], place: int, thing: Thing) -> tuple[Thing, ...]:
    return (*kept[:place], thing, *kept[place + 1 :])


def _pool_of(programme: Programme, seats: int) -> Pool:
    return Pool(
        id=f"{programme.branch}/{programme.code}",
        branch=programme.branch,
        programme=programme.code,
        level=programme.level,
        seats=seats,
    )


def _completed(setup: CampaignSetup, thing: Thing) -> Thing:
    """The thing with what the program itself can say: a date's usual name, a free code, a pool's level."""
    if isinstance(thing, Deadline) and thing.names == Names() and thing.code:
        return replace(thing, names=calendar_names(thing.code))
    if isinstance(thing, RequiredPaper) and not thing.code:
        taken = {paper.code for paper in setup.required_papers}
        free = next(code for n in range(1, len(taken) + 2) if (code := f"paper-{n}") not in taken)
        return replace(thing, code=free)
    if isinstance(thing, Pool):
        programme = next((one for one in setup.programmes if one.code == thing.programme), None)
        return replace(thing, level=programme.level) if programme else thing
    return thing


def calendar_names(kind: str) -> Names:
    """How a kind of date is usually called, in the four languages; Refused when there is no such kind."""
    try:
        return Names(**{lang: Words(lang).code(f"calendar_{kind}") for lang in LANGS})
    except KeyError:
        raise Refused("setup_kind_unknown", name=kind[:24]) from None


def _renamed(setup: CampaignSetup, before: Thing, thing: Thing) -> dict[str, str]:
    """Programmes and pools that get another name, by the name they had."""
    if isinstance(before, Branch) and isinstance(thing, Branch):
        mine = [pool for pool in setup.pools if pool.branch == before.code]
        return {pool.id: f"{thing.code}/{pool.programme}" for pool in mine}
    if isinstance(before, Programme) and isinstance(thing, Programme):
        moved = {before.code: thing.code}
        for pool in setup.pools:
            if pool.programme == before.code:
                branch = thing.branch if pool.branch == before.branch else pool.branch
                moved[pool.id] = f"{branch}/{thing.code}"
        return moved
    if isinstance(before, Pool) and isinstance(thing, Pool):
        return {before.id: thing.id}
    return {}


def _followed(setup: CampaignSetup, before: Thing, thing: Thing, renamed: Mapping[str, str]) -> CampaignSetup:
    """The set-up with everything that names a renamed thing naming it anew."""
    if isinstance(before, Branch) and isinstance(thing, Branch) and before.code != thing.code:
        old, new = before.code, thing.code
        return replace(
            setup,
            programmes=tuple(
                replace(one, branch=new) if one.branch == old else one for one in setup.programmes
            ),
            pools=tuple(
                replace(one, branch=new, id=f"{new}/{one.programme}") if one.branch == old else one
                for one in setup.pools
            ),
            signatories=tuple(
                replace(one, branch=new) if one.branch == old else one for one in setup.signatories
            ),
        )
    if isinstance(before, Programme) and isinstance(thing, Programme):
        pools = []
        for pool in setup.pools:
            if pool.programme == before.code:
                name = renamed.get(pool.id, pool.id)
                branch = name.partition("/")[0]
                pools.append(replace(pool, id=name, branch=branch, programme=thing.code, level=thing.level))
            else:
                pools.append(pool)
        return replace(setup, pools=tuple(pools))
    return setup


def _hanging(office: Office, setup: CampaignSetup, thing: Thing) -> tuple[Hanging, ...]:
    campaign = office.campaign_id
    found: list[Hanging] = []
    with office.store.reading() as reading:
        if isinstance(thing, Branch):
            own = [
                ("programmes", sum(one.branch == thing.code for one in setup.programmes)),
                ("pools", sum(one.branch == thing.code for one in setup.pools)),
                ("signatories", sum(one.branch == thing.code for one in setup.signatories)),
            ]
            found += [Hanging(f"{_OWN}{name}", count) for name, count in own if count]
            found += reading.hanging_on_branch(campaign, thing.code, thing.letter)
        elif isinstance(thing, Programme):
            pools = [pool.id for pool in setup.pools if pool.programme == thing.code]
            found += reading.hanging_on_pools(campaign, pools)
        elif isinstance(thing, Pool):
            found += reading.hanging_on_pools(campaign, [thing.id])
        elif isinstance(thing, RequiredPaper):
            found += reading.hanging_on_required_paper(campaign, thing.code)
            stops = sum(
                any(block.paper == thing.code for block in rules.blocks)
                for rules in _rules_to_keep(office, reading.rule_sets(campaign))
            )
            found += [Hanging("hanging_rules", stops)] if stops else []
    return tuple(found)


def _turned(office: Office, part: Part, place: int, seen: int, reason: str, *, closed: bool) -> Changed:
    permit, campaign = _demand(office, reason)
    setup = campaign.setup
    thing = _at(setup, part, place)
    if thing.closed == closed:
        return Changed()
    if closed:
        _demand_closable(setup, thing)
    after = with_things(setup, part, _put(things(setup, part), place, replace(thing, closed=closed)))
    if isinstance(thing, Programme):
        after = replace(
            after,
            pools=tuple(
                replace(pool, closed=closed) if pool.programme == thing.code else pool for pool in after.pools
            ),
        )
    step = _Step(
        "closed" if closed else "reopened",
        key_of(thing),
        {part: {"closed": not closed}},
        {part: {"closed": closed}},
        reason,
    )
    return _written(office, permit, campaign, after, seen, step)


def _demand_closable(setup: CampaignSetup, thing: Thing) -> None:
    if isinstance(thing, Branch):
        for programme in setup.programmes:
            if programme.branch == thing.code and not programme.closed:
                raise Refused("closed_with_programmes", name=thing.code, programme=programme.code)
        pools = [pool for pool in setup.pools if pool.branch == thing.code]
    elif isinstance(thing, Programme):
        pools = [pool for pool in setup.pools if pool.programme == thing.code]
    else:
        pools = [thing] if isinstance(thing, Pool) else []
    for pool in pools:
        if pool.seats:
            raise Refused("closed_with_seats", name=setup.pool_called(pool.id), seats=pool.seats)


def _pictured(office: Office, place: int, png: bytes | None, seen: int, reason: str) -> Changed:
    permit, campaign = _demand(office, reason)
    branch = _at(campaign.setup, "branches", place)
    if not isinstance(branch, Branch):  # pragma: no cover - the part "branches" holds nothing else
        raise TypeError(branch)

    def kept(work: UnitOfWork) -> CampaignSetup:
        named = replace(branch, emblem="" if png is None else work.emblems.put(png))
        return with_things(campaign.setup, "branches", _put(campaign.setup.branches, place, named))

    with office.store.work(permit) as work:
        work.campaigns.lock(campaign.id)
        after = kept(work)
        fresh = after.branches[place].emblem
        work.campaigns.put(replace(campaign, setup=after), seen=seen)
        work.journal.add(
            "setup.changed",
            branch.code,
            reason=reason.strip(),
            before=text_of({"branches": {"emblem": branch.emblem}}),
            after=text_of({"branches": {"emblem": fresh}}),
            campaign=campaign.id,
        )
        work.commit()
    return Changed(campaign=True)


def _demand_unused_code(office: Office, campaign: Campaign, code: str) -> None:
    """The code stands in numbers of papers and in sealed runs: after the first of them it stays."""
    with office.store.reading() as reading:
        sealed = reading.last_run(campaign.id, "sealed")
        papers = reading.papers(campaign.id)
        others = {one.setup.code for one in reading.campaigns() if one.id != campaign.id}
    if sealed is not None or papers:
        raise Refused("campaign_code_used", campaign=campaign.setup.code)
    if code in others:
        raise Refused("campaign_exists", campaign=code)


def _told(thing: Thing) -> dict[str, object]:
    """What a thing says, without what it leaves empty."""
    said: dict[str, object] = msgspec.to_builtins(thing)
    return {key: value for key, value in said.items() if value not in ("", [], None, False, {})}


def _differing(before: object, after: object, part: str) -> tuple[dict[str, object], dict[str, object]]:
    """The fields that differ, as they were and as they are, under the part's name where there is one."""
    old, new = msgspec.to_builtins(before), msgspec.to_builtins(after)
    touched = [key for key in new if old[key] != new[key]]
    was, is_ = {key: old[key] for key in touched}, {key: new[key] for key in touched}
    return ({part: was}, {part: is_}) if part else (was, is_)


def _written(
    office: Office,
    permit: Permit,
    campaign: Campaign,
    after: CampaignSetup,
    seen: int,
    step: _Step,
    rules: _Rules | None = None,
) -> Changed:
    """Keep the set-up, the rules that follow it and the journal's entry, or nothing of it."""
    demand_sound(after)
    told = rules or _Rules()
    if after == campaign.setup and not told.tests_of:
        return Changed()
    seat_acts.demand_no_silent_change(office, campaign.setup, after)
    with office.store.work(permit) as work:
        work.campaigns.lock(campaign.id)
        ruled = follow_rules(office, work, after, told.tests_of, told.renamed)
        if after == campaign.setup and not ruled:
            return Changed()
        saved = work.campaigns.put(replace(campaign, setup=after), seen=seen)
        refresh(office, work, campaign.setup, saved)
        work.journal.add(
            f"setup.{step.act}",
            step.subject,
            reason=step.reason.strip(),
            before=text_of(step.before),
            after=text_of({**step.after, **({"rules": ruled} if ruled else {})}),
            campaign=campaign.id,
        )
        work.commit()
    return Changed(campaign=True, runs=bool(ruled))


def refresh(office: Office, work: UnitOfWork, before: CampaignSetup, saved: Campaign) -> None:
    """Bring what the list shows of applications up to date where it may follow from what was changed."""
    rules = work.rule_sets.in_force(saved.id, office.today())
    if rules != standing.current_rules(office) or any(
        things(before, part) != things(saved.setup, part) for part in _SHOWN
    ):
        standing.refresh_lines(work, saved, rules)


def follow_rules(
    office: Office,
    work: UnitOfWork,
    setup: CampaignSetup,
    tests_of: Mapping[str, tuple[str, ...]] | None = None,
    renamed: Mapping[str, str] | None = None,
) -> int:
    """Bring the rules in step with programmes and pools; the version in force now, 0 for no change.

    The version in force today and those still to come are written anew where one of them changes: a later
    version shadows every earlier one.
    """
    versions = work.rule_sets.all(office.campaign_id)
    renewed = _rules_to_keep(office, versions)
    programmes = [programme.code for programme in setup.programmes]
    pools = [pool.id for pool in setup.pools]
    fresh = []
    for rules in renewed:
        one = ruleset.following(rules, programmes, pools, renamed)
        one = replace(one, programmes=_with_tests(one, tests_of or {}))
        ruleset.check(one)
        fresh.append(one)
    if tuple(fresh) == tuple(renewed):
        return 0
    last = max(rules.version for rules in versions)
    for number, rules in enumerate(fresh, start=last + 1):
        work.rule_sets.add(office.campaign_id, replace(rules, version=number))
    return last + 1


def _rules_to_keep(office: Office, versions: Sequence[RuleSet]) -> tuple[RuleSet, ...]:
    """The version in force today, and later ones whose day has not come."""
    today = office.today()
    come = [rules for rules in versions if rules.in_force_from <= today] or list(versions[:1])
    if not come:
        return ()
    current = max(come, key=lambda rules: rules.version)
    return (current, *(rules for rules in versions if rules.version > current.version))


def _with_tests(rules: RuleSet, tests_of: Mapping[str, tuple[str, ...]]) -> tuple[ProgrammeRule, ...]:
    """The rows with these tests; a programme that had none is put at the end."""
    rows = {row.programme: row for row in rules.programmes}
    for programme, tests in tests_of.items():
        row = rows.get(programme, ProgrammeRule(programme=programme))
        rows[programme] = replace(row, any_subject=tests)
    return tuple(rows.values())
