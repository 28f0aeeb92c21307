"""Proving a paper in hand: a file and, where it asks for it, a name; the verdict in words beside them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from grants_app.gui.dialogs.inline import DecisionPanel
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.layouts import flush_row
from grants_app.gui.widgets.panels import SidePanel
from grants_app.services import verification
from grants_app.services.office import keys

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QResizeEvent

    from grants_app.gui.page import PageContext
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.tasks import Task
    from grants_app.gui.theme import ChipKind, Theme
    from grants_app.services.verification import Told, Verdict

_KINDS: Mapping[Verdict, tuple[ChipKind, str]] = {
    "genuine": ("ok", "check"),
    "not_proven": ("warn", "warning"),
    "void": ("bad", "cross"),
    "forged": ("bad", "cross"),
    "unreadable": ("warn", "warning"),
}
_NARROW = 1000


class VerdictPanel(SidePanel):
    """The verdict, why, and what the paper was proven to say, to be compared with it."""

    def __init__(self, theme: Theme, words: Speech, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._words = words
        self._told: Told | None = None
        self.setObjectName("verdict_panel")
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say what will stand here."""
        self._told = None
        self.clear()
        words = self._words
        self.add_text(words("Verdict"), "section")
        self.add_text(
            words(
                "A letter's PDF or a picture of it, a sealed run or a backup is proven by the keys "
                "known here."
            ),
            "body",
            "muted",
            above=4,
        )
        self.add_end()

    def show_told(self, told: Told) -> None:
        """Show what a file is."""
        self._told = told
        self.clear()
        self._tell(told, "title")
        for letter in told.letters:
            self.content.addSpacing(14)
            self._tell(letter, "section")
        self.add_end()
        self.scroll_area.verticalScrollBar().setValue(0)
        words = self._words.current
        self.setAccessibleName(f"{told.title(words)}. {told.reason(words)}")

    def _tell(self, told: Told, font: str) -> None:
        words = self._words.current
        kind, icon = _KINDS[told.verdict]
        self.add_item(
            told.title(words),
            (),
            (kind, words.code(f"proven_{told.kind}"), icon),
            font,  # type: ignore[arg-type]  # one of the roles of titles
        )
        self.add_text(told.reason(words), above=6)
        self.content.addSpacing(6)
        for label, value in told.sentences(words):
            strong = label in (words.code("shows_name"), words.code("shows_number"))
            self.add_fact(label[:1].upper() + label[1:], value, strong=strong)

    def retranslate(self) -> None:
        """Word everything again."""
        if self._told is None:
            self.show_nothing()
        else:
            self.show_told(self._told)


class VerifyPanel(DecisionPanel):
    """The file to prove and the name to compare."""

    def __init__(self, context: PageContext, result: VerdictPanel, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("verify_panel")
        self._result = result
        self.path_edit = self.add_text_field("path", 0)
        self.browse_button = KeyButton(self.theme, self.form, icon="folder")
        self.browse_button.setObjectName("browse_button")
        row = QHBoxLayout()
        row.addWidget(self.browse_button)
        row.addStretch(1)
        self.form.grid.addLayout(row, 1, 0, 1, 2)
        self.name_edit = self.add_text_field("name", 2)
        self.cancel_button.hide()
        self.path_edit.textChanged.connect(self._on_path_typed)
        self.browse_button.clicked.connect(self._on_browse_button_clicked)
        self.retranslate()

    def retranslate(self) -> None:
        """Word everything again."""
        words = self.words
        fields = self.form.fields
        fields["path"].set_label(words("File"))
        fields["name"].set_label(words("Full name on the document"))
        self.browse_button.setText(words("Browse…"))
        self.set_texts(
            words("Verify a document"),
            words("A picture of a letter needs the full name too, typed as the document has it."),
            words("Verify"),
        )
        self.cancel_button.hide()
        self._on_path_typed(self.path_edit.text())

    def act(self) -> None:
        """Prove the file; PDFs are read in their one thread."""
        office, pdf = self.context.office, self.context.pdf
        path = Path(self.path_edit.text().strip()).expanduser()
        name = self.name_edit.text().strip()

        def proven() -> Told:
            known = keys.proving(office, None, office.folders.trusted_keys)
            return verification.verify_file(path, known, name=name, office=office)

        def work(_task: Task[Told]) -> Told:
            return pdf.ask(proven)

        self.context.tasks.run(work, done=self._on_told, failed=self._on_failed, key="verify")

    @Slot(object)
    def _on_told(self, told: Told) -> None:
        self._result.show_told(told)
        if told.code in ("proof_name_to_compare", "proof_text_unreadable", "proof_other_name"):
            self.form.focus("name")

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.say(self.context.failure_words(error)[1])

    @Slot(str)
    def _on_path_typed(self, text: str) -> None:
        self.act_button.setEnabled(bool(text.strip()))

    @Slot()
    def _on_browse_button_clicked(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.words("Verify a document"), self.path_edit.text() or str(Path.home())
        )
        if chosen:
            self.path_edit.setText(chosen)
            self.act_button.setFocus(Qt.FocusReason.OtherFocusReason)


class VerifyTab(QWidget):
    """What is to be proven at the left, the verdict at the right."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.result = VerdictPanel(context.theme, context.words, self)
        self.panel = VerifyPanel(context, self.result, self)
        row = flush_row(self)
        row.addWidget(self.panel)
        row.addWidget(self.result, 1)

    def retranslate(self) -> None:
        """Word everything again."""
        self.panel.retranslate()
        self.result.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The form gives way in a small window."""
        super().resizeEvent(event)
        self.panel.setFixedWidth(320 if self.width() < _NARROW else 420)
