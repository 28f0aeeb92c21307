"""What a change of the rules would do: counts, then everybody whose grant, admission or place differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from grants_app.gui.pages.entry_form_widgets import FlowLayout
from grants_app.gui.table_models import ChipText, Column, LinesModel
from grants_app.gui.theme import ChipKind
from grants_app.gui.widgets.chips import Chip
from grants_app.gui.widgets.column_fit import FittedTable
from grants_app.gui.widgets.drawer import EmptyState
from grants_app.gui.widgets.labels import Hairline, Label
from grants_app.gui.widgets.layouts import flush_column
from grants_app.wording import mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grants_app.domain.campaign import CampaignSetup
    from grants_app.domain.comparison import AwardChangeKind
    from grants_app.domain.rule_changes import RuleEffect
    from grants_app.gui.page import PageContext
    from grants_app.gui.qt_words import Speech

What = Literal["grant", "admission", "place"]

_KINDS: Mapping[AwardChangeKind, ChipKind] = {
    "gained": "ok",
    "lost": "bad",
    "better": "ok",
    "worse": "warn",
    "moved": "info",
}
_HEADINGS = (
    (mark("Name"), "name", 224),
    (mark("No."), "no", 64),
    (mark("What"), "word", 180),
    (mark("Before"), "before", 150),
    (mark("After"), "after", 150),
)
_SPARE = ("no",)


@dataclass(frozen=True, slots=True)
class EffectRow:
    """One line: who, what of theirs (`chip` for a grant), before and afterwards."""

    no: str
    name: str
    what: What
    chip: ChipKind | None
    word: str
    before: str
    after: str


def effect_rows(words: Speech, setup: CampaignSetup, effect: RuleEffect) -> tuple[EffectRow, ...]:
    """Grants first, then admissions, then places; each by number."""
    return (
        *_grants(words, setup, effect),
        *_admissions(words, setup, effect),
        *_places(words, setup, effect),
    )


def _programme(words: Speech, setup: CampaignSetup, pool: str) -> str:
    return setup.programme(setup.pool(pool).programme).names.get(words.lang) if pool else ""


def _grants(words: Speech, setup: CampaignSetup, effect: RuleEffect) -> Iterator[EffectRow]:
    for change in effect.comparison.awards:
        nothing = words("no grant")
        after = _programme(words, setup, change.after)
        yield EffectRow(
            no=change.application,
            name=effect.names.get(change.application, ""),
            what="grant",
            chip=_KINDS[change.kind],
            word=words.code(f"award_change_{change.kind}"),
            before=_programme(words, setup, change.before) or nothing,
            after=after or (words("tie, the commission decides") if change.tied else nothing),
        )


def _admissions(words: Speech, setup: CampaignSetup, effect: RuleEffect) -> Iterator[EffectRow]:
    for change in effect.comparison.admissions:
        states = (words("not eligible"), words("eligible"))
        yield EffectRow(
            no=change.application,
            name=effect.names.get(change.application, ""),
            what="admission",
            chip=None,
            word=f"{words('eligibility')} · {_programme(words, setup, change.pool)}",
            before=states[not change.admitted],
            after=states[change.admitted],
        )


def _places(words: Speech, setup: CampaignSetup, effect: RuleEffect) -> Iterator[EffectRow]:
    """Places of those on the list both times; who came or went is told by the admission."""
    for change in effect.comparison.ranks:
        if change.before is None or change.after is None:
            continue
        yield EffectRow(
            no=change.application,
            name=effect.names.get(change.application, ""),
            what="place",
            chip=None,
            word=f"{words('place')} · {_programme(words, setup, change.pool)}",
            before=str(change.before),
            after=str(change.after),
        )


class EffectView(QWidget):
    """The table of gains and losses, with its counts as chips above it."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.words = context.words
        theme = context.theme
        self._shown: tuple[RuleEffect, CampaignSetup] | None = None
        self.rows: tuple[EffectRow, ...] = ()
        self.title_label = Label(theme, "section", parent=self)
        self.note_label = Label(theme, "small", "warn", parent=self)
        self.note_label.setWordWrap(True)
        self.counts = QWidget(self)
        self._flow = FlowLayout(self.counts, 6)
        self.table = FittedTable(theme, LinesModel(self._columns(), self), _SPARE, self)
        self.table.setObjectName("effect_table")
        self.empty = EmptyState(theme, "check", self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        head = QVBoxLayout()
        head.setContentsMargins(14, 10, 14, 8)
        head.setSpacing(5)
        for widget in (self.title_label, self.counts, self.note_label):
            head.addWidget(widget)
        layout = flush_column(self)
        layout.addLayout(head)
        layout.addWidget(Hairline(theme, self))
        layout.addWidget(self.stack, 1)

    def show_effect(self, effect: RuleEffect, setup: CampaignSetup) -> None:
        """Show what the rules would change."""
        self._shown = (effect, setup)
        words = self.words
        self.title_label.setText(words("What would change"))
        self.rows = effect_rows(words, setup, effect)
        self._count(effect)
        notes = []
        if effect.waits:
            day = words.current.date(effect.rules.in_force_from)
            notes.append(words("Not before {day}; the current rules apply until then.", day=day))
        if effect.ties:
            notes.append(
                words.plural(
                    "{n} tie would wait for the commission.",
                    "{n} ties would wait for the commission.",
                    effect.ties,
                )
            )
        self.note_label.setText(" ".join(notes))
        self.note_label.setVisible(bool(notes))
        self.table.lines.show_all(self.rows)
        self.table.choose_row(0)
        self.empty.show_state(
            words("Nothing changes for anyone: grants, eligibility and places stay the same.")
        )
        self.stack.setCurrentWidget(self.table if self.rows else self.empty)

    def retranslate(self) -> None:
        """Word everything again."""
        if self._shown is not None:
            self.show_effect(*self._shown)

    def _count(self, effect: RuleEffect) -> None:
        words = self.words
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        kinds = [change.kind for change in effect.comparison.awards]
        told: list[tuple[ChipKind, str]] = [
            (_KINDS[kind], f"{words.code(f'award_change_{kind}')}: {kinds.count(kind)}")
            for kind in _KINDS
            if kind in kinds
        ]
        admitted = [change.admitted for change in effect.comparison.admissions]
        places = sum(row.what == "place" for row in self.rows)
        told += [("info", words("newly eligible: {n}", n=sum(admitted)))] if any(admitted) else []
        lost = len(admitted) - sum(admitted)
        told += [("warn", words("no longer eligible: {n}", n=lost))] if lost else []
        told += [("neutral", words("place changes: {n}", n=places))] if places else []
        for kind, text in told:
            chip = Chip(self.context.theme, kind, text, "", self.counts)
            self._flow.addWidget(chip)
            chip.show()
        self.counts.setVisible(bool(told))

    def _columns(self) -> list[Column]:
        words = self.words

        def chips(row: EffectRow) -> tuple[ChipText, ...]:
            return (ChipText(row.chip, row.word),) if row.chip else ()

        def column(title: str, key: str, width: int) -> Column:
            return Column(
                key=key,
                title=lambda: words(title),
                text=lambda row: str(getattr(row, key)),
                width=width,
                stretch=key in ("name", "before", "after"),
                bold=key == "name",
                tone="muted" if key == "no" else "text",
                chips=chips if key == "word" else None,
            )

        return [column(*heading) for heading in _HEADINGS]
