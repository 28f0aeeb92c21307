"""Makes the stored database of the present schema; run once for each schema that was released.

python -m tests.old_databases.making tests/old_databases
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from grants_app.domain.application import ChecklistItem
from grants_app.domain.records import Appeal, CommissionMember, Scenario, Transfer, Vote
from grants_app.services import demonstration, intake, letters
from grants_app.store.schema import HEAD
from grants_app.wording import Words
from tests import makers, offices
from tests.makers import PERMIT

if TYPE_CHECKING:
    from grants_app.services.access import Office
    from grants_app.store.engine import Store

PEOPLE = 12


def told(store: Store) -> dict[str, Any]:
    """What the database says of its only campaign, as JSON can hold it."""
    return _decided(store) | _recorded(store)


def _recorded(store: Store) -> dict[str, Any]:
    with store.work(PERMIT) as work:
        (campaign,) = work.campaigns.all()
        return {
            "scenarios": [one.name for one in work.scenarios.all(campaign.id)],
            "appeals": [one.subject for one in work.appeals.all(campaign.id)],
            "commission": [one.name for one in work.commission.members(campaign.id)],
            "votes": [one.matter for one in work.commission.votes(campaign.id, "3")],
            "transfers": [one.recipient for one in work.transfers.all(campaign.id)],
            "drafts": [one.form for one in work.drafts.of_actor(offices.SECRETARY.name)],
        }


def _decided(store: Store) -> dict[str, Any]:
    with store.reading() as reading:
        (campaign,) = reading.campaigns()
        run = reading.last_run(campaign.id, "sealed")
        applications = reading.applications(campaign.id)
        seq, link = reading.checkpoint()
        return {
            "campaign": [campaign.setup.code, campaign.state.value, len(campaign.setup.pools)],
            "rules": [rules.version for rules in reading.rule_sets(campaign.id)],
            "applications": [
                [
                    one.no,
                    one.entry.person.full_name,
                    one.entry.person.pin,
                    one.state.value,
                    list(one.entry.choices),
                    [[score.criterion, str(score.value)] for score in one.entry.scores],
                ]
                for one in applications
            ],
            "run": None
            if run is None
            else [run.no, run.fingerprint, run.minutes_no, len(reading.run_file(run.id))],
            "awards": [
                [one.application_no, one.pool, one.seat, one.label, one.state.value]
                for one in reading.awards(campaign.id)
            ],
            "papers": [[one.number, one.state] for one in reading.papers(campaign.id)],
            "public_key": reading.public_key(campaign.id).hex(),
            "journal": [seq, link],
        }


def fill(office: Office) -> None:
    """People with every paper apply, all is ranked, ties are drawn, the run is sealed, letters are issued."""
    words, setup = Words("ru"), office.campaign().setup
    papers = tuple(ChecklistItem(item=one.code, received=True) for one in setup.required_papers)
    for entry in makers.entries(setup, PEOPLE):
        intake.save(office, intake.SaveForm(entry=replace(entry, checklist=papers)))
    office = replace(office, clock=lambda: demonstration.SAMPLE_DAY)
    demonstration.seal_sample(office, words, offices.quiet)
    letters.issue_missing(office)
    _keep_records(office)


def _keep_records(office: Office) -> None:
    """One of each record that no use case of the above writes."""
    at, by, campaign = office.clock(), office.actor.name, office.campaign_id
    with office.store.work(PERMIT) as work:
        (first, *_) = work.applications.load(campaign)
        scenario = Scenario(campaign=campaign, name="меньше мест", document="{}", saved_at=at, saved_by=by)
        work.scenarios.put(scenario)
        work.appeals.add(
            Appeal(campaign=campaign, application=first.id, received_at=at, subject="балл", deadline=at)
        )
        member = work.commission.put_member(CommissionMember(campaign=campaign, name="Асанов У."))
        work.commission.put_vote(
            Vote(campaign=campaign, member=member, minutes_no="3", matter=first.no, vote="for")
        )
        work.transfers.add(
            Transfer(
                campaign=campaign, at=at, by=by, what="список", recipient="ЕНУ", country="KZ",
                basis="согласие", people=PEOPLE,
            )
        )  # fmt: skip
        work.drafts.put(by, "new", '{"surname": "Ки"}')
        work.commit()


def main(target: str) -> int:
    """Write the database and what it says beside it, under the name of the present schema."""
    with TemporaryDirectory() as name:
        office = offices.new_office(Path(name))
        fill(office)
        with office.store.engine.connect() as connection:
            cursor = connection.connection.cursor()
            cursor.execute("PRAGMA page_size = 512")  # an eighth of the usual: most of its tables are small
            cursor.execute("VACUUM")
            cursor.close()
        Path(target, f"{HEAD}.json").write_text(
            json.dumps(told(office.store), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
        office.store.close()
        Path(target, f"{HEAD}.sqlite").write_bytes(Path(name, "grants.sqlite").read_bytes())
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
