"""Another officer sits down at the desk: name, branch, role; what they may do is the services' business."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from grants_app.domain.journal import ROLES, Actor
from grants_app.gui.dialogs.base import ConfirmDialog
from grants_app.gui.widgets.editors import ChoiceEdit, Option, TextEdit
from grants_app.gui.widgets.forms import FormField, FormGrid
from grants_app.services import opening

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from grants_app.domain.journal import Role
    from grants_app.gui.page import PageContext


class OfficerDialog(ConfirmDialog):
    """Somebody known is chosen, or a new name is typed."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._known = tuple(opening.known_actors(context.office))
        self.known_edit = ChoiceEdit(self.theme)
        self.name_edit = TextEdit(self.theme)
        self.branch_edit = ChoiceEdit(self.theme)
        self.role_edit = ChoiceEdit(self.theme)
        self.form = FormGrid(self.theme, 12, self)
        for key, editor, row, column, span in (
            ("known", self.known_edit, 0, 0, 12), ("name", self.name_edit, 1, 0, 12),
            ("branch", self.branch_edit, 2, 0, 6), ("role", self.role_edit, 2, 6, 6),
        ):  # fmt: skip
            self.form.add(FormField(self.theme, key, editor, self.form), row, column, span)
        self.form.fields["known"].setVisible(bool(self._known))
        self.body.addWidget(self.form)
        self.known_edit.chosen.connect(self._on_known_chosen)
        self.name_edit.textChanged.connect(self._on_name_typed)
        self.form.finished.connect(self.act_button.setFocus)
        self.retranslate()
        self.role_edit.set_code(context.office.actor.role)
        self.branch_edit.set_code(context.office.actor.branch)
        self.set_ready(False)

    def retranslate(self) -> None:
        """Word the dialog again."""
        words, lang = self.words, self.words.lang
        self.set_texts(
            words("Switch officer"),
            words("The signed-in officer is named in the journal."),
            words("Switch"),
        )
        setup = self.context.office.campaign().setup
        branches = {one.code: one.short.get(lang) for one in setup.branches}
        self.known_edit.set_options(
            [
                Option(str(actor.id), f"{actor.name} · {words.code(f'role_{actor.role}')}")
                for actor in self._known
            ]
        )
        self.branch_edit.set_options([Option(code, name) for code, name in branches.items()])
        self.role_edit.set_options([Option(role, words.code(f"role_{role}")) for role in ROLES])
        for key, text in (
            ("known", words("Recent officers")), ("name", words("Officer's name")),
            ("branch", words("Branch")),
            ("role", words("Role")),
        ):  # fmt: skip
            self.form.fields[key].set_label(text)

    def act(self) -> None:
        """Sit down; what is in no list is said beside it, Refused is told in the dialog."""
        for key, editor in (("branch", self.branch_edit), ("role", self.role_edit)):
            unknown = not editor.code
            said = self.words("Choose from the list.") if unknown else ""
            self.form.fields[key].say("error" if unknown else "plain", said)
            if unknown:
                self.form.focus(key)
                return
        actor = Actor(
            name=self.name_edit.text().strip(),
            branch=self.branch_edit.code,
            role=cast("Role", self.role_edit.code),
        )
        office = opening.sit_down(self.context.office, actor)
        self.accept()
        self.context.desk.take(office)

    def _on_known_chosen(self, code: str) -> None:
        for actor in self._known:
            if str(actor.id) == code:
                self.name_edit.setText(actor.name)
                self.branch_edit.set_code(actor.branch)
                self.role_edit.set_code(actor.role)

    def _on_name_typed(self, text: str) -> None:
        self.set_ready(bool(text.strip()))
