"""Bad input to every command: the right exit code and one plain sentence, no traceback."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from grants_app.bootstrap import Outside
from grants_app.cli import program as cli
from grants_app.paths import shipped
from tests import offices

ALTERED = b"not a database at all, only words\n" * 200


def program(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run one command in this process, as the program does."""
    outside = Outside()
    line = [str(one) for one in arguments]
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with contextlib.chdir(cwd or Path.cwd()), redirect_stdout(out), redirect_stderr(err):
        code = cli.run(line, outside, outside.report_bug)
    out.flush()
    return subprocess.CompletedProcess(line, code, out.buffer.getvalue().decode(), err.getvalue())


def started(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Start the program as the user does."""
    return subprocess.run(
        [sys.executable, "-m", "grants_app", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign database with nobody in it."""
    folder = tmp_path_factory.mktemp("db")
    offices.new_office(folder).store.close()
    return folder / "grants.sqlite"


def refused(told: subprocess.CompletedProcess[str], code: int = 1) -> str:
    """The one sentence of a refusal."""
    assert told.returncode == code, (told.returncode, told.stderr)
    assert "Traceback" not in told.stderr
    sentences = [line for line in told.stderr.splitlines() if line.strip()]
    assert sentences, "a refusal says something"
    return sentences[-1]


@pytest.mark.parametrize(
    "command",
    [
        ["list"],
        ["rank"],
        ["run"],
        ["seal", "1", "--minutes", "3"],
        ["explain", "B-0001"],
        ["award", "B-0001", "confirm"],
        ["check"],
        ["import", "x.xlsx"],
        ["export", "public", "--out", "x.csv", "--format", "csv"],
        ["letters", "--out", "letters"],
        ["backup", "--out", "copy.sqlite"],
    ],
    ids=lambda command: command[0],
)
def test_a_missing_database_is_named_with_what_to_do(command: list[str], tmp_path: Path) -> None:
    missing = tmp_path / "nowhere.sqlite"
    sentence = refused(program(*command, "--db", missing, "--lang", "en"))
    assert "nowhere.sqlite" in sentence
    assert not missing.exists()


@pytest.mark.parametrize("lang", ["ky", "ru", "kk", "en"])
def test_a_file_that_is_no_database_is_refused_in_every_language(lang: str, tmp_path: Path) -> None:
    file = tmp_path / "letter.sqlite"
    file.write_bytes(ALTERED)
    refused(program("list", "--db", file, "--lang", lang))
    assert file.read_bytes() == ALTERED


def test_a_database_that_is_not_ours_is_refused_and_left_alone(tmp_path: Path) -> None:
    import sqlite3

    file = tmp_path / "other.sqlite"
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE music (title TEXT)")
    before = file.read_bytes()
    refused(program("list", "--db", file))
    assert file.read_bytes() == before


def test_a_database_of_a_newer_version_is_refused(database: Path, tmp_path: Path) -> None:
    import sqlite3

    newer = tmp_path / "newer.sqlite"
    shutil.copy(database, newer)
    with sqlite3.connect(newer) as changed:
        changed.execute("UPDATE alembic_version SET version_num = '9999'")
    refused(program("list", "--db", newer))


def test_init_never_overwrites(database: Path) -> None:
    before = database.read_bytes()
    refused(program("init", "--preset", "sample", "--db", database))
    assert database.read_bytes() == before


@pytest.mark.parametrize(
    "command",
    [
        ["init", "--preset", "golden"],
        ["seal", "7", "--minutes", "3"],
        ["explain", "B-9999"],
        ["award", "B-0001", "confirm"],
        ["award", "B-0001", "dance"],
        ["export", "everything", "--out", "x.xlsx"],
        ["letters", "--out", "letters"],
        ["import", "missing.xlsx"],
        ["list", "--campaign", "1999"],
        ["list", "--branch", "MOON"],
        ["list", "--lang", "fr"],
        ["restore", "missing.sqlite"],
        ["verify", "missing.pdf"],
        ["recompute", "missing.json"],
    ],
    ids=" ".join,
)
def test_each_command_refuses_what_it_cannot_do(command: list[str], database: Path, tmp_path: Path) -> None:
    copy = tmp_path / ("new.sqlite" if command[0] == "init" else "grants.sqlite")
    if command[0] != "init":
        shutil.copy(database, copy)
    refused(program(*command, "--db", copy, cwd=tmp_path))


def test_a_command_line_that_makes_no_sense_is_a_usage_error(database: Path) -> None:
    refused(program("list", "--limit", "many", "--db", database), code=2)
    refused(program("dance"), code=2)


def test_options_are_taken_before_and_after_the_command(database: Path) -> None:
    before = started("--db", database, "--json", "list")
    after = started("list", "--json", "--db", database)
    assert before.stdout == after.stdout
    assert json.loads(after.stdout) == {"total": 0, "rows": []}


def test_json_alone_is_on_standard_output(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "grants.sqlite"
    shutil.copy(database, copy)
    told = program("import", shipped("resources/sample/osh.ods"), "--dry-run", "--json", "--db", copy)
    assert told.returncode == 0, told.stderr
    rows = json.loads(told.stdout)["files"][0]["rows"]
    assert {"row", "status", "issues"} <= rows[0].keys()
    assert json.loads(told.stdout)["written"] == 0


def test_a_refused_import_still_prints_its_rows(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "grants.sqlite"
    shutil.copy(database, copy)
    told = program("import", shipped("resources/sample/bishkek.xlsx"), "--json", "--db", copy)
    refused(told)
    assert json.loads(told.stdout)["files"][0]["rows"]


def test_a_network_folder_is_no_place_for_a_database(tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    refused(program("init", "--preset", "empty", "--db", folder / "grants.sqlite"))
    assert not list(folder.iterdir())


def test_a_run_file_that_is_not_one_names_the_place(tmp_path: Path) -> None:
    file = tmp_path / "run.json"
    file.write_text('{"format": "grants-run/1", "pools": 3}', encoding="utf-8")
    refused(program("recompute", file))
