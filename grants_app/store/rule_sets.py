"""The rules of each campaign, version by version; what they mean is known to `domain.ruleset` alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from grants_app.domain import ruleset
from grants_app.domain.errors import Refused
from grants_app.store.register_tables import rule_set

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.engine import Connection

    from grants_app.domain.ruleset import RuleSet
    from grants_app.store.transaction import Transaction

_OF_CAMPAIGN = select(rule_set.c.document).where(rule_set.c.campaign == bindparam("campaign"))
_IN_FORCE = (
    _OF_CAMPAIGN.where(rule_set.c.in_force_from <= bindparam("day"))
    .order_by(rule_set.c.version.desc())
    .limit(1)
)
_VERSION = _OF_CAMPAIGN.where(rule_set.c.version == bindparam("version"))
_FIRST = _OF_CAMPAIGN.order_by(rule_set.c.version).limit(1)


def load_rule_sets(connection: Connection, campaign_id: int) -> list[RuleSet]:
    """Every version, the oldest first."""
    query = select(rule_set.c.document).where(rule_set.c.campaign == campaign_id).order_by(rule_set.c.version)
    return [ruleset.load(document) for document in connection.execute(query).scalars()]


def load_rule_set(connection: Connection, campaign_id: int, version: int) -> RuleSet:
    """One version; Refused (not_found) when the campaign has none such."""
    found = connection.execute(_VERSION, {"campaign": campaign_id, "version": version}).scalar()
    if found is None:
        raise Refused("not_found", kind="rule_set", key=version)
    return ruleset.load(found)


def document_in_force(connection: Connection, campaign_id: int, on: date) -> bytes:
    """The document of the latest version whose date has come; before any has, of the first one."""
    given = {"campaign": campaign_id, "day": on.isoformat()}
    document = connection.execute(_IN_FORCE, given).scalar() or connection.execute(_FIRST, given).scalar()
    if document is None:
        raise Refused("not_found", kind="rule_set", key=campaign_id)
    return bytes(document)


class RuleSetRepository:
    """Rule sets by campaign."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._connection = transaction.connection

    def add(self, campaign_id: int, rules: RuleSet) -> None:
        """Keep a new version; Refused (rules_version_taken) when the number is not the next one."""
        self._transaction.demand_open(campaign_id, exclusive=True)
        query = select(rule_set.c.version).where(rule_set.c.campaign == campaign_id)
        last = max(self._connection.execute(query).scalars(), default=0)
        if rules.version <= last:
            raise Refused("rules_version_taken", version=rules.version, last=last)
        self._connection.execute(
            rule_set.insert(),
            {
                "campaign": campaign_id,
                "version": rules.version,
                "in_force_from": rules.in_force_from.isoformat(),
                "legal_source": rules.legal_source,
                "document": ruleset.dump(rules),
            },
        )

    def in_force(self, campaign_id: int, on: date) -> RuleSet:
        """The rules in force on a day."""
        return ruleset.load(document_in_force(self._connection, campaign_id, on))

    def all(self, campaign_id: int) -> Sequence[RuleSet]:
        """Every version, the oldest first."""
        return load_rule_sets(self._connection, campaign_id)
