"""Real offices for tests: the sample campaign at the stages a test starts from, each test on its own copy."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from grants_app.domain.journal import Actor
from grants_app.services import demonstration
from grants_app.services.access import Folders, Office
from grants_app.services.campaigns import create_campaign
from grants_app.services.presets import preset
from grants_app.store.engine import create_store, open_store
from grants_app.wording import Words

if TYPE_CHECKING:
    from pathlib import Path

    from grants_app.domain.campaign import CampaignSetup

# The sample campaign's own summer: before its applications close.
SUMMER = datetime(2026, 7, 10, 9, 0, tzinfo=UTC)
READER = (sys.executable, "-m", "grants_app", "read-sheet")
SECRETARY = Actor(name="Токтогулова А.", branch="KAZNU-BSH", role="secretary")


def summer() -> datetime:
    """The clock of tests."""
    return SUMMER


def quiet(_sentence: str) -> None:
    """Nobody listens."""


def new_office(folder: Path, preset_name: str = "sample", address: str = "") -> Office:
    """An office on a new database with the preset's campaign and nobody in it."""
    setup, rules = preset(preset_name, SUMMER.year)
    store = create_store(address or str(folder / "grants.sqlite"), summer)
    campaign = create_campaign(store, summer, SECRETARY, setup, rules)
    return Office(
        store=store,
        clock=summer,
        folders=Folders(folder),
        actor=SECRETARY,
        campaign_id=campaign,
        reader_command=READER,
    )


def next_year(setup: CampaignSetup, code: str = "2027") -> CampaignSetup:
    """The sample's set-up as a real campaign's of another year, for a second one beside it."""
    years = int(code) - int(setup.code)
    dates = tuple(replace(one, at=one.at.replace(year=one.at.year + years)) for one in setup.deadlines)
    return replace(setup, code=code, deadlines=dates, sample=False)


def opened(folder: Path, clock: datetime = SUMMER) -> Office:
    """The office on the database already in the folder."""
    store = open_store(str(folder / "grants.sqlite"), lambda: clock)
    with store.reading() as reading:
        campaign = reading.campaigns()[0].id
    return Office(
        store=store,
        clock=lambda: clock,
        folders=Folders(folder),
        actor=SECRETARY,
        campaign_id=campaign,
        reader_command=READER,
    )


def make_real(office: Office) -> None:
    """The campaign as if it had been set up for real: its papers carry no sample's mark."""
    campaign = office.campaign()
    with office.store.work(office.demand("setup")) as work:
        work.campaigns.put(
            replace(campaign, setup=replace(campaign.setup, sample=False)), seen=campaign.version
        )
        work.commit()


def make_stages(folder: Path) -> None:
    """The sample campaign at three stages: `imported`, `settled` (conflicts decided), `sealed`."""
    office = new_office(_new(folder, "imported"))
    words = Words("ru")
    demonstration.fill(office, words, quiet)
    office.store.close()
    _copy(folder, "imported", "settled")
    office = opened(folder / "settled")
    demonstration.settle_conflicts(office, words, quiet)
    office.store.close()
    _copy(folder, "settled", "sealed")
    office = replace(opened(folder / "sealed"), clock=lambda: demonstration.SAMPLE_DAY)
    demonstration.seal_sample(office, words, quiet)
    office.store.close()


def _new(folder: Path, stage: str) -> Path:
    (folder / stage).mkdir(parents=True)
    return folder / stage


def _copy(folder: Path, source: str, target: str) -> None:
    _new(folder, target)
    shutil.copy(folder / source / "grants.sqlite", folder / target / "grants.sqlite")
