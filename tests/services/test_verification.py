"""Proving papers by keys trusted here only; altered, foreign, unknown or damaged ones are said plainly."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from grants_app.services import awards, demonstration, letters, runs, upkeep, verification
from grants_app.services.verification import ALTERED, REFUSED, verify_file
from tests import offices
from tests.services.desks import refuses

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grants_app.services.access import Office
    from grants_app.wording import Words

FOREIGN = b"\x07" * 32


@pytest.fixture(scope="module")
def proved(stages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sealed campaign, one printed letter, a picture of it, its run file and its key."""
    import shutil

    import pypdfium2

    folder = tmp_path_factory.mktemp("proved")
    shutil.copy(stages / "sealed" / "grants.sqlite", folder / "grants.sqlite")
    office = offices.opened(folder)
    letters.issue_missing(office)
    paper = letters.issued(office)[0]
    letters.write_chosen(office, [paper.id], folder / "letter.pdf", ("ru",))
    document = pypdfium2.PdfDocument((folder / "letter.pdf").read_bytes())
    document[0].render(scale=200 / 72).to_pil().save(folder / "letter.png")
    document.close()
    (folder / "run.json").write_bytes(runs.run_file(office))
    upkeep.trust_own_key(office, folder / "keys")
    office.store.close()
    return folder


def own(proved: Path) -> tuple[bytes, ...]:
    return verification.keys(None, proved / "keys")


def name_of(office: Office, number: str) -> str:
    paper = next(p for p in letters.issued(office) if p.number == number)
    with office.store.reading() as reading:
        return reading.application(paper.application or 0).entry.person.full_name


def test_a_letters_pdf_proves_itself_and_shows_what_to_compare(proved: Path, words: Words) -> None:
    told = verify_file(proved / "letter.pdf", own(proved))
    assert (told.kind, told.ok, told.exit_code) == ("letter", True, 0)
    assert set(told.shows) == {"number", "programme", "branch", "date", "run", "name"}
    assert told.shows["name"] == "match"
    assert told.as_json() == {
        "file": str(proved / "letter.pdf"), "kind": "letter", "ok": True, "shows": told.shows,
    }  # fmt: skip
    assert (words.code("shows_number"), told.shows["number"]) in told.sentences(words)


def test_a_picture_of_a_letter_asks_for_the_name_and_answers_match_or_no_match(proved: Path) -> None:
    office = offices.opened(proved)
    number = verify_file(proved / "letter.pdf", own(proved)).shows["number"]
    name = name_of(office, number)
    office.store.close()
    picture = proved / "letter.png"
    assert verify_file(picture, own(proved)).shows["name"] == "asked"
    assert verify_file(picture, own(proved), name=name).shows["name"] == "match"
    assert verify_file(picture, own(proved), name="Асанов Үсөн").shows["name"] == "no_match"


def test_with_the_register_a_letter_shows_whose_it_is_and_whether_it_is_in_force(
    proved: Path, tmp_path: Path
) -> None:
    import shutil

    shutil.copy(proved / "grants.sqlite", tmp_path / "grants.sqlite")
    office = offices.opened(tmp_path, demonstration.SAMPLE_DAY)
    told = verify_file(proved / "letter.pdf", own(proved), office=office)
    assert told.shows["registered_name"] == name_of(office, told.shows["number"])
    assert told.shows["state"] == "issued"
    paper = next(p for p in letters.issued(office) if p.number == told.shows["number"])
    line = next(line for line in awards.ledger(office) if line.award == paper.award)
    awards.record(office, line.application_no, "decline")
    assert verify_file(proved / "letter.pdf", own(proved), office=office).shows["state"] == "cancelled"
    office.store.close()


def test_a_letter_the_register_never_issued_is_found_out(
    proved: Path, office_at: Callable[[str], Office]
) -> None:
    told = verify_file(proved / "letter.pdf", own(proved), office=office_at("empty"))
    assert (told.ok, told.code, told.exit_code) == (False, "letter_not_registered", ALTERED)


def test_a_letter_signed_by_a_key_nobody_trusts_here_is_not_genuine(proved: Path) -> None:
    told = verify_file(proved / "letter.pdf", (FOREIGN,))
    assert (told.ok, told.code) == (False, "code_key_unknown")
    assert told.as_json()["code"] == "code_key_unknown"


def test_a_sealed_run_is_proved_by_whichever_trusted_key_signed_it(proved: Path) -> None:
    (key,) = own(proved)
    for trusted in ((key,), (FOREIGN, key), (key, FOREIGN)):
        told = verify_file(proved / "run.json", trusted)
        assert told.ok, told
        assert (told.shows["campaign"], told.shows["awards"]) == ("2026", "50")
    told = verify_file(proved / "run.json", (FOREIGN, b"\x08" * 32))
    assert (told.ok, told.code, told.exit_code) == (False, "signature_wrong", ALTERED)
    assert verify_file(proved / "run.json", ()).code == "no_trusted_key"


def test_one_changed_character_of_a_run_file_is_found(proved: Path, tmp_path: Path) -> None:
    data = (proved / "run.json").read_bytes()
    (tmp_path / "run.json").write_bytes(data.replace(b'"round":1', b'"round":2', 1))
    told = verify_file(tmp_path / "run.json", (FOREIGN, *own(proved)))
    assert (told.ok, told.exit_code) == (False, ALTERED)


def test_a_backup_is_read_back_and_says_what_it_holds(
    office_at: Callable[[str], Office], tmp_path: Path
) -> None:
    upkeep.backup(office_at("imported"), tmp_path / "copy.sqlite")
    told = verify_file(tmp_path / "copy.sqlite", ())
    assert (told.kind, told.ok) == ("backup", True)
    assert int(told.shows["applications"]) > 100
    broken = bytearray((tmp_path / "copy.sqlite").read_bytes())
    broken[len(broken) // 2 :] = b"\x00" * (len(broken) - len(broken) // 2)
    (tmp_path / "copy.sqlite").write_bytes(broken)
    assert not verify_file(tmp_path / "copy.sqlite", ()).ok


def test_a_file_of_any_other_kind_is_named_as_unknown(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("all about bees", encoding="utf-8")
    told = verify_file(tmp_path / "thesis.txt", ())
    assert (told.kind, told.code, told.exit_code) == ("unknown", "verify_unknown_kind", REFUSED)
    assert verify_file(tmp_path / "nowhere.pdf", ()).code == "file_missing"
    assert verify_file(tmp_path, ()).code == "cannot_read"


def test_a_picture_larger_than_any_scan_is_not_even_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification, "PAPER_LIMIT", 1000)
    (tmp_path / "huge.png").write_bytes(b"\x89PNG" + b"\x00" * 1000)
    assert verify_file(tmp_path / "huge.png", ()).code == "picture_too_large"
    monkeypatch.setattr(verification, "LIMIT", 100)
    assert verify_file(tmp_path / "huge.png", ()).code == "file_too_large"


def test_a_key_file_that_holds_no_key_is_named(tmp_path: Path) -> None:
    path = tmp_path / "campaign.pub"
    for content in (b"not base64!", base64.b64encode(b"short")):
        path.write_bytes(content)
        with refuses("key_unreadable", file=str(path)):
            verification.keys(path, tmp_path)
    assert verification.keys(None, tmp_path / "nowhere") == ()
