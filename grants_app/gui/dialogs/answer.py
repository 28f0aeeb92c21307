"""Recording answers, of one or several people: what they set off is shown first; the service records them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from grants_app.domain.award import LedgerLine
from grants_app.domain.rounds import Answer, GivenAnswer
from grants_app.gui.dialogs.inline import DecisionPanel
from grants_app.gui.dialogs.step_words import add_chains
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.labels import Label
from grants_app.gui.widgets.time_edit import moment_typed
from grants_app.services import answers, awards, cascades, seats

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from grants_app.domain.rounds import Step
    from grants_app.gui.page import PageContext
    from grants_app.gui.tasks import Task

Chains = tuple[tuple["Step", ...], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose answers are recorded, how pools are called, and whether the chain may be sealed here."""

    lines: tuple[LedgerLine, ...]
    answer: Answer
    programme: Callable[[str], str]
    may_seal: bool = False

    @property
    def line(self) -> LedgerLine:
        """The first, or only, seat asked about."""
        return self.lines[0]


class AnswerPanel(DecisionPanel):
    """Confirmed, declined or not answered in time: the chain it sets off, the reason, when it came in."""

    recorded = Signal(object)
    """The answers were recorded (`Changed`)."""
    cascade_wanted = Signal(object)
    """The whole chain is wanted as one act; carries the answers given."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("answer_panel")
        self._asked: Asked | None = None
        self.chains: Chains = ()
        self._ready = False
        self.received_edit = self.add_date_field("received_on", 0, 0, 1)
        self.hour_edit = self.add_time_field("received_hour", 0, 1, 1)
        self.reason_edit = self.add_text_field("reason", 1)
        self.cascade_button = KeyButton(self.theme, self.inner)
        self.cascade_button.setObjectName("cascade_button")
        self.cascade_button.clicked.connect(self._on_cascade_button_clicked)
        self.buttons.add(self.cascade_button)
        self.papers_label = Label(self.theme, "small", "muted", parent=self.inner)
        self.papers_label.setWordWrap(True)
        self.papers_label.setContentsMargins(0, 10, 0, 0)
        self.below.addWidget(self.papers_label)
        for editor in (self.reason_edit, self.received_edit, self.hour_edit):
            editor.textChanged.connect(self._on_typed)
        self.retranslate()

    @property
    def steps(self) -> tuple[Step, ...]:
        """What is shown, chain by chain."""
        return tuple(step for chain in self.chains for step in chain)

    def ask(self, asked: Asked) -> None:
        """Show what these answers would set off, and ask for the rest."""
        self._asked, self.chains, self._ready = asked, (), False
        self.say("")
        self.reason_edit.clear()
        now = self.context.office.now()
        self.received_edit.set_date(self.context.office.today())
        self.hour_edit.set_time(now.time())
        self.retranslate()
        self._on_typed()
        self.form.focus("received_on")
        office, given = self.context.office, self._given(None)

        def work(_task: Task[Chains]) -> Chains:
            if len(given) == 1:
                return (awards.preview(office, given[0].application, given[0].answer),)
            return cascades.preview(office, given).chains

        self.context.tasks.run(work, done=self._on_previewed, failed=self._on_failed, key="answer_preview")

    def retranslate(self) -> None:
        """Word everything again."""
        words = self.words
        fields = self.form.fields
        fields["received_on"].set_label(words("Answer received on"))
        fields["received_hour"].set_label(words("Time"))
        fields["reason"].set_label(words("Reason or supporting document"))
        self.papers_label.setText("")
        if self._asked is None:
            self.set_texts("", "", words("Record"))
            return
        asked = self._asked
        leaving = asked.answer != "confirm"
        fields["received_on"].setVisible(asked.answer != "expire")
        fields["received_hour"].setVisible(asked.answer != "expire")
        self.cascade_button.setText(words("Whole chain as one action…"))
        self.cascade_button.setVisible(leaving and asked.may_seal)
        verbs = {
            "confirm": words("Record the confirmation"),
            "decline": words("Record the refusal"),
            "expire": words("Record that the deadline has passed"),
        }
        self.set_texts(self._title(asked), self._sentence(asked), verbs[asked.answer])
        self.clear_above()
        if self.chains:
            heading = Label(self.theme, "bold", text=words("What will happen"), parent=self.inner)
            heading.setContentsMargins(0, 10, 0, 4)
            self.above.addWidget(heading)
            add_chains(self, self.chains, asked.programme)
        if leaving:
            free = words("The seat stays free until the next round is sealed under its own minutes.")
            self.papers_label.setText("\n".join(text for text in (self._papers(asked), free) if text))

    def act(self) -> None:
        """Record the answers: all of them or none."""
        if self._asked is None:
            return
        self.recorded.emit(answers.record_many(self.context.office, self._given(self._received())))

    def _title(self, asked: Asked) -> str:
        words = self.words
        if len(asked.lines) == 1:
            name = asked.line.full_name
            return {
                "confirm": words("Confirmed: {name}", name=name),
                "decline": words("Declined: {name}", name=name),
                "expire": words("Not answered in time: {name}", name=name),
            }[asked.answer]
        count = words.plural("{n} person", "{n} people", len(asked.lines))
        return {
            "confirm": words("Confirmed: {name}", name=count),
            "decline": words("Declined: {name}", name=count),
            "expire": words("Not answered in time: {name}", name=count),
        }[asked.answer]

    def _sentence(self, asked: Asked) -> str:
        if len(asked.lines) > 1:
            return "\n".join(f"{line.full_name} {line.application_no}" for line in asked.lines)
        place = self.words("seat {no}", no=asked.line.seat)
        return f"{asked.line.application_no} · {asked.programme(asked.line.pool)} · {place}"

    def _papers(self, asked: Asked) -> str:
        numbers = [
            paper.number
            for line in asked.lines
            if line.award is not None
            for paper in seats.letters_of(self.context.office, line.award)
        ]
        if not numbers:
            return ""
        return self.words.plural(
            "{n} document is cancelled: {numbers}",
            "{n} documents are cancelled: {numbers}",
            len(numbers),
            numbers=", ".join(numbers),
        )

    def _given(self, received: datetime | None) -> tuple[GivenAnswer, ...]:
        asked = self._asked
        if asked is None:
            return ()
        reason = self.reason_edit.text().strip()
        return tuple(
            GivenAnswer(
                application=line.application_no, answer=asked.answer, received=received, reason=reason
            )
            for line in asked.lines
        )

    def _received(self) -> datetime | None:
        """When the answer came in; the present moment where none is asked for."""
        now = self.context.office.now()
        if self._asked is None or self._asked.answer == "expire" or now.tzinfo is None:
            return now
        typed = moment_typed(self.received_edit, self.hour_edit, now.tzinfo)
        # The hour shown at the start has no seconds: it is not before an offer made this very minute.
        same = typed is not None and typed == now.replace(second=0, microsecond=0)
        return now if same else typed

    @Slot(object)
    def _on_previewed(self, chains: Chains) -> None:
        self.chains, self._ready = chains, True
        self.retranslate()
        self._on_typed()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.say(self.context.failure_words(error)[1])
        # A round that cannot be worked out does not keep an answer from being recorded.
        self._ready = True
        self._on_typed()

    @Slot()
    def _on_cascade_button_clicked(self) -> None:
        self.cascade_wanted.emit(self._given(self._received()))

    def _on_typed(self, _text: str = "") -> None:
        needs_reason = self._asked is not None and self._asked.answer == "decline"
        ready = (
            self._ready
            and self._received() is not None
            and (not needs_reason or bool(self.reason_edit.text().strip()))
        )
        self.act_button.setEnabled(ready)
        self.cascade_button.setEnabled(ready and bool(self.chains))
