"""Whom to phone: offers overdue or soon due, with phone and last note; a call is noted beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from grants_app.domain.phones import shown as phone_shown
from grants_app.gui.dialogs.inline import DecisionPanel
from grants_app.gui.pages.awards_list_tab import PANEL_WIDTH, AwardsListTab
from grants_app.gui.table_models import ChipText, Column
from grants_app.gui.widgets.panels import FactRow
from grants_app.services import calls

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from grants_app.domain.journal import Changed
    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.awards_data import Ledger
    from grants_app.gui.tasks import Task
    from grants_app.services.calls import Call

_SPARE = ("note", "programme", "no")


class CallPanel(DecisionPanel):
    """The person to phone, and what they said."""

    noted = Signal(object)
    """The call is noted; carries what changed."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("call_panel")
        self._call: Call | None = None
        self._may = False
        self.note_edit = self.add_text_field("note", 0)
        self.note_edit.setMaxLength(calls.LONGEST_NOTE)
        self.note_edit.textChanged.connect(self._on_typed)
        self.cancel_button.hide()
        self.retranslate()

    def show_call(self, call: Call | None, *, may: bool) -> None:
        """Show whom to phone."""
        self._call, self._may = call, may
        self.say("")
        self.note_edit.clear()
        self.retranslate()
        self._on_typed()

    def retranslate(self) -> None:
        """Word everything again."""
        words, call = self.words, self._call
        self.form.fields["note"].set_label(words("Call notes"))
        self.form.setVisible(call is not None and self._may)
        self.buttons.setVisible(call is not None and self._may)
        self.clear_above()
        if call is None:
            self.set_texts("", words("Select a person to phone."), words("Record call"))
            self.cancel_button.hide()
            return
        self.set_texts(call.line.full_name, call.line.application_no, words("Record call"))
        self.cancel_button.hide()
        self.buttons.refit()
        zone = self.context.office.campaign().setup.zone
        due = words.current.date_time(call.line.deadline, zone) if call.line.deadline else ""
        facts = [(words("Phone"), phone_shown(call.line.phone), True), (words("Answer due"), due, False)]
        if call.note and call.noted_at is not None:
            facts.append((words("Last call"), words.current.date_time(call.noted_at, zone), False))
            facts.append((call.note, call.noted_by, False))
        for name, value, strong in facts:
            if value or name:
                self.above.addWidget(FactRow(self.theme, name, value, strong=strong, parent=self.inner))

    def act(self) -> None:
        """Note the call."""
        if self._call is not None:
            number = self._call.line.application_no
            self.noted.emit(calls.note(self.context.office, number, self.note_edit.text()))

    def _on_typed(self, _text: str = "") -> None:
        self.act_button.setEnabled(self._call is not None and bool(self.note_edit.text().strip()))


class CallsTab(AwardsListTab):
    """The list and the person to phone."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, "calls", "phone", _SPARE, parent)
        self._may = False
        self.panel = CallPanel(context, self)
        self.panel.setFixedWidth(PANEL_WIDTH)
        self.row.addWidget(self.panel)
        self.table.line_chosen.connect(self._on_line_chosen)
        self.panel.noted.connect(self._on_noted)

    def show_ledger(self, ledger: Ledger) -> None:
        """Read who waits."""
        super().show_ledger(ledger)
        self._may = "award" in ledger.allowed
        office = self.context.office

        def work(_task: Task[tuple[Call, ...]]) -> tuple[Call, ...]:
            return calls.waiting(office)

        self.context.tasks.run(work, done=self._on_read, failed=self.on_failed, key="calls")

    def retranslate(self) -> None:
        """Word everything again."""
        super().retranslate()
        self.panel.retranslate()

    @Slot(object)
    def _on_read(self, found: tuple[Call, ...]) -> None:
        before = self.table.current_line()
        self.stack.show_lines(
            found, self.words("No calls needed: no answer is overdue or due within three days.")
        )
        self.panel.setVisible(bool(found))
        numbers = [call.line.application_no for call in found]
        chosen = before.line.application_no if before is not None else ""
        self.table.choose_row(numbers.index(chosen) if chosen in numbers else 0)
        self.panel.show_call(self.table.current_line(), may=self._may)

    @Slot(object)
    def _on_line_chosen(self, call: Call | None) -> None:
        self.panel.show_call(call, may=self._may)

    @Slot(object)
    def _on_noted(self, changed: Changed) -> None:
        self.done.emit(self.words("The call has been recorded."), changed)

    def columns(self) -> list[Column]:
        """Due when, how it stands, who, phone, what was said last."""
        words = self.words

        def state(call: Call) -> str:
            return words.code("seat_overdue") if call.overdue else words.code("seat_offered")

        def chips(call: Call) -> tuple[ChipText, ...]:
            kind, icon = ("warn", "clock") if call.overdue else ("info", "hourglass")
            return (ChipText(kind, state(call), icon),)  # type: ignore[arg-type]  # both are kinds

        def programme(call: Call) -> str:
            return self.ledger.programme(words, call.line.pool) if self.ledger is not None else ""

        return [
            Column(
                key="due",
                title=lambda: words("Answer due"),
                text=lambda call: self.moment(call.line.deadline),
                width=132,
            ),
            Column(key="state", title=lambda: words("Status"), text=state, chips=chips, width=118),
            Column(
                key="name",
                title=lambda: words("Name"),
                text=lambda call: call.line.full_name,
                width=190,
                bold=True,
                stretch=True,
            ),
            Column(
                key="phone",
                title=lambda: words("Phone"),
                text=lambda call: phone_shown(call.line.phone),
                width=130,
            ),
            Column(
                key="no",
                title=lambda: words("No."),
                text=lambda call: call.line.application_no,
                width=74,
                tone="muted",
            ),
            Column(
                key="programme", title=lambda: words("Programme"), text=programme, width=170, tone="muted"
            ),
            Column(
                key="note",
                title=lambda: words("Last call"),
                text=lambda call: call.note,
                width=170,
                tone="muted",
            ),
        ]
