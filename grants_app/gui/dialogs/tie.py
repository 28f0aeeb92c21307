"""Deciding an open tie: the commission's order, or a lot from a recorded seed; the service records it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from grants_app.domain.errors import Refused
from grants_app.domain.ranking import OpenTie
from grants_app.gui.dialogs.inline import DecisionPanel
from grants_app.gui.theme import ROW_HEIGHT
from grants_app.gui.widgets.editors import ChoiceEdit, Option
from grants_app.gui.widgets.forms import FormField
from grants_app.gui.widgets.labels import Label
from grants_app.gui.widgets.panels import ItemRow
from grants_app.gui.widgets.tab_row import TabRow
from grants_app.services import decisions

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from grants_app.domain.runs import Drawn, SeedFrom
    from grants_app.gui.page import PageContext
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import Theme
    from grants_app.gui.widgets.editors import TextEdit

WITNESSED: SeedFrom = "witnessed"
PUBLISHED: SeedFrom = "published"
_MOST_ROWS = 8
_GROUP = 8  # digits of a hash that stand together, so that it wraps and can be read aloud


@dataclass(frozen=True, slots=True)
class Equals:
    """The tie to decide: the pool's name, the tie, its people's names by number, the place they share."""

    programme: str
    tie: OpenTie
    names: dict[str, str]
    place: int = 0


class OrderList(QListWidget):
    """People in an order one changes with Alt+↑ and Alt+↓, or by dragging."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFont(theme.font("body"))
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self._locked = False

    def show_order(self, numbers: tuple[str, ...], names: dict[str, str]) -> None:
        """Show people in this order."""
        self.clear()
        for number in numbers:
            item = QListWidgetItem(f"{number}  {names.get(number, '')}".rstrip())
            item.setData(Qt.ItemDataRole.UserRole, number)
            item.setToolTip(item.text())
            self.addItem(item)
        self.setCurrentRow(-1 if self._locked else 0)
        self._fit()

    def lock(self, *, locked: bool) -> None:
        """Show the people without a cursor: nobody is moved where a lot decides."""
        self._locked = locked
        mode = QAbstractItemView.DragDropMode
        self.setDragDropMode(mode.NoDragDrop if locked else mode.InternalMove)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if locked else Qt.FocusPolicy.StrongFocus)
        selection = QAbstractItemView.SelectionMode
        self.setSelectionMode(selection.NoSelection if locked else selection.SingleSelection)
        self.clearSelection()
        self.setCurrentRow(-1 if locked else 0)
        if locked:
            self.clearFocus()

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names break otherwise in another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        """As high as the first eight people need."""
        self.doItemsLayout()
        rows = range(min(_MOST_ROWS, self.count()))
        wanted = sum(self.visualItemRect(self.item(row)).height() for row in rows)
        self.setFixedHeight(max(2 * ROW_HEIGHT, wanted) + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt with an arrow moves the person, the arrow alone the cursor."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.shift(step)
        else:
            super().keyPressEvent(event)


class HashList(QWidget):
    """The hashes of a lot, one under another, as they go into its record; nothing without a lot."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 12, 0, 0)
        self._rows.setSpacing(0)
        self.drawn: tuple[Drawn, ...] = ()

    def show_lot(self, words: Speech, drawn: tuple[Drawn, ...]) -> None:
        """Show this lot."""
        if drawn == self.drawn:
            return
        self.drawn = drawn
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not drawn:
            return
        heading = Label(self._theme, "bold", text=words("Hashes of the draw, SHA-256"), parent=self)
        heading.setWordWrap(True)
        self._rows.addWidget(heading)
        for place, one in enumerate(drawn, start=1):
            note = " ".join(one.sha256[start : start + _GROUP] for start in range(0, len(one.sha256), _GROUP))
            self._rows.addWidget(ItemRow(self._theme, f"{place}. {one.number}", (note,), parent=self))


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
        self.origin_edit = ChoiceEdit(self.theme, self.form)
        self.form.add(FormField(self.theme, "seed_from", self.origin_edit, self.form), 1, 0, 2)
        self.note_edit = self.add_text_field("seed_note", 2)
        self.present_edit = self.add_text_field("present", 3)
        self.minutes_edit = self.add_text_field("minutes_no", 4, 0, 1)
        self.minutes_on_edit = self.add_date_field("minutes_on", 4, 1, 1)
        self.hashes = HashList(self.theme, self.inner)
        self.below.addWidget(self.hashes)
        for editor in self._editors:
            editor.textChanged.connect(self._on_typed)
        self.origin_edit.chosen.connect(self._on_typed)
        self.kind_tabs.chosen.connect(self._on_kind_chosen)
        self.retranslate()
        self._on_kind_chosen(self.kind_tabs.current)

    def ask(self, equals: Equals) -> None:
        """Ask how these equals are put in order."""
        self._equals = equals
        self.say("")
        for editor in (self.seed_edit, self.note_edit, self.present_edit, self.minutes_edit):
            editor.clear()
        self.origin_edit.set_code(WITNESSED)
        self.minutes_on_edit.set_date(self.context.office.today())
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
                "{programme}: {n} seat, people tied at every level: {people}.",
                "{programme}: {n} seats, people tied at every level: {people}.",
                tie.seats_at_stake,
                programme=self._equals.programme,
                people=len(tie.applications),
            )
            if self._equals.place:
                sentence += " " + words("They share place {place} on the list.", place=self._equals.place)
        self.set_texts(words("Decide the tie"), sentence, words("Record the decision"))
        self.kind_tabs.set_word("order", words("By decision"))
        self.kind_tabs.set_word("lot", words("By draw"))
        fields = self.form.fields
        fields["seed"].set_label(words("Random seed"))
        fields["seed_from"].set_label(words("How the seed was obtained"))
        fields["seed_note"].set_label(words("Where and when it was published"))
        self.origin_edit.set_options(
            [
                Option(WITNESSED, words("drawn in the presence of those listed")),
                Option(PUBLISHED, words("published before the draw")),
            ]
        )
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
            minutes_no=self.minutes_edit.text(),
            on=day,
            seed=self.seed_edit.text(),
            present=self.present_edit.text(),
            seed_from=PUBLISHED if self._published else WITNESSED,
            seed_note=self.note_edit.text(),
        )
        changed = decisions.decide_tie(self.context.office, self._equals.tie.pool, self.order_list.order, how)
        self.decided.emit(changed)

    @property
    def _by_lot(self) -> bool:
        return self.kind_tabs.current == "lot"

    @property
    def _published(self) -> bool:
        return self.origin_edit.code == PUBLISHED

    @property
    def _editors(self) -> tuple[TextEdit, ...]:
        return (self.seed_edit, self.note_edit, self.present_edit, self.minutes_edit, self.minutes_on_edit)

    def _word_hint(self) -> None:
        words = self.words
        if self._by_lot:
            text = words("The seed is announced before the draw; anyone can repeat the draw from it.")
        else:
            text = words("Best first. Alt+↑ and Alt+↓ move the selected applicant.")
        self.hint_label.setText(text)

    def _on_kind_chosen(self, _kind: str) -> None:
        self.order_list.lock(locked=self._by_lot)
        self._word_hint()
        self._on_typed()

    def _on_typed(self, _text: str = "") -> None:
        lot = self._by_lot
        for key in ("seed", "seed_from", "present"):
            self.form.fields[key].setVisible(lot)
        self.form.fields["seed_note"].setVisible(lot and self._published)
        drawn = self._drawn() if lot else ()
        if lot and self._equals is not None:
            order = tuple(one.number for one in drawn) or self._equals.tie.applications
            if order != self.order_list.order:
                self.order_list.show_order(order, self._equals.names)
        self.hashes.show_lot(self.words, drawn)
        ready = bool(self.minutes_edit.text().strip()) and self.minutes_on_edit.date is not None
        if lot:
            ready = ready and bool(drawn) and bool(self.present_edit.text().strip())
            ready = ready and (bool(self.note_edit.text().strip()) or not self._published)
        self.act_button.setEnabled(ready)

    def _drawn(self) -> tuple[Drawn, ...]:
        """The lot the seed typed so far draws; what is wrong with the seed is said under it."""
        field = self.form.fields["seed"]
        field.say("plain")
        seed = self.seed_edit.text().strip()
        if self._equals is None or not seed:
            return ()
        try:
            return decisions.draw_lot(seed, self._equals.tie.applications)
        except Refused as refusal:
            field.say("error", self.words.code(refusal.code, **refusal.facts))
            return ()
