"""A real office's first campaign, from an empty one to proven letters, by the services alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.application import ChecklistItem
from grants_app.domain.campaign import Deadline, RequiredPaper, Signatory
from grants_app.domain.values import Names
from grants_app.papers.verify import verify_letter
from grants_app.services import (
    campaign_acts,
    intake,
    letters,
    rule_changes,
    runs,
    sealing,
    standing,
    stationery,
    upkeep,
)
from grants_app.services.campaign import structure
from grants_app.services.campaign.readiness import intake_lacks, readiness
from grants_app.services.intake import SaveForm
from grants_app.services.office import keys
from grants_app.services.presets import preset
from tests import makers, offices
from tests.papers.reading import squeezed, texts
from tests.services.desks import as_role, refuses
from tests.services.test_setup_structure import add, branch, names, png, programme, seen, setup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grants_app.domain.application import Entry
    from grants_app.services.access import Office

SEATS = {"6B06102": 2, "6B04201": 2, "6B05201": 1}
TESTS = {"6B06102": ("math", "physics"), "6B04201": ("history",), "6B05201": ("biology",)}


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Office]:
    """An office on an empty campaign out of which even the branches were taken."""
    office = offices.new_office(tmp_path, "empty")
    for _ in setup(office).branches:
        structure.remove(office, "branches", 0, seen(office))
    yield office
    office.store.close()


def lacking(office: Office) -> dict[str, tuple[str, ...]]:
    """What each line of the checklist that is not done still lacks."""
    return {line.code: tuple(one.code for one in line.lacking) for line in readiness(office) if not line.done}


def set_up(office: Office) -> None:
    """Two branches, three programmes, five seats, the calendar, two signatories, papers, rules."""
    head = structure.head_of(setup(office))
    structure.change_head(office, replace(head, total=5), seen(office))
    add(office, branch("BISHKEK", "B", "БШ", letterhead=names("ул. Ленина, 1")))
    add(office, branch("OSH", "O", "ОШ"))
    for code, at in zip(SEATS, ("BISHKEK", "BISHKEK", "OSH"), strict=True):
        add(office, programme(code, at, months=48), seats=SEATS[code], tests=TESTS[code])
    days = {"open": 1, "close": 20, "list": 27, "commission": 36, "confirm": 50, "study": 62}
    for kind, day in days.items():
        at = datetime(2026, 7, 1, 8, tzinfo=UTC) + timedelta(days=day)
        add(office, Deadline(code=kind, at=at, names=Names()))
    for code in ("BISHKEK", "OSH"):
        add(
            office,
            Signatory(
                branch=code, paper="award_letter", post=names("Директор"), name=names(f"Главный {code}")
            ),
        )
    add(office, RequiredPaper(code="", names=names("Согласие опекуна"), under_age=True))
    rules = standing.current_rules(office)
    rule_changes.put(office, replace(rules, late="refused", legal_source="Положение о конкурсе"), "положение")


def entry(office: Office, place: int) -> Entry:
    """A paper typed in at this campaign's branches, with every document handed in."""
    sample, _ = preset("sample", 2026)
    typed = list(makers.entries(sample, 12))[place]
    pools = [pool.id for pool in setup(office).pools]
    return replace(
        typed,
        branch=("BISHKEK", "OSH")[place % 2],
        choices=(pools[place % 3], pools[(place + 1) % 3], pools[(place + 2) % 3]),
        grounds=(),
        checklist=tuple(
            ChecklistItem(item=paper.code, received=True) for paper in setup(office).required_papers
        ),
    )


def test_an_empty_campaign_says_what_it_lacks_line_by_line_until_nothing_does(
    bare: Office, tmp_path: Path
) -> None:
    before = lacking(bare)
    assert before["branches"] == ("lacking_branches",)
    assert before["seats"] == ("lacking_programmes", "lacking_seats")
    assert before["dates"] == ("lacking_date", "lacking_date", "lacking_date")
    assert before["signatories"] == ("lacking_signatories",)
    assert {line.code: line.place for line in readiness(bare)}["seats"] == "programmes"
    assert [one.code for one in intake_lacks(bare)] == ["lacking_branches", "lacking_programmes"]
    set_up(bare)
    assert lacking(bare) == {"backup": ("lacking_backup",), "key": ("lacking_key",)}
    assert intake_lacks(bare) == ()
    stick = tmp_path / "stick"
    stick.mkdir()
    upkeep.set_second_folder(bare, stick)
    assert set(lacking(bare)) == {"key"}
    keys.publish(bare, tmp_path / "key.json")
    assert lacking(bare) == {}


def test_a_sample_needs_no_place_for_backups_and_no_published_key(empty: Office) -> None:
    assert not {"backup", "key"} & set(lacking(empty))


def test_a_signatory_of_the_sample_in_a_real_campaign_is_marked(bare: Office) -> None:
    set_up(bare)
    made_up = preset("sample", 2026)[0].signatories[0]
    add(bare, replace(made_up, branch="OSH", name=Names(ru=made_up.name.ky)))
    assert lacking(bare)["signatories"] == ("lacking_real_signatory",)


def test_nobody_is_taken_in_while_there_is_no_branch(bare: Office) -> None:
    sample, _ = preset("sample", 2026)
    typed = replace(next(iter(makers.entries(sample, 1))), choices=(), grounds=())
    with refuses("branch_not_receiving"):
        intake.save(bare, SaveForm(entry=typed, submit=False))


def test_from_an_empty_campaign_to_proven_letters(bare: Office, tmp_path: Path) -> None:
    set_up(bare)
    structure.put_emblem(bare, 0, png(), seen(bare))
    saved = [intake.save(bare, SaveForm(entry=entry(bare, place))).application for place in range(6)]
    assert [one.no for one in saved] == ["B-0001", "O-0001", "B-0002", "O-0002", "B-0003", "O-0003"]
    with refuses("in_use", name="6B06102"):
        structure.remove(bare, "programmes", 0, seen(bare))
    chair = replace(as_role(bare, "chair"), clock=lambda: datetime(2026, 8, 6, 6, tzinfo=UTC))
    campaign_acts.freeze(chair)
    proposal = runs.propose(chair)
    assert not proposal.result.open_ties
    sealed = sealing.seal(chair, proposal.no, "1", chair.now().date(), accepting="решение комиссии")
    assert len(sealed.result.awards) == 5
    letters.issue_missing(chair)
    made = letters.write_all(chair, tmp_path / "letters", ("ru",))
    assert len(made) == 5
    with chair.store.reading() as reading:
        key = reading.public_key(chair.campaign_id)
    for one in made:
        content = one.file.read_bytes()
        shown = verify_letter(content, "pdf", [key], stationery.wordings())
        page = squeezed(texts(content)[0])
        assert shown.number == one.number
        assert shown.name == "match"
        assert squeezed(f"Главный {shown.branch}") in page
        assert one.number.startswith({"BISHKEK": "БШ", "OSH": "ОШ"}[shown.branch])
        if shown.branch == "BISHKEK":
            assert squeezed("ул. Ленина, 1") in page
    assert upkeep.check(chair) == ()
