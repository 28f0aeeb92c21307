"""The set-up as a file by commands: two branches or next year begin equal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.cli.test_commands import REFUSED, ok

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Run = Any


def test_a_setup_goes_from_one_database_to_another(
    run: Run, database_at: Callable[[str], Path], tmp_path: Path
) -> None:
    file, db = tmp_path / "setup.toml", tmp_path / "own.sqlite"
    told = ok(run("setup", "export", file, "--db", database_at("empty"), "--json")).told
    assert told["parts"]["programmes"] == 9
    assert told["changes"] == []
    ok(run("init", "--preset", "empty", "--db", db, "--as", "Асанов У."))
    text = file.read_text(encoding="utf-8").replace("sample = true", "sample = false")
    file.write_text(text.replace("KAZNU-BSH", "KNU"), encoding="utf-8")
    trial = ok(run("setup", "import", file, "--dry-run", "--db", db, "--json", "--lang", "ru"))
    assert {"part": "branches", "key": "KNU", "kind": "added", "fields": []} in trial.told["changes"]
    assert "Филиалы: KNU: добавляется" in trial.said
    assert "Ничего не изменено: это была проба." in trial.said
    assert not trial.told["written"]
    done = ok(run("setup", "import", file, "--db", db, "--json")).told
    assert (done["changes"], done["written"]) == (trial.told["changes"], True)
    again = ok(run("setup", "import", file, "--db", db, "--json", "--lang", "ru"))
    assert again.told["changes"] == []
    assert "Отличий от файла нет." in again.said
    assert ok(run("list", "--db", db, "--json")).told["total"] == 0


def test_what_a_sample_made_up_is_not_taken_and_said(
    run: Run, database_at: Callable[[str], Path], tmp_path: Path
) -> None:
    file, db = tmp_path / "setup.toml", tmp_path / "own.sqlite"
    ok(run("setup", "export", file, "--db", database_at("empty")))
    ok(run("init", "--preset", "empty", "--db", db))
    ended = ok(run("setup", "import", file, "--db", db, "--lang", "ru", "--json"))
    assert ended.told["left_out"] == ["programmes", "pools", "deadlines", "signatories"]
    assert "Вымышлено в образце и не взято: Программы." in ended.said


def test_a_file_that_is_no_setup_is_refused_in_words(
    run: Run, database_at: Callable[[str], Path], tmp_path: Path
) -> None:
    file = tmp_path / "letter.toml"
    file.write_text("a = 1\n", encoding="utf-8")
    ended = run("setup", "import", file, "--db", database_at("empty"), "--lang", "ru")
    assert ended.code == REFUSED
    assert "Это не файл настроек" in ended.said
