"""Dated acts on a campaign beside its lists: what was done, what may follow, doing it; services decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from grants_app.domain.campaign import CampaignState
from grants_app.domain.rounds import CampaignAct
from grants_app.gui.dialogs.inline import DecisionPanel
from grants_app.gui.widgets.panels import SidePanel
from grants_app.services import campaign_acts
from grants_app.services.campaign_acts import ActKind
from grants_app.wording import local_day

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtWidgets import QWidget

    from grants_app.domain.journal import Changed
    from grants_app.gui.page import PageContext
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.tasks import Task
    from grants_app.gui.theme import ChipKind
    from grants_app.services.access import Office
    from grants_app.services.campaign.open_matters import OpenMatter

_NAMED = 8  # applications named behind a count
_SIDES = 44
_NEEDS = {
    "open": "setup",
    "freeze": "setup",
    "publish_preliminary": "seal",
    "publish_final": "seal",
    "close": "close",
    "reopen_published": "reopen",
    "reopen_frozen": "reopen",
    "reopen_open": "reopen",
}
_BACK_TO = {
    "reopen_published": CampaignState.PUBLISHED,
    "reopen_frozen": CampaignState.FROZEN,
    "reopen_open": CampaignState.OPEN,
}


@dataclass(frozen=True, slots=True)
class ActsShown:
    """What was done on a campaign, and what may follow; `runs` are run numbers by id."""

    done: Sequence[CampaignAct] = ()
    following: tuple[ActKind, ...] = ()
    runs: Mapping[int, int] | None = None


def read_acts(office: Office) -> ActsShown:
    """Out of the register, for the background."""
    with office.store.reading() as reading:
        runs = {run.id: run.no for run in reading.runs(office.campaign_id)}
    return ActsShown(campaign_acts.history(office), campaign_acts.following(office), runs)


def allowed(shown: ActsShown, permissions: Collection[str]) -> tuple[ActKind, ...]:
    """The acts that may follow and that this role may do."""
    return tuple(kind for kind in shown.following if _NEEDS[kind] in permissions)


def told(words: Speech, zone: str, act: CampaignAct, runs: Mapping[int, int]) -> tuple[str, tuple[str, ...]]:
    """An act as a line of the history: what, and when, by whom, on which run, under what, why."""
    when = f"{words.current.date_time(act.at, zone)} · {act.by}"
    notes = [when]
    if act.run is not None:
        notes.append(
            words(
                "run {no}, minutes No. {minutes} of {day}",
                no=runs.get(act.run, 0),
                minutes=act.minutes_no,
                day=act.minutes_on or local_day(act.at, zone),
            )
        )
    if act.reason:
        notes.append(act.reason)
    return words.code(f"campaign_act_{act.kind}"), tuple(notes)


class ActPanel(DecisionPanel):
    """One dated act: what it does, the minutes where it needs them, the reason."""

    saved = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("act_panel")
        self._kind: ActKind | None = None
        self._matters: tuple[OpenMatter, ...] | None = ()
        self.minutes_edit = self.add_text_field("minutes_no", 0, 0, 1)
        self.minutes_on_edit = self.add_date_field("minutes_on", 0, 1, 1)
        self.why_edit = self.add_text_field("why", 1)
        for editor in (self.minutes_edit, self.minutes_on_edit, self.why_edit):
            editor.textChanged.connect(self._on_typed)
        self.retranslate()

    def ask(self, kind: ActKind) -> None:
        """Open this act."""
        self._kind = kind
        self.say("")
        self.minutes_edit.clear()
        self.why_edit.clear()
        self.minutes_on_edit.set_date(self.context.office.today())
        for key in ("minutes_no", "minutes_on"):
            self.form.fields[key].setVisible(self._publishes)
        asks = self._publishes or kind == "close"
        self.show_open(None if asks else ())
        if asks:
            self._read_open(kind)

        self.retranslate()
        self._on_typed()
        self.form.focus("minutes_no" if self._publishes else "why")

    def _read_open(self, kind: ActKind) -> None:
        office = self.context.office

        def work(_task: Task[tuple[OpenMatter, ...]]) -> tuple[OpenMatter, ...]:
            return campaign_acts.still_open(office, kind)

        self.context.tasks.run(work, done=self.show_open, failed=self._on_failed, key="still_open")

    @Slot(object)
    def show_open(self, matters: tuple[OpenMatter, ...] | None) -> None:
        """List what is still open, each with how many and whose; None while it is not known yet."""
        self._matters = matters
        self.clear_above()
        words = self.words
        if matters:
            column = SidePanel(self.theme, self.inner)
            column.setObjectName("open_matters")
            column.content.setContentsMargins(10, 0, 0, 0)
            column.add_text(words("Still open"), "bold")
            for one in matters:
                whose = ", ".join(one.applications[:_NAMED])
                if len(one.applications) > _NAMED:
                    whose += "…"
                chip: tuple[ChipKind, str, str] = ("warn", words.current.number(one.count), "")
                column.add_item(words.code(f"open_{one.code}"), (whose,) if whose else (), chip)
            width = max(200, self.width() - _SIDES)
            column.setFixedHeight(column.content.totalHeightForWidth(width) + 6)
            self.above.addWidget(column)
        self._on_typed()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.say(self.context.failure_words(error)[1])

    @property
    def _publishes(self) -> bool:
        return self._kind in campaign_acts.PUBLICATIONS

    def retranslate(self) -> None:
        """Word everything again."""
        words, fields = self.words, self.form.fields
        fields["minutes_no"].set_label(words("Minutes No."))
        fields["minutes_on"].set_label(words("Date of the minutes"))
        fields["why"].set_label(words("Reason (recorded in the journal)"))
        if self._kind is not None:
            name = words.code(f"do_{self._kind}")
            self.set_texts(name, words.code(f"do_note_{self._kind}"), name)

    def act(self) -> None:
        """Do it."""
        if self._kind is not None:
            self.saved.emit(self._done(self._kind))

    def _done(self, kind: ActKind) -> Changed:
        office, why = self.context.office, self.why_edit.text().strip()
        day = self.minutes_on_edit.date
        match kind:
            case "open":
                return campaign_acts.open_campaign(office, why)
            case "freeze":
                return campaign_acts.freeze(office, why)
            case "publish_preliminary" | "publish_final":
                day = day or office.today()
                return campaign_acts.publish(office, kind, self.minutes_edit.text().strip(), day, why)
            case "close":
                return campaign_acts.close(office, why)
            case _:
                return campaign_acts.reopen(office, why, _BACK_TO[kind])

    def _on_typed(self, _text: str = "") -> None:
        ready = self._kind is not None and self._matters is not None
        if self._publishes:
            ready = ready and bool(self.minutes_edit.text().strip()) and self.minutes_on_edit.date is not None
        if self._matters:
            ready = ready and bool(self.why_edit.text().strip())
        self.act_button.setEnabled(ready)
