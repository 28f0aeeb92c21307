"""All tables of the database under one roof, for migrations and for checking that none is missing."""

from __future__ import annotations

from grants_app.store import application_tables, commission_tables, decision_tables, register_tables
from grants_app.store.metadata import METADATA

__all__ = ["METADATA", "application_tables", "commission_tables", "decision_tables", "register_tables"]
