"""What every command promises tools outside: the JSON's names, the exit code, nothing else on the output."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grants_app.bootstrap import Outside
from grants_app.cli import program
from grants_app.paths import shipped
from grants_app.services import demonstration, letters, upkeep
from grants_app.services.office import keys
from grants_app.wording import Words
from tests import offices

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.services.access import Office
    from tests.cli.conftest import Ended

    Run = Callable[..., Ended]
    At = Callable[[str], Path]

DONE, REFUSED, USAGE, ALTERED, BUG = 0, 1, 2, 3, 70
LIST_OF = {"no", "surname", "given", "patronymic", "pin"}
RESULT = {"awards", "reserve", "not_awarded", "open_ties"}
CHOICE = {"pool", "position", "outcome", "deciding_level", "cutoff"}
SHEET, ROW = {"file", "sheet", "rows"}, {"row", "status", "issues"}
ISSUE = {"severity", "field", "code", "message"}
PROOF = {"file", "kind", "ok", "shows"}
BACKUP = {"file", "applications", "ok"}


def ok(ended: Ended) -> Ended:
    assert ended.code == DONE, ended.said
    return ended


# Every command's JSON


def test_init_says_where_the_database_is_and_which_campaign(run: Run, tmp_path: Path) -> None:
    told = ok(run("init", "--preset", "sample", "--json", "--db", tmp_path / "new.sqlite")).told
    assert told == {"db": str(tmp_path / "new.sqlite"), "campaign": 1}
    again = run("init", "--db", tmp_path / "new.sqlite", "--lang", "en")
    assert (again.code, again.output) == (REFUSED, "")


def test_import_tells_every_row_and_writes_all_or_nothing(run: Run, database_at: At) -> None:
    db, book = database_at("empty"), shipped("resources/sample/bishkek.xlsx")
    refused = run("import", book, "--json", "--db", db)
    (sheet,) = refused.told["files"]
    assert (refused.code, refused.told["written"]) == (REFUSED, 0)
    assert sheet.keys() >= SHEET
    assert all(row.keys() >= ROW for row in sheet["rows"])
    issues = [issue for row in sheet["rows"] for issue in row["issues"]]
    assert all(issue.keys() >= ISSUE for issue in issues)
    assert {issue["severity"] for issue in issues} <= {"error", "warning", "fixed"}
    assert {row["status"] for row in sheet["rows"]} >= {"new", "error", "duplicate"}
    assert any("repeats" in row for row in sheet["rows"])
    dry = ok(run("import", book, "--dry-run", "--lang", "en", "--db", db))
    assert dry.output == ""
    assert "Dry run: nothing was written." in dry.said
    written = ok(run("import", book, "--skip-errors", "--accept-warnings", "--json", "--db", db)).told
    counts = [row["status"] for row in written["files"][0]["rows"]]
    assert written["written"] == counts.count("new") > 50
    again = ok(run("import", book, "--skip-errors", "--accept-warnings", "--json", "--db", db)).told
    assert again["written"] == 0
    assert {row["status"] for row in again["files"][0]["rows"] if row.get("application")} == {"same"}


def test_an_import_of_the_other_office_names_application_evidence_and_conflicts(
    run: Run, database_at: At
) -> None:
    db = database_at("empty")
    accepted = ("--skip-errors", "--accept-warnings", "--json", "--db", db)
    ok(run("import", shipped("resources/sample/bishkek.xlsx"), *accepted))
    told = ok(run("import", shipped("resources/sample/osh.ods"), *accepted)).told
    both = [row for row in told["files"][0]["rows"] if row.get("conflicts")]
    assert both
    assert all(row["application"].startswith("B-") and "same_pin" in row["evidence"] for row in both)


def test_show_tells_everything_entered_with_its_sources_and_what_is_missing(
    run: Run, database_at: At
) -> None:
    db = database_at("settled")
    told = ok(run("show", "b-0003", "--json", "--lang", "ru", "--db", db)).told["application"]
    assert told.keys() >= {
        *("no", "person", "choices", "scores", "grounds", "papers", "consent", "state", "lacks"),
    }  # fmt: skip
    truth = json.loads(Path("tests/data/truth.json").read_text("utf-8"))
    rows = truth["files"]["bishkek.xlsx"]["rows"].values()
    people = [one["person"] for one in rows if one.get("person")]
    (row,) = [one for one in people if one["pin"] == told["person"]["pin"]]
    compared = row.keys() - {"region_text"}
    assert {key: told["person"][key] for key in compared} == {key: row[key] for key in compared}
    assert all(score["source"] == "bishkek.xlsx" and score["entered_by"] for score in told["scores"])
    lacks = {one["code"]: one["message"] for one in told["lacks"]}
    assert lacks.keys() == {"papers_not_ticked", "lacks_guardian", "lacks_consent"}
    assert lacks["lacks_consent"] == "Нет согласия на обработку персональных данных."
    said = ok(run("show", "B-0003", "--lang", "en", "--db", db))
    assert said.output == ""
    assert f"person.surname: {told['person']['surname']}" in said.said
    assert "No consent to the processing of personal data." in said.said
    assert run("show", "B-9999", "--db", db).code == REFUSED


def test_list_finds_sorts_and_limits_as_the_screen_does(run: Run, database_at: At) -> None:
    db = database_at("imported")
    told = ok(run("list", "--limit", "3", "--sort", "no", "--json", "--db", db)).told
    assert told["total"] > 100
    assert [row["no"] for row in told["rows"]] == ["B-0001", "B-0002", "B-0003"]
    assert all(row.keys() >= LIST_OF for row in told["rows"])
    pin = told["rows"][0]["pin"]
    found = ok(run("list", "--search", pin, "--json", "--db", db)).told
    assert [row["no"] for row in found["rows"]] == ["B-0001"]
    said = ok(run("list", "--search", pin, "--lang", "en", "--db", db))
    assert said.output == ""
    assert "B-0001" in said.said
    assert "1 application" in said.said
    assert run("list", "--sort", "weight", "--db", db).code == REFUSED


def test_rank_gives_every_pool_with_positions_and_merits(run: Run, database_at: At) -> None:
    db = database_at("settled")
    pools = ok(run("rank", "--json", "--db", db)).told["pools"]
    assert len(pools) == 9
    for pool in pools:
        assert pool.keys() >= {"pool", "rows"}
        assert all(row.keys() >= {"position", "application", "merit"} for row in pool["rows"])
        positions = [row["position"] for row in pool["rows"]]
        assert positions == sorted(positions)
    said = ok(run("rank", "--db", db)).said
    assert all(pool["pool"] in said for pool in pools)


def test_run_gives_the_run_files_result_and_seal_its_fingerprint(run: Run, database_at: At) -> None:
    db = database_at("settled")
    proposed = ok(run("run", "--json", "--db", db)).told
    assert proposed.keys() >= RESULT
    assert all(award.keys() >= {"application", "pool", "seat", "position"} for award in proposed["awards"])
    if not proposed["open_ties"]:
        sealed = ok(
            run("seal", proposed["run"], "--minutes", "3", "--date", "2026-08-06", "--json", "--db", db)
        )
        assert sealed.told.keys() >= {"run", "fingerprint"}
        assert sealed.told["fingerprint"].startswith("sha256:")
    assert run("seal", "1", "--minutes", "3", "--date", "06.08.2026", "--db", db).code == REFUSED
    assert run("seal", "99", "--minutes", "3", "--db", db).code == REFUSED


def test_a_seal_by_the_contract_says_what_the_minutes_accepted(run: Run, database_at: At) -> None:
    db = database_at("imported")
    number = ok(run("run", "--json", "--db", db)).told["run"]
    sealed = ok(
        run("seal", number, "--minutes", "3", "--date", "2026-08-06", "--json", "--lang", "en", "--db", db)
    )
    accepted = {one["code"]: one for one in sealed.told["accepted"]}
    assert accepted["conflicts"] == {"code": "conflicts", "count": 9, "reason": "№ 3, 06.08.2026"}
    assert "Accepted: Conflicts between branches: 9. Reason: № 3, 06.08.2026" in sealed.said
    assert all(one["reason"] for one in accepted.values())


def test_the_sheet_is_told_line_by_line_and_written_as_a_page(
    run: Run, database_at: At, tmp_path: Path
) -> None:
    db = database_at("settled")
    number = ok(run("run", "--json", "--db", db)).told["run"]
    told = ok(run("sheet", number, "--minutes", "3", "--json", "--db", db)).told
    assert {line["code"]: line["count"] for line in told["lines"]}["unverified"] == 50
    assert told["difference"]["run"] == 0
    said = ok(run("sheet", "--out", tmp_path / "sheet.pdf", "--lang", "en", "--db", db)).said
    assert "50  Unverified scores of proposed applicants · needs a reason" in said
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert run("sheet", "99", "--db", db).code == REFUSED


def test_a_seal_with_a_reason_keeps_that_reason(run: Run, database_at: At) -> None:
    db = database_at("settled")
    number = ok(run("run", "--json", "--db", db)).told["run"]
    why = "сверено со списком"
    sealed = ok(run("seal", number, "--minutes", "3", "--reason", why, "--json", "--db", db))
    assert {one["reason"] for one in sealed.told["accepted"]} == {why}


def test_a_scenario_is_answered_and_nothing_is_written(run: Run, database_at: At, tmp_path: Path) -> None:
    from grants_app.services import runs

    db = database_at("sealed")
    office = office_on(db, tmp_path)
    (tmp_path / "run.json").write_bytes(runs.run_file(office))
    before = upkeep.journal(office, limit=1)[0]
    told = ok(run("run", "--scenario", tmp_path / "run.json", "--json", "--db", db)).told
    assert told.keys() >= RESULT
    assert len(told["awards"]) == 50
    assert upkeep.journal(office, limit=1)[0] == before
    office.store.close()


def test_a_kept_scenario_is_answered_by_its_name(run: Run, database_at: At, tmp_path: Path) -> None:
    from grants_app.services import scenarios

    db = database_at("settled")
    office = office_on(db, tmp_path)
    begun = scenarios.begun(scenarios.held(office))
    seats = dict.fromkeys(begun.seats, 0)
    scenarios.keep(office, "без мест", replace(begun, seats=seats))
    before = upkeep.journal(office, limit=1)[0]
    told = ok(run("run", "--scenario", "без мест", "--json", "--db", db)).told
    assert told.keys() >= RESULT
    assert told["awards"] == []
    assert upkeep.journal(office, limit=1)[0] == before
    office.store.close()


def office_on(db: Path, folder: Path) -> Office:
    home = folder / "office"
    home.mkdir()
    (home / "grants.sqlite").symlink_to(db)
    return offices.opened(home)


def test_explain_gives_every_choice_with_its_outcome_and_cutoff(run: Run, database_at: At) -> None:
    db = database_at("sealed")
    told = ok(run("explain", "b-0001", "--run", "1", "--json", "--db", db)).told
    assert told["application"] == "B-0001"
    assert told["choices"]
    assert all(choice.keys() >= CHOICE for choice in told["choices"])
    assert told.keys() >= {"outcome", "pool", "seat", "position", "findings", "grounds", "reason", "held"}
    assert (told["run"], told["state"], told["minutes"]["no"]) == (1, "sealed", "3")
    assert told["fingerprint"].startswith("sha256:")
    assert told["rules"].keys() == {"version", "in_force_from", "legal_source"}
    assert told["made_at"] <= told["sealed_at"]
    assert "B-0001" in ok(run("explain", "B-0001", "--lang", "ky", "--db", db)).said
    assert run("explain", "B-0001", "--run", "99", "--db", db).code == REFUSED


def test_explain_writes_the_one_page_appeal_sheet(run: Run, database_at: At, tmp_path: Path) -> None:
    db, target = database_at("sealed"), tmp_path / "sheet.pdf"
    told = ok(run("explain", "B-0001", "--pdf", target, "--json", "--db", db)).told
    assert (told["application"], told["pdf"]) == ("B-0001", str(target))
    assert target.read_bytes().startswith(b"%PDF")
    assert str(target) in ok(run("explain", "B-0001", "--pdf", target, "--lang", "kk", "--db", db)).said


def holder(run: Run, db: Path, tmp_path: Path) -> str:
    rows = ok(
        run("export", "ledger", "--format", "csv", "--out", tmp_path / "ledger.csv", "--json", "--db", db)
    ).told
    assert rows == {"rows": 50, "file": str(tmp_path / "ledger.csv")}
    text = (tmp_path / "ledger.csv").read_text(encoding="utf-8-sig")
    return next(cell for cell in text.replace(";", ",").split(",") if cell.startswith(("B-", "O-")))


def test_award_previews_the_cascade_and_records_the_answer(run: Run, database_at: At, tmp_path: Path) -> None:
    db = database_at("sealed")
    number = holder(run, db, tmp_path)
    steps = ok(run("award", number, "decline", "--preview", "--json", "--db", db)).told["steps"]
    assert steps[0].keys() >= {"kind", "application", "pool"}
    assert (steps[0]["kind"], steps[0]["application"]) == ("declined", number)
    late = run("award", number, "confirm", "--reason", "лично", "--lang", "en", "--db", db)
    assert late.code == REFUSED, "the deadline of the sample is past"
    in_time = ("--received", "2026-08-19 11:30", "--reason", "лично")
    recorded = ok(run("award", number, "confirm", *in_time, "--lang", "en", "--db", db))
    assert number in recorded.said
    assert run("award", number, "expire", "--db", db).code == REFUSED, "what was confirmed does not expire"


def test_letters_lists_every_letter_with_its_file(run: Run, database_at: At, tmp_path: Path) -> None:
    db = database_at("sealed")
    told = ok(run("letters", "--out", tmp_path / "out", "--one-file", "--json", "--db", db)).told
    assert len(told["letters"]) == 50
    assert all(letter.keys() >= {"no", "application", "file"} for letter in told["letters"])
    assert {letter["file"] for letter in told["letters"]} == {str(tmp_path / "out" / "letters.pdf")}


def test_recompute_answers_with_the_run_file_itself(run: Run, database_at: At, tmp_path: Path) -> None:
    from grants_app.services import runs

    office = office_on(database_at("sealed"), tmp_path)
    sealed = runs.run_file(office)
    office.store.close()
    (tmp_path / "run.json").write_bytes(sealed)
    assert ok(run("recompute", tmp_path / "run.json")).output.encode() == sealed
    written = ok(run("recompute", tmp_path / "run.json", "--out", tmp_path / "again.json", "--json"))
    assert (tmp_path / "again.json").read_bytes() == sealed
    assert written.told == json.loads(sealed)


def test_verify_tells_genuine_from_altered_and_ends_with_3(run: Run, database_at: At, tmp_path: Path) -> None:
    from grants_app.services import runs

    db = database_at("sealed")
    office = office_on(db, tmp_path)
    letters.issue_missing(office)
    letters.write_chosen(office, [letters.issued(office)[0].id], tmp_path / "letter.pdf")
    (tmp_path / "run.json").write_bytes(runs.run_file(office))
    key = tmp_path / "campaign.key"
    keys.publish(office, key)
    office.store.close()
    genuine = ok(run("verify", tmp_path / "letter.pdf", tmp_path / "run.json", "--key", key, "--json")).told
    assert all(file.keys() >= PROOF and file["ok"] for file in genuine["files"])
    assert [file["kind"] for file in genuine["files"]] == ["letter", "run"]
    shown = ok(run("verify", tmp_path / "letter.pdf", "--key", key, "--db", db, "--json")).told
    assert shown["files"][0]["shows"]["registered_name"]
    altered = (tmp_path / "run.json").read_bytes().replace(b'"round":1', b'"round":2', 1)
    (tmp_path / "run.json").write_bytes(altered)
    ended = run("verify", tmp_path / "letter.pdf", tmp_path / "run.json", "--key", key, "--json")
    assert ended.code == ALTERED
    assert [file["ok"] for file in ended.told["files"]] == [True, False]
    (tmp_path / "note.txt").write_text("bees", encoding="utf-8")
    assert run("verify", tmp_path / "note.txt", "--key", key).code == REFUSED


def test_check_finds_everything_in_order_and_an_altered_journal_not(run: Run, database_at: At) -> None:
    db = database_at("sealed")
    assert ok(run("check", "--json", "--db", db)).told == {"ok": True, "findings": []}
    alter_journal(db)
    ended = run("check", "--json", "--db", db)
    assert (ended.code, ended.told["ok"]) == (ALTERED, False)
    assert all(finding.keys() >= {"code", "message"} for finding in ended.told["findings"])


def alter_journal(db: Path) -> None:
    """Change one event behind the program's back, as somebody with the file could."""
    import sqlite3

    with sqlite3.connect(db) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE journal SET reason = 'altered' WHERE seq = 2")
        for _, sql in guards:
            connection.execute(sql)


def test_a_backup_is_read_back_and_brought_back(run: Run, database_at: At, tmp_path: Path) -> None:
    db, copy = database_at("imported"), tmp_path / "copy.sqlite"
    told = ok(run("backup", "--out", copy, "--json", "--db", db)).told
    assert told.keys() >= BACKUP
    assert (told["file"], told["ok"]) == (str(copy), True)
    back = ok(run("restore", copy, "--json", "--db", db)).told
    assert back.keys() >= BACKUP
    assert (back["applications"], back["ok"]) == (told["applications"], True)
    assert Path(back["kept"]).exists()


def test_a_backup_is_restored_beside_and_named_before_what_it_became(
    run: Run, database_at: At, tmp_path: Path
) -> None:
    db, copy, new = database_at("imported"), tmp_path / "copy.sqlite", tmp_path / "new.sqlite"
    ok(run("backup", "--out", copy, "--db", db))
    before = db.read_bytes()
    back = ok(run("restore", copy, "--beside", new, "--json", "--db", db, "--lang", "en"))
    assert back.told.keys() >= BACKUP | {"target", "kept", "lost", "void", "database", "parent", "journal"}
    assert (back.told["target"], back.told["kept"]) == (str(new), "")
    assert back.told["campaigns"] == ["2026"]
    for part in (str(new), "Nothing was replaced.", f"{back.told['applications']} applications", "2026"):
        assert part in back.said
    assert db.read_bytes() == before
    assert ok(run("check", "--db", new, "--json")).told["ok"]
    again = run("restore", copy, "--beside", new, "--lang", "en")
    assert (again.code, again.output) == (REFUSED, "")
    assert run("restore", copy, "--db", copy, "--lang", "en").code == REFUSED


def test_a_database_open_in_a_window_is_not_replaced_by_a_command(
    run: Run, database_at: At, tmp_path: Path
) -> None:
    db, copy = database_at("imported"), tmp_path / "copy.sqlite"
    ok(run("backup", "--out", copy, "--db", db))
    office = office_on(db, tmp_path)
    ended = run("restore", copy, "--db", db, "--lang", "en")
    assert ended.code == REFUSED
    assert "is open in a window or a command" in ended.said
    office.store.close()
    ok(run("restore", copy, "--db", db))


def test_a_backup_is_read_by_commands_and_written_by_none(run: Run, database_at: At, tmp_path: Path) -> None:
    db, copy = database_at("settled"), tmp_path / "copy.sqlite"
    ok(run("backup", "--out", copy, "--db", db))
    assert ok(run("list", "--db", copy, "--json")).told["total"] > 100
    assert ok(run("check", "--db", copy, "--json")).told["ok"]
    ended = run("run", "--db", copy, "--lang", "en")
    assert ended.code == REFUSED
    assert "is a backup" in ended.said


def test_an_older_state_is_said_by_every_command_that_opens_it(
    run: Run, database_at: At, tmp_path: Path
) -> None:
    db = database_at("settled")
    older = tmp_path / "older.sqlite"
    shutil.copy(db, older)
    ok(run("run", "--db", db))
    ended = ok(run("list", "--db", older, "--json", "--lang", "en"))
    assert "older state of the database" in ended.said
    assert "older state" not in ok(run("list", "--db", db, "--lang", "en")).said


def test_demo_makes_everything_from_nothing(shown: Path) -> None:
    told = json.loads((shown / "made.json").read_bytes())
    assert told.keys() >= {"applications", "admitted", "awards", "letters", "files"}
    assert (told["awards"], told["letters"]) == (50, 50)
    assert all(Path(file).exists() for file in told["files"])
    assert {"letters", "lists", "run.json", demonstration.MARKER} <= {
        path.name for path in (shown / "demo").iterdir()
    }


def test_demo_leaves_a_folder_with_other_files_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    assert run("demo", tmp_path).code == REFUSED
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


# Shared options


def test_who_acts_and_where_are_told_by_options(run: Run, database_at: At, tmp_path: Path) -> None:
    db = database_at("settled")
    ok(run("--as=Асанов У.", "--branch", "ENU-OSH", "run", "--db", db))
    office = office_on(db, tmp_path)
    (act,) = upkeep.journal(office, act="run.proposed")[1]
    assert (act.actor, act.branch) == ("Асанов У.", "ENU-OSH")
    office.store.close()


def test_the_environment_names_the_database_and_the_option_goes_first(
    run: Run, database_at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRANTS_APP_DB", str(database_at("imported")))
    assert ok(run("list", "--json")).told["total"] > 100
    assert ok(run("list", "--json", "--db", database_at("empty"))).told["total"] == 0
    assert ok(run("list", "--json", "--campaign", "2026")).told["total"] > 100


def test_a_campaign_is_asked_for_when_two_are_open(run: Run, database_at: At, tmp_path: Path) -> None:

    from grants_app.services import campaigns
    from grants_app.services.presets import default_rules

    db = database_at("empty")
    office = office_on(db, tmp_path)
    setup = offices.next_year(office.campaign().setup)
    campaigns.create_campaign(office.store, office.clock, office.actor, setup, default_rules())
    office.store.close()
    ended = run("list", "--db", db, "--lang", "en")
    assert ended.code == REFUSED
    assert "2027, 2026" in ended.said
    assert ok(run("list", "--db", db, "--campaign", "2027", "--json")).told["total"] == 0


def test_a_file_may_be_called_like_an_option(run: Run, database_at: At) -> None:
    ended = run("import", "--db", database_at("empty"), "--", "--json")
    assert (ended.code, ended.output) == (REFUSED, "")


@pytest.mark.parametrize(
    "line",
    [["dance"], ["list", "--db"], ["list", "--limit", "many"], ["seal", "x", "--minutes", "3"], ["export"]],
    ids=" ".join,
)
def test_a_command_line_that_makes_no_sense_ends_with_2(run: Run, line: list[str]) -> None:
    ended = run(*line)
    assert (ended.code, ended.output) == (USAGE, "")
    assert ended.said.strip()


def test_a_language_nobody_speaks_here_is_refused_in_the_machines_language(run: Run) -> None:
    assert run("list", "--lang", "fr").code == REFUSED


# Bugs and interruptions


# Out of sight of the line that raises: a report shows the source's lines, never what was typed.
APPLICANT = "Асанова Аида 10102200800011"


class Broken(Outside):
    """An opener with a bug in it, whose message quotes an applicant."""

    def office(self, _options: object) -> Office:
        raise ZeroDivisionError(APPLICANT)


class Hurried(Outside):
    """Somebody presses Ctrl+C before the command has begun."""

    def words(self, langs: tuple[str, ...]) -> Words:
        if langs:
            raise KeyboardInterrupt
        return super().words(langs)


class Interrupted(Outside):
    """Somebody presses Ctrl+C while the database opens."""

    def office(self, _options: object) -> Office:
        raise KeyboardInterrupt


@pytest.mark.parametrize("lang", ["ky", "ru", "kk", "en"])
def test_a_bug_ends_with_70_and_a_report_without_people(run: Run, lang: str) -> None:
    logging.getLogger("grants_app").addHandler(logging.NullHandler())
    ended = run("list", "--json", "--lang", lang, opener=Broken())
    assert (ended.code, ended.output) == (BUG, "")
    (path,) = [word for word in ended.said.split() if word.endswith(".txt")]
    report = Path(path).read_text(encoding="utf-8")
    assert "ZeroDivisionError" in report
    assert "test_commands.py" in report
    assert not [word for word in APPLICANT.split() if word in report + ended.said]


def test_what_is_interrupted_leaves_nothing_half_done_and_says_so(run: Run) -> None:
    ended = run("list", "--lang", "en", opener=Interrupted())
    assert (ended.code, ended.said.strip()) == (REFUSED, "Stopped. No partial changes were saved.")
    assert run("list", "--lang", "en", opener=Hurried()).code == REFUSED


def test_every_command_of_the_contract_is_there() -> None:
    import typer.main

    group = typer.main.get_command(program.commands())
    assert set(group.commands) == {  # type: ignore[attr-defined] # a group has commands
        *("demo", "init", "import", "list", "rank", "run", "seal", "explain", "lot", "award", "letters"),
        *("export", "recompute", "verify", "check", "backup", "restore", "sheet", "key", "show", "setup"),
    }


def test_a_lot_is_drawn_again_from_its_seed_without_a_database(run: Run) -> None:
    told = ok(run("lot", "--seed", "482915", "b-0101", "O-0007", "--json")).told
    assert told["seed"] == "482915"
    assert told["order"] == [one["application"] for one in told["numbers"]]
    assert {one["application"] for one in told["numbers"]} == {"B-0101", "O-0007"}
    for one in told["numbers"]:
        assert one["sha256"] == hashlib.sha256(f"482915:{one['application']}".encode()).hexdigest()
    said = ok(run("lot", "--seed", "482915", "O-0007", "B-0101", "--lang", "en"))
    assert said.output == ""
    assert all(one["sha256"] in said.said for one in told["numbers"])
    refused = run("lot", "--seed", "482915", "B-0101", "--lang", "en")
    assert (refused.code, refused.output) == (REFUSED, "")


def test_the_help_names_the_options_every_command_takes(run: Run) -> None:
    told = run("--help").output
    assert all(option in told for option in (*program.SHARED_OPTIONS, "--json"))


@pytest.mark.parametrize(
    ("lang", "said"), [("ky", "Камдык көчүрмө жасап"), ("ru", "резервную копию"), ("kk", "Сақтық көшірме")]
)
def test_the_help_of_every_command_speaks_the_language_asked_for(run: Run, lang: str, said: str) -> None:
    assert said in run("backup", "--help", "--lang", lang).output
    english, worded = program.worded(Words("en")), program.worded(Words(lang))
    for name, command in worded.commands.items():
        assert command.help
        assert command.help != english.commands[name].help, name
