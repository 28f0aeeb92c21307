"""The main job: from two offices' workbooks to fifty award letters."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.errors import Refused
from grants_app.domain.keys import PublicKey
from grants_app.services import demonstration, letters, runs, upkeep, verification
from grants_app.services.office import keys
from grants_app.services.run_files import recompute_file
from tests import offices

if TYPE_CHECKING:
    from pathlib import Path

    from grants_app.wording import Words


def made(shown: Path) -> dict[str, int]:
    told: dict[str, int] = json.loads((shown / "made.json").read_text(encoding="utf-8"))
    return told


def test_fifty_grants_become_fifty_letters(shown: Path) -> None:
    assert made(shown)["awards"] == 50
    assert len(list((shown / "demo" / "letters").glob("*.pdf"))) == 50


def test_the_nine_people_of_both_offices_were_decided_not_merged(shown: Path) -> None:
    office = offices.opened(shown / "demo")
    with office.store.reading() as reading:
        both = [found for found in reading.applications(office.campaign_id) if found.conflicts]
    office.store.close()
    assert len(both) == 9
    assert all(not found.in_conflict for found in both)
    assert all(c.paper and c.reason and c.decided_by for found in both for c in found.conflicts)


def test_shortlists_come_in_three_formats(shown: Path) -> None:
    names = {path.name for path in (shown / "demo" / "lists").iterdir()}
    assert {"shortlist.xlsx", "shortlist.csv", "shortlist.pdf", "public.csv"} <= names


def test_the_run_file_recomputes_to_the_same_bytes_on_another_machine(shown: Path) -> None:
    sealed = (shown / "demo" / "run.json").read_bytes()
    assert recompute_file(shown / "demo" / "run.json") == sealed


def test_every_letter_is_genuine_and_shows_what_to_compare(shown: Path) -> None:
    known = keys.proving(None, None, shown / "trusted-keys")
    for path in sorted((shown / "demo" / "letters").glob("*.pdf")):
        told = verification.verify_file(path, known)
        assert told.ok, told
        assert told.shows["number"] == path.stem
        assert told.facts["name"] == "match"


def test_a_letter_is_not_genuine_by_a_foreign_key(shown: Path) -> None:
    path = min((shown / "demo" / "letters").glob("*.pdf"))
    told = verification.verify_file(path, (keys.KnownKey(key=PublicKey(public=b"\x01" * 32)),))
    assert not told.ok


def test_an_altered_run_file_is_found(shown: Path, tmp_path: Path) -> None:
    data = json.loads((shown / "demo" / "run.json").read_bytes())
    data["result"]["awards"] = data["result"]["awards"][1:]
    altered = tmp_path / "run.json"
    altered.write_text(json.dumps(data), encoding="utf-8")
    told = verification.verify_file(altered, keys.proving(None, None, shown / "trusted-keys"))
    assert (told.ok, told.exit_code) == (False, 3)


def test_everything_is_in_order_afterwards(shown: Path) -> None:
    office = offices.opened(shown / "demo")
    assert upkeep.check(office) == ()
    office.store.close()


def test_the_letters_have_gap_free_numbers_in_each_branch(shown: Path) -> None:
    office = offices.opened(shown / "demo")
    numbers = [paper.number for paper in letters.issued(office)]
    office.store.close()
    for prefix in ("КБ", "ЕО"):
        mine = sorted(int(n.rsplit("-", 1)[1]) for n in numbers if n.startswith(prefix))
        assert mine == list(range(1, len(mine) + 1))


def test_a_file_is_no_print_and_letters_written_after_their_print_say_they_are_reprints(
    shown: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "demo"
    shutil.copytree(shown / "demo", folder)
    office = replace(offices.opened(folder), clock=lambda: demonstration.SAMPLE_DAY)
    first = min((folder / "letters").glob("*.pdf"))
    letters.write_all(office, tmp_path / "again")
    assert {paper.prints for paper in letters.issued(office)} == {0}
    assert (tmp_path / "again" / first.name).read_bytes() == first.read_bytes()
    letters.count_printed(office, [paper.id for paper in letters.issued(office)])
    letters.write_all(office, tmp_path / "after")
    office.store.close()
    assert (tmp_path / "after" / first.name).read_bytes() != first.read_bytes()


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        demonstration.clear_folder(tmp_path)
    assert refused.value.code == "demo_folder_taken"
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_every_award_is_explained_out_of_the_run(shown: Path, words: Words) -> None:
    office = offices.opened(shown / "demo")
    view = runs.overview(office)
    for award in view.result.awards[:5]:
        told = runs.explain(office, award.application)
        assert told.pool == award.pool
        assert any(line.outcome == "awarded" and line.parts for line in told.choices)
    office.store.close()
