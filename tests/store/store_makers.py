"""Campaigns, people and applications for the tests of the store, each as small as it may be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from grants_app.domain.application import (
    Application,
    Entry,
    ListLine,
    PersonFacts,
    Phone,
    School,
    Score,
    State,
)
from grants_app.domain.campaign import (
    Branch,
    CampaignSetup,
    CampaignState,
    Deadline,
    Pool,
    Programme,
    RequiredPaper,
    Signatory,
)
from grants_app.domain.journal import Actor
from grants_app.domain.runs import NewRun
from grants_app.domain.values import Names
from tests.makers import PERMIT

if TYPE_CHECKING:
    from grants_app.domain.campaign import Campaign
    from grants_app.store.engine import Store
    from grants_app.store.unit_of_work import UnitOfWork

BISHKEK = timezone(timedelta(hours=6))
NOW = datetime(2026, 7, 10, 3, 0, tzinfo=UTC)
OFFICER = Actor(name="Токтогулова А.", branch="K")


def clock() -> datetime:
    """A clock that stands still."""
    return NOW


def names(text: str) -> Names:
    return Names(ky=text, ru=text, kk=text, en=text)


def setup(**changes: Any) -> CampaignSetup:
    """Two branches, three pools, fifty grants of which all have a seat."""
    branches = tuple(
        Branch(
            code=code,
            letter=letter,
            prefix=f"{code}Б",
            names=names(code),
            short=names(code),
            city=names(city),
        )
        for code, letter, city in (("K", "B", "Бишкек"), ("E", "O", "Ош"))
    )
    programmes = tuple(
        Programme(
            code=code, branch=branch, level="bachelor", names=names(code), spellings=(f"{code}а", f"{code}б")
        )
        for code, branch in (("6B01", "K"), ("6B02", "K"), ("6B03", "E"))
    )
    pools = tuple(
        Pool(id=f"{p.branch}/{p.code}", branch=p.branch, programme=p.code, level="bachelor", seats=seats)
        for p, seats in zip(programmes, (20, 20, 10), strict=True)
    )
    values: dict[str, Any] = {
        "code": "2026",
        "titles": names("Гранты 2026"),
        "total": 50,
        "zone": "Asia/Bishkek",
        "zone_names": names("Бишкек"),
        "branches": branches,
        "programmes": programmes,
        "pools": pools,
        "deadlines": (
            Deadline(code="close", at=datetime(2026, 7, 15, 14, tzinfo=BISHKEK), names=names("приём")),
        ),
        "signatories": (
            Signatory(branch="K", paper="award_letter", post=names("директор"), name=names("Асанов У.")),
        ),
        "required_papers": (RequiredPaper(code="id", names=names("паспорт"), count=2),),
        "consent_version": "1",
    }
    return CampaignSetup(**values | changes)


def made_campaign(store: Store, **changes: Any) -> Campaign:
    """A campaign that is open, its making in the journal."""
    with store.work(PERMIT) as work:
        campaign = work.campaigns.add(setup(**changes), CampaignState.OPEN, date(2026, 6, 1))
        work.journal.add("campaign.created", campaign.setup.code, campaign=campaign.id)
        work.commit()
    return campaign


def person(number: int = 1, **changes: Any) -> PersonFacts:
    values: dict[str, Any] = {
        "surname": "Үсөнова",
        "given": "Айгерим",
        "patronymic": "Бакытовна",
        "latin": "USONOVA AIGERIM",
        "sex": "F",
        "born": date(2008, 3, 15),
        "pin": f"1150320080{number:04d}",
        "document_no": f"ID{number:07d}",
        "phones": (Phone(f"+996555{number:06d}"),),
    }
    return PersonFacts(**values | changes)


def entry(number: int = 1, **changes: Any) -> Entry:
    values: dict[str, Any] = {
        "person": person(number),
        "branch": "K",
        "received_at": datetime(2026, 7, 1, 10, 30, tzinfo=BISHKEK),
        "school": School(name="№ 12", kind="rural", graduated=2026),
        "scores": (
            Score(criterion="ort_main", value=Decimal(118), source="сертификат"),
            Score(criterion="average", value=Decimal("4.85"), source="аттестат"),
        ),
        "choices": ("K/6B01", "E/6B03"),
    }
    return Entry(**values | changes)


def application(campaign: int, no: str, number: int = 1, **changes: Any) -> Application:
    values: dict[str, Any] = {
        "id": 0,
        "campaign": campaign,
        "person_id": 0,
        "no": no,
        "state": State.SUBMITTED,
        "entry": entry(number),
        "entered_at": NOW,
        "entered_by": OFFICER.name,
    }
    return Application(**values | changes)


def shown_as(one: Application, **changes: Any) -> ListLine:
    """What the list shows of an application, as if set-up and rules had been asked."""
    return replace(ListLine(score=None, flags=(), verified=0, state=one.state), **changes)


def handed_in(store: Store, campaign: int, count: int, first: int = 1, **changes: Any) -> list[int]:
    """So many applications of so many people, journalled; answers their ids."""
    with store.work(PERMIT) as work:
        numbers = work.applications.next_numbers(campaign, "B", count)
        made = [
            application(campaign, no, first + place, entry=entry(first + place, **changes))
            for place, no in enumerate(numbers)
        ]
        lines = {one.no: shown_as(one, score=Decimal(200 + n)) for n, one in enumerate(made)}
        ids = work.applications.add_many(made, lines)
        for one in made:
            work.journal.add("application.submitted", one.no, campaign=campaign)
        work.commit()
    return ids


def kept_run(work: UnitOfWork, campaign: int, **changes: Any) -> int:
    """A run with nothing in it but what is asked for."""
    values: dict[str, Any] = {
        "campaign": campaign,
        "kind": "draft",
        "round": 1,
        "rules": 1,
        "file": b"{}",
        "lines": (),
        "explanations": {},
        "awards": 0,
        "open_ties": 0,
        "at": NOW,
        "by": OFFICER.name,
    }
    return work.runs.add(NewRun(**values | changes)).id
