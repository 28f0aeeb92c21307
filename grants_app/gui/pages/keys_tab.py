"""Keys papers are proven by: the campaign's own, published from here, and those trusted on this computer."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QWidget

from grants_app.domain.journal import Changed
from grants_app.gui.dialogs.export import ExportPanel
from grants_app.gui.dialogs.inline import DecisionPanel
from grants_app.gui.table_models import ChipText, Column, LinesModel
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.column_fit import FittedTable
from grants_app.gui.widgets.drawer import EmptyState
from grants_app.gui.widgets.layouts import flush_row
from grants_app.gui.widgets.panels import ButtonFlow, SidePanel
from grants_app.services.office import keys
from grants_app.services.office.rights import acts_of
from grants_app.wording import local_day

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from grants_app.domain.keys import PublicKey
    from grants_app.gui.page import PageContext
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.tasks import Task
    from grants_app.gui.theme import Theme
    from grants_app.services.office.keys import KnownKey

_NARROW = 1000
_HALF = 4  # groups of the fingerprint in a line


def campaign_of(words: Speech, key: PublicKey) -> str:
    """The campaign a key proves, in words; a bare key names none."""
    return key.titles.get(words.lang) or key.campaign or words("campaign not named")


def chips_of(words: Speech, known: KnownKey) -> tuple[ChipText, ...]:
    """Whose the key is, and whether it is a sample's."""
    if known.own:
        chip = (
            ChipText("ok", words("own, published"), "check")
            if known.published
            else ChipText("warn", words("own, not published"))
        )
    else:
        chip = ChipText("info", words("trusted"), "check")
    return (chip, ChipText("neutral", words("sample"))) if known.key.sample else (chip,)


class KeyCard(SidePanel):
    """The key under the cursor: its fingerprint to read aloud, what is known by it, what may be done."""

    wanted = Signal(str)
    """`publish`, `trust` or `forget` was pressed."""

    def __init__(self, theme: Theme, words: Speech, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._words = words
        self.setObjectName("key_card")

    def show_key(self, known: KnownKey | None, *, may_publish: bool) -> None:
        """Show a key, or what this place is for."""
        words = self._words
        self.clear()
        if known is None:
            self.add_text(words("Keys"), "section")
        else:
            self._tell(known)
        flow = ButtonFlow(self.inner, 14)
        if known is not None and known.own and may_publish:
            self._add(flow, "publish", words("Publish the key…"), primary=not known.published)
        self._add(flow, "trust", words("Trust a key…"))
        if known is not None and not known.own:
            self._add(flow, "forget", words("Trust it no more"))
        self.content.addWidget(flow)
        self.add_end()
        self.order_tabs()

    def _tell(self, known: KnownKey) -> None:
        words, key = self._words, known.key
        self.add_text(campaign_of(words, key), "section")
        for chip in chips_of(words, known):
            self.add_item(
                words("This database signs its documents with it.")
                if known.own and chip.kind != "neutral"
                else words("It proves sample documents only.")
                if chip.kind == "neutral"
                else words("Documents of this campaign are proven by it here."),
                (),
                (chip.kind, chip.text, chip.icon),
            )
        self.add_section(words("Fingerprint to read aloud"))
        groups = key.fingerprint.split("-")
        for half in (groups[:_HALF], groups[_HALF:]):
            line = self.add_text("  ".join(half), "title", above=2)
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.add_text(
            words("Read it to the other side by telephone: it must be the same there."),
            "small",
            "muted",
            above=6,
        )
        if not known.own and key.at is not None:
            self.add_fact(words("Published on"), words.current.date(local_day(key.at, key.at.tzinfo or UTC)))
        self.add_fact(words("Void letters known"), words.current.number(len(key.void)))

    def _add(self, flow: ButtonFlow, key: str, text: str, *, primary: bool = False) -> None:
        button = KeyButton(self.theme, self.inner, primary=primary)
        button.setObjectName(f"{key}_button")
        button.setProperty("act", key)
        button.setText(text)
        button.clicked.connect(self._on_button_clicked)
        flow.add(button)

    def _on_button_clicked(self) -> None:
        self.wanted.emit(str(self.sender().property("act")))


class TrustPanel(DecisionPanel):
    """A published key's file: its fingerprint is shown first, then, once it was compared, it is trusted."""

    trusted = Signal(str)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("trust_panel")
        self._read: PublicKey | None = None
        self.path_edit = self.add_text_field("path", 0)
        self.browse_button = KeyButton(self.theme, self.form, icon="folder")
        self.browse_button.setObjectName("browse_button")
        row = QHBoxLayout()
        row.addWidget(self.browse_button)
        row.addStretch(1)
        self.form.grid.addLayout(row, 1, 0, 1, 2)
        self.path_edit.textChanged.connect(self._on_path_typed)
        self.browse_button.clicked.connect(self._on_browse_button_clicked)
        self.retranslate()

    def ask(self) -> None:
        """Open the panel empty."""
        self.say("")
        self.path_edit.clear()
        self._on_path_typed("")
        self.form.focus("path")

    def retranslate(self) -> None:
        """Word everything again."""
        words = self.words
        self.form.fields["path"].set_label(words("File of the published key"))
        self.browse_button.setText(words("Browse…"))
        sentence = words("Ask the branch for the file written by “Publish the key”.")
        verb = words("Show the fingerprint")
        if self._read is not None:
            verb = words("It is the same: trust the key")
            sentence = words("Let the branch read its fingerprint to you by telephone and compare.")
        self.set_texts(words("Trust a key"), sentence, verb)

    def act(self) -> None:
        """Show the key's fingerprint; pressed again, trust it."""
        office = self.context.office
        path = Path(self.path_edit.text().strip()).expanduser()
        if self._read is None:
            self._read = keys.read(path)
            keys.demand_published(self._read, path)
            self._show_read(self._read)
            return
        own = [one.key for one in keys.own(office)]
        key = keys.trust(path, office.folders.trusted_keys, own)
        self.trusted.emit(key.fingerprint)

    def _show_read(self, key: PublicKey) -> None:
        self.clear_above()
        card = SidePanel(self.theme, self.inner)
        groups = key.fingerprint.split("-")
        card.add_text(campaign_of(self.words, key), "bold")
        for half in (groups[:_HALF], groups[_HALF:]):
            card.add_text("  ".join(half), "title", above=2)
        if key.sample:
            card.add_text(self.words("It proves sample documents only."), "small", "warn", above=4)
        card.setFixedHeight(card.inner.sizeHint().height() + 8)
        self.above.addWidget(card)
        self.retranslate()
        self.act_button.setFocus()

    @Slot(str)
    def _on_path_typed(self, text: str) -> None:
        self._read = None
        self.clear_above()
        self.retranslate()
        self.act_button.setEnabled(bool(text.strip()))

    @Slot()
    def _on_browse_button_clicked(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.words("Trust a key"), self.path_edit.text() or str(Path.home())
        )
        if chosen:
            self.path_edit.setText(chosen)


class KeysTab(QWidget):
    """The keys known here, the card of the one chosen, publishing and trusting in its place."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.words = context.words
        self._known: tuple[KnownKey, ...] = ()
        theme = context.theme
        self.table = FittedTable(theme, LinesModel(self._columns(), self), ("day", "fingerprint"), self)
        self.table.setObjectName("keys_table")
        self.empty = EmptyState(theme, "lock", self)
        self.left = QStackedWidget(self)
        self.left.addWidget(self.table)
        self.left.addWidget(self.empty)
        self.card = KeyCard(theme, context.words, self)
        self.publish_panel = ExportPanel(context, ("key",), self)
        self.trust_panel = TrustPanel(context, self)
        self.right = QStackedWidget(self)
        for panel in (self.card, self.publish_panel, self.trust_panel):
            self.right.addWidget(panel)
        row = flush_row(self)
        row.addWidget(self.left, 1)
        row.addWidget(self.right)
        self.table.line_chosen.connect(self._on_line_chosen)
        self.card.wanted.connect(self.ask)
        self.publish_panel.written.connect(self._on_published)
        self.publish_panel.closed.connect(self.show_card)
        self.trust_panel.trusted.connect(self._on_trusted)
        self.trust_panel.closed.connect(self.show_card)
        self.retranslate()

    def refresh(self) -> None:
        """Read the keys again."""
        office = self.context.office

        def work(_task: Task[tuple[KnownKey, ...]]) -> tuple[KnownKey, ...]:
            return keys.proving(office, None, office.folders.trusted_keys)

        self.context.tasks.run(work, done=self._on_read, failed=self._on_failed, key="keys")

    def retranslate(self) -> None:
        """Word everything again."""
        self.table.setAccessibleName(self.words("Keys"))
        self.table.lines.retranslate()
        for panel in (self.publish_panel, self.trust_panel):
            panel.retranslate()
        self.empty.show_state(self.words("No key is known yet: ask the branch for its public key file."))
        self._show_chosen()

    @Slot(str)
    def ask(self, act: str) -> None:
        """Open publishing or trusting; forget at once."""
        known = self.table.current_line()
        if act == "trust":
            self.right.setCurrentWidget(self.trust_panel)
            self.trust_panel.ask()
        elif act == "publish":
            self._ask_publish()
        elif known is not None:
            try:
                keys.forget(known.key.id, self.context.office.folders.trusted_keys)
            except Exception as error:  # noqa: BLE001 - told in the page's strip
                self.context.tell_failure(error)
            else:
                self.context.show_message("ok", self.words("The key is not trusted here any more."))
                self.refresh()
                self.table.setFocus()

    @Slot()
    def show_card(self) -> None:
        """Back to the card, the focus to the list."""
        self.right.setCurrentWidget(self.card)
        self.table.setFocus()

    def _ask_publish(self) -> None:
        office, words = self.context.office, self.words

        def write(_form: str, path: Path) -> int:
            keys.publish(office, path)
            return 1

        texts = (
            words("Publish the key"),
            words(
                "The file holds no secret: give it to whoever must prove your letters. Publish again when"
                " letters become void."
            ),
            words("Publish"),
        )
        self.publish_panel.offer(f"grants-key-{office.campaign().setup.code}", texts, write)
        self.publish_panel.cancel_button.show()
        self.right.setCurrentWidget(self.publish_panel)
        self.publish_panel.form.focus("path")

    def _columns(self) -> list[Column]:
        words = self.words

        def chips(known: KnownKey) -> tuple[ChipText, ...]:
            return chips_of(words, known)

        def state(known: KnownKey) -> str:
            return ", ".join(chip.text for chip in chips_of(words, known))

        def day(known: KnownKey) -> str:
            at = known.key.at
            return "" if at is None or known.own else words.current.date(local_day(at, at.tzinfo or UTC))

        return [
            Column(
                key="campaign",
                title=lambda: words("Campaign"),
                text=lambda known: campaign_of(words, known.key),
                width=200,
                bold=True,
                stretch=True,
            ),
            Column(
                key="fingerprint",
                title=lambda: words("Fingerprint"),
                text=lambda known: known.key.fingerprint[:19] + "…",
                width=170,
                tone="muted",
            ),
            Column(key="state", title=lambda: words("Status"), text=state, chips=chips, width=230),
            Column(key="day", title=lambda: words("Published on"), text=day, width=110, tone="muted"),
        ]

    @Slot(object)
    def _on_read(self, known: tuple[KnownKey, ...]) -> None:
        self._known = known
        row = max(0, self.table.currentIndex().row())
        self.table.lines.show_all(known)
        self.left.setCurrentWidget(self.table if known else self.empty)
        if known:
            self.table.choose_row(min(row, len(known) - 1))
        self._show_chosen()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.context.tell_failure(error)

    @Slot(object)
    def _on_line_chosen(self, _known: object) -> None:
        self._show_chosen()
        self.right.setCurrentWidget(self.card)

    def _show_chosen(self) -> None:
        known: KnownKey | None = self.table.current_line()
        office = self.context.office
        mine = known is not None and known.campaign == office.campaign_id
        may = mine and "publish_key" in acts_of(office.actor.role)
        self.card.show_key(known, may_publish=may)

    @Slot(object, int)
    def _on_published(self, path: object, _count: int) -> None:
        self.context.show_message("ok", self.words("The public key is in {file}.", file=path))
        self.context.desk.tell(Changed(campaign=True))
        self.show_card()
        self.refresh()

    @Slot(str)
    def _on_trusted(self, _fingerprint: str) -> None:
        self.context.show_message("ok", self.words("The key is trusted on this computer."))
        self.show_card()
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The card gives way in a small window."""
        super().resizeEvent(event)
        self.right.setFixedWidth(300 if self.width() < _NARROW else 380)
