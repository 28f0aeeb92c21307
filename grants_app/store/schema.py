"""The schema's version: bringing an older database up to date, refusing a newer one; Alembic loads on use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.sql import column, table

from grants_app.domain.errors import Refused
from grants_app.store.guards import drop_search, make_guards
from grants_app.store.people.rebuilding import rebuild_lines

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy.engine import Connection, Engine

HEAD = "0010"
KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010")

_VERSION = table("alembic_version", column("version_num"))


def version_of(connection: Connection) -> str:
    """The schema's version, "" when the database has none."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return ""
    return connection.execute(select(_VERSION.c.version_num)).scalar() or ""


def demand_known(version: str) -> None:
    """Refused when the database was made by a newer program than this one."""
    if version not in KNOWN:
        raise Refused("database_newer", version=version, known=HEAD)


def config_for(connection: Connection) -> Config:
    """Alembic's configuration on an open connection; the scripts are the shipped ones."""
    from alembic.config import Config

    from grants_app.paths import shipped

    config = Config()
    config.set_main_option("script_location", str(shipped("db/migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine, to: str = "head") -> None:
    """Bring the schema to `to` in one transaction: all of it or nothing.

    Foreign keys are off meanwhile on SQLite (a rebuilt table would take its children with it) and
    checked before the commit.
    """
    from alembic import command

    with engine.execution_options(writing=True).connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            _pragma(connection, "foreign_keys = OFF")
        try:
            with connection.begin():
                command.upgrade(config_for(connection), to)
                if to in ("head", HEAD):
                    drop_search(connection)
                    rebuild_lines(connection)
                    make_guards(connection)
                if sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
                    raise Refused("upgrade_failed", n=len(broken))
        finally:
            if sqlite:
                _pragma(connection, "foreign_keys = ON")


def _pragma(connection: Connection, text: str) -> None:
    """Run on the driver's own connection: SQLAlchemy would begin a transaction, where it has no effect."""
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA {text}")
    cursor.close()
