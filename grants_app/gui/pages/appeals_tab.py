"""Appeals: the list with how each stands, the record of one, the decision, the run a granted one leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from grants_app.domain.journal import Changed
from grants_app.gui.pages.appeals_card import STATE_CHIPS, AppealCard, AppealsShown, read_appeals
from grants_app.gui.pages.appeals_forms import AppealPanel, DecideAppealPanel
from grants_app.gui.table_models import ChipText, Column, LinesModel
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.column_fit import FittedTable
from grants_app.gui.widgets.drawer import EmptyState
from grants_app.gui.widgets.labels import Label
from grants_app.services import appeals

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from grants_app.gui.page import PageContext
    from grants_app.gui.tasks import Task
    from grants_app.services.appeals import AppealLine

_NARROW = 1080
_SPARE = ("subject", "received", "due")


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
        theme = context.theme
        self.count_label = Label(theme, "bold", parent=self)
        self.record_button = KeyButton(theme, self, primary=True)
        self.record_button.setObjectName("record_appeal_button")
        self.table = FittedTable(theme, LinesModel(self._columns(), self), _SPARE, self)
        self.table.setObjectName("appeals_table")
        self.empty = EmptyState(theme, "papers", self)
        self.card = AppealCard(theme, self.words, self)
        self.appeal_panel = AppealPanel(context, self)
        self.decide_panel = DecideAppealPanel(context, self)
        self.right = QStackedWidget(self)
        for panel in (self.card, self.appeal_panel, self.decide_panel):
            self.right.addWidget(panel)
        self.hint_label = Label(theme, "small", "muted", parent=self)
        self.hint_label.setContentsMargins(12, 4, 12, 4)
        self.hint_label.setWordWrap(True)
        self.lists = QStackedWidget(self)
        self.lists.addWidget(self.empty)
        self.lists.addWidget(self.table)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 6, 12, 6)
        bar.addWidget(self.count_label)
        bar.addStretch(1)
        bar.addWidget(self.record_button)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addLayout(bar)
        left.addWidget(self.lists, 1)
        left.addWidget(self.hint_label)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(left, 1)
        layout.addWidget(self.right)

    def _connect(self) -> None:
        self.record_button.clicked.connect(self.ask_appeal)
        self.empty.pressed.connect(self.ask_appeal)
        self.table.line_chosen.connect(self._on_line_chosen)
        self.table.line_opened.connect(self._on_line_opened)
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
        self.record_button.setText(self.words("Record an appeal…"))
        self.record_button.updateGeometry()
        self.table.lines.retranslate()
        for panel in (self.card, self.appeal_panel, self.decide_panel):
            panel.retranslate()
        self._word_state()

    def choose(self, number: str) -> None:
        """Put the cursor on the first appeal of an application, as far as it was read."""
        row = self.table.lines.find(lambda line: line.application_no == number)
        self.table.choose_row(row)

    def help_text(self) -> str:
        """What F1 says of the tab."""
        return self.words(
            "Every appeal with the day and hour it came and when it is due. The chair decides it under the "
            "minutes' number. After a granted one the register is put right and the new run is proposed; "
            "what differs from the sealed run stays with the appeal."
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
        line: AppealLine | None = self.table.current_line()
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
        line: AppealLine | None = self.table.current_line()
        if line is None:
            return
        office, appeal = self.context.office, line.appeal.id

        def work(_task: Task[AppealLine]) -> AppealLine:
            return appeals.propose_run(office, appeal)

        title = self.words("Ranking everybody and proposing…")
        self.context.tasks.run(
            work, done=self._on_proposed, failed=self._on_failed, title=title, key="appeal_run"
        )

    # ---- answers --------------------------------------------------------------------------------------

    @Slot(object)
    def _on_read(self, shown: AppealsShown) -> None:
        self._shown = shown
        ids = [line.appeal.id for line in shown.lines]
        row = ids.index(self._chosen) if self._chosen in ids else 0
        self.table.lines.show_all(shown.lines)
        self.table.choose_row(row)
        self.lists.setCurrentWidget(self.table if shown.lines else self.empty)
        if not shown.lines:
            self.card.show_appeal(shown, None)
        self._word_state()

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
            text = self.words(
                "No run was proposed: {no} holds a seat that would be lost.", no=line.effect.holder
            )
            self.told.emit("warn", text)
        else:
            text = self.words(
                "Run {no} is proposed; what differs is kept with the appeal.", no=line.effect.run
            )
            self.told.emit("ok", text)
        self.changed.emit(Changed(runs=True, commission=True))
        self.refresh()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)

    @Slot()
    def _on_register_wanted(self) -> None:
        line: AppealLine | None = self.table.current_line()
        if line is not None:
            self.register_wanted.emit(line.application_no)

    @Slot()
    def _show_card(self) -> None:
        self.right.setCurrentWidget(self.card)

    def _word_state(self) -> None:
        words, shown = self.words, self._shown
        if shown is None:
            self.empty.show_state(words("Reading…"), icon="hourglass")
            self.record_button.hide()
            return
        waiting = sum(line.state in ("open", "overdue") for line in shown.lines)
        self.count_label.setText(
            words.plural("{n} appeal waits for a decision", "{n} appeals wait for a decision", waiting)
        )
        self.record_button.setVisible(shown.may_record and bool(shown.lines))
        self.hint_label.setText(self._hint(shown))
        self.empty.show_state(
            words("No appeal has come in. Record each one with the day and hour it came and when it is due."),
            words("Record an appeal…") if shown.may_record else "",
            "papers",
        )

    def _hint(self, shown: AppealsShown) -> str:
        words = self.words
        if shown.closed:
            return words("The campaign is closed: appeals are kept as they were.")
        if shown.may_decide:
            return words("Enter decides the chosen appeal.")
        return words("The secretary records appeals, the chair decides them.")

    def _columns(self) -> list[Column]:
        words = self.words

        def chips(line: AppealLine) -> tuple[ChipText, ...]:
            kind, icon = STATE_CHIPS[line.state]
            return (ChipText(kind, words.code(f"appeal_state_{line.state}"), icon),)

        def moment(line: AppealLine, name: str) -> str:
            at = getattr(line.appeal, name)
            return words.current.date_time(at, self._shown.setup.zone) if at and self._shown else ""

        return [
            Column(
                key="state",
                title=lambda: words("State"),
                text=lambda line: chips(line)[0].text,
                chips=chips,
                width=150,
            ),
            Column(
                key="no",
                title=lambda: words("No."),
                text=lambda line: line.application_no,
                width=70,
                tone="muted",
            ),
            Column(
                key="name",
                title=lambda: words("Name"),
                text=lambda line: line.full_name,
                width=220,
                bold=True,
                stretch=True,
            ),
            Column(
                key="due",
                title=lambda: words("To be decided by"),
                text=lambda line: moment(line, "deadline"),
                width=128,
            ),
            Column(
                key="received",
                title=lambda: words("Received"),
                text=lambda line: moment(line, "received_at"),
                width=128,
                tone="muted",
            ),
            Column(
                key="subject",
                title=lambda: words("What it is about"),
                text=lambda line: line.appeal.subject,
                width=190,
            ),
        ]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The card gives way to the list in a small window."""
        super().resizeEvent(event)
        self.right.setFixedWidth(320 if self.width() < _NARROW else 380)
