"""The ties of the campaign beside the list: which wait, which were decided by whom, when and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from grants_app.domain.ranking import OpenTie
from grants_app.gui.dialogs.reasoned import Reasoned
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.panels import ButtonFlow, SidePanel
from grants_app.services import ties
from grants_app.services.naming import Naming
from grants_app.services.ties import DecidedTie
from grants_app.wording import local_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from grants_app.gui.page import PageContext
    from grants_app.gui.theme import ChipKind

_STATES: dict[str, ChipKind] = {"in_force": "ok", "void": "warn", "revoked": "neutral"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TiesShown:
    """What the panel shows; `may_decide` and `may_print` are what the officer at the desk may do."""

    naming: Naming
    zone: str
    waiting: tuple[OpenTie, ...]
    decided: tuple[DecidedTie, ...]
    may_decide: bool = False
    may_print: bool = False


class TiesPanel(SidePanel):
    """Every tie with what may be done about it."""

    closed = Signal()
    decide_wanted = Signal(str)
    """The officer wants to decide the tie that waits in this pool."""
    record_wanted = Signal(object)
    """The officer wants the paper of this lot; carries the decision."""
    take_back_wanted = Signal(object)
    """The officer wants to take this decision back; carries it."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, parent)
        self.setObjectName("ties_panel")
        self._words = context.words
        self._shown: TiesShown | None = None

    @property
    def shown(self) -> TiesShown | None:
        """What is on view."""
        return self._shown

    def show_ties(self, shown: TiesShown) -> None:
        """Show these ties."""
        self._shown = shown
        words = self._words
        self.clear()
        self.add_text(words("Ties at the last seat"), "section")
        if not shown.waiting and not shown.decided:
            self.add_text(
                words("There is no tie at the last seat, and none has been decided."),
                "body",
                "muted",
                above=4,
            )
        if shown.waiting:
            self.add_section(words("Waiting for the commission"))
        for tie in shown.waiting:
            self._waiting(shown, tie)
        if shown.decided:
            self.add_section(words("Decisions on ties"))
        for one in shown.decided:
            self._decided(shown, one)
        flow = ButtonFlow(self.inner)
        flow.add(self._button(words("Back"), self.closed.emit, "back_button", chord="Esc"))
        self.content.addWidget(flow)
        self.add_end()
        self.scroll_area.verticalScrollBar().setValue(0)

    def focus_first(self) -> None:
        """Put the focus on the first act, so that keys go on from here."""
        first = next((one for one in self.inner.findChildren(KeyButton) if one.isVisibleTo(self)), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Word everything again."""
        if self._shown is not None:
            self.show_ties(self._shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _waiting(self, shown: TiesShown, tie: OpenTie) -> None:
        words = self._words
        notes = (
            ", ".join(tie.applications),
            words.plural("{n} seat at stake", "{n} seats at stake", tie.seats_at_stake),
        )
        self.add_item(shown.naming.programme(tie.pool), notes, ("bad", words("waiting"), "tie"), wide=True)
        if shown.may_decide:
            flow = ButtonFlow(self.inner, above=6)
            flow.add(
                self._button(
                    words("Decide the tie…"), lambda: self.decide_wanted.emit(tie.pool), "decide_button"
                )
            )
            self.content.addWidget(flow)

    def _decided(self, shown: TiesShown, one: DecidedTie) -> None:
        chip = (_STATES[one.state], self._words.code(f"tie_state_{one.state}"), "")
        self.add_item(
            shown.naming.programme(one.decision.pool), tuple(self._notes(shown, one)), chip, wide=True
        )
        flow = ButtonFlow(self.inner, above=6)
        words = self._words
        acts = 0
        if one.decision.kind == "lot" and shown.may_print:
            flow.add(
                self._button(words("Draw record…"), lambda: self.record_wanted.emit(one), "record_button")
            )
            acts += 1
        if one.revocable and shown.may_decide:
            flow.add(
                self._button(
                    words("Revoke decision…"),
                    lambda: self.take_back_wanted.emit(one),
                    "take_back_button",
                )
            )
            acts += 1
        if acts:
            self.content.addWidget(flow)
            self.content.addSpacing(6)
        else:
            flow.deleteLater()

    def _notes(self, shown: TiesShown, one: DecidedTie) -> list[str]:
        words, decision = self._words, one.decision
        day = decision.minutes_on
        if decision.kind == "lot":
            how = words("draw from seed {seed}, minutes No. {no} of {day}", seed=decision.seed,
                        no=decision.minutes_no, day=day)  # fmt: skip
        else:
            how = words("the commission, minutes No. {no} of {day}", no=decision.minutes_no, day=day)
        at = words.current.date_time(decision.decided_at, shown.zone)
        notes = [
            ", ".join(f"{place}. {number}" for place, number in enumerate(decision.order, start=1)),
            how,
            words("recorded {moment} by {name}", moment=at, name=decision.decided_by),
        ]
        if decision.present:
            notes.append(words("present: {names}", names=decision.present))
        if one.sealed_in:
            notes.append(words("run {no} is sealed with it", no=one.sealed_in[-1]))
        if one.why:
            notes.append(words("No longer valid: {why_code}.", why_code=one.why))
        if decision.revoked_at is not None:
            notes.append(
                words(
                    "Revoked on {day} by {name}: {reason}",
                    day=local_day(decision.revoked_at, shown.zone),
                    name=decision.revoked_by,
                    reason=decision.revoked_reason,
                )
            )
        return notes

    def _button(self, text: str, act: Callable[[], None], name: str, chord: str = "") -> KeyButton:
        button = KeyButton(self.theme, self.inner)
        button.setObjectName(name)
        button.setText(text)
        if chord:
            button.set_chord(chord)
        button.clicked.connect(act)
        return button


def taken_back(context: PageContext, tie: DecidedTie) -> Reasoned:
    """Taking a decision back, with what is asked for it."""
    words = context.words

    def texts() -> tuple[str, str, str, str]:
        sentence = words("The tie goes back to the commission. The decision and its reason remain on record.")
        people = ", ".join(tie.decision.order)
        return words("Revoke decision"), f"{people}. {sentence}", words("Revoke"), ""

    return Reasoned(texts, lambda reason: ties.revoke(context.office, tie.decision.id, reason))
