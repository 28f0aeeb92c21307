"""Acts that rest on an order: its number, date and reason in every panel; deadlines put off, seats moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from grants_app.domain.rounds import Order
from grants_app.gui.dialogs.inline import DecisionPanel
from grants_app.gui.widgets.editors import ChoiceEdit, Option
from grants_app.gui.widgets.forms import FormField
from grants_app.gui.widgets.panels import FactRow
from grants_app.gui.widgets.tab_row import TabRow
from grants_app.gui.widgets.time_edit import moment_typed
from grants_app.services import deadlines, seat_acts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from grants_app.domain.award import LedgerLine
    from grants_app.gui.page import PageContext

_NOWHERE = "-"


class OrderPanel(DecisionPanel):
    """An act with an order; the subclass adds its own fields in the rows before."""

    done = Signal(str)
    """It was done; carries the sentence that says so."""

    def add_order_fields(self, row: int) -> None:
        """The order's number and date, and the reason."""
        self.order_edit = self.add_text_field("order_no", row, 0, 1)
        self.order_on_edit = self.add_date_field("order_on", row, 1, 1)
        self.reason_edit = self.add_text_field("reason", row + 1)
        for editor in (self.order_edit, self.order_on_edit, self.reason_edit):
            editor.textChanged.connect(self._on_typed)

    def clear_order(self) -> None:
        """Empty the order's fields."""
        self.say("")
        for editor in (self.order_edit, self.reason_edit):
            editor.clear()
        self.order_on_edit.set_date(self.context.office.today())

    def word_order(self) -> None:
        """Word the order's fields."""
        fields, words = self.form.fields, self.words
        fields["order_no"].set_label(words("Order No."))
        fields["order_on"].set_label(words("Date of the order"))
        fields["reason"].set_label(words("Reason"))

    def order(self) -> Order:
        """The order typed."""
        return Order(self.order_edit.text(), self.order_on_edit.date, self.reason_edit.text())

    def ordered(self) -> bool:
        """Whether the order is there whole."""
        order = self.order()
        return bool(order.no.strip() and order.reason.strip() and order.on)

    def _on_typed(self, _text: str = "") -> None:
        raise NotImplementedError


class ExtensionPanel(OrderPanel):
    """Puts off the answer of one or several people, or a date of the calendar."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("extension_panel")
        self._lines: tuple[LedgerLine, ...] = ()
        self._calendar = False
        self.date_edit = ChoiceEdit(self.theme, self.form)
        self.form.add(FormField(self.theme, "date", self.date_edit, self.form), 0, 0, 2)
        self.until_edit = self.add_date_field("until_on", 1, 0, 1)
        self.hour_edit = self.add_time_field("until_hour", 1, 1, 1)
        self.add_order_fields(2)
        self.date_edit.textChanged.connect(self._on_typed)
        self.until_edit.textChanged.connect(self._on_typed)
        self.hour_edit.textChanged.connect(self._on_typed)
        self.retranslate()

    def ask(self, lines: Sequence[LedgerLine]) -> None:
        """Ask until when these people may answer; nobody: which date of the calendar is put off."""
        self._lines, self._calendar = tuple(lines), not lines
        self.clear_order()
        self.until_edit.clear()
        self.hour_edit.clear()
        self._offer_dates()
        self.retranslate()
        self._on_typed()
        self.form.focus("date" if self._calendar else "until_on")

    def retranslate(self) -> None:
        """Word everything again."""
        words, fields = self.words, self.form.fields
        fields["date"].set_label(words("Calendar date"))
        fields["date"].setVisible(self._calendar)
        fields["until_on"].set_label(words("New deadline"))
        fields["until_hour"].set_label(words("Time"))
        self.word_order()
        if self._calendar:
            self._offer_dates()
            self.set_texts(
                words("Extend a calendar deadline"),
                words("Offers due on this date are extended with it."),
                words("Extend"),
            )
            return
        names = "\n".join(f"{line.full_name} {line.application_no}" for line in self._lines)
        self.set_texts(words("Extend answer deadline"), names, words("Extend"))

    def act(self) -> None:
        """Put it off."""
        until = self._until()
        if until is None:
            return
        if self._calendar:
            deadlines.extend_calendar(self.context.office, self.date_edit.code, until, self.order())
        else:
            numbers = [line.application_no for line in self._lines]
            deadlines.extend(self.context.office, numbers, until, self.order())
        self.done.emit(self.words("The deadline has been extended; the order is listed in the register."))

    def _offer_dates(self) -> None:
        setup, words = self.context.office.campaign().setup, self.words
        self.date_edit.set_options(
            [
                Option(
                    one.code,
                    f"{one.names.get(words.lang)} · {words.current.date_time(one.at, setup.zone)}",
                )
                for one in setup.deadlines
            ]
        )

    def _until(self) -> datetime | None:
        zone = self.context.office.now().tzinfo
        return None if zone is None else moment_typed(self.until_edit, self.hour_edit, zone)

    def _on_typed(self, _text: str = "") -> None:
        chosen = bool(self.date_edit.code) if self._calendar else bool(self._lines)
        self.act_button.setEnabled(chosen and self._until() is not None and self.ordered())


class SeatsPanel(OrderPanel):
    """Moves free seats between programmes, or changes how many grants there are."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("seats_panel")
        self._free: Mapping[str, int] = {}
        self._programme: Callable[[str], str] = str
        self.kind_tabs = TabRow(self.theme, ("moved", "total"), self.inner)
        self.kind_tabs.setFixedHeight(34)
        for button in self.kind_tabs.buttons.values():
            button.setFixedHeight(34)
        self.content.insertWidget(4, self.kind_tabs)
        self.from_edit = ChoiceEdit(self.theme, self.form)
        self.to_edit = ChoiceEdit(self.theme, self.form)
        self.form.add(FormField(self.theme, "from_pool", self.from_edit, self.form), 0, 0, 2)
        self.form.add(FormField(self.theme, "to_pool", self.to_edit, self.form), 1, 0, 2)
        self.seats_edit = self.add_text_field("seats", 2, 0, 1)
        self.add_order_fields(3)
        for editor in (self.from_edit, self.to_edit, self.seats_edit):
            editor.textChanged.connect(self._on_typed)
        self.kind_tabs.chosen.connect(self._on_kind_chosen)
        self.retranslate()

    def ask(self, programme: Callable[[str], str]) -> None:
        """Show how many seats are free where, and ask for the act."""
        self._programme = programme
        self._free = seat_acts.free_seats(self.context.office)
        self.clear_order()
        self.seats_edit.clear()
        self.retranslate()
        self._on_typed()

    def retranslate(self) -> None:
        """Word everything again."""
        words, fields = self.words, self.form.fields
        moving = self.kind_tabs.current == "moved"
        self.kind_tabs.set_word("moved", words("Move seats"))
        self.kind_tabs.set_word("total", words("All grants"))
        fields["from_pool"].set_label(words("From"))
        fields["to_pool"].set_label(words("To"))
        fields["from_pool"].setVisible(moving)
        fields["to_pool"].setVisible(moving)
        fields["seats"].set_label(words("Seats") if moving else words("All grants"))
        self.word_order()
        verb = words("Move the seats") if moving else words("Change the total")
        self.set_texts(
            words("Seats and total"),
            words("Only free seats can be moved, and only by order. The total does not change."),
            verb,
        )
        options = [
            Option(pool or _NOWHERE, f"{self._name(pool)} · " + words("free {n}", n=free))
            for pool, free in self._free.items()
        ]
        self.from_edit.set_options([one for one in options if self._free[_pool(one.code)]])
        self.to_edit.set_options(options)
        self.clear_above()
        if not moving and self._free:
            setup = self.context.office.campaign().setup
            given = setup.total - self._free.get("", 0)
            for name, count in (
                (words("All grants now"), setup.total),
                (words("Given to programmes"), given),
            ):
                self.above.addWidget(FactRow(self.theme, name, str(count), parent=self.inner))

    def act(self) -> None:
        """Move, or change the total."""
        office, count = self.context.office, self._count()
        if count is None:
            return
        if self.kind_tabs.current == "moved":
            places = _pool(self.from_edit.code), _pool(self.to_edit.code)
            move = seat_acts.SeatMove(from_pool=places[0], to_pool=places[1], seats=count)
            seat_acts.move(office, move, self.order())
            self.done.emit(self.words("The seats have been moved; the order is listed in the register."))
        else:
            seat_acts.change_total(office, count, self.order())
            self.done.emit(self.words("The total has been changed; the order is listed in the register."))

    def _name(self, pool: str) -> str:
        return self._programme(pool) if pool else self.words("not assigned to a programme")

    def _count(self) -> int | None:
        text = self.seats_edit.text().strip()
        return int(text) if text.isdecimal() and len(text) <= 5 else None  # noqa: PLR2004 - figures of a count

    def _on_kind_chosen(self, _kind: str) -> None:
        self.retranslate()
        self._on_typed()

    def _on_typed(self, _text: str = "") -> None:
        moving = self.kind_tabs.current == "moved"
        places = not moving or bool(self.from_edit.code and self.to_edit.code)
        self.act_button.setEnabled(places and self._count() is not None and self.ordered())


def _pool(code: str) -> str:
    """The pool an option stands for; "" for the part no programme has."""
    return "" if code == _NOWHERE else code
