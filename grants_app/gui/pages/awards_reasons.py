"""What the awards ask a reason for: the clock confirmed, an answer undone, a seat taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants_app.gui.dialogs.reasoned import Reasoned
from grants_app.services import clock, way_back

if TYPE_CHECKING:
    from grants_app.domain.award import LedgerLine
    from grants_app.gui.page import PageContext
    from grants_app.services.seats import SeatHolder


def confirmed_clock(context: PageContext) -> Reasoned:
    """Confirming the computer's clock though the journal is ahead of it."""
    words, office = context.words, context.office

    def texts() -> tuple[str, str, str, str]:
        now = words.current.date_time(office.store.now(), office.campaign().setup.zone)
        return (
            words("Confirm the computer's clock"),
            words(
                "The clock shows {now}, earlier than the last entry in the journal. Correct it "
                "if it is wrong; if it is right, enter the reason.",
                now=now,
            ),
            words("The clock is right"),
            words("The clock is confirmed; dated actions can continue."),
        )

    return Reasoned(texts, lambda reason: clock.confirm_clock(office, reason))


def undone_answer(context: PageContext, last: SeatHolder) -> Reasoned:
    """Undoing the answer given last."""
    words, office, number = context.words, context.office, last.award.application_no

    def texts() -> tuple[str, str, str, str]:
        return (
            words("Undo the answer of {name}", name=last.full_name),
            words("The offer is restored as before; a cancelled letter must be issued again."),
            words("Undo the answer"),
            words("The answer is undone."),
        )

    return Reasoned(texts, lambda reason: way_back.undo_answer(office, number, reason))


def taken_back(context: PageContext, line: LedgerLine) -> Reasoned:
    """Taking a seat back from its holder."""
    words, office, number = context.words, context.office, line.application_no

    def texts() -> tuple[str, str, str, str]:
        return (
            words("Revoke the seat of {name}", name=line.full_name),
            words("The applicant then holds no seat and no longer competes; the letter is cancelled."),
            words("Revoke seat"),
            words("The seat has been revoked."),
        )

    return Reasoned(texts, lambda reason: way_back.take_back(office, number, reason))
