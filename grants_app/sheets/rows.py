"""Turns the raw cells of a book into judged entries, row by row; it does not know how files are opened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from grants_app.domain.campaign import CampaignSetup
from grants_app.domain.imports import BookReading
from grants_app.sheets.reader import RawBook
from grants_app.sheets.vocabulary import Vocabulary


def read_entries(
    raw: RawBook,
    setup: CampaignSetup,
    limits: Mapping[str, Decimal],
    today: date,
    branch: str,
    *,
    vocabulary: Vocabulary,
) -> BookReading:
    """Every table of the book understood and judged; `Refused("sheet_no_table")` when there is none."""
    raise NotImplementedError
