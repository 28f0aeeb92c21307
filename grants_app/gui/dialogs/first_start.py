"""The first start: a sample, a new campaign, a file or a backup; then branch, name and role. One sheet."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from grants_app.domain.errors import Refused
from grants_app.domain.journal import ROLES, Actor
from grants_app.gui.dialogs.restore import RestoreConfirmation
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.editors import ChoiceEdit, Option, TextEdit
from grants_app.gui.widgets.forms import FormField, FormGrid
from grants_app.gui.widgets.labels import Label
from grants_app.gui.widgets.recent_list import RecentList
from grants_app.gui.widgets.way_button import WayButton
from grants_app.services import beginning, opening
from grants_app.services.beginning import NewCampaign
from grants_app.services.campaign import setup_file
from grants_app.services.start import recent, restore_words, restoring

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from grants_app.domain.campaign import Branch
    from grants_app.domain.journal import Role
    from grants_app.gui.page import PageContext
    from grants_app.gui.tasks import Task
    from grants_app.services.access import Office
    from grants_app.services.start.restoring import Source

Way = Literal["sample", "new", "open"]
WAYS: tuple[Way, ...] = ("sample", "new", "open")
_ICONS: dict[Way, str] = {"sample": "star", "new": "plus", "open": "folder"}
WIDTH = 620


class FirstStart(QWidget):
    """The sheet. It asks the services to begin, in the background, and hands over the office."""

    begun = Signal(object)
    """`begun(Office)`."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.words = context.words
        self._premises = context.desk.premises
        theme = context.theme
        self._busy = False
        self._branches: tuple[Branch, ...] = ()
        self.title_label = Label(theme, "title", parent=self)
        self.sentence_label = Label(theme, "body", "muted", parent=self)
        self.sentence_label.setWordWrap(True)
        self.ways: dict[Way, WayButton] = {}
        self._group = QButtonGroup(self)
        self.form = FormGrid(theme, 12, self)
        self.title_edit = TextEdit(theme)
        self.year_edit = TextEdit(theme)
        self.year_edit.setMaxLength(9)
        self.year_edit.setText(str(self._premises.clock().year))
        self.source_edit = ChoiceEdit(theme)
        self.settings_edit = TextEdit(theme)
        self.path_edit = TextEdit(theme)
        self.path_edit.setText(beginning.own_address(self._premises))
        self.file_edit = TextEdit(theme)
        self.backup_tick = QCheckBox()
        self.recent_list = RecentList(theme)
        self.target_edit = TextEdit(theme)
        self.source_label = Label(theme, "body", parent=self)
        self.source_label.setWordWrap(True)
        self._source: Source | None = None
        self.branch_edit = ChoiceEdit(theme)
        self.name_edit = TextEdit(theme)
        self.role_edit = ChoiceEdit(theme)
        self.choose_button = KeyButton(theme, self, icon="folder")
        self.begin_button = KeyButton(theme, self, primary=True)
        self.begin_button.setObjectName("begin_button")
        self.problem_label = Label(theme, "body", "bad", parent=self)
        self.problem_label.setWordWrap(True)
        self.confirmation = RestoreConfirmation(context, self)
        self.confirmation.hide()
        self._lay_out()
        self._connect()
        self.retranslate()
        self.choose_way("new")

    def _lay_out(self) -> None:
        theme = self.context.theme
        self.cards = QWidget(self)
        cards = QHBoxLayout(self.cards)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(10)
        for way in WAYS:
            button = WayButton(theme, _ICONS[way], self)
            button.setObjectName(f"{way}_way")
            self.ways[way] = button
            self._group.addButton(button)
            cards.addWidget(button, 1)
        self.about_label = self.form.add_section(0)
        for key, editor, row, column, span in (
            ("title", self.title_edit, 1, 0, 8), ("year", self.year_edit, 1, 8, 4),
            ("source", self.source_edit, 2, 0, 12), ("path", self.path_edit, 3, 0, 12),
            ("recent", self.recent_list, 3, 0, 12),
            ("settings", self.settings_edit, 4, 0, 12),
            ("file", self.file_edit, 4, 0, 12), ("backup", self.backup_tick, 5, 0, 8),
            ("target", self.target_edit, 7, 0, 12),
        ):  # fmt: skip
            self.form.add(FormField(theme, key, editor, self.form), row, column, span)
        self.form.grid.addWidget(self.source_label, 6, 0, 1, 12)
        self.form.fields["backup"].label.hide()
        self.recent_list.removeEventFilter(self.form)  # Enter opens the file chosen
        self.form.grid.addWidget(self.choose_button, 5, 8, 1, 4, Qt.AlignmentFlag.AlignRight)
        self.who_label = self.form.add_section(8)
        for key, editor, column, span in (
            ("branch", self.branch_edit, 0, 4), ("name", self.name_edit, 4, 4), ("role",
            self.role_edit, 8, 4),
        ):  # fmt: skip
            self.form.add(FormField(theme, key, editor, self.form), 9, column, span)
        self.foot = QWidget(self)
        bottom = QHBoxLayout(self.foot)
        bottom.setContentsMargins(0, 0, 0, 0)
        bottom.addWidget(self.problem_label, 1)
        bottom.addWidget(self.begin_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.title_label)
        layout.addWidget(self.sentence_label)
        layout.addWidget(self.cards)
        layout.addWidget(self.form)
        layout.addWidget(self.foot)
        layout.addWidget(self.confirmation)
        layout.addStretch(1)
        self.setMaximumWidth(WIDTH)

    def showEvent(self, event: QShowEvent) -> None:
        """Tab goes from the last field to the button that begins, as one reads."""
        super().showEvent(event)
        chain: list[QWidget] = list(self.ways.values())
        for key, field in self.form.fields.items():
            chain += [field.editor, self.choose_button] if key == "backup" else [field.editor]
        for widget, following in pairwise((*chain, self.begin_button)):
            self.setTabOrder(widget, following)

    def _connect(self) -> None:
        self._group.buttonToggled.connect(self._on_way_toggled)
        self.source_edit.chosen.connect(self._on_way_toggled)
        self.file_edit.editingFinished.connect(self._on_file_typed)
        self.backup_tick.toggled.connect(self._on_backup_ticked)
        self.confirmation.confirmed.connect(self._on_restore_confirmed)
        self.confirmation.given_up.connect(self._on_restore_given_up)
        self.recent_list.chosen.connect(self._on_recent_chosen)
        self.recent_list.opened.connect(self._on_recent_opened)
        self.recent_list.removed.connect(self._on_recent_removed)
        self.settings_edit.editingFinished.connect(self._read_branches)
        self.choose_button.clicked.connect(self._on_choose_button_clicked)
        self.begin_button.clicked.connect(self.begin)
        self.form.finished.connect(self.begin_button.setFocus)
        for editor in (
            self.title_edit,
            self.year_edit,
            self.settings_edit,
            self.path_edit,
            self.file_edit,
            self.name_edit,
            self.target_edit,
        ):
            editor.textChanged.connect(self._on_typed)

    # ---- what is shown ---------------------------------------------------------------------------------

    @property
    def way(self) -> Way:
        """How the user wants to begin."""
        return next((way for way, button in self.ways.items() if button.isChecked()), "new")

    @property
    def from_file(self) -> bool:
        """Whether a new campaign takes its settings from a file."""
        return self.way == "new" and self.source_edit.code == "file"

    def choose_way(self, way: Way) -> None:
        """Choose a way to begin."""
        self.ways[way].setChecked(True)

    def _on_way_toggled(self) -> None:
        way = self.way
        for key, ways in (
            ("title", ("new",)), ("year", ("new",)), ("source", ("new",)), ("path", ("new",)),
            ("file", ("open",)), ("backup", ("open",)),
        ):  # fmt: skip
            self.form.fields[key].setVisible(way in ways)
        self.form.fields["settings"].setVisible(self.from_file)
        self.show_recent()
        self.about_label.setVisible(way != "sample")
        self.choose_button.setVisible(way == "open" or self.from_file)
        self._show_source(self._source if way == "open" else None)
        self.about_label.setText(self.words("The campaign") if way == "new" else self.words("The file"))
        if way == "new" and not self.source_edit.code:
            self.source_edit.set_code("empty")
        self._read_branches()
        self._show_ready()

    @Slot()
    def _read_branches(self) -> None:
        """Whose branches the officer chooses from."""
        try:
            self._branches = self._known_branches()
            self.problem_label.setText("")
        except Refused as refusal:
            self._branches = ()
            self.problem_label.setText(self.words.code(refusal.code, **refusal.facts))
        self._word_branches()
        self._show_ready()

    def _known_branches(self) -> tuple[Branch, ...]:
        if self.way == "open":
            if self.restores or not self.file_edit.text().strip():
                return ()
            known = beginning.look(self._premises, self.file_edit.text().strip())
            if known.actors and not self.name_edit.text().strip():
                self.name_edit.setText(known.actors[0].name)
            return known.campaigns[0].setup.branches if known.campaigns else ()
        if self.from_file:
            file = self.settings_edit.text().strip()
            return setup_file.read_setup(Path(file).expanduser()).setup.branches if file else ()
        source = "sample" if self.way == "sample" else self.source_edit.code or "empty"
        return beginning.source_setup(self._premises, source, self.path_edit.text().strip()).branches

    def _word_branches(self) -> None:
        lang = self.words.lang
        self.branch_edit.set_options([Option(one.code, one.short.get(lang)) for one in self._branches])
        if not self.branch_edit.code and self._branches:
            self.branch_edit.set_code(self._branches[0].code)

    def retranslate(self) -> None:
        """Word everything again."""
        words = self.words
        self.title_label.setText(words("How would you like to start?"))
        self.sentence_label.setText(
            words("All data stay on this computer. You can open another file from the File menu at any time.")
        )
        self.ways["sample"].say(
            words("Explore a sample campaign"),
            words("An invented campaign for two branches. Its documents are marked as samples."),
        )
        self.ways["new"].say(
            words("Start a new campaign"),
            words("Empty, from an earlier one, or from a file of settings."),
        )
        self.ways["open"].say(
            words("Open a file or a backup"), words("Open a saved campaign file, or restore a backup.")
        )
        for key, text in (
            ("title", words("Name of the campaign")), ("year", words("Year")),
            ("source", words("Start from")), ("settings", words("File of settings")),
            ("path", words("Save in file")), ("recent", words("Opened before")), ("file", words("File")),
            ("target", words("New file")), ("branch", words("Branch")), ("name", words("Officer's name")),
            ("role", words("Role")),
        ):  # fmt: skip
            self.form.fields[key].set_label(text)
        self._word_lists()
        self.backup_tick.setText(words("this is a backup: restore it"))
        self.recent_list.retranslate(words)
        self.confirmation.retranslate()
        self._show_source(self._source)
        self.choose_button.setText(words("Choose file…"))
        self.choose_button.updateGeometry()
        self.who_label.setText(words("Signed-in officer"))
        self.about_label.setText(words("The file") if self.way == "open" else words("The campaign"))
        self._word_branches()
        self._word_button()

    def _word_lists(self) -> None:
        words = self.words
        self.title_edit.setPlaceholderText(words("as in what it starts from"))
        self.name_edit.setPlaceholderText(words("as recorded in the journal"))
        self.source_edit.set_options(
            [
                Option("empty", words("empty: everything is typed in")),
                Option("last", words("the last campaign of this file")),
                Option("file", words("a file of settings")),
            ]
        )
        self.role_edit.set_options([Option(role, words.code(f"role_{role}")) for role in ROLES])
        if not self.role_edit.code:
            self.role_edit.set_code("secretary")

    def _word_button(self) -> None:
        verb = self.words("Restore…") if self.restores else self.words("Start work")
        self.begin_button.setText(self.words("Please wait…") if self._busy else verb)
        self.begin_button.updateGeometry()

    # ---- beginning -------------------------------------------------------------------------------------

    @property
    def ready(self) -> bool:
        """Whether everything needed was said."""
        who = bool(self.name_edit.text().strip() and self.role_edit.code)
        if self.restores:
            return who and self._source is not None and bool(self.target_edit.text().strip())
        who = who and (bool(self.branch_edit.code) or not self._branches)
        if self.from_file and not self.settings_edit.text().strip():
            return False
        if self.way == "new":
            return who and bool(self.year_edit.text().strip() and self.path_edit.text().strip())
        return who and (self.way == "sample" or bool(self.file_edit.text().strip()))

    @Slot()
    def _on_typed(self) -> None:
        self._show_ready()

    def _show_ready(self) -> None:
        self.begin_button.setEnabled(self.ready and not self._busy)
        self.begin_button.explain(self.words("Fill in the form first."))

    @Slot()
    def begin(self) -> None:
        """Begin, if everything was said; else the caret goes where something is missing."""
        if self._busy:
            return
        if not self.ready:
            missing = next(
                (
                    key
                    for key in ("year", "settings", "path", "file", "target", "branch", "name")
                    if self._lacks(key)
                ),
                "name",
            )
            self.form.focus(missing)
            return
        if self.restores and self._source is not None:
            self._confirm_restore(self._source)
            return
        self._run()

    def _run(self) -> None:
        self._busy = True
        self.problem_label.setText("")
        self._word_button()
        self._show_ready()
        self.context.tasks.run(
            self._work(),
            done=self._on_begun,
            failed=self._on_failed,
            title=self.words("Starting the campaign"),
        )

    def _lacks(self, key: str) -> bool:
        field = self.form.fields[key]
        return field.isVisibleTo(self) and not cast("TextEdit", field.editor).text().strip()

    def _work(self) -> Callable[[Task[Office]], Office]:
        """What the background does; everything it needs is taken out of the fields now."""
        premises, words = self._premises, self.words.current
        actor = Actor(
            name=self.name_edit.text().strip(),
            branch="" if self.restores else self.branch_edit.code,
            role=cast("Role", self.role_edit.code),
        )
        if self.way == "sample":
            place = beginning.sample_address(premises)
            return lambda task: beginning.begin_sample(premises, place, actor, words, task.report)
        if self.way == "new":
            wanted = NewCampaign(
                code=self.year_edit.text(), title=self.title_edit.text(),
                source=self.source_edit.code or "empty",
                address=self.path_edit.text().strip(),
                file=Path(self.settings_edit.text().strip()).expanduser() if self.from_file else None,
            )  # fmt: skip
            return lambda _task: beginning.new_campaign(premises, wanted, actor)
        address, target = self.file_edit.text().strip(), self.target_edit.text().strip()
        if self.restores:
            return lambda _task: opening.sit_down(
                opening.from_backup(premises, target, Path(address), actor), actor
            )
        return lambda _task: opening.sit_down(
            opening.open_desk(premises, address, actor, self._recent_campaign(address), shown=True), actor
        )

    def _recent_campaign(self, address: str) -> str:
        """The campaign that was on view in this file, if it was opened here before."""
        known = {one.address: one.campaign for one in recent.recent_files(self._premises.folders)}
        return known.get(address, "")

    # ---- files opened before, and backups --------------------------------------------------------------

    @property
    def restores(self) -> bool:
        """Whether the file chosen is a backup, to be restored into a new file."""
        return self.way == "open" and self.backup_tick.isChecked()

    def show_recent(self) -> None:
        """Read the files opened before again, and show them where a file is chosen."""
        files = recent.recent_files(self._premises.folders) if self.way == "open" else ()
        if self.context.desk.open:
            here = self.context.office.store.address
            files = tuple(file for file in files if file.address != here)
        self.recent_list.show_files(files)
        self.form.fields["recent"].setVisible(bool(files) and not self.restores)

    def open_file(self, address: str) -> None:
        """Go on with this file: a backup is looked at first, any other one is opened."""
        self.choose_way("open")
        self.file_edit.setText(address)
        self._on_file_typed()

    @Slot()
    def _on_file_typed(self) -> None:
        text = self.file_edit.text().strip()
        if self.way != "open" or not text:
            return
        if restoring.is_backup(Path(text)) and not self.backup_tick.isChecked():
            self.backup_tick.setChecked(True)  # which looks at it
        elif self.restores:
            self._look_at_backup()
        else:
            self._read_branches()

    @Slot()
    def _on_backup_ticked(self) -> None:
        self.show_recent()
        self._show_source(None)
        if self.restores and self.file_edit.text().strip():
            self._look_at_backup()
        else:
            self._read_branches()

    def _look_at_backup(self) -> None:
        premises, file = self._premises, Path(self.file_edit.text().strip())
        if self._source is not None and self._source.file == file:
            return
        self._show_source(None)
        self.problem_label.setText("")
        self.context.tasks.run(
            lambda _task: restoring.look(premises, file),
            done=self._on_looked,
            failed=self._on_looking_failed,
            title=self.words("Reading the backup…"),
        )

    @Slot(object)
    def _on_looked(self, source: Source) -> None:
        if not self.restores or Path(self.file_edit.text().strip()) != source.file:
            return
        near = self.context.office.store.address if self.context.desk.open else ""
        near = near or beginning.own_address(self._premises)
        self.target_edit.setText(str(restoring.free_name(self._premises, source.file, near)))
        self._show_source(source)

    @Slot(object)
    def _on_looking_failed(self, error: Exception) -> None:
        self.problem_label.setText(self.context.failure_words(error)[1])

    def _show_source(self, source: Source | None) -> None:
        """Say what the backup is, and ask for the new file; without one, ask for the branch."""
        self._source = source
        told = [] if source is None else [restore_words.source(self.words.current, source)]
        self.source_label.setText(" ".join(told))
        self.source_label.setVisible(bool(told))
        self.form.fields["target"].setVisible(source is not None)
        branch, name = self.form.fields["branch"], self.form.fields["name"]
        branch.setVisible(not self.restores)
        self.form.grid.removeWidget(name)
        self.form.grid.addWidget(name, 9, 0 if self.restores else 4, 1, 8 if self.restores else 4)
        self._word_button()
        self._show_ready()

    def _confirm_restore(self, source: Source) -> None:
        self._set_confirming(confirming=True)
        self.confirmation.ask(source, Path(self.target_edit.text().strip()))

    def _set_confirming(self, *, confirming: bool) -> None:
        for widget in (self.title_label, self.sentence_label, self.cards, self.form, self.foot):
            widget.setVisible(not confirming)
        self.confirmation.setVisible(confirming)

    @Slot()
    def _on_restore_confirmed(self) -> None:
        self._set_confirming(confirming=False)
        self._run()

    @Slot()
    def _on_restore_given_up(self) -> None:
        self._set_confirming(confirming=False)
        self.begin_button.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(str)
    def _on_recent_chosen(self, address: str) -> None:
        self.backup_tick.setChecked(False)
        self.file_edit.setText(address)

    @Slot(str)
    def _on_recent_opened(self, address: str) -> None:
        self.open_file(address)
        if self.ready:
            self.begin()
        elif not self.problem_label.text():
            self.form.focus("name")

    @Slot(str)
    def _on_recent_removed(self, address: str) -> None:
        recent.forget(self._premises.folders, address)
        self.show_recent()

    @Slot(object)
    def _on_begun(self, office: Office) -> None:
        self._end()
        self.begun.emit(office)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._end()
        self.problem_label.setText(self.context.failure_words(error)[1])

    def _end(self) -> None:
        self._busy = False
        self._word_button()
        self._show_ready()

    @Slot()
    def _on_choose_button_clicked(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.words("Choose file…"), str(Path.home()))
        if name:
            if self.from_file:
                self.settings_edit.setText(name)
                self._read_branches()
            else:
                self.file_edit.setText(name)
                self._on_file_typed()
