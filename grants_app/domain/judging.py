"""The one judge of an entry, for the form and for imports; it does not know cells, files or stored data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from grants_app.domain.application import Entry
from grants_app.domain.campaign import CampaignSetup
from grants_app.domain.imports import Issue


def tidy(entry: Entry) -> tuple[Entry, tuple[Issue, ...]]:
    """The entry with what can be put right put right (NFC, spaces, look-alike letters, phones), and a report.

    Every issue is "fixed", or a "warning" where the right letter is not certain.
    """
    raise NotImplementedError


def judge(
    entry: Entry,
    setup: CampaignSetup,
    limits: Mapping[str, Decimal],
    today: date,
    *,
    submitted: bool = True,
) -> tuple[Issue, ...]:
    """Every impossible (error) and doubtful (warning) value; `limits` is criterion -> highest possible score.

    With `submitted=False` (a draft being typed) nothing is said about what is merely not there yet.
    """
    raise NotImplementedError
