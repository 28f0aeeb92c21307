"""Taking back the last act of the one at the desk, by an inverse act; it knows no window and no keys."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grants_app.domain.application import State
from grants_app.domain.errors import Refused
from grants_app.domain.journal import Changed
from grants_app.services import corrections, holders, standing
from grants_app.services.clock import demand_clock
from grants_app.services.entry_changes import changes, text_of

if TYPE_CHECKING:
    from grants_app.domain.application import Application
    from grants_app.domain.campaign import Campaign
    from grants_app.domain.records import DuplicatePair
    from grants_app.domain.reversal import (
        ApplicationChange,
        AwardChange,
        PersonChange,
        Reversal,
        TypingChange,
    )
    from grants_app.domain.ruleset import RuleSet
    from grants_app.services.access import Office
    from grants_app.store.unit_of_work import UnitOfWork

ACT = "act.undone"
# Answers to offers are the chair's to take back, with a reason: a seat may hang on them.
_ANSWERS = "revoke"


def undo(office: Office, reversal: Reversal, reason: str = "") -> Changed:
    """Take one act back, whole or not at all: what it changed is again as it was, under a new version.

    Nothing is rewound: versions rise, the journal grows, numbers given out stay used. An application the act
    made becomes annulled; letters it cancelled stay void and what replaced them is replaced once more;
    totals and marks in lists are made anew. Refused for another officer's act (undo_of_another), once
    anything it changed was changed again (undo_too_late), once a grant rests on an application it made
    (undo_hangs) or a run was sealed since (undo_sealed_since), and for what the freeze keeps as it is.
    Answers to offers keep their role and want a reason.
    """
    permit = office.demand(_ANSWERS if reversal.needs_reason else reversal.right)
    if (permit.account, permit.branch) != (reversal.by, reversal.branch):
        raise Refused("undo_of_another", name=reversal.by)
    campaign = office.campaign()
    standing.demand_writable(campaign)
    if reversal.needs_reason:
        demand_clock(office)
        if not reason.strip():
            raise Refused("reason_missing")
    _demand_unsealed(office, reversal)
    with office.store.work(permit) as work:
        _Undoing(office, work, campaign, reversal, reason.strip()).all()
        work.commit()
    return Changed(
        applications=frozenset(one.id for one in reversal.applications),
        awards=bool(reversal.awards),
        runs=bool(reversal.placements),
        papers=True,
    )


def _demand_unsealed(office: Office, reversal: Reversal) -> None:
    """What a sealed run counted stays as it counted it: it is corrected, with paper and reason."""
    if not reversal.applications:
        return
    with office.store.reading() as reading:
        sealed = reading.last_run(office.campaign_id, "sealed")
    if sealed is not None and sealed.sealed_at is not None and sealed.sealed_at >= reversal.at:
        raise Refused("undo_sealed_since", run=sealed.no)


class _Undoing:
    """One act being taken back within one transaction; the caller commits."""

    def __init__(
        self, office: Office, work: UnitOfWork, campaign: Campaign, reversal: Reversal, reason: str
    ) -> None:
        self._office = office
        self._work = work
        self._campaign = campaign
        self._rules: RuleSet = standing.current_rules(office)
        self._reversal = reversal
        self._reason = reason

    def all(self) -> None:
        if self._reversal.awards or self._reversal.batches:
            self._work.campaigns.lock(self._campaign.id)
        for person in self._reversal.people:
            self._person(person)
        for one in self._reversal.applications:
            if one.before is None:
                self._annul(one)
            else:
                self._restore(one, one.before)
        for typing in self._reversal.typings:
            self._typing(typing)
        for pair in self._reversal.pairs:
            self._pair(pair)
        for award in self._reversal.awards:
            self._award(award)
        for placement in self._reversal.placements:
            self._work.decisions.restore_placement(placement)
        for batch in self._reversal.batches:
            self._work.imports.mark_undone(batch, self._office.actor.name)

    def _typing(self, change: TypingChange) -> None:
        if change.before is None:
            self._work.second_looks.remove_typing(change.application, change.criterion)
        else:
            self._work.second_looks.put_typing(change.before)

    def _pair(self, pair: DuplicatePair) -> None:
        if not self._work.duplicates.get(pair.id).decided:
            raise Refused("undo_too_late", no=f"{pair.first_no}, {pair.second_no}")
        self._work.duplicates.reopen(pair.id)
        self._note(f"{pair.first_no}, {pair.second_no}", {}, {})

    def _person(self, change: PersonChange) -> None:
        if self._work.persons.get(change.id) != change.left:
            raise Refused("undo_too_late", no=change.left.full_name)
        self._work.persons.put(change.id, change.before)

    def _untouched(self, change: ApplicationChange) -> Application:
        known = self._work.applications.get(change.id)
        if known.version != change.left:
            raise Refused("undo_too_late", no=change.no)
        return known

    def _annul(self, change: ApplicationChange) -> None:
        known = self._untouched(change)
        if self._work.awards.history(known.id):
            raise Refused("undo_hangs", no=known.no)
        corrections.demand_correctable(
            self._campaign, self._rules, known, known.entry, State.ANNULLED, ("", "")
        )
        self._saved(known, replace(known, state=State.ANNULLED))

    def _restore(self, change: ApplicationChange, before: Application) -> None:
        known = self._untouched(change)
        again = replace(before, version=known.version)
        corrections.demand_correctable(
            self._campaign, self._rules, known, again.entry, again.state, (ACT, ACT)
        )
        saved = self._saved(known, again)
        corrections.replace_letter(self._office, self._work, known, saved, self._reason)

    def _saved(self, known: Application, again: Application) -> Application:
        saved = self._work.applications.put(again)
        saved = standing.refresh_line(self._work, saved, self._campaign, self._rules)
        before, after = changes(known.entry, again.entry)
        if known.state is not again.state:
            before, after = before | {"state": known.state}, after | {"state": again.state}
        self._note(known.no, before, after)
        return saved

    def _award(self, change: AwardChange) -> None:
        last = change.before
        if self._work.awards.get(last.id).version != change.left:
            raise Refused("undo_too_late", no=last.application_no)
        application = self._work.applications.by_no(self._campaign.id, last.application_no)
        holders.demand_fit(application, last, self._campaign, self._rules)
        left = self._work.awards.get(last.id)
        self._work.awards.put(replace(last, version=left.version))
        self._note(last.application_no, {"state": left.state}, {"state": last.state})

    def _note(self, subject: str, before: dict[str, object], after: dict[str, object]) -> None:
        self._work.journal.add(
            "act.undone",
            subject,
            reason=self._reason,
            before=text_of(before),
            after=text_of(after),
            campaign=self._campaign.id,
        )
