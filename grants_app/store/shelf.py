"""Set-ups and rules that were read before, for as long as their rows say the same; it knows no writer.

Every use case begins with the campaign and its rules: eight queries and a document for what hardly ever
changes. Only what others committed is kept here, never what a transaction has merely written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from grants_app.domain import ruleset
from grants_app.domain.errors import Refused
from grants_app.store.campaign_rows import campaign_of
from grants_app.store.people.words import WordShelf
from grants_app.store.register_tables import campaign
from grants_app.store.rule_sets import document_in_force

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.engine import Connection

    from grants_app.domain.campaign import Campaign
    from grants_app.domain.ruleset import RuleSet

_HEAD = select(campaign).where(campaign.c.id == bindparam("this"))
_MOST = 32  # rule sets kept: more than all campaigns of one office ever have in force at once


class Shelf:
    """What one open store has read of campaigns; safe for the threads that share the store."""

    def __init__(self) -> None:
        self._campaigns: dict[int, tuple[tuple[object, ...], Campaign]] = {}
        self._rules: dict[bytes, RuleSet] = {}
        self.words = WordShelf()

    def campaign(self, connection: Connection, campaign_id: int) -> Campaign:
        """The campaign; Refused (not_found) when there is none.

        Every change of a set-up counts its row's version up, so the same row means the same set-up.
        """
        row = connection.execute(_HEAD, {"this": campaign_id}).one_or_none()
        if row is None:
            raise Refused("not_found", kind="campaign", key=campaign_id)
        head = tuple(row)
        known = self._campaigns.get(campaign_id)
        if known is None or known[0] != head:
            known = (head, campaign_of(connection, row))
            self._campaigns[campaign_id] = known
        return known[1]

    def rule_set(self, connection: Connection, campaign_id: int, on: date) -> RuleSet:
        """The rules in force on a day, as their stored document says."""
        document = document_in_force(connection, campaign_id, on)
        rules = self._rules.get(document)
        if rules is None:
            rules = ruleset.load(document)
            if len(self._rules) >= _MOST:
                self._rules.clear()
            self._rules[document] = rules
        return rules
