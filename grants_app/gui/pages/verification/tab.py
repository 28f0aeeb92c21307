"""The tab Verification: who waits for a second look, and the card that takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from grants_app.gui.pages.verification.card import TypingCard
from grants_app.gui.pages.verification.sample import SamplePanel
from grants_app.gui.table_models import ChipText, Column, LinesModel, Part
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.drawer import WAITING, EmptyState
from grants_app.gui.widgets.labels import Label
from grants_app.gui.widgets.layouts import flush_column, flush_row
from grants_app.gui.widgets.tables import LinesTable
from grants_app.services.office import rights
from grants_app.services.register import second_look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.domain.application import Application
    from grants_app.domain.journal import Changed
    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.entry_words import EntryWords
    from grants_app.services.register.second_look import Number, Overview, Waiting


class VerificationTab(QWidget):
    """Applications whose decisive numbers want a second look, by number; the card beside types them.

    Enter opens the card; each Enter there takes one number. After the last one the next application follows,
    so that a pile of papers is gone through without leaving the field.
    """

    counted = Signal(int)

    def __init__(self, context: PageContext, named: EntryWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.words = context.words
        self._named = named
        self._seen: Overview | None = None
        self._typing = False
        self._typings = 0
        self._after = ""
        self._one: int | None = None
        theme = context.theme
        self.look_label = Label(theme, "small", "muted", parent=self)
        self.look_label.setObjectName("second_look_label")
        self.look_label.setWordWrap(True)
        self.choose_button = KeyButton(theme, self)
        self.choose_button.setObjectName("choose_sample_button")
        self.model = LinesModel(self._columns(), self)
        self.table = LinesTable(theme, self.model, self)
        self.table.setObjectName("verification_table")
        self.card = TypingCard(context, named, self)
        self.sample = SamplePanel(context, self)
        self.empty_state = EmptyState(theme, "double_check", self)
        self._lay_out()
        self.table.line_chosen.connect(self._on_line_chosen)
        self.table.line_opened.connect(self._on_line_opened)
        self.model.failed.connect(self._on_failed)
        self.card.typed.connect(self._on_typed)
        self.card.decided.connect(self._on_decided)
        self.card.open_wanted.connect(self._on_open_wanted)
        self.choose_button.clicked.connect(self._on_choose_button_clicked)
        self.sample.closed.connect(self._on_sample_closed)
        self.sample.chosen.connect(self._on_sample_chosen)
        self.empty_state.pressed.connect(self.refresh)
        self.retranslate()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(14, 6, 12, 6)
        top.setSpacing(10)
        top.addWidget(self.look_label, 1)
        top.addWidget(self.choose_button)
        list_side = QWidget(self)
        self.stack = QStackedLayout(list_side)
        self.stack.addWidget(self.empty_state)
        self.stack.addWidget(self.table)
        left = flush_column()
        left.addLayout(top)
        left.addWidget(list_side, 1)
        row = flush_row(self)
        row.addLayout(left, 1)
        row.addWidget(self.card)
        row.addWidget(self.sample)
        self.card.hide()
        self.sample.hide()

    def _columns(self) -> tuple[Column, ...]:
        words = self.words
        return (
            Column(key="no", title=lambda: words("No."), text=lambda line: line.no, width=78, tone="muted"),
            Column(
                key="name", title=lambda: words("Name"), width=170, stretch=True, parts=_name,
                text=lambda line: f"{line.surname} {line.given} {line.patronymic}".strip(),
            ),
            Column(key="branch", title=lambda: words("Branch"), width=128,
                   text=lambda line: self._named.branch(line.branch)),
            Column(
                key="numbers", title=lambda: words("Decisive numbers"), width=190, stretch=True,
                chips=self._chips,
                text=lambda line: ", ".join(chip.text for chip in self._chips(line)),
            ),
        )  # fmt: skip

    def _chips(self, line: Waiting) -> Sequence[ChipText]:
        words = self.words
        told = []
        if line.differs:
            told.append(ChipText("bad", words("differ: {n}", n=line.differs)))
        if line.waits:
            told.append(ChipText("info", words("to type: {n}", n=line.waits)))
        if line.own:
            told.append(ChipText("neutral", words("typed by you: {n}", n=line.own)))
        return told

    def retranslate(self) -> None:
        """Word everything again, keeping what is typed."""
        words = self.words
        self.choose_button.setText(words("Whose numbers…"))
        self.choose_button.updateGeometry()
        self.table.setAccessibleName(words("Applications that wait for a second look"))
        self._word_empty()
        self.model.retranslate()
        self.card.retranslate()
        self.sample.retranslate()
        self._word_look()

    def _word_empty(self) -> None:
        words = self.words
        if self._seen is None:
            self.empty_state.show_state(words("Reading…"), icon=WAITING)
            return
        self.empty_state.show_state(
            words("No one waits for a second look: every decisive number asked for was typed twice."),
            words("Try again"),
            "double_check",
        )

    def _word_look(self) -> None:
        """Who is asked for, and by branch how many are done."""
        seen, words = self._seen, self.words
        if seen is None:
            return
        look = seen.look
        told = [
            words("The decisive numbers of everybody are typed twice.")
            if look.whole
            else words(
                "Typed twice is a sample: {percent} %, drawn by {seed}.", percent=look.percent, seed=look.seed
            )
        ]
        told += [
            words("{branch}: {done} of {all}", branch=self._named.branch(code), done=done, all=asked)
            for code, (done, asked) in seen.by_branch.items()
            if asked
        ]
        self.look_label.setText(" · ".join(told))

    # ---- reading ---------------------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Read who waits again; the application looked at stays the one looked at."""
        office = self.context.office
        self.choose_button.setVisible(
            not office.campaign().read_only and "draw_second_look" in rights.acts_of(office.actor.role)
        )
        one, self._one, seen = self._one, None, self._seen
        self.context.tasks.run(
            # after a number was typed nobody else is read again: a long list must not hold the next one up
            lambda _task: (
                second_look.overview(office)
                if one is None or seen is None
                else second_look.again(office, seen, one)
            ),
            done=self._on_read,
            failed=self._on_failed,
            key="second_look.overview",
        )

    @Slot(object)
    def _on_read(self, seen: Overview) -> None:
        self._seen = seen
        chosen = self.card.application_id
        row = self.table.currentIndex().row()
        self.model.show_all(list(seen.waiting))
        self.stack.setCurrentIndex(1 if seen.waiting else 0)
        self._word_empty()
        self._word_look()
        self.counted.emit(len(seen.waiting))
        if not seen.waiting:
            self.card.hide()
            return
        if self._after:
            self._go_on(seen.waiting)
            return
        here = next((place for place, one in enumerate(seen.waiting) if one.id == chosen), -1)
        wanted = here if here >= 0 else min(max(row, 0), len(seen.waiting) - 1)
        before = self.table.currentIndex().row()
        self.table.choose_row(wanted)
        if before == wanted or here >= 0:
            self._read_numbers(seen.waiting[wanted])

    def _go_on(self, waiting: Sequence[Waiting]) -> None:
        """After the last number of one application: the next of which something can be typed."""
        after, self._after = self._after, ""
        can = [place for place, one in enumerate(waiting) if one.waits]
        following = next((place for place in can if waiting[place].no > after), can[0] if can else -1)
        if following < 0:
            self._typing = False
            self.table.choose_row(min(self.table.currentIndex().row(), len(waiting) - 1))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.table.choose_row(following)
        self._read_numbers(waiting[following])

    def _read_numbers(self, line: Waiting) -> None:
        office, typings = self.context.office, self._typings
        self.context.tasks.run(
            lambda _task: (typings, *second_look.numbers(office, line.id)),
            done=self._on_numbers_read,
            failed=self._on_failed,
            key="second_look.numbers",
        )

    @Slot(object)
    def _on_numbers_read(self, told: tuple[int, Application, tuple[Number, ...]]) -> None:
        typings, application, numbers = told
        if typings != self._typings:
            return  # read before the last number was typed: it would ask for that one again
        self.card.show_numbers(application, numbers)
        self.card.setVisible(self.sample.isHidden())
        if self._typing:
            self.card.begin()

    # ---- what is done ----------------------------------------------------------------------------------

    @Slot(object)
    def _on_line_chosen(self, line: object) -> None:
        if line is not None:
            self._typing = self._typing and bool(self._after)
            self._read_numbers(line)  # type: ignore[arg-type]  # the model holds these lines alone

    @Slot(object)
    def _on_line_opened(self, line: object) -> None:
        self._typing = True
        if line is not None and self.card.application_id == line.id:  # type: ignore[attr-defined]  # the card of this tab
            self.card.begin()

    @Slot(object, bool)
    def _on_typed(self, changed: Changed, more: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._typing = True
        self._typings += 1
        line = self.table.current_line()
        self._after = "" if more or line is None else line.no
        self._one = self.card.application_id
        self.context.desk.tell(changed)

    @Slot(object)
    def _on_decided(self, changed: Changed) -> None:
        self._typing = True
        self._one = self.card.application_id
        self.context.desk.tell(changed)

    @Slot(str)
    def _on_open_wanted(self, number: str) -> None:
        """The person's own card; F3 there goes on to the next of those waiting here."""
        waiting = self._seen.waiting if self._seen is not None else ()
        self.context.open_person(number, [line.no for line in waiting])

    @Slot()
    def _on_choose_button_clicked(self) -> None:
        if self._seen is not None:
            self.card.hide()
            self.sample.show()
            self.sample.show_look(self._seen.look)

    @Slot()
    def _on_sample_closed(self) -> None:
        self.sample.hide()
        self.card.setVisible(self.card.application_id is not None and bool(self.model.rowCount()))
        self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_sample_chosen(self, changed: Changed) -> None:
        self._on_sample_closed()
        self.context.show_message("ok", self.words("It is recorded whose numbers are typed twice."))
        self.context.desk.tell(changed)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if self._seen is None:
            self.empty_state.show_state(
                self.words("The list could not be read."), self.words("Try again"), "warning"
            )
        self.context.tell_failure(error)


def _name(line: Waiting) -> Sequence[Part]:
    return (Part(line.surname, bold=True), Part(f"{line.given} {line.patronymic}".strip()))
