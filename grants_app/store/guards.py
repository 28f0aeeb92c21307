"""What stands beside the tables: the journal's triggers and the search index; made here, checked here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.engine import Connection

# Migrations in batch mode drop a table's triggers, so they are made again after every upgrade, and opening
# compares what is there with this list.
_SQLITE: Mapping[str, str] = {
    "journal_keeps_updates_out": """CREATE TRIGGER journal_keeps_updates_out BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    "journal_keeps_deletes_out": """CREATE TRIGGER journal_keeps_deletes_out BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    # INSERT OR REPLACE deletes without firing a delete trigger
    "journal_keeps_replaces_out": """CREATE TRIGGER journal_keeps_replaces_out BEFORE INSERT ON journal
WHEN EXISTS (SELECT 1 FROM journal WHERE seq >= NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    "journal_head_stays": """CREATE TRIGGER journal_head_stays BEFORE DELETE ON journal_head
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    "application_search": """CREATE VIRTUAL TABLE application_search
USING fts5(search_key, content='', contentless_delete=1, tokenize='trigram')""",
    "application_search_added": """CREATE TRIGGER application_search_added AFTER INSERT ON application
BEGIN INSERT INTO application_search (rowid, search_key) VALUES (NEW.id, NEW.search_key); END""",
    "application_search_changed": """CREATE TRIGGER application_search_changed
AFTER UPDATE OF search_key ON application WHEN NEW.search_key <> OLD.search_key
BEGIN
DELETE FROM application_search WHERE rowid = OLD.id;
INSERT INTO application_search (rowid, search_key) VALUES (NEW.id, NEW.search_key);
END""",
    "application_search_removed": """CREATE TRIGGER application_search_removed AFTER DELETE ON application
BEGIN DELETE FROM application_search WHERE rowid = OLD.id; END""",
}

_POSTGRESQL_FUNCTION = """CREATE OR REPLACE FUNCTION journal_is_append_only() RETURNS trigger
LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$"""
_POSTGRESQL: Mapping[str, str] = {
    "journal_keeps_changes_out": """CREATE TRIGGER journal_keeps_changes_out
BEFORE UPDATE OR DELETE ON journal FOR EACH ROW EXECUTE FUNCTION journal_is_append_only()""",
    "journal_keeps_truncates_out": """CREATE TRIGGER journal_keeps_truncates_out BEFORE TRUNCATE ON journal
FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()""",
    "journal_head_stays": """CREATE TRIGGER journal_head_stays BEFORE DELETE OR TRUNCATE ON journal_head
FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()""",
}


def make_guards(connection: Connection) -> None:
    """Make every trigger and the search index that is not there, and fill the index it makes."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_POSTGRESQL_FUNCTION)
    missing = missing_guards(connection)
    expected = _expected(connection)
    for name in expected:
        if name not in missing:
            continue
        if connection.dialect.name == "sqlite" and name != "application_search":
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        connection.exec_driver_sql(expected[name])
        if name == "application_search":
            connection.exec_driver_sql(
                "INSERT INTO application_search (rowid, search_key) SELECT id, search_key FROM application"
            )


def drop_search(connection: Connection) -> None:
    """Take the search index away before every key changes: made anew at once it costs a fraction."""
    if connection.dialect.name != "sqlite":
        return
    for name in ("added", "changed", "removed"):
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS application_search_{name}")
    connection.exec_driver_sql("DROP TABLE IF EXISTS application_search")


def missing_guards(connection: Connection) -> tuple[str, ...]:
    """Names of the triggers and indexes that are not there, or not as they should be."""
    expected = _expected(connection)
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' OR name = 'application_search'"
        )
        there: dict[str, str] = {row[0]: row[1] for row in rows}
        return tuple(name for name, sql in expected.items() if _plain(there.get(name, "")) != _plain(sql))
    rows = connection.exec_driver_sql(
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    names = {row[0] for row in rows}
    return tuple(name for name in expected if name not in names)


def _expected(connection: Connection) -> Mapping[str, str]:
    return _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL


def _plain(sql: str) -> str:
    return " ".join(sql.split())
