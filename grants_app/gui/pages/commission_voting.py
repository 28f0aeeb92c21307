"""Recording an item of a sitting: the matter, the wording, and everybody's vote by keys 1 to 4."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QPlainTextEdit

from grants_app.domain.commission import MATTERS, VOTE_WORDS, Matter, VoteWord
from grants_app.gui.dialogs.inline import DecisionPanel
from grants_app.gui.pages.commission_data import ballot_chip, read_about
from grants_app.gui.table_models import ChipText, Column, LinesModel
from grants_app.gui.theme import ROW_HEIGHT
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.editors import ChoiceEdit, Option
from grants_app.gui.widgets.forms import FormField
from grants_app.gui.widgets.labels import Label
from grants_app.gui.widgets.tables import LinesTable
from grants_app.services import minutes, resolutions

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.commission_data import About
    from grants_app.gui.tasks import Task
    from grants_app.services.resolutions import Ballot, Item

_KEYS = {Qt.Key.Key_1: "for", Qt.Key.Key_2: "against", Qt.Key.Key_3: "abstained", Qt.Key.Key_4: "absent"}
_HEADING = 28


class VoteTable(LinesTable):
    """Members with their votes: 1 for, 2 against, 3 abstained, 4 absent; Space goes round."""

    voted = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        self._words = context.words
        self.votes: dict[int, VoteWord] = {}
        model = LinesModel(self._columns())
        super().__init__(context.theme, model, parent)
        model.setParent(self)
        self.setObjectName("vote_table")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)

    def _columns(self) -> list[Column]:
        words = self._words

        def chips(one: Ballot) -> tuple[ChipText, ...]:
            return (ChipText(*ballot_chip(words.current, one, self.votes.get(one.member))),)

        return [
            Column(
                key="name",
                title=lambda: words("Name"),
                text=lambda one: one.name,
                width=160,
                bold=True,
                stretch=True,
            ),
            Column(
                key="vote",
                title=lambda: words("Vote"),
                text=lambda one: chips(one)[0].text,
                chips=chips,
                width=330,
            ),
        ]

    def show_ballots(self, ballots: tuple[Ballot, ...]) -> None:
        """Show who may vote; the votes of those who still may are kept."""
        row = self.currentIndex().row()
        may = {one.member for one in ballots if one.takes_part}
        self.votes = {member: vote for member, vote in self.votes.items() if member in may}
        self.lines.show_all(ballots)
        self.setFixedHeight(len(ballots) * ROW_HEIGHT + _HEADING + 4)
        self.choose_row(max(0, row))

    def give(self, vote: VoteWord) -> None:
        """The vote of the member under the cursor, who must take part."""
        ballot: Ballot | None = self.current_line()
        if ballot is not None and ballot.takes_part:
            self.votes[ballot.member] = vote
            self.viewport().update()
            self.voted.emit()

    def give_all(self, ballots: tuple[Ballot, ...], vote: VoteWord) -> None:
        """One vote for everybody who takes part."""
        self.votes = {one.member: vote for one in ballots if one.takes_part}
        self.viewport().update()
        self.voted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Figures vote and go on, Space goes round the four votes."""
        key = Qt.Key(event.key())
        if key in _KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.give(_KEYS[key])  # type: ignore[arg-type]  # the four votes above
            self.choose_row(self.currentIndex().row() + 1)
        elif key == Qt.Key.Key_Space:
            ballot: Ballot | None = self.current_line()
            if ballot is not None:
                before = self.votes.get(ballot.member)
                self.give(VOTE_WORDS[(VOTE_WORDS.index(before) + 1) % len(VOTE_WORDS)] if before else "for")
        else:
            super().keyPressEvent(event)


class ItemPanel(DecisionPanel):
    """An item put to the vote: what it is about decides who takes part; the outcome is counted, not typed."""

    saved = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("item_panel")
        self._minutes_no = ""
        self._item: Item | None = None
        self._about: About | None = None
        self._ballots: tuple[Ballot, ...] = ()
        self.matter_edit = ChoiceEdit(self.theme, self.form)
        self.form.add(FormField(self.theme, "item_matter", self.matter_edit, self.form), 0, 0, 1)
        self.application_edit = self.add_text_field("item_application", 0, 1, 1)
        self.subject_edit = self.add_text_field("item_subject", 1)
        self.wording_edit = QPlainTextEdit(self.form)
        self.wording_edit.setTabChangesFocus(True)
        self.wording_edit.setFixedHeight(64)
        self.form.add(FormField(self.theme, "item_wording", self.wording_edit, self.form), 2, 0, 2)
        self.why_edit = self.add_text_field("item_why", 3)
        self.hint_label = Label(self.theme, "small", "muted", parent=self.form)
        self.hint_label.setWordWrap(True)
        self.all_button = KeyButton(self.theme, self.form)
        self.all_button.setObjectName("all_for_button")
        self.votes = VoteTable(context, self.form)
        self.count_label = Label(self.theme, "bold", parent=self.form)
        self.count_label.setWordWrap(True)
        for row, widget in enumerate(
            (self.hint_label, self.all_button, self.votes, self.count_label), start=4
        ):
            self.form.grid.addWidget(widget, row, 0, 1, 2)
        self.matter_edit.chosen.connect(self._on_matter_chosen)
        for editor in (self.application_edit, self.subject_edit):
            editor.editingFinished.connect(self._read_ballots)
        self.wording_edit.textChanged.connect(self._on_typed)
        self.why_edit.textChanged.connect(self._on_typed)
        self.votes.voted.connect(self._on_typed)
        self.all_button.clicked.connect(self._on_all_button_clicked)
        self.retranslate()

    def ask(self, minutes_no: str, item: Item | None) -> None:
        """Open the next item of a sitting, or the correction of one."""
        self._minutes_no, self._item = minutes_no, item
        self.say("")
        resolution = item.resolution if item else None
        self.matter_edit.set_code(resolution.matter if resolution else "")
        self.application_edit.setText(resolution.application_no if resolution else "")
        self.subject_edit.setText(resolution.subject if resolution else "")
        self.wording_edit.setPlainText(resolution.wording if resolution else "")
        self.why_edit.clear()
        self.form.fields["item_why"].setVisible(item is not None)
        self.votes.votes = (
            {one.member: one.vote for one in item.ballots if one.vote and one.takes_part} if item else {}
        )
        self.retranslate()
        self._read_ballots()
        self.context.tasks.run(
            self._work_about, done=self._on_about_read, failed=self._on_failed, key="item_about"
        )
        self.form.focus("item_matter")

    @property
    def is_new(self) -> bool:
        """Whether an item is added, not corrected."""
        return self._item is None

    def retranslate(self) -> None:
        """Word everything again."""
        words = self.words
        title = (
            words("Item {n} of minutes No. {minutes}", n=self._item.resolution.item, minutes=self._minutes_no)
            if self._item
            else words("New item for minutes No. {minutes}", minutes=self._minutes_no)
        )
        self.set_texts(title, "", words("Record the decision"))
        fields = self.form.fields
        fields["item_matter"].set_label(words("Item type"))
        fields["item_application"].set_label(words("Application No. (if it concerns one applicant)"))
        fields["item_subject"].set_label(words("Subject"))
        fields["item_wording"].set_label(words("Wording put to the vote"))
        fields["item_why"].set_label(words("Reason for the correction (recorded in the journal)"))
        self.hint_label.setText(words("Keys: 1 for, 2 against, 3 abstained, 4 absent."))
        self.all_button.setText(words("All present: for"))
        self.all_button.updateGeometry()
        code = self.matter_edit.code
        self.matter_edit.set_options([Option(matter, words.code(f"matter_{matter}")) for matter in MATTERS])
        self.matter_edit.set_code(code)
        self.votes.lines.retranslate()
        self._on_typed()

    def act(self) -> None:
        """Record the item with its votes."""
        form = resolutions.ItemForm(
            matter=self._matter,
            wording=self.wording_edit.toPlainText(),
            subject=self.subject_edit.text(),
            application_no=self.application_edit.text(),
            run_no=self._run_no(),
            votes=dict(self.votes.votes),
        )
        office = self.context.office
        if self._item is None:
            resolutions.resolve(office, self._minutes_no, form)
        else:
            item = self._item.resolution.item
            resolutions.correct(office, self._minutes_no, item, form, self.why_edit.text())
        self.saved.emit()

    @property
    def _matter(self) -> Matter:
        return next((matter for matter in MATTERS if matter == self.matter_edit.code), "other")

    def _run_no(self) -> int | None:
        if self._item is not None:
            return self._item.resolution.run_no
        return (
            self._about.run_no
            if self._about is not None and self._matter in ("seal", "publication")
            else None
        )

    def _work_about(self, _task: Task[About]) -> About:
        return read_about(self.context.office)

    @Slot(object)
    def _on_about_read(self, about: About) -> None:
        self._about = about
        self._on_matter_chosen(self.matter_edit.code)

    @Slot(str)
    def _on_matter_chosen(self, matter: str) -> None:
        if matter in ("tie", "lot") and self._about is not None and not self.subject_edit.text().strip():
            self.subject_edit.setText(self._about.ties)
        self._read_ballots()

    @Slot()
    def _read_ballots(self) -> None:
        """Ask who takes part in what is typed now."""
        if not self._minutes_no:
            return
        office, minutes_no, matter = self.context.office, self._minutes_no, self._matter
        subject, number = self.subject_edit.text(), self.application_edit.text()

        def work(_task: Task[tuple[Ballot, ...]]) -> tuple[Ballot, ...]:
            return resolutions.ballots(office, minutes_no, matter, subject, number)

        self.context.tasks.run(work, done=self._on_ballots_read, failed=self._on_failed, key="ballots")

    @Slot(object)
    def _on_ballots_read(self, ballots: tuple[Ballot, ...]) -> None:
        self._ballots = ballots
        self.votes.show_ballots(ballots)
        self._on_typed()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.say(self.context.failure_words(error)[1])

    @Slot()
    def _on_all_button_clicked(self) -> None:
        self.votes.give_all(self._ballots, "for")

    @Slot()
    def _on_typed(self, _text: str = "") -> None:
        words = self.words.current
        counted, quorum = resolutions.count(self._ballots, self.votes.votes)
        waiting = sum(one.takes_part and one.member not in self.votes.votes for one in self._ballots)
        text = minutes.votes_text(words, counted)
        if not quorum.reached:
            text = self.words.code("no_quorum", present=quorum.present, needed=quorum.needed)
        elif not waiting:
            text = f"{text}: {minutes.outcome_text(words, counted)}"
        self.count_label.setText(text)
        self.count_label.set_colour("text" if quorum.reached else "bad")
        self.act_button.setEnabled(
            bool(self.matter_edit.code)
            and bool(self.wording_edit.toPlainText().strip())
            and bool(self._ballots)
            and not waiting
            and quorum.reached
            and (self._item is None or bool(self.why_edit.text().strip()))
        )
