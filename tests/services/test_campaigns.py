"""Campaigns: made whole, changed within what is held, moved on by those who may, next year out of this."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, get_args

import pytest

from grants_app.domain.campaign import CampaignState
from grants_app.domain.journal import Role
from grants_app.domain.rounds import Order
from grants_app.services import (
    appeals,
    awards,
    campaign_acts,
    campaigns,
    conflicts,
    deadlines,
    decisions,
    exports,
    imports,
    intake,
    letters,
    members,
    runs,
    sealing,
    upkeep,
    way_back,
)
from grants_app.services.appeals import AppealForm
from grants_app.services.campaign import setup_file
from grants_app.services.office import keys, rights
from grants_app.services.presets import default_rules
from grants_app.services.register import second_look
from tests import offices
from tests.offices import SUMMER
from tests.services.desks import CLOSED, FROZEN, applied, as_role, moved_to, refuses

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grants_app.domain.campaign import CampaignSetup
    from grants_app.services.access import Office
    from grants_app.wording import Words

ROLES: tuple[Role, ...] = get_args(Role)


def with_seats(setup: CampaignSetup, seats: int, total: int | None = None) -> CampaignSetup:
    """The set-up with its first pool's seats, and the total if it changes."""
    first, *rest = setup.pools
    pools = (replace(first, seats=seats), *rest)
    return replace(setup, pools=pools, total=setup.total if total is None else total)


# Making and changing


def test_a_campaign_gives_no_more_seats_than_its_total(empty: Office) -> None:
    setup = empty.campaign().setup
    with refuses("seats_over_total", seats=51, total=50):
        campaigns.change_setup(empty, with_seats(setup, 7), empty.campaign().version)


def test_a_changed_setup_holds_at_once_and_says_who_changed_it(empty: Office) -> None:
    setup = empty.campaign().setup
    campaigns.change_setup(empty, with_seats(setup, 7, 51), empty.campaign().version, "приказ 12")
    assert (empty.campaign().setup.total, awards.totals(empty).free) == (51, 51)
    (act,) = upkeep.journal(empty, act="campaign.changed")[1]
    assert (act.actor, act.reason) == (empty.actor.name, "приказ 12")


def test_a_setup_changed_meanwhile_is_not_overwritten(empty: Office) -> None:
    seen = empty.campaign().version
    setup = empty.campaign().setup
    campaigns.change_setup(empty, with_seats(setup, 5), seen)
    with refuses("saved_by_another"):
        campaigns.change_setup(empty, with_seats(setup, 4), seen)
    assert empty.campaign().setup.pools[0].seats == 5


def test_after_a_seal_seats_change_by_an_act_only(office_at: Callable[[str], Office]) -> None:
    office = office_at("sealed")
    with refuses("seats_by_act"):
        campaigns.change_setup(
            office, with_seats(office.campaign().setup, 1), office.campaign().version, "приказ"
        )
    assert awards.totals(office).adds_up


def test_after_the_freeze_a_change_of_the_setup_needs_a_reason(empty: Office) -> None:
    moved_to(empty, FROZEN)
    setup = empty.campaign().setup
    with refuses("reason_missing"):
        campaigns.change_setup(empty, setup, empty.campaign().version)
    campaigns.change_setup(empty, setup, empty.campaign().version, "приказ 12")


def test_a_closed_campaign_changes_nothing_of_any_kind(
    office_at: Callable[[str], Office], tmp_path: Path
) -> None:
    office = office_at("sealed")
    number = awards.ledger(office)[0].application_no
    pool = awards.ledger(office)[0].pool
    chair = as_role(moved_to(office, CLOSED), "chair")
    how = decisions.TieHow(kind="order", minutes_no="9", on=date(2026, 9, 1))
    acts: tuple[Callable[[], object], ...] = (
        lambda: campaigns.change_setup(chair, chair.campaign().setup, chair.campaign().version, "x"),
        lambda: runs.propose(chair),
        lambda: sealing.seal(chair, 1, "9", date(2026, 9, 1)),
        lambda: awards.record(chair, number, "confirm"),
        lambda: decisions.decide_tie(chair, pool, ["B-0001", "B-0002"], how),
        lambda: decisions.place(chair, number, pool, "приказ"),
        lambda: decisions.unplace(chair, number, "приказ"),
        lambda: letters.issue_missing(chair),
        lambda: imports.plan(chair, [tmp_path / "list.csv"]),
    )
    before = upkeep.journal(office, limit=1)[0]
    for act in acts:
        with refuses("campaign_closed"):
            act()
    assert upkeep.journal(office, limit=1)[0] == before


def test_a_campaigns_code_is_taken_once(empty: Office) -> None:
    with refuses("campaign_exists"):
        campaigns.create_campaign(
            empty.store, empty.clock, empty.actor, empty.campaign().setup, default_rules()
        )


def test_the_only_open_campaign_is_found_and_two_are_asked_about(empty: Office) -> None:
    campaigns.create_campaign(
        empty.store,
        empty.clock,
        empty.actor,
        offices.next_year(empty.campaign().setup),
        default_rules(),
    )
    every = campaigns.all_campaigns(empty)
    assert [campaign.setup.code for campaign in every] == ["2027", "2026"]
    with refuses("several_open_campaigns", codes="2027, 2026"):
        campaigns.only_open(every)
    moved_to(empty, CLOSED)
    assert campaigns.only_open(campaigns.all_campaigns(empty)).setup.code == "2027"
    with refuses("no_open_campaign"):
        campaigns.only_open([empty.campaign()])


# Who may what

TYPING = {
    *("intake", "import", "papers", "backup", "award", "decide_conflict", "setup_export"),
    *("verify", "decide_second_look"),
}
PREPARING = TYPING | {
    "setup",
    "draw_second_look",
    "run",
    "seal",
    "decide_tie",
    "place",
    "extend",
    "commission",
    "appeal",
    "publish_key",
}
MAY = {
    "officer": TYPING,
    "verifier": {"verify", "decide_second_look", "intake", "decide_conflict", "backup", "setup_export"},
    "secretary": PREPARING,
    "chair": PREPARING | {"reopen", "close", "revoke", "decide_appeal"},
    "auditor": {"backup", "setup_export"},
}


@pytest.mark.parametrize("role", ROLES)
def test_everybody_may_do_their_own_acts_and_no_others(
    empty: Office, role: Role, tmp_path: Path, words: Words
) -> None:
    office = as_role(empty, role)
    how = decisions.TieHow(kind="order", minutes_no="3", on=date(2026, 8, 6))
    form = intake.SaveForm(entry=applied(empty).entry)
    acts: dict[str, Callable[[], object]] = {
        "intake": lambda: intake.save(office, form),
        "import": lambda: imports.plan(office, []),
        "papers": lambda: exports.write(office, words, "applications", "csv", tmp_path / "list.csv"),
        "backup": lambda: upkeep.backup(office, tmp_path / f"{role}.sqlite"),
        "verify": lambda: second_look.type_again(office, 1, 1, "math", form.entry.scores[0].value),
        "decide_conflict": lambda: conflicts.decide(office, 1, 1, "", "", paper="", reason=""),
        "decide_second_look": lambda: second_look.decide(office, 1, 1, "math", Decimal(1), paper=""),
        "draw_second_look": lambda: second_look.choose(office, 0),
        "setup_export": lambda: setup_file.export_setup(office, tmp_path / "setup.toml"),
        "setup": lambda: campaign_acts.open_campaign(office),
        "run": lambda: runs.propose(office),
        "seal": lambda: sealing.seal(office, 99, "", date(2026, 8, 6)),
        "award": lambda: awards.record(office, "B-9999", "confirm"),
        "decide_tie": lambda: decisions.decide_tie(office, "", [], replace(how, minutes_no="")),
        "place": lambda: decisions.place(office, "B-9999", "", ""),
        "close": lambda: campaign_acts.close(office),
        "reopen": lambda: campaign_acts.reopen(office, " ", CampaignState.OPEN),
        "extend": lambda: deadlines.extend(office, (), SUMMER, Order("", None, "")),
        "commission": lambda: members.leave(office, 9, ""),
        "appeal": lambda: appeals.record(
            office, AppealForm(application_no="", received_at=SUMMER, subject="")
        ),
        "decide_appeal": lambda: appeals.decide(
            office, 9, "granted", minutes_no="", minutes_on=date(2026, 8, 6), effect=""
        ),
        "publish_key": lambda: keys.publish(office, tmp_path / f"{role}.key"),
        "revoke": lambda: way_back.undo_answer(office, "B-9999", ""),
    }
    assert set(acts) == set(rights.RIGHTS) - {"sit_down", "found", "restore"}, "every act is tried here"
    allowed = {name for name, act in acts.items() if tried(act)}
    assert allowed == MAY[role]


def tried(act: Callable[[], object]) -> bool:
    """Whether the role may, whatever else may be wrong with the request."""
    from grants_app.domain.errors import Refused

    try:
        act()
    except Refused as refused:
        return refused.code != "not_allowed"
    return True


def test_an_auditor_reads_everything_and_writes_nothing(empty: Office) -> None:
    assert rights.acts_of("auditor") == {"sit_down", "found", "backup", "setup_export"}
    with refuses("not_allowed", role="auditor", act="intake"):
        applied(as_role(empty, "auditor"))
