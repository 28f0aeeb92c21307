"""The column beside the commission's lists: the sitting, one of its items, or a member, with their acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from grants_app.gui.pages.commission_data import ballot_chip
from grants_app.gui.widgets.buttons import KeyButton, LinkButton
from grants_app.gui.widgets.panels import ButtonFlow, SidePanel
from grants_app.services import minutes
from grants_app.wording import local_day

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from grants_app.domain.records import CommissionMember
    from grants_app.gui.pages.commission_data import CommissionShown
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import ChipKind, ColourRole, Theme
    from grants_app.services.commission import Sitting
    from grants_app.services.resolutions import Item


class CommissionCard(SidePanel):
    """What is known of the line chosen last, and the acts on it."""

    wanted = Signal(str)
    """An act was asked for: its name, as `member_change`."""
    withdrawal_wanted = Signal(int)
    """A conflict of interest is to be withdrawn; carries its id."""

    def __init__(self, theme: Theme, words: Speech, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._words = words
        self.setObjectName("commission_card")

    def show_nothing(self, shown: CommissionShown) -> None:
        """No sitting yet: what custom asks of the commission."""
        self.clear()
        self._custom(shown)
        self.add_end()

    def show_sitting(self, shown: CommissionShown, sitting: Sitting) -> None:
        """The sitting: quorum, what was recorded under its number, whose relatives apply."""
        words, meeting = self._words, sitting.meeting
        self.clear()
        self.add_text(words.current.date_long(meeting.minutes_on), "body", "muted")
        self.add_text(words("Minutes No. {minutes}", minutes=meeting.minutes_no), "section")
        tone: ColourRole = "ok" if sitting.quorum.reached else "bad"
        self.add_text(minutes.quorum_text(words.current, sitting), "body", tone, above=4)
        if meeting.place:
            self.add_fact(words("Venue"), meeting.place)
        if meeting.agenda:
            self.add_section(words("Agenda"))
            for line in meeting.agenda.splitlines():
                self.add_text(line)
        self._buttons(("sitting_change", words("Edit meeting…")), shown=shown)
        self.add_section(words("Recorded in the program under this number"))
        for act in shown.acts:
            self.add_item(act)
        if not shown.acts:
            text = words(
                "Nothing yet. Tie decisions, placements and sealed runs with this number appear here."
            )
            self.add_text(text, "small", "muted")
        self._custom(shown)
        self.add_end()

    def show_item(self, shown: CommissionShown, item: Item) -> None:
        """An item: its wording, everybody's vote, the count."""
        words, resolution = self._words, item.resolution
        self.clear()
        self.add_text(words("Item {n}", n=resolution.item), "body", "muted")
        self.add_text(words.code(f"matter_{resolution.matter}"), "section")
        about = minutes.subject_text(item, shown.setup, words.current)
        if about:
            self.add_text(about, "bold", above=2)
        self.add_text(resolution.wording, above=4)
        self.add_section(words("Votes"))
        for ballot in item.ballots:
            kind, text, icon = ballot_chip(words.current, ballot, ballot.vote)
            if ballot.relation:
                self.add_item(ballot.name, (text,), ("warn", words("relative is an applicant"), icon))
            else:
                self.add_item(ballot.name, (), (kind, text, icon))
        self.add_text(minutes.votes_text(words.current, item.tally), "bold", above=8)
        tone: ColourRole = "ok" if resolution.outcome == "adopted" else "bad"
        self.add_text(minutes.outcome_text(words.current, item.tally), "bold", tone)
        for name, one in item.named:
            note = words(
                "{name} takes no part in the decision on application {no} (conflict of interest).",
                name=name,
                no=one.application_no,
            )
            self.add_text(note, "small", "warn", above=4)
        self._buttons(("item_correct", words("Edit item…")), shown=shown)
        self.add_end()

    def show_member(self, shown: CommissionShown, member: CommissionMember) -> None:
        """A member: post, chair, conflicts of interest with the way to withdraw them."""
        words = self._words
        self.clear()
        self.add_text(
            words("chair of the commission") if member.chairs else words("Member of the commission"),
            "body",
            "muted",
        )
        self.add_text(member.name, "section")
        if member.post:
            self.add_text(member.post)
        if not member.active:
            self.add_text(words("Left the commission; votes already cast remain."), "small", "muted", above=4)
        else:
            self._buttons(
                ("member_change", words("Change…")),
                ("interest", words("Conflict of interest…")),
                *(() if member.chairs else (("member_leave", words("Leaves…")),)),
                shown=shown,
            )
        self._interests(shown, member)
        self.add_end()

    def _interests(self, shown: CommissionShown, member: CommissionMember) -> None:
        """The member's conflicts of interest, each with the way to withdraw it."""
        words = self._words
        self.add_section(words("Conflicts of interest declared"))
        declared = shown.interests_of(member.id)
        for one in declared:
            day = words.current.date(local_day(one.declared_at, shown.setup.zone))
            notes = [words("{relation}, declared {day}", relation=one.relation, day=day)]
            chip: tuple[ChipKind, str, str] = ("warn", words("in force"), "conflict")
            if not one.stands:
                notes.append(words("withdrawn: {reason}", reason=one.withdrawn_reason))
                chip = ("neutral", words("withdrawn"), "")
            self.add_item(words("application {no}", no=one.application_no), tuple(notes), chip)
            if one.stands and shown.may_record:
                link = LinkButton(self.theme, self.inner)
                link.setObjectName(f"withdraw_{one.id}_link")
                link.setText(words("Withdraw…"))
                link.setProperty("interest", one.id)
                link.clicked.connect(self._on_link_clicked)
                self.content.addWidget(link)
        if not declared:
            self.add_text(words("None declared."), "small", "muted")

    def _custom(self, shown: CommissionShown) -> None:
        for warning in shown.warnings:
            self.add_text(warning, "body", "warn", above=8)
        self.add_section(self._words("How votes are counted"))
        self.add_text(minutes.custom_text(self._words.current), "small", "muted")

    def _buttons(self, *acts: tuple[str, str], shown: CommissionShown) -> None:
        if not shown.may_record:
            return
        flow = ButtonFlow(self.inner)
        for name, text in acts:
            button = KeyButton(self.theme, self.inner)
            button.setObjectName(f"{name}_button")
            button.setProperty("act", name)
            button.setText(text)
            button.clicked.connect(self._on_button_clicked)
            flow.add(button)
        self.content.addWidget(flow)

    def _on_button_clicked(self) -> None:
        self.wanted.emit(str(self.sender().property("act")))

    def _on_link_clicked(self) -> None:
        self.withdrawal_wanted.emit(int(self.sender().property("interest")))
