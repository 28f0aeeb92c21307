"""Deciding an open tie: the commission's order, or a lot from a recorded seed; the service records it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QListWidgetItem

from grants_app.domain.ranking import OpenTie
from grants_app.gui.dialogs.inline import DecisionPanel
from grants_app.gui.theme import ROW_HEIGHT
from grants_app.gui.widgets.labels import Label
from grants_app.gui.widgets.tab_row import TabRow
from grants_app.services import decisions

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from grants_app.gui.page import PageContext
    from grants_app.gui.theme import Theme


@dataclass(frozen=True, slots=True)
class Equals:
    """The tie to decide: the pool's name, the tie itself, the names of its people by number."""

    programme: str
    tie: OpenTie
    names: dict[str, str]


class OrderList(QListWidget):
    """People in an order one changes with Alt+↑ and Alt+↓, or by dragging."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFont(theme.font("body"))

    def show_order(self, numbers: tuple[str, ...], names: dict[str, str]) -> None:
        """Show people in this order."""
        self.clear()
        for number in numbers:
            item = QListWidgetItem(f"{number}  {names.get(number, '')}".rstrip())
            item.setData(Qt.ItemDataRole.UserRole, number)
            self.addItem(item)
        self.setCurrentRow(0)
        self.setFixedHeight(max(2, min(8, len(numbers))) * ROW_HEIGHT + 4)

    @property
    def order(self) -> tuple[str, ...]:
        """The numbers, best first."""
        return tuple(self.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.count()))

    def shift(self, step: int) -> None:
        """Move the chosen one up (-1) or down (1)."""
        row = self.currentRow()
        there = row + step
        if row >= 0 and 0 <= there < self.count():
            self.insertItem(there, self.takeItem(row))
            self.setCurrentRow(there)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt with an arrow moves the person, the arrow alone the cursor."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.shift(step)
        else:
            super().keyPressEvent(event)


class TiePanel(DecisionPanel):
    """Equals of one pool: by the commission's order or by lot, under numbered minutes."""

    decided = Signal(object)
    """The decision was recorded; carries what changed."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("tie_panel")
        self._equals: Equals | None = None
        self.kind_tabs = TabRow(self.theme, ("order", "lot"), self.inner)
        self.kind_tabs.setFixedHeight(34)
        for button in self.kind_tabs.buttons.values():
            button.setFixedHeight(34)
        self.hint_label = Label(self.theme, "small", "muted", parent=self.inner)
        self.hint_label.setWordWrap(True)
        self.order_list = OrderList(self.theme, self.inner)
        self.order_list.setObjectName("order_list")
        for widget in (self.kind_tabs, self.hint_label, self.order_list):
            self.above.addWidget(widget)
            self.above.addSpacing(4)
        self.seed_edit = self.add_text_field("seed", 0)
        self.present_edit = self.add_text_field("present", 1)
        self.minutes_edit = self.add_text_field("minutes_no", 2, 0, 1)
        self.minutes_on_edit = self.add_date_field("minutes_on", 2, 1, 1)
        for editor in (self.seed_edit, self.present_edit, self.minutes_edit, self.minutes_on_edit):
            editor.textChanged.connect(self._on_typed)
        self.kind_tabs.chosen.connect(self._on_kind_chosen)
        self.retranslate()
        self._on_kind_chosen(self.kind_tabs.current)

    def ask(self, equals: Equals) -> None:
        """Ask how these equals are put in order."""
        self._equals = equals
        self.say("")
        for editor in (self.seed_edit, self.present_edit, self.minutes_edit):
            editor.clear()
        self.minutes_on_edit.set_date(self.context.office.now().date())
        self.order_list.show_order(equals.tie.applications, equals.names)
        self.retranslate()
        self._on_typed()
        self.order_list.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def equals(self) -> Equals | None:
        """The tie asked about."""
        return self._equals

    def retranslate(self) -> None:
        """Word everything again."""
        words = self.words
        sentence = ""
        if self._equals is not None:
            tie = self._equals.tie
            sentence = words.plural(
                "{programme}: {n} seat, people equal at every level: {people}.",
                "{programme}: {n} seats, people equal at every level: {people}.",
                tie.seats_at_stake,
                programme=self._equals.programme,
                people=len(tie.applications),
            )
        self.set_texts(words("Decide the tie"), sentence, words("Record the decision"))
        self.kind_tabs.set_word("order", words("By order"))
        self.kind_tabs.set_word("lot", words("By lot"))
        fields = self.form.fields
        fields["seed"].set_label(words("Seed of the draw"))
        fields["present"].set_label(words("Who was present"))
        fields["minutes_no"].set_label(words("Minutes No."))
        fields["minutes_on"].set_label(words("Date of the minutes"))
        self._word_hint()

    def act(self) -> None:
        """Record the decision."""
        day = self.minutes_on_edit.date
        if self._equals is None or day is None:
            return
        how = decisions.TieHow(
            kind="lot" if self._by_lot else "order",
            minutes_no=self.minutes_edit.text().strip(),
            on=day,
            seed=self.seed_edit.text().strip() if self._by_lot else "",
            present=self.present_edit.text().strip() if self._by_lot else "",
        )
        changed = decisions.decide_tie(self.context.office, self._equals.tie.pool, self.order_list.order, how)
        self.decided.emit(changed)

    @property
    def _by_lot(self) -> bool:
        return self.kind_tabs.current == "lot"

    def _word_hint(self) -> None:
        words = self.words
        if self._by_lot:
            text = words(
                "The seed is said aloud before the draw; anybody can draw the same order again from it."
            )
        else:
            text = words("Best first. Alt+↑ and Alt+↓ move the chosen person.")
        self.hint_label.setText(text)

    def _on_kind_chosen(self, _kind: str) -> None:
        lot = self._by_lot
        for key in ("seed", "present"):
            self.form.fields[key].setVisible(lot)
        self.order_list.setEnabled(not lot)
        self._word_hint()
        self._on_typed()

    def _on_typed(self, _text: str = "") -> None:
        seed = self.seed_edit.text().strip()
        if self._by_lot and self._equals is not None:
            drawn = (
                decisions.lot_order(seed, self._equals.tie.applications)
                if seed
                else self._equals.tie.applications
            )
            if drawn != self.order_list.order:
                self.order_list.show_order(drawn, self._equals.names)
        ready = bool(self.minutes_edit.text().strip()) and self.minutes_on_edit.date is not None
        if self._by_lot:
            ready = ready and bool(seed) and bool(self.present_edit.text().strip())
        self.act_button.setEnabled(ready)
