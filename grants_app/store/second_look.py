"""Whose numbers are typed a second time, and second typings that differed; it does not know who may look."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from grants_app.domain.journal import utc_text
from grants_app.domain.second_look import SecondLook, SecondTyping
from grants_app.store.application_tables import application, second_look, second_typing
from grants_app.store.moments import utc_of, utc_or_none

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Connection, Row

    from grants_app.store.transaction import Transaction


class SecondLookRepository:
    """A campaign's choice of whose numbers are looked at twice, and what differed when they were."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._connection = transaction.connection

    def get(self, campaign_id: int) -> SecondLook:
        """The campaign's choice; without one everybody's numbers are typed twice."""
        return load_second_look(self._connection, campaign_id)

    def put(self, look: SecondLook) -> None:
        """Choose whose numbers are typed twice, in the place of what was chosen before."""
        self._transaction.demand_open(look.campaign, exclusive=True)
        self._connection.execute(delete(second_look).where(second_look.c.campaign == look.campaign))
        row = {
            "campaign": look.campaign,
            "percent": look.percent,
            "seed": look.seed,
            "drawn_at": utc_text(look.drawn_at) if look.drawn_at else "",
            "drawn_by": look.drawn_by,
        }
        self._connection.execute(second_look.insert(), row)

    def typing(self, application_id: int, criterion: str) -> SecondTyping | None:
        """The second typing of a number that differed and waits, or None."""
        mine = select(second_typing).where(*_this(application_id, criterion))
        row = self._connection.execute(mine).one_or_none()
        return None if row is None else _typing(row)

    def put_typing(self, typing: SecondTyping) -> None:
        """Keep a second typing that differed, in the place of an earlier one of this number."""
        self.remove_typing(typing.application, typing.criterion)
        self._connection.execute(
            second_typing.insert(),
            {
                "application": typing.application,
                "criterion": typing.criterion,
                "value": format(typing.value, "f"),
                "typed_by": typing.typed_by,
                "typed_at": utc_text(typing.typed_at),
            },
        )

    def remove_typing(self, application_id: int, criterion: str) -> None:
        """Forget the second typing of a number: it was decided, or the number is another one now."""
        before = self.typing(application_id, criterion)
        self._transaction.touched.typing(application_id, criterion, before)
        self._connection.execute(delete(second_typing).where(*_this(application_id, criterion)))


class SecondLookQueries:
    """The part of a reading that looks at the second look."""

    _connection: Connection

    def second_look(self, campaign_id: int) -> SecondLook:
        """The campaign's choice of whose numbers are typed twice."""
        return load_second_look(self._connection, campaign_id)

    def second_typings(self, campaign_id: int) -> Sequence[SecondTyping]:
        """Second typings of the campaign that differed and wait for somebody with the paper."""
        mine = (
            select(second_typing)
            .join(application, application.c.id == second_typing.c.application)
            .where(application.c.campaign == campaign_id)
            .order_by(second_typing.c.application, second_typing.c.criterion)
        )
        return [_typing(row) for row in self._connection.execute(mine)]


def load_second_look(connection: Connection, campaign_id: int) -> SecondLook:
    """The campaign's choice; without one everybody's numbers are typed twice."""
    query = select(second_look).where(second_look.c.campaign == campaign_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        return SecondLook(campaign=campaign_id)
    return SecondLook(
        campaign=row.campaign,
        percent=row.percent,
        seed=row.seed,
        drawn_at=utc_or_none(row.drawn_at),
        drawn_by=row.drawn_by,
    )


def _this(application_id: int, criterion: str) -> tuple[Any, Any]:
    return second_typing.c.application == application_id, second_typing.c.criterion == criterion


def _typing(row: Row[Any]) -> SecondTyping:
    return SecondTyping(
        application=row.application,
        criterion=row.criterion,
        value=Decimal(row.value),
        typed_by=row.typed_by,
        typed_at=utc_of(row.typed_at),
    )
