"""Where a file is written and in which form: a path typed or browsed, then the service writes it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from grants_app.domain.errors import Refused
from grants_app.gui.dialogs.inline import DecisionPanel
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.editors import TextEdit
from grants_app.gui.widgets.forms import FormField
from grants_app.gui.widgets.tab_row import TabRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.gui.page import PageContext
    from grants_app.gui.tasks import Task


class ExportPanel(DecisionPanel):
    """A form (XLSX, CSV, PDF, HTML), a path, the act; a file there is replaced only after a second press."""

    written = Signal(object, int)
    """`written(path, rows)`."""

    def __init__(self, context: PageContext, forms: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("export_panel")
        self._write: Callable[[str, Path], int] | None = None
        self._texts = ("", "", "")
        self._name = ""
        self._agreed: Path | None = None
        self._going: Path | None = None
        self.form_tabs = TabRow(self.theme, forms, self.inner)
        self.form_tabs.setFixedHeight(34)
        for form, button in self.form_tabs.buttons.items():
            button.setFixedHeight(34)
            button.setText(form.upper())
        self.form_tabs.setVisible(len(forms) > 1)
        self.above.addWidget(self.form_tabs)
        self.path_edit = TextEdit(self.theme, self.form)
        self.form.add(FormField(self.theme, "path", self.path_edit, self.form), 0, 0, 2)
        self.browse_button = KeyButton(self.theme, self.form, icon="folder")
        self.browse_button.setObjectName("browse_button")
        row = QHBoxLayout()
        row.addWidget(self.browse_button)
        row.addStretch(1)
        self.form.grid.addLayout(row, 1, 0, 1, 2)
        self.form_tabs.chosen.connect(self._on_form_chosen)
        self.browse_button.clicked.connect(self._on_browse_button_clicked)
        self.path_edit.textChanged.connect(self._on_path_typed)
        self.cancel_button.hide()
        self.retranslate()

    def offer(self, name: str, texts: tuple[str, str, str], write: Callable[[str, Path], int]) -> None:
        """Offer to write `name`; `texts` are title, sentence, verb; `write(form, path)` answers the rows."""
        self._write, self._texts, self._name = write, texts, name
        self.say("")
        self._suggest()
        self.retranslate()

    @property
    def file_form(self) -> str:
        """The form chosen."""
        return self.form_tabs.current

    def retranslate(self) -> None:
        """Word everything again."""
        self.set_texts(*self._texts)
        self.cancel_button.hide()
        self.form.fields["path"].set_label(self.words("File"))
        self.browse_button.setText(self.words("Browse…"))
        self.browse_button.updateGeometry()
        self._on_path_typed(self.path_edit.text())

    def act(self) -> None:
        """Write the file in the background."""
        path = self._path()
        if self._write is None or path is None:
            return
        if path.exists() and self._agreed != path:
            self._agreed = path
            self.form.fields["path"].say(
                "warn", self.words("This file already exists. Press again to replace it.")
            )
            return
        write, form = self._write, self.file_form
        self._going = path

        def work(_task: Task[int]) -> int:
            return write(form, path)

        self.context.tasks.run(
            work, done=self._on_written, failed=self._on_failed, title=self.words("Writing the file…")
        )

    def _on_written(self, rows: int) -> None:
        self._agreed = None
        self.form.fields["path"].say("ok", self.words("Written."))
        self.written.emit(self._going, rows)

    def _on_failed(self, error: Exception) -> None:
        self.say(self.context.failure_words(error)[1])

    def _path(self) -> Path | None:
        text = self.path_edit.text().strip()
        if not text:
            return None
        path = Path(text).expanduser()
        if not path.is_absolute():
            path = _documents() / path
        if path.is_dir():
            raise Refused("path_is_folder", file=str(path))
        # A Kyrgyz layout has no Latin letters: the ending need not be typed.
        ending = f".{self.file_form}"
        return path if path.suffix.lower() == ending else path.with_name(path.name + ending)

    def _suggest(self) -> None:
        self.path_edit.setText(str(_documents() / f"{self._name}.{self.file_form}"))

    def _on_form_chosen(self, form: str) -> None:
        path = Path(self.path_edit.text().strip() or self._name)
        self.path_edit.setText(str(path.with_suffix(f".{form}")))

    def _on_path_typed(self, text: str) -> None:
        self._agreed = None
        self.form.fields["path"].say("plain")
        self.act_button.setEnabled(self._write is not None and bool(text.strip()))

    def _on_browse_button_clicked(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self._texts[0],
            self.path_edit.text(),
            f"{self.file_form.upper()} (*.{self.file_form})",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if chosen:
            self.path_edit.setText(chosen)
            self.act_button.setFocus(Qt.FocusReason.OtherFocusReason)


def _documents() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
