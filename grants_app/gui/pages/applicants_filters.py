"""The filter of the applicants' list: states, marks, branches and programmes to tick."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from grants_app.domain.completeness import BELOW_THRESHOLD, LACKS
from grants_app.gui.pages.entry_words import FLAGS, STATES
from grants_app.wording import mark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.entry_words import EntryWords

MARKS: Mapping[str, str] = {
    "conflict": mark("in conflict"), "duplicate": mark("possible duplicate"), "late": mark("late"),
    "unverified": mark("results not verified"), "accepted": mark("accepted with a reason"),
    **{flag: FLAGS[flag][1] for flag in (BELOW_THRESHOLD, *LACKS)},
}  # fmt: skip


class FilterMenu(QMenu):
    """Ticks that stay open while several are set; `filters` is what the list is asked by."""

    chosen = Signal()

    def __init__(self, context: PageContext, words: EntryWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = context.words
        self._named = words
        self.everybody_action = QAction(self)
        self.everybody_action.triggered.connect(self.clear_ticks)
        self.addAction(self.everybody_action)
        self._ticks: dict[tuple[str, str], QAction] = {}
        setup = context.office.campaign().setup
        branches = [branch.code for branch in setup.branches]
        for name, codes in (("state", list(STATES)), ("flag", list(MARKS)), ("branch", branches)):
            self.addSeparator()
            self._offer(self, name, codes)
        self.programmes_menu = self.addMenu(
            ""
        )  # of its own: with them the whole would not fit a small screen
        self._offer(self.programmes_menu, "pool", [pool.id for pool in setup.pools])
        self.programmes_menu.installEventFilter(self)
        self._quiet = False
        self._numbers = ""
        self.installEventFilter(self)
        self.retranslate()

    def _offer(self, menu: QMenu, name: str, codes: Sequence[str]) -> None:
        for code in codes:
            action = QAction(self)
            action.setCheckable(True)
            action.toggled.connect(self._on_toggled)
            menu.addAction(action)
            self._ticks[name, code] = action

    def retranslate(self) -> None:
        """Word the ticks again."""
        self.programmes_menu.setTitle(self._words("Programme"))
        self.everybody_action.setText(self._words("All applicants"))
        for (name, code), action in self._ticks.items():
            if name == "state":
                action.setText(self._words(STATES[code][1]))
            elif name == "pool":
                action.setText(self._named.pool(code))
            else:
                action.setText(self._words(MARKS[code]) if name == "flag" else self._named.branch(code))

    def filters(self) -> dict[str, str]:
        """What is ticked, by the names the list's service knows."""
        told: dict[str, list[str]] = {}
        for (name, code), action in self._ticks.items():
            if action.isChecked():
                told.setdefault(name, []).append(code)
        if self._numbers:
            told["numbers"] = [self._numbers]
        return {name: ",".join(codes) for name, codes in told.items()}

    def text(self) -> str:
        """What is ticked, in a few words."""
        ticked = [action.text() for action in self._ticks.values() if action.isChecked()]
        if self._numbers:
            count = self._numbers.count(",") + 1
            ticked.insert(
                0, self._words.plural("{n} selected application", "{n} selected applications", count)
            )
        if not ticked:
            return self._words("All applicants")
        return ticked[0] if len(ticked) == 1 else f"{ticked[0]} + {len(ticked) - 1}"

    def take(self, filters: Mapping[str, str]) -> None:
        """Tick exactly these; `numbers` are applications another page counted."""
        self._quiet = True
        self._numbers = filters.get("numbers", "")
        for (name, code), action in self._ticks.items():
            action.setChecked(code in filters.get(name, "").split(","))
        self._quiet = False
        self.chosen.emit()

    def clear_ticks(self) -> None:
        """Everybody again."""
        self.take({})

    def _on_toggled(self) -> None:
        if not self._quiet:
            self.chosen.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space ticks without closing, so that several can be set."""
        pressed = event.type() == QEvent.Type.KeyPress
        menu = watched if isinstance(watched, QMenu) else self
        action = cast("QAction | None", menu.activeAction())  # the stubs do not know that there may be none
        if pressed and action is not None and action.isCheckable() and _is_space(event):
            action.toggle()
            return True
        return super().eventFilter(watched, event)


def _is_space(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
