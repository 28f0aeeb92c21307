"""What the engines' own errors mean to the user, in one place; it does not know what was asked of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import event

from grants_app.domain.errors import Refused
from grants_app.domain.stopping import breathe

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine, ExceptionContext

# SQLite's drivers tell most of these apart by their message only.
_BY_MESSAGE = (
    ("database is locked", "database_busy"),
    ("database table is locked", "database_busy"),
    ("readonly database", "database_read_only"),
    ("disk is full", "disk_full"),
    ("disk I/O error", "disk_failed"),
    ("file is not a database", "not_a_database"),
    ("file is encrypted", "not_a_database"),
    ("malformed", "database_damaged"),
    ("vtable constructor failed", "database_damaged"),  # the search index's own tables are unreadable
    ("unable to open database", "cannot_open"),
)
# PostgreSQL, appendix A: error codes; classes 08 and 57 are the connection and the operator.
_BY_STATE = {
    "40P01": "database_busy",
    "40001": "database_busy",
    "55P03": "database_busy",
    "25006": "database_read_only",
    "53100": "disk_full",
}
_LOST = ("08", "57")


def code_of(error: BaseException) -> str | None:
    """The refusal's code for an engine's error, or None when it is a bug of ours."""
    state = getattr(error, "sqlstate", None)
    if state is not None:
        return _BY_STATE.get(state) or ("server_unreachable" if state.startswith(_LOST) else None)
    message = str(error)
    found = next((code for part, code in _BY_MESSAGE if part in message), None)
    if (
        found is None
        and type(error).__module__.startswith("psycopg")
        and "OperationalError" in repr(type(error))
    ):
        return "server_unreachable"
    return found


def translate_errors(engine: Engine) -> None:
    """Make the engine raise `Refused` where its error says something the user can act on."""
    event.listen(engine, "handle_error", _translated)
    event.listen(engine, "before_cursor_execute", _stoppable)


def _stoppable(*_facts: object) -> None:
    """Work that was asked to stop asks the database nothing more; its transaction is undone."""
    breathe()


def _translated(context: ExceptionContext) -> None:
    code = code_of(context.original_exception)
    if code is not None:
        raise Refused(code) from context.original_exception
