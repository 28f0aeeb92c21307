"""The second folder of automatic backups, a stick or another disk: set, changed, or given up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog

from grants_app.gui.dialogs.base import ConfirmDialog
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.editors import TextEdit
from grants_app.gui.widgets.forms import FormField, FormGrid
from grants_app.services import upkeep

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from grants_app.gui.page import PageContext


class BackupFolderDialog(ConfirmDialog):
    """One folder, typed or chosen; left empty there is none."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._place = upkeep.backup_place(context.office)
        self.folder_edit = TextEdit(self.theme)
        self.choose_button = KeyButton(self.theme, self, icon="folder")
        self.choose_button.setObjectName("choose_button")
        self.form = FormGrid(self.theme, 12, self)
        self.form.add(FormField(self.theme, "folder", self.folder_edit, self.form), 0, 0, 12)
        self.body.addWidget(self.form)
        self.body.addWidget(self.choose_button)
        if self._place.second is not None:
            self.folder_edit.setText(str(self._place.second))
        self.choose_button.clicked.connect(self._on_choose_button_clicked)
        self.form.finished.connect(self.act_button.setFocus)
        self.set_ready(self._place.folder is not None)
        self.form.setEnabled(self._place.folder is not None)
        self.choose_button.setEnabled(self._place.folder is not None)
        self.setMinimumWidth(520)
        self.retranslate()

    def retranslate(self) -> None:
        """Word the dialog again."""
        words = self.words
        sentence = (
            words("This database is on a server. Its administrator makes the backups.")
            if self._place.folder is None
            else words(
                "Automatic backups are kept in {folder}. They are copied to this second folder too, for"
                " example on a USB stick. Leave it empty to have no second folder.",
                folder=self._place.folder,
            )
        )
        self.set_texts(words("Second backup folder"), sentence, words("Use this folder"))
        self.form.fields["folder"].set_label(words("Second backup folder"))
        self.choose_button.setText(words("Choose folder…"))
        self.choose_button.updateGeometry()

    def act(self) -> None:
        """Set the folder and copy a backup there at once, in the background."""
        text = self.folder_edit.text().strip()
        office, folder = self.context.office, Path(text) if text else None
        self.set_ready(False)
        self.context.tasks.run(
            lambda _task: upkeep.set_second_folder(office, folder),
            done=self._on_set,
            failed=self._on_failed,
            title=self.words("Backing up…"),
        )

    @Slot(object)
    def _on_set(self, made: object) -> None:
        self.accept()
        self.context.desk.tell(None)
        folder = self.folder_edit.text().strip()
        sentence = (
            self.words("Backups are copied to {folder} too; one was made now.", folder=folder)
            if made is not None
            else self.words("There is no second backup folder any more.")
        )
        self.context.show_message("ok", sentence)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.set_ready(True)
        self.strip.show_message(*self.context.failure_words(error))

    @Slot()
    def _on_choose_button_clicked(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.words("Choose folder…"), self.folder_edit.text())
        if name:
            self.folder_edit.setText(name)
