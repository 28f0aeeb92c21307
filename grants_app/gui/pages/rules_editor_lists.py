"""Lists in the rules' editor: items in an order changed by dragging or keys, and a section that has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidgetItem, QWidget

from grants_app.gui.dialogs.tie import OrderList
from grants_app.gui.pages.rules_editor_section import RulesSection
from grants_app.gui.theme import ROW_HEIGHT
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.editors import ChoiceEdit, Option
from grants_app.gui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QKeyEvent

    from grants_app.domain.ruleset import RuleSet
    from grants_app.gui.page import PageContext
    from grants_app.gui.theme import Theme

_LONGEST = 9
"""Rows a list shows before it scrolls."""


class CodeList(OrderList):
    """Things in an order, each kept by its code; Alt with an arrow or dragging moves, Delete takes out."""

    moved = Signal()
    chosen = Signal(str)
    removing = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._fixed = False
        self._filling = False
        self._dropped = QTimer(self)  # a drop tells of rows while the list still holds the moved one twice
        self._dropped.setSingleShot(True)
        self._dropped.setInterval(0)
        self._dropped.timeout.connect(self.moved)
        self.model().rowsMoved.connect(self._on_rows_changed)
        self.model().rowsInserted.connect(self._on_rows_changed)
        self.currentRowChanged.connect(self._on_row)

    def show_codes(
        self, codes: Sequence[str], texts: Mapping[str, str], current: str = "", *, numbered: bool = True
    ) -> None:
        """Show things in this order, the cursor on `current`."""
        self._filling = True
        self.clear()
        for place, code in enumerate(codes, start=1):
            text = texts.get(code, code)
            item = QListWidgetItem(f"{place}  {text}" if numbered else text)
            item.setData(Qt.ItemDataRole.UserRole, code)
            item.setSizeHint(QSize(0, ROW_HEIGHT))
            self.addItem(item)
        self.setCurrentRow(codes.index(current) if current in codes else 0)
        self._filling = False
        self.setFixedHeight(max(2, min(_LONGEST, len(codes))) * ROW_HEIGHT + 6)

    def set_fixed(self, fixed: bool) -> None:  # noqa: FBT001 - a plain setter
        """Let nothing be moved; the cursor still walks."""
        self._fixed = fixed
        mode = OrderList.DragDropMode.NoDragDrop if fixed else OrderList.DragDropMode.InternalMove
        self.setDragDropMode(mode)

    @property
    def current(self) -> str:
        """The code under the cursor, empty for none."""
        row = self.currentRow()
        return str(self.item(row).data(Qt.ItemDataRole.UserRole)) if row >= 0 else ""

    def shift(self, step: int) -> None:
        """Move the chosen one, unless the order is fixed."""
        if not self._fixed:
            self._filling = True
            super().shift(step)
            self._filling = False
            self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the chosen one out; the rest as in every ordered list."""
        if event.key() == Qt.Key.Key_Delete and self.current:
            self.removing.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _on_rows_changed(self, *_: object) -> None:
        if not self._filling:
            self._dropped.start()

    def _on_row(self, row: int) -> None:
        if row >= 0 and not self._filling:
            self.chosen.emit(self.current)


class ListedSection(RulesSection):
    """A section with a list of codes above its fields, to which things are added and taken out.

    The subclass says which there are in `take`, names them in `texts`, and which may come in by `offered`.
    """

    ordered = True
    removable = True

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.codes: list[str] = []
        self.current = ""
        self.uses: Callable[[str], str] = _unused
        self.list = CodeList(self.theme, self.inner)
        self.list.set_fixed(not self.ordered)
        self.keys_label = Label(self.theme, "small", "muted", parent=self.inner)
        self.keys_label.setWordWrap(True)
        self.refusal_label = Label(self.theme, "small", "bad", parent=self.inner)
        self.refusal_label.setWordWrap(True)
        self.add_edit = ChoiceEdit(self.theme, self.inner)
        self.add_button = KeyButton(self.theme, self.inner)
        self.remove_button = KeyButton(self.theme, self.inner)
        self.buttons = QWidget(self.inner)
        row = QHBoxLayout(self.buttons)
        row.setContentsMargins(0, 6, 0, 8)
        row.setSpacing(8)
        row.addWidget(self.add_edit, 4)
        for button in (self.add_button, self.remove_button):
            row.addWidget(button)
        row.addStretch(1)
        place = self.content.indexOf(self.form)
        for widget in (self.form, self.refusal_label, self.buttons, self.keys_label, self.list):
            self.content.insertWidget(place, widget)
        self.list.moved.connect(self._on_moved)
        self.list.chosen.connect(self._on_chosen)
        self.list.removing.connect(self.remove)
        self.add_button.clicked.connect(self._on_add_button_clicked)
        self.remove_button.clicked.connect(self._on_remove_button_clicked)

    # ---- what the subclass says -----------------------------------------------------------------------

    def texts(self) -> Mapping[str, str]:
        """What each code is called in the list."""
        raise NotImplementedError

    def offered(self) -> Sequence[Option]:
        """What may be added from a list; empty where new things are made instead."""
        return ()

    def made(self) -> str:
        """The code of a new thing, where things are made."""
        return ""

    def adding(self) -> tuple[str, str]:
        """The words of the list of what may be added, and of the button."""
        raise NotImplementedError

    # ---- acts -----------------------------------------------------------------------------------------

    def add(self, code: str) -> None:
        """Bring something in at the end, the cursor on it."""
        if code and code not in self.codes:
            self._order()
            self.codes.append(code)
            self.current = code
            self.rebuild()
            self.edited.emit()

    def remove(self, code: str) -> None:
        """Take something out, unless something else needs it."""
        if self.read_only or not self.removable:
            return
        refusal = self.uses(code)
        self._refuse(refusal)
        if refusal or code not in self.codes:
            return
        self._order()
        place = self.codes.index(code)
        self.codes.remove(code)
        self.forget(f"{code}:")
        self.current = self.codes[min(place, len(self.codes) - 1)] if self.codes else ""
        self.rebuild()
        self.edited.emit()

    def show_key(self, key: str) -> None:
        """Bring the thing the key belongs to on view first."""
        code = key.partition(":")[0]
        if code in self.codes and code != self.current:
            self.current = code
            self.rebuild()
        super().show_key(key)

    def rename(self) -> None:
        """Word the list again; a name in it was typed anew."""
        self._list_codes()

    def _fresh(self) -> None:
        if self.current not in self.codes:
            self.current = self.codes[0] if self.codes else ""
        self.list.set_fixed(self.read_only or not self.ordered)
        self._list_codes()
        super()._fresh()
        self._word_buttons()

    def _list_codes(self) -> None:
        self.list.show_codes(self.codes, self.texts(), self.current, numbered=self.ordered)

    def _word_buttons(self) -> None:
        words = self.words
        offered, made = self.adding()
        options = self.offered()
        self.add_edit.set_options(options)
        self.add_edit.setPlaceholderText(offered)
        self.add_edit.setAccessibleName(offered)
        self.add_edit.setVisible(bool(options) and not self.read_only)
        self.add_button.setText(made)
        self.add_button.setVisible(not self.read_only and (bool(options) or bool(self.made())))
        self.remove_button.setText(words("Remove"))
        self.remove_button.set_chord("Del")
        self.remove_button.setVisible(not self.read_only and self.removable and bool(self.codes))
        self.keys_label.setText(words("Alt+↑ and Alt+↓ move the selected row; you can also drag it."))
        self.keys_label.setVisible(self.ordered and not self.read_only)
        self.buttons.setVisible(not self.read_only)
        for button in (self.add_button, self.remove_button):
            button.updateGeometry()
        self._refuse("")

    def _refuse(self, text: str) -> None:
        self.refusal_label.setText(text)
        self.refusal_label.setVisible(bool(text))

    def _order(self) -> None:
        self.codes = list(self.list.order)

    def _on_moved(self) -> None:
        self._order()
        self.current = self.list.current or self.current
        self._list_codes()
        self.edited.emit()

    def _on_chosen(self, code: str) -> None:
        if code and code != self.current:
            self._order()
            self.current = code
            self.rebuild()
            self.edited.emit()

    def _on_add_button_clicked(self) -> None:
        if self.offered():
            self.add_edit.accept()
            self.add(self.add_edit.code)
            self.add_edit.clear()
        else:
            self.add(self.made())

    def _on_remove_button_clicked(self) -> None:
        self.remove(self.list.current)


def _unused(_code: str) -> str:
    return ""


def criterion_names(rules: RuleSet, lang: str, profile: str, grounds: str) -> dict[str, str]:
    """What score and tie chain may name: every measure, the profile, the grounds."""
    names = {measure.code: measure.names.get(lang) for measure in rules.measures}
    return {"profile": profile, "grounds": grounds} | names
