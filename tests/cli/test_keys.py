"""Keys by commands: published in one home folder, trusted in another, letters proven there by it alone."""

from __future__ import annotations

import json
import re
import shutil
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from grants_app.bootstrap import Outside
from grants_app.services import awards, campaign_acts, demonstration, letters
from grants_app.services.access import Folders
from tests import offices
from tests.services.desks import as_role
from tests.services.test_verification import photograph

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ended

    Run = Callable[..., Ended]

GENUINE, NOT_PROVEN, ALTERED = 0, 1, 3


@pytest.fixture
def home(stages: Path, tmp_path: Path) -> Path:
    """A real office's folder: its database, and one letter as PDF and as a picture."""
    folder = tmp_path / "office"
    folder.mkdir()
    shutil.copy(stages / "sealed" / "grants.sqlite", folder / "grants.sqlite")
    office = offices.opened(folder, demonstration.SAMPLE_DAY)
    offices.make_real(office)
    letters.issue_missing(office)
    letters.write_chosen(office, [letters.issued(office)[0].id], tmp_path / "letter.pdf")
    office.store.close()
    photograph(tmp_path / "letter.pdf", tmp_path / "letter.png")
    return folder


def at(folder: Path) -> Outside:
    """The program with another home folder."""
    outside = Outside()
    outside.folders = Folders(folder)
    return outside


def holder(home: Path) -> str:
    office = offices.opened(home)
    paper = letters.issued(office)[0]
    with office.store.reading() as reading:
        name = reading.application(paper.application or 0).entry.person.full_name
    office.store.close()
    return name


def verified(run: Run, elsewhere: Path, *arguments: str | Path) -> tuple[int, dict[str, object]]:
    ended = run("verify", *arguments, "--json", "--lang", "en", opener=at(elsewhere))
    return ended.code, ended.told["files"][0]


def test_a_key_published_in_one_home_and_trusted_in_another_proves_the_letter_there(
    run: Run, home: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    letter = tmp_path / "letter.pdf"
    code, told = verified(run, elsewhere, letter)
    assert (code, told["verdict"], told["ok"]) == (NOT_PROVEN, "not_proven", False)
    db = home / "grants.sqlite"
    made = run("key", "publish", "--out", tmp_path / "2026.key", "--db", db, "--json", opener=at(home))
    (published,) = made.told["keys"]
    assert published.keys() >= {"id", "fingerprint", "campaign", "sample"}
    assert (made.code, published["campaign"], published["sample"]) == (0, "2026", False)
    assert re.fullmatch(r"([0-9A-F]{4}-){7}[0-9A-F]{4}", published["fingerprint"])
    trusted = run("key", "trust", tmp_path / "2026.key", "--json", "--lang", "ru", opener=at(elsewhere))
    assert trusted.told["keys"] == [published]
    assert published["fingerprint"] in trusted.said, "to be read aloud"
    (listed,) = run("key", "list", "--json", opener=at(elsewhere)).told["keys"]
    assert listed["fingerprint"] == published["fingerprint"]
    code, told = verified(run, elsewhere, letter)
    assert told.keys() >= {"file", "kind", "ok", "verdict", "why", "shows"}
    assert (code, told["verdict"], told["ok"]) == (GENUINE, "genuine", True)
    name = holder(home)
    assert told["shows"]["name"] == name
    said = run("verify", letter, "--lang", "ky", opener=at(elsewhere)).said
    assert "Чыныгы" in said
    assert not [code for code in ("6B0", "KAZNU", "ENU-", "match", "genuine") if code in said]
    picture = tmp_path / "letter.png"
    assert verified(run, elsewhere, picture)[0] == NOT_PROVEN
    assert verified(run, elsewhere, picture, "--name", name)[0] == GENUINE
    for paper in (picture, letter):
        code, told = verified(run, elsewhere, paper, "--name", "Асанов Үсөн")
        assert (code, told["verdict"], told["ok"]) == (NOT_PROVEN, "not_proven", False)


def test_the_database_named_proves_its_own_letters_without_any_key(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter, db = tmp_path / "letter.pdf", home / "grants.sqlite"
    elsewhere = tmp_path / "elsewhere"
    assert verified(run, elsewhere, letter, "--db", db)[0] == GENUINE
    monkeypatch.setenv("GRANTS_APP_DB", str(db))
    assert verified(run, elsewhere, letter)[0] == GENUINE
    (own,) = run("key", "list", "--json", opener=at(elsewhere)).told["keys"]
    assert own["own"]


def test_a_closed_campaigns_letters_are_proven_by_its_database_still(
    run: Run, home: Path, tmp_path: Path
) -> None:
    office = as_role(offices.opened(home, datetime.now(UTC) + timedelta(days=1)), "chair")
    campaign_acts.close(office, "набор окончен")
    office.store.close()
    db = home / "grants.sqlite"
    assert verified(run, tmp_path / "elsewhere", tmp_path / "letter.pdf", "--db", db)[0] == GENUINE


def test_a_letter_taken_back_is_void_by_the_register_and_by_a_key_published_since(
    run: Run, home: Path, tmp_path: Path
) -> None:
    letter, db, elsewhere = tmp_path / "letter.pdf", home / "grants.sqlite", tmp_path / "elsewhere"
    run("key", "publish", "--out", tmp_path / "1.key", "--db", db)
    run("key", "trust", tmp_path / "1.key", opener=at(elsewhere))
    office = offices.opened(home, datetime.now(UTC) + timedelta(days=1))  # after what the commands did
    award = letters.issued(office)[0].award
    line = next(line for line in awards.ledger(office) if line.award == award)
    awards.record(office, line.application_no, "decline")
    office.store.close()
    code, told = verified(run, elsewhere, letter)
    assert (code, told["shows"]["standing"][:23]) == (GENUINE, "not known to be revoked")
    code, told = verified(run, elsewhere, letter, "--db", db)
    assert (code, told["verdict"], told["ok"]) == (ALTERED, "void", False)
    run("key", "publish", "--out", tmp_path / "2.key", "--db", db)
    run("key", "trust", tmp_path / "2.key", opener=at(elsewhere))
    code, told = verified(run, elsewhere, letter)
    assert (code, told["verdict"]) == (ALTERED, "void")
    assert "was revoked" in str(told["why"])


def test_a_key_file_altered_on_the_way_ends_with_3_and_is_not_trusted(
    run: Run, home: Path, tmp_path: Path
) -> None:
    run("key", "publish", "--out", tmp_path / "2026.key", "--db", home / "grants.sqlite")
    file = json.loads((tmp_path / "2026.key").read_text(encoding="utf-8"))
    (tmp_path / "2026.key").write_text(json.dumps(file | {"campaign": "2027"}), encoding="utf-8")
    elsewhere = tmp_path / "elsewhere"
    assert run("key", "trust", tmp_path / "2026.key", opener=at(elsewhere)).code == ALTERED
    ended = run("key", "list", "--lang", "en", opener=at(elsewhere))
    assert (ended.code, ended.said.strip()[:19]) == (0, "No key is known yet")


def test_a_forged_letter_is_said_to_be_forged_and_ends_with_3(run: Run, home: Path, tmp_path: Path) -> None:
    from dataclasses import replace

    import msgspec

    from grants_app.domain.papers import LetterFacts
    from grants_app.papers.letter import letter_pdf
    from grants_app.services import stationery

    office = offices.opened(home)
    facts = msgspec.json.decode(letters.issued(office)[0].facts, type=LetterFacts)
    office.store.close()
    run("key", "publish", "--out", tmp_path / "2026.key", "--db", home / "grants.sqlite")
    for change in ({"full_name": "Асанов Үсөн"}, {"number": "КБ-2026-9999"}, {"programme_code": "6B99999"}):
        forged = letter_pdf(replace(facts, **change), ("ky",), stationery.wordings(), stationery.fonts())
        (tmp_path / "forged.pdf").write_bytes(forged)
        code, told = verified(run, tmp_path, tmp_path / "forged.pdf", "--key", tmp_path / "2026.key")
        assert (code, told["verdict"], told["ok"]) == (ALTERED, "forged", False)


def test_a_demonstrations_key_is_known_as_a_samples(run: Run, shown: Path, tmp_path: Path) -> None:
    (known,) = run("key", "list", "--json", opener=at(shown)).told["keys"]
    assert (known["sample"], known["campaign"]) == (True, "2026")
    letter = min((shown / "demo" / "letters").glob("*.pdf"))
    code, told = verified(run, shown, letter)
    assert (code, told["verdict"]) == (GENUINE, "genuine")
    assert "no grant" in str(told["why"])
