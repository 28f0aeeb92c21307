"""The lists of the set-up, each with its bar: the sum of the seats, what may be done with the chosen line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from grants_app.gui.keys import chord_of
from grants_app.gui.kit.parts import button
from grants_app.gui.pages.campaign_setup.sections import LISTS, SECTIONS, SectionKey, SetupLine, SetupShown
from grants_app.gui.table_models import LinesModel
from grants_app.gui.widgets.buttons import IconButton
from grants_app.gui.widgets.chips import Chip
from grants_app.gui.widgets.labels import Hairline
from grants_app.gui.widgets.layouts import flush_column
from grants_app.gui.widgets.list_bar import list_bar
from grants_app.gui.widgets.list_stack import ListStack
from grants_app.gui.widgets.tables import LinesTable
from grants_app.wording import mark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grants_app.gui.page import PageContext

ACTS = ("edit", "take_away", "move_up", "move_down")


class SetupLists(QWidget):
    """A list for each section under one bar; whoever shows it says which acts are possible and why not."""

    act_wanted = Signal(str)
    """`add`, `edit`, `take_away`, `move_up` or `move_down`."""
    line_chosen = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._words = context.words
        self._may_add = False
        self._shown: SetupShown | None = None
        self.sum_chip = Chip(context.theme, parent=self)
        self.edit_button = button(context, self, "edit", mark("Change…"), chord=chord_of("edit"))
        self.take_away_button = button(
            context, self, "take_away", mark("Remove…"), chord=chord_of("take_away")
        )
        self.up_button = IconButton(context.theme, "up", self, 28)
        self.up_button.setObjectName("move_up_button")
        self.down_button = IconButton(context.theme, "down", self, 28)
        self.down_button.setObjectName("move_down_button")
        self.buttons: Mapping[str, QWidget] = {
            "edit": self.edit_button, "take_away": self.take_away_button,
            "move_up": self.up_button, "move_down": self.down_button,
        }  # fmt: skip
        self.stacks: dict[SectionKey, ListStack] = {}
        self._lists = QStackedWidget(self)
        for key in SECTIONS:
            columns = tuple(LISTS[key].columns(context.words))
            table = LinesTable(context.theme, LinesModel(columns, self), self)
            table.setObjectName(f"{key}_table")
            table.line_opened.connect(self._on_line_opened)
            table.line_chosen.connect(self._on_line_chosen)
            table.lines.failed.connect(self._on_failed)
            stack = ListStack(context.theme, table, LISTS[key].icon, self)
            stack.empty.act_button.setObjectName(f"{key}_begin_button")
            stack.empty.pressed.connect(self._on_empty_pressed)
            self.stacks[key] = stack
            self._lists.addWidget(stack)
        layout = flush_column(self)
        bar = list_bar(
            self,
            (self.sum_chip,),
            (self.edit_button, self.take_away_button, self.up_button, self.down_button),
        )
        layout.addWidget(bar)
        layout.addWidget(Hairline(context.theme, self))
        layout.addWidget(self._lists, 1)
        for act, one in self.buttons.items():
            one.setProperty("act", act)
            one.clicked.connect(self._on_button_clicked)  # type: ignore[attr-defined]  # buttons all
        self.retranslate()

    # ---- what is on view ------------------------------------------------------------------------------

    @property
    def section(self) -> SectionKey:
        """The list on view."""
        return SECTIONS[self._lists.currentIndex()]

    @property
    def table(self) -> LinesTable:
        """The table of the list on view."""
        return self.stacks[self.section].table

    @property
    def line(self) -> SetupLine | None:
        """The line chosen in the list on view."""
        line: SetupLine | None = self.table.current_line()
        return line

    def target(self) -> QWidget:
        """Where the focus belongs in the list on view: the row, or what begins an empty list."""
        stack = self.stacks[self.section]
        if stack.currentWidget() is stack.table:
            return stack.table
        return stack.empty.act_button if not stack.empty.act_button.isHidden() else stack.table

    def show_section(self, section: SectionKey) -> None:
        """Put this list on view."""
        self._lists.setCurrentWidget(self.stacks[section])
        self._show_sum()

    def show_setup(self, shown: SetupShown, may_add: bool) -> None:  # noqa: FBT001 - a plain setter
        """Show the set-up, each list's cursor where it was."""
        self._shown, self._may_add = shown, may_add
        words = self._words
        for key, stack in self.stacks.items():
            section = LISTS[key]
            focus = QApplication.focusWidget()
            here = focus is not None and stack.isAncestorOf(focus) and key == self.section
            row = max(0, stack.table.currentIndex().row())
            lines = section.lines(shown)
            add = words(section.add) + "…" if may_add else ""
            stack.show_lines(lines, words(section.empty), add)
            stack.table.choose_row(min(row, len(lines) - 1))
            if here:
                self.target().setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_sum()

    def choose(self, section: SectionKey, place: int) -> None:
        """Put a list's cursor on a line."""
        self.stacks[section].table.choose_row(place)

    def show_acts(self, why_not: Mapping[str, str]) -> None:
        """Wake the buttons; one that is asleep says why in its tool tip."""
        for act, one in self.buttons.items():
            reason = why_not.get(act, "")
            one.setEnabled(not reason)
            one.setToolTip(reason or self._meaning(act))
            one.setAccessibleDescription(reason)

    def retranslate(self) -> None:
        """Word what does not word itself; the lines are shown anew by the page."""
        self.up_button.set_meaning(self._words("Move up"))
        self.down_button.set_meaning(self._words("Move down"))
        for key, stack in self.stacks.items():
            stack.table.setAccessibleName(self._words(LISTS[key].title))
            stack.table.lines.retranslate()
        if self._shown is not None:
            self.show_setup(self._shown, self._may_add)

    # ---- inside ---------------------------------------------------------------------------------------

    def _meaning(self, act: str) -> str:
        return {
            "move_up": self._words("Move up") + " (Alt+↑)",
            "move_down": self._words("Move down") + " (Alt+↓)",
        }.get(act, "")

    def _show_sum(self) -> None:
        """The seats given to programmes against the grants announced; always in sight."""
        if self._shown is None:
            return
        setup, words = self._shown.campaign.setup, self._words
        seats = sum(pool.seats for pool in setup.pools if not pool.closed)
        left = setup.total - seats
        if left > 0:
            text = words("Seats: {seats} of {total}, {n} left", seats=seats, total=setup.total, n=left)
            self.sum_chip.show_state("warn", text, "warning")
        elif left < 0:
            text = words("Seats: {seats} of {total}, {n} too many", seats=seats, total=setup.total, n=-left)
            self.sum_chip.show_state("bad", text, "stop")
        else:
            text = words("Seats: {seats} of {total}", seats=seats, total=setup.total)
            self.sum_chip.show_state("ok", text, "check")

    @Slot(object)
    def _on_line_opened(self, _line: object) -> None:
        self.act_wanted.emit("edit")

    @Slot(object)
    def _on_line_chosen(self, _line: object) -> None:
        self.line_chosen.emit()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._context.tell_failure(error)

    @Slot()
    def _on_empty_pressed(self) -> None:
        self.act_wanted.emit("add")

    @Slot()
    def _on_button_clicked(self) -> None:
        self.act_wanted.emit(str(self.sender().property("act")))
