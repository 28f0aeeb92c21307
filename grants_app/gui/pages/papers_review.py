"""Letters looked at before their numbers are spent: drafts under a watermark, who is left out, the act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from grants_app.gui.dialogs.inline import DecisionPanel
from grants_app.gui.widgets.labels import Hairline, Label
from grants_app.gui.widgets.layouts import flush_column
from grants_app.gui.widgets.pdf import PdfPreview
from grants_app.services import letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.gui.page import PageContext
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.tasks import Task

_MOST_NAMED = 3


def left_out_text(words: Speech, left: Sequence[letters.LeftOut]) -> str:
    """Who is left out of a batch, by name, each with the trouble; "" when nobody is."""
    lines = [
        words(
            "Skipped: {name} ({no}). {why}",
            name=one.full_name,
            no=one.application,
            why=words.code(one.trouble.code, **one.trouble.facts),
        )
        for one in left[:_MOST_NAMED]
    ]
    if len(left) > _MOST_NAMED:
        more = len(left) - _MOST_NAMED
        lines.append(words.plural("and {n} more", "and {n} more", more))
    return "\n".join(lines)


class _IssuePanel(DecisionPanel):
    """How many letters get their numbers, and who does not."""

    confirmed = Signal()

    def act(self) -> None:
        """Issue them."""
        self.confirmed.emit()


class LettersReview(QWidget):
    """The drafts of the letters about to be issued, over them the act."""

    confirmed = Signal(object)
    """These people are to get their letters: their numbers."""
    closed = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.people: tuple[str, ...] = ()
        self.shown_pdf = b""
        self._found: letters.Drawn | None = None
        self.panel = _IssuePanel(context, self)
        self.panel.setObjectName("issue_panel")
        self.left_label = Label(context.theme, "small", "bad", parent=self.panel.inner)
        self.left_label.setWordWrap(True)
        self.panel.above.addWidget(self.left_label)
        self.preview = PdfPreview(context.theme, context.pdf, self)
        self.preview.setObjectName("draft_preview")
        layout: QVBoxLayout = flush_column(self)
        layout.addWidget(self.panel)
        layout.addWidget(Hairline(context.theme, self))
        layout.addWidget(self.preview, 1)
        self.panel.confirmed.connect(self._on_confirmed)
        self.panel.closed.connect(self.closed)
        self.retranslate()

    def ask(self, people: Sequence[str], langs: tuple[str, ...]) -> None:
        """Draw the drafts of these people's letters and ask."""
        self.people, self._found = tuple(people), None
        self.panel.say("")
        self.preview.clear()
        self.retranslate()
        office, wanted = self.context.office, self.people

        def work(_task: Task[letters.Drawn]) -> letters.Drawn:
            return letters.drafted(office, wanted, langs)

        self.context.tasks.run(
            work,
            done=self._on_drafted,
            failed=self._on_failed,
            title=self.context.words("Drawing the drafts…"),
            key="letter_drafts",
        )

    def retranslate(self) -> None:
        """Word everything again."""
        words, found = self.context.words, self._found
        count = found.count if found is not None else len(self.people)
        self.panel.set_texts(
            words("Before the numbers are given out"),
            words("Look the drafts through: a letter issued keeps its number even when it is cancelled."),
            words.plural("Issue {n} letter", "Issue {n} letters", count),
        )
        self.panel.act_button.setEnabled(found is not None and found.count > 0)
        text = left_out_text(words, found.left_out) if found is not None else ""
        self.left_label.setText(text)
        self.left_label.setVisible(bool(text))
        self.panel.inner.adjustSize()
        self._fit()

    def _fit(self) -> None:
        """The panel as high as it needs, the drafts have the rest."""
        width = max(200, self.width() - 20)
        height = self.panel.content.totalHeightForWidth(width)
        self.panel.setFixedHeight(max(120, min(height + 4, 260)))

    @Slot(object)
    def _on_drafted(self, found: letters.Drawn) -> None:
        self._found, self.shown_pdf = found, found.pdf
        if found.count:
            self.preview.show_pdf(found.pdf)
        self.retranslate()
        self.panel.act_button.setFocus()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.panel.say(self.context.failure_words(error)[1])
        self._fit()

    @Slot()
    def _on_confirmed(self) -> None:
        self.confirmed.emit(self.people)
