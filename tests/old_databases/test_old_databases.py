"""Databases of every released schema open in this program with all that was in them.

Each file is named for its schema's version. It was made by the program of its time: twelve made-up people
applied to the sample's programmes, all were ranked, the run was sealed under minutes No. 3, every award got
its letter, and one of each remaining record was kept (`making.py`, run once when a schema is released:
`python -m tests.old_databases.making tests/old_databases`). The JSON beside it is what the database said of
itself that day. A file here is never made again: whatever comes later must read it as it is.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.spelling import other_layout, plain
from grants_app.rules import sealing
from grants_app.store.engine import open_store
from grants_app.store.schema import HEAD
from tests import offices
from tests.old_databases.making import told

if TYPE_CHECKING:
    from grants_app.store.engine import Store

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*.sqlite"))


def opened(file: Path, folder: Path) -> Store:
    copy = shutil.copy(file, folder / "grants.sqlite")
    return open_store(str(copy), offices.summer, backups=folder / "backups")


def test_the_present_schema_has_its_stored_database() -> None:
    assert HEAD in [file.stem for file in FILES]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_stored_database_opens_with_all_that_was_in_it(file: Path, tmp_path: Path) -> None:
    store = opened(file, tmp_path)
    assert told(store) == json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    assert store.check() == ()
    store.close()


@pytest.mark.parametrize("name", ["0003", "0004", "0005"])
def test_a_signatorys_only_name_of_before_stands_in_for_every_language(name: str, tmp_path: Path) -> None:
    store = opened(HERE / f"{name}.sqlite", tmp_path)
    with store.reading() as reading:
        (campaign,) = reading.campaigns()
    store.close()
    first = campaign.setup.signatories[0]
    assert (first.name.ru, first.name.kk, first.name.get("kk")) == (
        "Асанов Үсөн Бакытович",
        "",
        "Асанов Үсөн Бакытович",
    )
    assert (first.since, first.until, first.closed) == (None, None, False)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_stored_databases_sealed_run_is_still_proven_by_its_signature(file: Path, tmp_path: Path) -> None:
    store = opened(file, tmp_path)
    with store.reading() as reading:
        (campaign,) = reading.campaigns()
        run = reading.last_run(campaign.id, "sealed")
        assert run is not None
        sealed, key = reading.run_file(run.id), reading.public_key(campaign.id)
    store.close()
    sealing.verify(sealed, key)
    assert json.loads(sealing.recompute(sealed))["fingerprint"] == run.fingerprint


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_stored_database_stays_small(file: Path) -> None:
    assert file.stat().st_size < 400 * 1024


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_people_of_a_stored_database_are_found_as_those_of_a_new_one(file: Path, tmp_path: Path) -> None:
    store = opened(file, tmp_path)
    with store.reading() as reading:
        (campaign,) = reading.campaigns()
        for one in reading.applications(campaign.id):
            surname = one.entry.person.surname.split()[0]
            mistyped = surname[:2] + "ъ" + surname[3:] if len(surname) > 5 else surname
            for typed in (one.no.replace("B", "В").replace("O", "О"), mistyped, other_layout(plain(surname))):
                _, lines = reading.application_lines(campaign.id, search=typed, limit=None)
                assert one.no in [line.no for line in lines], typed
    store.close()
