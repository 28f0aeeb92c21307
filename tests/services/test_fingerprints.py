"""The fingerprint of a sealed run stands on every list and letter of it, and proves itself elsewhere."""

from __future__ import annotations

import base64
import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest

from grants_app.services import awards, campaign_acts, exports, letters, lists, runs
from tests.papers.reading import squeezed, texts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grants_app.services.access import Office
    from grants_app.wording import Words

KINDS = ("shortlist", "public", "reserve", "ledger", "applications")


@pytest.mark.parametrize("kind", KINDS)
def test_every_list_of_a_sealed_run_carries_its_fingerprint_in_every_form(
    office_at: Callable[[str], Office], words: Words, kind: str
) -> None:
    office = office_at("sealed")
    print_ = runs.overview(office).fingerprint
    made = lists.table(office, words, kind)
    pages = texts(exports.drawn(made, words, "pdf"))
    assert all(print_ in squeezed(page) for page in pages)
    assert print_ in exports.drawn(made, words, "html").decode()
    rows = list(csv.reader(io.StringIO(exports.drawn(made, words, "csv").decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == len(made.rows) + 1
    assert {row[-1] for row in rows[1:]} == {print_}
    sheet = openpyxl.load_workbook(io.BytesIO(exports.drawn(made, words, "xlsx"))).active
    assert [cell.value for cell in sheet[1]] == rows[0], "one definition of the columns for both"
    assert {row[-1].value for row in sheet.iter_rows(min_row=2)} == {print_}
    assert print_ in sheet.oddFooter.left.text


def test_a_drafts_list_carries_none(office_at: Callable[[str], Office], words: Words) -> None:
    office = office_at("settled")
    runs.propose(office)
    made = lists.table(office, words, "shortlist")
    assert exports.traced(made) is made
    assert b"sha256:" not in exports.drawn(made, words, "csv")


def test_every_letter_carries_the_fingerprint_of_its_run(office_at: Callable[[str], Office]) -> None:
    office = office_at("sealed")
    letters.issue_missing(office)
    digits = runs.overview(office).fingerprint.removeprefix("sha256:")[:16]
    pages = texts(letters.drawn(office, [paper.id for paper in letters.issued(office)]).pdf)
    assert len(pages) == 50
    assert all(digits in squeezed(page) for page in pages)


def command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The program on a machine of its own: another home, nothing but what lies in the folder."""
    kept = {
        name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ
    }
    return subprocess.run(
        [sys.executable, "-m", "grants_app", *arguments],
        cwd=folder,
        env={**kept, "HOME": str(folder), "XDG_DATA_HOME": str(folder / "data"), "LANG": "C.UTF-8"},
        capture_output=True,
        check=False,
        timeout=120,
    )


def test_a_sealed_run_proves_itself_on_another_machine(
    office_at: Callable[[str], Office], tmp_path: Path
) -> None:
    office = office_at("sealed")
    awards.record(office, awards.ledger(office)[0].application_no, "decline")
    awards.offer_next(office, "4", office.now().date())
    there = tmp_path / "elsewhere"
    there.mkdir()
    data = runs.run_file(office)
    (there / "run.json").write_bytes(data)
    with office.store.reading() as reading:
        public = reading.public_key(office.campaign_id)
    (there / "campaign.pub").write_bytes(base64.b64encode(public) + b"\n")
    proven = command(there, "verify", "run.json", "--key", "campaign.pub", "--json")
    assert proven.returncode == 0, proven.stderr
    (told,) = json.loads(proven.stdout)["files"]
    assert told["ok"]
    again = command(there, "recompute", "run.json", "--out", "again.json")
    assert again.returncode == 0, again.stderr
    assert (there / "again.json").read_bytes() == data
    assert json.loads(data)["fingerprint"] == runs.overview(office).fingerprint
    forged = data.replace(b'"no":"4"', b'"no":"5"')
    assert forged != data
    (there / "forged.json").write_bytes(forged)
    assert command(there, "verify", "forged.json", "--key", "campaign.pub").returncode == 3


def test_a_published_list_keeps_the_fingerprint_it_was_sealed_with(
    office_at: Callable[[str], Office], words: Words
) -> None:
    office = office_at("sealed")
    chair = office.acting_as(replace(office.actor, role="chair"))
    campaign_acts.freeze(chair)
    campaign_acts.publish(chair, "publish_preliminary", "4", office.now().date())
    assert lists.table(office, words, "public").fingerprint == runs.overview(office).fingerprint
