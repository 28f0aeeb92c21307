"""Appeals: the list, the record of one, the decision, the run a granted one leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from grants_app.domain.journal import Changed
from grants_app.gui.pages.appeals_card import AppealCard, AppealsShown, read_appeals
from grants_app.gui.pages.appeals_forms import AppealPanel, DecideAppealPanel
from grants_app.gui.pages.appeals_list import AppealList
from grants_app.gui.widgets.layouts import flush_row
from grants_app.services import appeals

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from grants_app.gui.page import PageContext
    from grants_app.gui.tasks import Task
    from grants_app.services.appeals import AppealLine

_NARROW = 1080


class AppealsTab(QWidget):
    """The list of appeals with the chosen one beside it."""

    changed = Signal(object)
    """Something was recorded; carries what changed."""
    told = Signal(str, str)
    """`told(kind, sentence)` for the page's strip."""
    failed = Signal(object)
    register_wanted = Signal(str)
    """The application with this number is to be corrected."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("appeals_tab")
        self.context = context
        self.words = context.words
        self._shown: AppealsShown | None = None
        self._chosen = 0
        self.list = AppealList(context, self)
        self.card = AppealCard(context.theme, self.words, self)
        self.appeal_panel = AppealPanel(context, self)
        self.decide_panel = DecideAppealPanel(context, self)
        self.right = QStackedWidget(self)
        for panel in (self.card, self.appeal_panel, self.decide_panel):
            self.right.addWidget(panel)
        layout = flush_row(self)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.right)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.list.record_wanted.connect(self.ask_appeal)
        self.list.table.line_chosen.connect(self._on_line_chosen)
        self.list.table.line_opened.connect(self._on_line_opened)
        self.card.decision_wanted.connect(self.ask_decision)
        self.card.run_wanted.connect(self.propose_run)
        self.card.register_wanted.connect(self._on_register_wanted)
        for panel in (self.appeal_panel, self.decide_panel):
            panel.closed.connect(self._show_card)
            panel.saved.connect(self._on_saved)

    # ---- what the page asks ---------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the appeals again."""
        office = self.context.office

        def work(_task: Task[AppealsShown]) -> AppealsShown:
            return read_appeals(office)

        self.context.tasks.run(work, done=self._on_read, failed=self._on_failed, key="appeals")

    def retranslate(self) -> None:
        """Word everything again."""
        for part in (self.list, self.card, self.appeal_panel, self.decide_panel):
            part.retranslate()

    def help_text(self) -> str:
        """What F1 says of the tab."""
        return self.words(
            "Each appeal is listed with the date and time it was received and when it is due. "
            "The chair decides it under a minutes number. If it is granted, the data are "
            "corrected and a new run is calculated; the differences from the sealed run are "
            "kept with the appeal."
        )

    # ---- acts -----------------------------------------------------------------------------------------

    @Slot()
    def ask_appeal(self) -> None:
        """Open the record of an appeal."""
        if self._shown is not None and self._shown.may_record:
            self.right.setCurrentWidget(self.appeal_panel)
            self.appeal_panel.ask()

    @Slot()
    def ask_decision(self) -> None:
        """Open the decision of the appeal on view."""
        line: AppealLine | None = self.list.table.current_line()
        if (
            line is not None
            and self._shown is not None
            and self._shown.may_decide
            and not line.appeal.decision
        ):
            self.right.setCurrentWidget(self.decide_panel)
            self.decide_panel.ask(line)

    @Slot()
    def propose_run(self) -> None:
        """Propose the run of the appeal on view, in the background."""
        line: AppealLine | None = self.list.table.current_line()
        if line is None:
            return
        office, appeal = self.context.office, line.appeal.id

        def work(_task: Task[AppealLine]) -> AppealLine:
            return appeals.propose_run(office, appeal)

        title = self.words("Calculating…")
        self.context.tasks.run(
            work, done=self._on_proposed, failed=self._on_failed, title=title, key="appeal_run"
        )

    # ---- answers --------------------------------------------------------------------------------------

    @Slot(object)
    def _on_read(self, shown: AppealsShown) -> None:
        self._shown = shown
        self.list.show_appeals(shown, self._chosen)
        if not shown.lines:
            self.card.show_appeal(shown, None)

    @Slot(object)
    def _on_line_chosen(self, line: AppealLine | None) -> None:
        if line is not None and self._shown is not None:
            self._chosen = line.appeal.id
            self.card.show_appeal(self._shown, line)
            self._show_card()

    @Slot(object)
    def _on_line_opened(self, _line: AppealLine) -> None:
        self.ask_decision()

    @Slot(int)
    def _on_saved(self, appeal: int) -> None:
        self._chosen = appeal
        self._show_card()
        self.told.emit("ok", self.words("The appeal is recorded."))
        self.changed.emit(Changed(commission=True))
        self.refresh()

    @Slot(object)
    def _on_proposed(self, line: AppealLine) -> None:
        if line.effect.run is None:
            text = self.words("No run was created: {no} would lose a seat they hold.", no=line.effect.holder)
            self.told.emit("warn", text)
        else:
            text = self.words(
                "Run {no} has been created; the differences are kept with the appeal.", no=line.effect.run
            )
            self.told.emit("ok", text)
        self.changed.emit(Changed(runs=True, commission=True))
        self.refresh()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)

    @Slot()
    def _on_register_wanted(self) -> None:
        line: AppealLine | None = self.list.table.current_line()
        if line is not None:
            self.register_wanted.emit(line.application_no)

    @Slot()
    def _show_card(self) -> None:
        self.right.setCurrentWidget(self.card)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The card gives way to the list in a small window."""
        super().resizeEvent(event)
        self.right.setFixedWidth(320 if self.width() < _NARROW else 380)
