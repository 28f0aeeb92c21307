"""The way back: the last act of the officer at the desk is undone, said, and the row concerned is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot

from grants_app.gui.dialogs.reasoned import ReasonDialog, Reasoned
from grants_app.gui.frame.typed_text import TypedText
from grants_app.gui.widgets.tables import LinesTable
from grants_app.services.register import undo

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from grants_app.domain.journal import Changed
    from grants_app.domain.reversal import Reversal
    from grants_app.gui.page import Page, PageContext

_NUMBERS = ("no", "number", "application_no")


class Undoing(QObject):
    """Answers Alt+Backspace, its menu item and the link in the message that reports an act."""

    def __init__(
        self,
        context: PageContext,
        page: Callable[[], Page | None],
        focus_page: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._context, self._page, self._focus_page, self._window = context, page, focus_page, parent
        self._desk = context.desk
        self._typed = TypedText(self)
        self._undone: Reversal | None = None
        self._shown: tuple[str, ...] = ()
        self._one = False
        self._desk.undo_wanted.connect(self.undo)

    def commands(self) -> dict[str, Callable[[], object]]:
        """What can be undone now."""
        offered = self._desk.last_act is not None and self._undone is None
        return {"undo_act": self.undo_last} if offered else {}

    def item(self) -> tuple[str, str]:
        """How the menu names it, and what it says of itself: what would be undone, or why nothing can."""
        words, last = self._context.words, self._desk.last_act
        if last is not None:
            told = self._context.act_words(last)
            return words("Undo: {act}", act=told), told
        if self._desk.final:
            return words("Undo last action"), words("The last action cannot be undone.")
        return words("Undo last action"), words("Nothing was done at this desk yet that can be undone.")

    @Slot()
    def undo_last(self) -> None:
        """Alt+Backspace: undo the last act, unless the field with the focus holds something typed."""
        if self._typed.changed:
            self._context.show_message(
                "info",
                self._context.words(
                    "The text in this field was changed: Ctrl+Z undoes typing. Actions are undone from "
                    "outside the field."
                ),
            )
        elif self._desk.last_act is not None:
            self.undo(self._desk.last_act)

    @Slot(object)
    def undo(self, reversal: Reversal) -> None:
        """Undo an act; answers to offers ask the chair for a reason first."""
        if self._undone is not None:
            return
        if not reversal.needs_reason:
            self._run(reversal, "")
        elif self._desk.office.may("revoke"):
            self._ask(reversal)
        else:
            self._context.show_message(
                "warn", self._context.words("Only the chair undoes an answer to an offer. Ask the chair.")
            )

    def _ask(self, reversal: Reversal) -> None:
        words = self._context.words

        def texts() -> tuple[str, str, str, str]:
            return (
                words("Undo the answer"),
                f"{self._context.act_words(reversal)}. "
                + words("The offer is restored as before; a cancelled letter must be issued again."),
                words("Undo the answer"),
                "",
            )

        asked = Reasoned(texts, lambda reason: self._run(reversal, reason))
        dialog = ReasonDialog(self._context, asked, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _run(self, reversal: Reversal, reason: str) -> None:
        office = self._desk.office
        self._undone = reversal
        self._desk.act_changed.emit()
        self._context.tasks.run(
            lambda _task: undo.undo(office, reversal, reason),
            done=self._on_undone,
            failed=self._on_failed,
            title=self._context.words("Undoing the last action"),
        )

    @Slot(object)
    def _on_undone(self, changed: Changed) -> None:
        reversal, self._undone = self._undone, None
        if reversal is None:
            return
        self._desk.forget(reversal)
        self._desk.tell(changed)
        context = self._context
        context.show_message("ok", context.words("Undone: {act}.", act=context.act_words(reversal)))
        # What is on view is being read again in the background: the row is there once that has ended.
        self._shown, self._one = reversal.numbers, len(reversal.applications) == 1
        context.tasks.run(lambda _task: None, done=self._on_read, failed=self._on_failed)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._undone = None
        self._desk.act_changed.emit()
        self._context.tell_failure(error)

    @Slot(object)
    def _on_read(self, _nothing: object) -> None:
        """Put the focus on the row concerned: in the list on view, else by the one door to a person."""
        page, numbers = self._page(), self._shown
        if page is None:
            return
        for table in page.findChildren(LinesTable):
            row = next((row for row in range(table.lines.rowCount()) if _is_of(table, row, numbers)), None)
            if table.isVisible() and row is not None:
                table.choose_row(row)
                table.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        if self._one:
            self._context.open_person(numbers[0])
        else:
            self._focus_page()


def _is_of(table: LinesTable, row: int, numbers: tuple[str, ...]) -> bool:
    line = table.lines.line(row)
    line = getattr(line, "line", line)
    pair = getattr(line, "pair", None)
    if pair is not None:
        return pair.first_no in numbers and pair.second_no in numbers
    return any(getattr(line, name, None) in numbers for name in _NUMBERS)
