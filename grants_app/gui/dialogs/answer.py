"""Recording the answer to an offer: what it sets off is shown first; the service records it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Signal

from grants_app.domain.award import LedgerLine
from grants_app.gui.dialogs.inline import DecisionPanel
from grants_app.gui.widgets.cards import Card
from grants_app.gui.widgets.labels import Label
from grants_app.gui.widgets.time_edit import moment_typed
from grants_app.services import awards, seats

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from grants_app.domain.rounds import Step
    from grants_app.gui.page import PageContext

Answer = Literal["confirm", "decline", "expire"]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose answer is recorded, and how pools are called."""

    line: LedgerLine
    answer: Answer
    programme: Callable[[str], str]


class StepCard(Card):
    """One thing that will happen: its number, whom it is about, and a sentence."""

    def __init__(self, panel: DecisionPanel, number: int, head: str, sentence: str, parent: QWidget) -> None:
        super().__init__(panel.theme, parent, margin=10)
        self.content.setSpacing(2)
        self.head = head
        self.sentence = sentence
        for text, font, colour in ((f"{number} {head}", "bold", "text"), (sentence, "body", "muted")):
            label = Label(panel.theme, font, colour, text, self)  # type: ignore[arg-type]  # both are roles
            label.setWordWrap(True)
            label.setVisible(bool(text))
            self.content.addWidget(label)


def add_steps(panel: DecisionPanel, steps: Sequence[Step], programme: Callable[[str], str]) -> None:
    """Put what will happen into the panel, above its fields."""
    panel.clear_above()
    if not steps:
        return
    heading = Label(panel.theme, "bold", text=panel.words("What will happen"), parent=panel.inner)
    heading.setContentsMargins(0, 10, 0, 4)
    panel.above.addWidget(heading)
    for number, step in enumerate(steps, start=1):
        head, sentence = step_words(panel, step, programme)
        panel.above.addWidget(StepCard(panel, number, head, sentence, panel.inner))
        panel.above.addSpacing(6)


def step_words(panel: DecisionPanel, step: Step, programme: Callable[[str], str]) -> tuple[str, str]:
    """Whom a step is about, and what happens to them."""
    words = panel.words
    pool = programme(step.pool) if step.pool else ""
    who = f"{step.full_name} {step.application}".strip()
    told = {
        "confirmed": lambda: words("confirms the seat: {programme}", programme=pool),
        "declined": lambda: words("gives the seat back: {programme}", programme=pool),
        "expired": lambda: words(
            "did not answer in time; the seat is given back: {programme}", programme=pool
        ),
        "moves": lambda: words(
            "moves from “{before}” to “{programme}”, a choice liked better",
            before=programme(step.from_pool) if step.from_pool else "",
            programme=pool,
        ),
        "enters": lambda: words("comes in from the reserve: {programme}", programme=pool),
        "tie": lambda: words("equals at the last seat, the commission decides: {programme}", programme=pool),
    }
    if step.kind in told:
        return who, told[step.kind]()
    return words("Nobody is left in reserve"), words("The seat stays free.")


class AnswerPanel(DecisionPanel):
    """Confirmed, declined or not answered in time: the chain it sets off, the reason, the day it came in."""

    recorded = Signal(object)
    """The answer was recorded; carries the service's steps."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("answer_panel")
        self._asked: Asked | None = None
        self.steps: tuple[Step, ...] = ()
        self.received_edit = self.add_date_field("received_on", 0, 0, 1)
        self.hour_edit = self.add_time_field("received_hour", 0, 1, 1)
        self.reason_edit = self.add_text_field("reason", 1)
        self.papers_label = Label(self.theme, "small", "muted", parent=self.inner)
        self.papers_label.setWordWrap(True)
        self.papers_label.setContentsMargins(0, 10, 0, 0)
        self.below.addWidget(self.papers_label)
        self.reason_edit.textChanged.connect(self._on_typed)
        self.received_edit.textChanged.connect(self._on_typed)
        self.hour_edit.textChanged.connect(self._on_typed)
        self.retranslate()

    def ask(self, asked: Asked) -> None:
        """Show what this answer would set off, and ask for the rest."""
        self._asked = asked
        self.say("")
        self.reason_edit.clear()
        now = self.context.office.now()
        self.received_edit.set_date(now.date())
        self.hour_edit.set_time(now.time())
        self.steps = ()
        try:
            self.steps = awards.preview(self.context.office, asked.line.application_no, asked.answer)
        except Exception as error:  # noqa: BLE001 - told in the panel
            self.say(self.context.failure_words(error)[1])
        self.retranslate()
        self._on_typed()
        self.form.focus("received_on")

    def retranslate(self) -> None:
        """Word everything again."""
        words = self.words
        fields = self.form.fields
        fields["received_on"].set_label(words("Answer received on"))
        fields["received_hour"].set_label(words("Hour"))
        fields["reason"].set_label(words("Reason, or the paper it was given on"))
        self.papers_label.setText("")
        if self._asked is None:
            self.set_texts("", "", words("Record"))
            return
        asked = self._asked
        name = asked.line.full_name
        titles = {
            "confirm": words("Confirmed: {name}", name=name),
            "decline": words("Declined: {name}", name=name),
            "expire": words("Not answered in time: {name}", name=name),
        }
        verbs = {
            "confirm": words("Record the confirmation"),
            "decline": words("Record the refusal"),
            "expire": words("Record that the time is over"),
        }
        place = words("seat {no}", no=asked.line.seat)
        sentence = f"{asked.line.application_no} · {asked.programme(asked.line.pool)} · {place}"
        self.set_texts(titles[asked.answer], sentence, verbs[asked.answer])
        add_steps(self, self.steps, asked.programme)
        if asked.answer != "confirm" and asked.line.award is not None:
            numbers = [paper.number for paper in seats.letters_of(self.context.office, asked.line.award)]
            if numbers:
                told = words.plural(
                    "{n} paper is cancelled: {numbers}",
                    "{n} papers are cancelled: {numbers}",
                    len(numbers),
                    numbers=", ".join(numbers),
                )
                self.papers_label.setText(told)
        if asked.answer != "confirm":
            self.papers_label.setText(
                "\n".join(
                    text
                    for text in (
                        self.papers_label.text(),
                        words("The seat is free until the next round is sealed under its own minutes."),
                    )
                    if text
                )
            )

    def act(self) -> None:
        """Record the answer."""
        if self._asked is None:
            return
        steps = awards.record(
            self.context.office,
            self._asked.line.application_no,
            self._asked.answer,
            reason=self.reason_edit.text().strip(),
            received=self._received(),
        )
        self.recorded.emit(steps)

    def _received(self) -> datetime | None:
        zone = self.context.office.now().tzinfo
        return None if zone is None else moment_typed(self.received_edit, self.hour_edit, zone)

    def _on_typed(self, _text: str = "") -> None:
        needs_reason = self._asked is not None and self._asked.answer == "decline"
        self.act_button.setEnabled(
            bool(self.steps)
            and self._received() is not None
            and (not needs_reason or bool(self.reason_edit.text().strip()))
        )
