"""Which lists to read and whose they are: a path typed or files chosen; it reads none of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from grants_app.gui.keys import latin_twin
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.editors import ChoiceEdit, Option, TextEdit

if TYPE_CHECKING:
    from grants_app.gui.page import PageContext

KINDS = "*.xlsx *.xls *.ods *.csv *.txt"
AUTO = "auto"


class ImportControls(QWidget):
    """One line: path, the button to choose files (Ctrl+O anywhere in the tab), the branch."""

    wanted = Signal(object)
    """`wanted(tuple of Path)`: read these."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._words = context.words
        self._files: tuple[Path, ...] = ()
        self.path_edit = TextEdit(context.theme, self)
        self.path_edit.setObjectName("import_path_edit")
        self.choose_button = KeyButton(context.theme, self, icon="folder")
        self.choose_button.setObjectName("choose_files_button")
        self.branch_edit = ChoiceEdit(context.theme, self)
        self.branch_edit.setObjectName("import_branch_edit")
        self.branch_edit.setFixedWidth(220)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 4, 14, 8)
        layout.setSpacing(8)
        layout.addWidget(self.path_edit, 1)
        layout.addWidget(self.choose_button)
        layout.addWidget(self.branch_edit)
        self.path_edit.returnPressed.connect(self._on_path_given)
        self.choose_button.clicked.connect(self.choose_files)
        self.branch_edit.chosen.connect(self._on_branch_chosen)
        parent.installEventFilter(self)

    @property
    def branch(self) -> str:
        """The branch whose lists they are; nothing when each list says it itself."""
        return "" if self.branch_edit.code == AUTO else self.branch_edit.code

    def clear(self) -> None:
        """Nothing chosen any more."""
        self._files = ()
        self.path_edit.clear()

    def retranslate(self) -> None:
        """Word everything again."""
        words = self._words
        self.path_edit.setPlaceholderText(
            words("Path of a list, or several separated by ;. Press Enter to read them.")
        )
        self.path_edit.setAccessibleName(words("Path of the lists to import"))
        self.choose_button.setText(words("Choose files…"))
        self.choose_button.set_chord("Ctrl+O")
        self.branch_edit.setAccessibleName(words("Branch of the lists"))
        branches = self._context.office.campaign().setup.branches
        self.branch_edit.set_options(
            [
                Option(AUTO, words("branch as given in the list")),
                *(Option(branch.code, branch.short.get(words.lang)) for branch in branches),
            ]
        )
        if not self.branch_edit.code:
            self.branch_edit.set_code(AUTO)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Ctrl+O chooses files, whatever the layout."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            letter = latin_twin(event.key()) or QKeySequence(event.key()).toString()
            if letter == "O" and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
                self.choose_files()
                return True
        return False

    @Slot()
    def choose_files(self) -> None:
        """Let the user choose files in a dialog."""
        names, _ = QFileDialog.getOpenFileNames(
            self, self._words("Lists to import"), str(Path.home()), f"{self._words('Lists')} ({KINDS})"
        )
        if names:
            self.path_edit.setText("; ".join(names))
            self._on_path_given()

    @Slot()
    def _on_path_given(self) -> None:
        names = [part.strip().strip('"') for part in self.path_edit.text().split(";")]
        self._files = tuple(Path(name).expanduser() for name in names if name)
        if self._files:
            self.wanted.emit(self._files)

    @Slot(str)
    def _on_branch_chosen(self, _code: str) -> None:
        if self._files:
            self.wanted.emit(self._files)
