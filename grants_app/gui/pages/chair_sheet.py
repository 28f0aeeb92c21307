"""The chair's sheet on screen: what was found, the reasons for it, the seal at its foot; services decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from grants_app.domain.errors import Refused
from grants_app.gui.dialogs.seal import SealBar
from grants_app.gui.pages.chair_sheet_body import SheetBody, SheetRead
from grants_app.gui.pages.chair_sheet_paper import SheetPaper
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.chips import Chip
from grants_app.gui.widgets.drawer import EmptyState
from grants_app.gui.widgets.labels import Hairline, Label
from grants_app.services import chair_sheet, sealing

if TYPE_CHECKING:
    from datetime import date, datetime

    from PySide6.QtGui import QKeyEvent

    from grants_app.domain.chair_sheet import ChairSheet, LineCode
    from grants_app.gui.page import PageContext
    from grants_app.gui.tasks import Task
    from grants_app.services.runs import Proposal

_MARGIN = 16


class ChairSheetView(QWidget):
    """Title and state, the sheet, the sealing at the foot; the page that prints in their place."""

    closed = Signal()
    sealed = Signal(object)
    """The run was sealed; carries the service's answer."""
    told = Signal(str)
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chair_sheet")
        self.context, self.words = context, context.words
        self._run: int | None = None
        self._read: SheetRead | None = None
        theme = context.theme
        self.title_label = Label(theme, "section", parent=self)
        self.state_chip = Chip(theme, parent=self)
        self.paper_button = KeyButton(theme, self, icon="print")
        self.paper_button.setObjectName("sheet_paper_button")
        self.paper_button.set_chord("F9")
        self.back_button = KeyButton(theme, self)
        self.back_button.setObjectName("sheet_back_button")
        self.back_button.set_chord("Esc")
        self.empty = EmptyState(theme, "seal", self)
        self.body = SheetBody(theme, self.words, self)
        self.paper = SheetPaper(context, self)
        self.seal_bar = SealBar(context, self)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(_MARGIN, 8, _MARGIN, 8)
        head.setSpacing(10)
        head.addWidget(self.title_label)
        head.addWidget(self.state_chip)
        head.addStretch(1)
        head.addWidget(self.paper_button)
        head.addWidget(self.back_button)
        self.middle = QStackedWidget(self)
        for widget in (self.empty, self.body, self.paper):
            self.middle.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(Hairline(self.context.theme, self))
        whole.addWidget(self.middle, 1)
        whole.addWidget(self.seal_bar)

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.go_back)
        self.paper_button.clicked.connect(self.show_paper)
        self.body.accept_wanted.connect(self._on_accept_wanted)
        self.seal_bar.seal_wanted.connect(self._on_seal_wanted)
        self.seal_bar.minutes_typed.connect(self._on_minutes_typed)
        self.paper.closed.connect(self._show)
        self.paper.failed.connect(self.failed)
        self.paper.told.connect(self.told)

    # ---- what the page asks ---------------------------------------------------------------------------

    def open(self, run_no: int) -> None:
        """Show the sheet of a run as things stand now; what was typed for another run goes."""
        if run_no != self._run:
            if self._in_use:
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            self._run, self._read = run_no, None
            self.seal_bar.clear()
        self.refresh()

    def refresh(self) -> None:
        """Read the sheet again; slow, for it asks what hangs on a small change."""
        office, run_no = self.context.office, self._run
        if run_no is None:
            return
        minutes = self.seal_bar.minutes_edit.text().strip()
        looking = self.words("Checking what is needed for sealing…")

        def work(_task: Task[SheetRead]) -> SheetRead:
            return SheetRead(chair_sheet.look(office, run_no, minutes), office.campaign().setup)

        if self._read is None:
            self._say_instead(looking, "hourglass")
        self.context.tasks.run(
            work, done=self._on_read, failed=self._on_read_failed, title=looking, key="chair_sheet"
        )

    def retranslate(self) -> None:
        """Word everything again."""
        self.paper_button.setText(self.words("Print preview…"))
        self.back_button.setText(self.words("Back"))
        for button in (self.paper_button, self.back_button):
            button.updateGeometry()
        self.seal_bar.retranslate()
        self.paper.retranslate()
        self._show()

    def next_problem(self, after: str = "") -> None:
        """To the next finding (below `after`); past them all to the minutes, else to the sheet to be read."""
        if self.body.wanting:
            self.body.next_problem(after)
        elif self.seal_bar.isVisible():
            self.seal_bar.form.focus("minutes_no")
        else:
            self.body.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def go_back(self) -> None:
        """From the paper to the sheet, from the sheet to the lists."""
        if self.middle.currentWidget() is self.paper:
            self._show()
        else:
            self.closed.emit()

    @Slot()
    def show_paper(self) -> None:
        """The very page that prints, with its language, saving and printing beside it."""
        if self._read is not None:
            self.middle.setCurrentWidget(self.paper)
            self.seal_bar.hide()
            self.paper_button.hide()
            self.paper.show_sheet(self._read)

    # ---- showing --------------------------------------------------------------------------------------

    @Slot()
    def _show(self) -> None:
        read = self._read
        if read is None:
            return
        self.title_label.setText(self.words("Chair's sheet, run {no}", no=read.sheet.run))
        open_ = self._may() and not read.sheet.sealed
        self._show_state(read.sheet)
        self.body.show_sheet(read, may=open_)
        self.middle.setCurrentWidget(self.body)
        self.seal_bar.setVisible(open_)
        self.paper_button.show()

    def _show_state(self, sheet: ChairSheet) -> None:
        words, chip = self.words, self.state_chip
        if sheet.sealed:
            chip.show_state(
                "violet", words("sealed, minutes No. {minutes}", minutes=sheet.minutes_no), "seal"
            )
        elif sheet.blocking:
            text = words.plural("{n} prevents sealing", "{n} prevent sealing", len(sheet.blocking))
            chip.show_state("bad", text, "stop")
        elif sheet.waiting:
            text = words.plural("{n} needs a reason", "{n} need a reason", len(sheet.waiting))
            chip.show_state("warn", f"{text} · F8" if self._may() else text, "warning")
        else:
            chip.show_state("ok", words("ready to be sealed"), "check")
        try:
            sealing.demand_sealable(sheet)
        except Refused as refusal:
            self.seal_bar.stand(words.code(refusal.code, **refusal.facts), open_=False)
        else:
            text = words("A sealed run cannot be changed. Its grants are offered immediately.")
            self.seal_bar.stand(text, open_=True)

    def _say_instead(self, text: str, icon: str) -> None:
        self.title_label.setText("")
        self.state_chip.show_state("neutral", "")
        self.empty.show_state(text, icon=icon)
        self.middle.setCurrentWidget(self.empty)
        self.seal_bar.hide()
        self.paper_button.hide()

    def _may(self) -> bool:
        office = self.context.office
        return not office.campaign().read_only and office.may("seal")

    # ---- answers --------------------------------------------------------------------------------------

    @Slot(object)
    def _on_read(self, read: SheetRead) -> None:
        self._read = read
        if self.middle.currentWidget() is not self.paper:
            self._show()
            if self.hasFocus():
                self.next_problem()

    @property
    def _in_use(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    @Slot(object)
    def _on_read_failed(self, error: Exception) -> None:
        self._say_instead(self.context.failure_words(error)[1], "warning")

    @Slot(str, str)
    def _on_accept_wanted(self, code: LineCode, reason: str) -> None:
        if self._read is None:
            return
        office, sheet = self.context.office, self._read.sheet
        try:
            chair_sheet.accept(office, sheet.run, {code: reason}, seen=sheet)
        except Refused as refusal:
            self.failed.emit(refusal)
            return
        self._read = SheetRead(chair_sheet.with_reasons(office, sheet), self._read.setup)
        self._show()
        self.next_problem(after=code)

    @Slot(str)
    def _on_minutes_typed(self, minutes: str) -> None:
        """Another number is another sitting: its quorum is asked for."""
        if self._read is not None and self._read.sheet.minutes_no != minutes:
            sheet = chair_sheet.with_minutes(self.context.office, self._read.sheet, minutes)
            self._read = SheetRead(sheet, self._read.setup)
            self._show()

    @Slot(str, object, object)
    def _on_seal_wanted(self, minutes: str, day: date, due: datetime | None) -> None:
        office, run_no = self.context.office, self._run
        if run_no is None:
            return

        def work(_task: Task[Proposal]) -> Proposal:
            return sealing.seal(office, run_no, minutes, day, due)

        self.seal_bar.act_button.setEnabled(False)
        self.context.tasks.run(
            work,
            done=self._on_sealed,
            failed=self._on_seal_failed,
            title=self.words("Sealing the run…"),
            key="seal",
        )

    @Slot(object)
    def _on_sealed(self, proposal: Proposal) -> None:
        self.seal_bar.clear()
        self.sealed.emit(proposal)

    @Slot(object)
    def _on_seal_failed(self, error: Exception) -> None:
        self.seal_bar.say(self.context.failure_words(error)[1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        else:
            super().keyPressEvent(event)
