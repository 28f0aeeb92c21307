"""Runs the migrations on the connection it is handed; it opens none and reads no ini file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import context

from grants_app.store.tables import METADATA

if TYPE_CHECKING:
    from sqlalchemy.schema import SchemaItem


def _ours(item: SchemaItem, name: str | None, kind: str, reflected: bool, other: SchemaItem | None) -> bool:  # noqa: FBT001 - Alembic's own signature
    """The search index is made by the guards, not by a migration: autogenerate must not see its tables."""
    del item, reflected, other
    return not (kind == "table" and name is not None and name.startswith("application_search"))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transactional_ddl=True,
    compare_type=True,
    include_object=_ours,
)
with context.begin_transaction():
    context.run_migrations()
