"""The whole chain of some answers, or of the free seats: shown, then done as one act under its minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from grants_app.gui.dialogs.inline import DecisionPanel
from grants_app.gui.dialogs.step_words import add_chains, sum_words
from grants_app.gui.widgets.labels import Label
from grants_app.gui.widgets.panels import FactRow
from grants_app.gui.widgets.time_edit import moment_typed, show_moment
from grants_app.services import cascades, offers

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from grants_app.domain.rounds import Cascade, CascadeRecord, GivenAnswer, Step
    from grants_app.gui.page import PageContext
    from grants_app.gui.tasks import Task


class CascadePanel(DecisionPanel):
    """Every chain drawn, the ledger's sum before and after; typing the minutes' number twice confirms it."""

    confirmed = Signal(object)
    """It was done; carries the `CascadeRecord`."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("cascade_panel")
        self._answers: tuple[GivenAnswer, ...] = ()
        self._programme: Callable[[str], str] = str
        self._busy = False
        self.cascade: Cascade | None = None
        self.minutes_edit = self.add_text_field("minutes_no", 0, 0, 1)
        self.minutes_on_edit = self.add_date_field("minutes_on", 0, 1, 1)
        self.due_on_edit = self.add_date_field("due_on", 1, 0, 1)
        self.due_hour_edit = self.add_time_field("due_hour", 1, 1, 1)
        self.again_edit = self.add_text_field("minutes_again", 2)
        for editor in (
            self.minutes_edit,
            self.minutes_on_edit,
            self.due_on_edit,
            self.due_hour_edit,
            self.again_edit,
        ):
            editor.textChanged.connect(self._on_typed)
        self.retranslate()

    @property
    def steps(self) -> tuple[Step, ...]:
        """What is shown."""
        return self.cascade.steps if self.cascade is not None else ()

    def ask(self, answers: tuple[GivenAnswer, ...], programme: Callable[[str], str]) -> None:
        """Work out what these answers set off (none: what filling the free seats does); ask for minutes."""
        self._answers, self._programme, self.cascade, self._busy = answers, programme, None, False
        self.say("")
        for editor in (self.minutes_edit, self.again_edit):
            editor.clear()
        office = self.context.office
        self.minutes_on_edit.set_date(office.today())
        due = offers.answer_due(office, office.campaign(), None)
        show_moment(self.due_on_edit, self.due_hour_edit, due, office.now().tzinfo)
        self.retranslate()
        self._on_typed()
        self.form.focus("minutes_no")

        def work(_task: Task[Cascade]) -> Cascade:
            return cascades.preview(office, answers)

        self.context.tasks.run(work, done=self._on_previewed, failed=self._on_failed, key="cascade_preview")

    def retranslate(self) -> None:
        """Word everything again."""
        words, cascade = self.words, self.cascade
        fields = self.form.fields
        fields["minutes_no"].set_label(words("Minutes No."))
        fields["minutes_on"].set_label(words("Date of the minutes"))
        fields["due_on"].set_label(words("New offers: answer due by"))
        fields["due_hour"].set_label(words("Time"))
        fields["minutes_again"].set_label(words("Minutes number again, to confirm"))
        title = words("The whole chain as one action") if self._answers else words("Next round")
        verb = words("Confirm as one action") if self._answers else words("Seal the next round")
        self.set_texts(title, self._sentence(), verb)
        self.clear_above()
        if cascade is None:
            return
        if cascade.ties:
            label = Label(
                self.theme,
                "body",
                "warn",
                words(
                    "Applicants are tied for the last seat. Record the answers only, calculate "
                    "a new run in Ranking, let the commission decide, then fill the seats."
                ),
                self.inner,
            )
            label.setWordWrap(True)
            label.setContentsMargins(0, 6, 0, 6)
            self.above.addWidget(label)
        for name, one in ((words("Before"), cascade.before), (words("After"), cascade.after)):
            self.above.addWidget(FactRow(self.theme, name, sum_words(words, one), parent=self.inner))
        self.above.addSpacing(8)
        add_chains(self, cascade.chains, self._programme)

    def act(self) -> None:
        """Do all of it, or nothing."""
        cascade, day = self.cascade, self.minutes_on_edit.date
        if cascade is None or day is None:
            return
        office, number, due = self.context.office, self.minutes_edit.text().strip(), self._due()
        self._busy = True
        self._on_typed()

        def work(_task: Task[CascadeRecord]) -> CascadeRecord:
            return cascades.confirm(office, cascade, number, day, due)

        self.context.tasks.run(
            work,
            done=self._on_confirmed,
            failed=self._on_failed,
            title=self.words("Sealing…"),
            key="cascade_confirm",
        )

    def _sentence(self) -> str:
        words, cascade = self.words, self.cascade
        if cascade is None:
            return words("Calculating…")
        if not self._answers and not cascade.offers and not cascade.ties:
            return words("No one is waiting for the free seats.")
        text = words.plural("{n} new offer.", "{n} new offers.", cascade.offers)
        if self._answers:
            text = words.plural("{n} answer.", "{n} answers.", len(self._answers)) + " " + text
        return (
            text
            + " "
            + words("Either all of it is done in one action or nothing is. Confirmed seats are kept.")
        )

    def _due(self) -> datetime | None:
        zone = self.context.office.now().tzinfo
        return None if zone is None else moment_typed(self.due_on_edit, self.due_hour_edit, zone)

    @Slot(object)
    def _on_previewed(self, cascade: Cascade) -> None:
        self.cascade = cascade
        self.retranslate()
        self._on_typed()

    @Slot(object)
    def _on_confirmed(self, record: CascadeRecord) -> None:
        self._busy = False
        self.confirmed.emit(record)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._busy = False
        self.say(self.context.failure_words(error)[1])
        self._on_typed()

    def _on_typed(self, _text: str = "") -> None:
        number, cascade = self.minutes_edit.text().strip(), self.cascade
        ready = cascade is not None and not cascade.ties and bool(self._answers or cascade.offers)
        due = self._due() is not None or (cascade is not None and not cascade.offers)
        self.act_button.setEnabled(
            ready
            and due
            and not self._busy
            and bool(number)
            and number == self.again_edit.text().strip()
            and self.minutes_on_edit.date is not None
        )
