"""The column beside the appeals: the one chosen, what was decided, and what differs in the run it led to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from grants_app.domain.campaign import CampaignSetup
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.panels import ButtonFlow, SidePanel
from grants_app.services import appeals
from grants_app.services.appeals import AppealLine
from grants_app.services.pool_lists import programme_name

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from grants_app.domain.comparison import AwardChange
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import ChipKind, Theme
    from grants_app.services.access import Office
    from grants_app.services.appeals import Effect

STATE_CHIPS: dict[str, tuple[ChipKind, str]] = {
    "open": ("info", "clock"),
    "overdue": ("warn", "warning"),
    "granted": ("ok", "check"),
    "refused": ("bad", "cross"),
}
_CHANGE_CHIPS: dict[str, ChipKind] = {
    "gained": "ok", "lost": "bad", "better": "ok", "worse": "warn", "moved": "info",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealsShown:
    """The campaign's appeals and what the officer at the desk may do about them."""

    setup: CampaignSetup
    lines: tuple[AppealLine, ...]
    may_record: bool
    may_decide: bool
    may_run: bool
    closed: bool


def read_appeals(office: Office) -> AppealsShown:
    """Every appeal, those that wait first."""
    campaign = office.campaign()
    may = office.allowed(campaign)
    return AppealsShown(
        setup=campaign.setup,
        lines=appeals.lines(office),
        may_record="appeal" in may,
        may_decide="decide_appeal" in may,
        may_run="run" in may,
        closed=campaign.read_only,
    )


def run_words(words: Speech, line: AppealLine) -> str:
    """The run an appeal led to, with how it stands."""
    if line.run_kind == "sealed":
        return words("run {no}, sealed", no=line.effect.run)
    return words("run {no}, draft", no=line.effect.run)


class AppealCard(SidePanel):
    """One appeal; its acts, its effect, the differences kept with it."""

    decision_wanted = Signal()
    run_wanted = Signal()
    register_wanted = Signal()

    def __init__(self, theme: Theme, words: Speech, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._words = words
        self._shown: tuple[AppealsShown, AppealLine | None] | None = None
        self.setObjectName("appeal_card")

    def show_appeal(self, shown: AppealsShown, line: AppealLine | None) -> None:
        """Show an appeal, or that none is chosen."""
        self._shown = (shown, line)
        words = self._words
        self.clear()
        if line is None:
            text = words("Select an appeal to see the decision and what changed.")
            self.add_text(text, "body", "muted")
            self.add_end()
            return
        self.add_text(words("Appeal, application {no}", no=line.application_no), "body", "muted")
        self.add_text(line.full_name, "section")
        kind, icon = STATE_CHIPS[line.state]
        self.add_item(line.appeal.subject, (), (kind, words.code(f"appeal_state_{line.state}"), icon))
        zone = shown.setup.zone
        self.add_fact(words("Received"), words.current.date_time(line.appeal.received_at, zone))
        if line.appeal.deadline is not None:
            tone = "warn" if line.state == "overdue" else "text"
            due = words.current.date_time(line.appeal.deadline, zone)
            self.add_fact(words("Decision due"), due, tone=tone)  # type: ignore[arg-type]  # two roles
        if line.appeal.decision:
            self._decided(shown, line)
        else:
            self._undecided(shown)
        self.add_end()

    def retranslate(self) -> None:
        """Word everything again."""
        if self._shown is not None:
            self.show_appeal(*self._shown)

    def _undecided(self, shown: AppealsShown) -> None:
        words = self._words
        if shown.may_decide:
            self._button("decide_appeal", words("Decide…"), primary=True).clicked.connect(
                self.decision_wanted
            )
        else:
            self.add_text(words("The chair decides appeals."), "small", "muted", above=8)

    def _decided(self, shown: AppealsShown, line: AppealLine) -> None:
        words, appeal = self._words, line.appeal
        day = words.current.date(appeal.minutes_on) if appeal.minutes_on else ""
        self.add_fact(words("Minutes"), words("No. {minutes} of {day}", minutes=appeal.minutes_no, day=day))
        self.add_section(words("Effect"))
        self.add_text(line.effect.words)
        if line.state != "granted":
            return
        if line.effect.run is None and not line.effect.holder:
            text = words("Correct the data first, then calculate the run for this appeal.")
            self.add_text(text, "small", "muted", above=8)
        elif line.effect.run is not None:
            self.add_fact(words("New run"), run_words(words, line))
        if shown.may_run and line.run_kind != "sealed":
            flow = ButtonFlow(self.inner)
            for name, text, signal in (
                ("open_register", words("Correct data…"), self.register_wanted),
                ("propose_run", words("Calculate new run"), self.run_wanted),
            ):
                button = KeyButton(self.theme, self.inner, primary=name == "propose_run")
                button.setObjectName(f"{name}_button")
                button.setText(text)
                button.clicked.connect(signal)
                flow.add(button)
            self.content.addWidget(flow)
        if line.effect.before is not None:
            self._differences(shown.setup, line)

    def _differences(self, setup: CampaignSetup, line: AppealLine) -> None:
        words, effect = self._words, line.effect
        self.add_section(words("Differences from sealed run {no}", no=effect.before))
        if effect.holder:
            text = words(
                "{no} holds a seat they would no longer get, and a run never takes a seat "
                "away. Revoke that seat or place the person manually, then recalculate. Below "
                "is what would differ if unconfirmed offers were ignored.",
                no=effect.holder,
            )
            self.add_text(text, "small", "warn")
        for change in effect.awards:
            self._change(setup, change)
        self._ranks(setup, effect)
        for admission in effect.admissions:
            text = words("now eligible") if admission.admitted else words("no longer eligible")
            self.add_item(
                f"{admission.application} · {programme_name(setup, admission.pool, words.current)}", (text,)
            )
        if not (effect.awards or effect.admissions or effect.ranks or effect.moved):
            self.add_text(words("There are no differences for anyone."), "small", "muted")

    def _change(self, setup: CampaignSetup, change: AwardChange) -> None:
        words = self._words
        nothing = words("no grant")
        before = programme_name(setup, change.before, words.current) if change.before else nothing
        after = programme_name(setup, change.after, words.current) if change.after else nothing
        notes = (words("before: {pool}", pool=before), words("now: {pool}", pool=after))
        if change.tied:
            notes = (*notes, words("waiting for the commission: tie at the last seat"))  # type: ignore[assignment]  # longer
        chip = (_CHANGE_CHIPS[change.kind], words.code(f"award_change_{change.kind}"), "")
        self.add_item(change.application, notes, chip)

    def _ranks(self, setup: CampaignSetup, effect: Effect) -> None:
        words = self._words
        for rank in effect.ranks:
            places = f"{rank.before or '—'} / {rank.after or '—'}"
            self.add_fact(
                words("Place before / now"), places, programme_name(setup, rank.pool, words.current)
            )
        if effect.moved:
            text = words.plural(
                "{n} person changes place in a list.",
                "{n} people change place in a list.",
                effect.moved,
            )
            self.add_text(text, "small", "muted", above=4)

    def _button(self, name: str, text: str, *, primary: bool) -> KeyButton:
        flow = ButtonFlow(self.inner)
        button = KeyButton(self.theme, self.inner, primary=primary)
        button.setObjectName(f"{name}_button")
        button.setText(text)
        flow.add(button)
        self.content.addWidget(flow)
        return button
