"""Questions about the commission: members, sittings, what was done under a minutes' number, appeals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from grants_app.domain.commission import SittingAct
from grants_app.domain.errors import Refused
from grants_app.store.application_tables import application
from grants_app.store.commission_rows import (
    load_attendance,
    load_interests,
    load_meetings,
    load_members,
    load_resolutions,
    load_votes,
)
from grants_app.store.commission_tables import campaign_act, cascade
from grants_app.store.decision_tables import appeal, placement, run, tie_decision, tie_order
from grants_app.store.moments import moment_of, utc_of, utc_or_none
from grants_app.store.records import load_appeals

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.engine import Connection

    from grants_app.domain.commission import Attendance, Interest, Meeting, Resolution
    from grants_app.domain.records import Appeal, CommissionMember, Vote


class CommissionQueries:
    """The part of a reading that looks at the commission."""

    _connection: Connection

    def commission_members(self, campaign_id: int) -> Sequence[CommissionMember]:
        """The campaign's members, those who left included."""
        return load_members(self._connection, campaign_id)

    def meetings(self, campaign_id: int) -> Sequence[Meeting]:
        """The campaign's sittings by date."""
        return load_meetings(self._connection, campaign_id)

    def meeting_by_no(self, campaign_id: int, minutes_no: str) -> Meeting:
        """The sitting with this number of minutes; Refused (meeting_unknown) when there is none."""
        found = load_meetings(self._connection, campaign_id, minutes_no)
        if not found:
            raise Refused("meeting_unknown", minutes=minutes_no)
        return found[0]

    def attendance(self, meeting_id: int) -> Sequence[Attendance]:
        """Who was at a sitting and who was not."""
        return load_attendance(self._connection, meeting_id)

    def resolutions(self, meeting_id: int) -> Sequence[Resolution]:
        """A sitting's items in their order."""
        return load_resolutions(self._connection, meeting_id)

    def votes(self, campaign_id: int, minutes_no: str) -> Sequence[Vote]:
        """The votes of one minutes."""
        return load_votes(self._connection, campaign_id, minutes_no)

    def interests(self, campaign_id: int) -> Sequence[Interest]:
        """Every interest declared, those withdrawn included."""
        return load_interests(self._connection, campaign_id)

    def appeals(self, campaign_id: int) -> Sequence[Appeal]:
        """The campaign's appeals in the order they came in."""
        return load_appeals(self._connection, campaign_id)

    def sitting_acts(self, campaign_id: int, minutes_no: str) -> list[SittingAct]:
        """What was recorded under a minutes' number, in the order it was done.

        Placements carry no number of their own: those a run sealed under these minutes was the first to obey
        belong to it.
        """
        acts = [
            *self._tie_acts(campaign_id, minutes_no),
            *self._run_acts(campaign_id, minutes_no),
            *self._campaign_acts(campaign_id, minutes_no),
            *self._appeal_acts(campaign_id, minutes_no),
        ]
        dated = [act for act in acts if act.at is not None]
        return sorted(dated, key=lambda act: str(act.at)) + [act for act in acts if act.at is None]

    def _tie_acts(self, campaign_id: int, minutes_no: str) -> Iterator[SittingAct]:
        decided = select(tie_decision).where(
            tie_decision.c.campaign == campaign_id, tie_decision.c.minutes_no == minutes_no
        )
        for row in self._connection.execute(decided.order_by(tie_decision.c.id)):
            numbers = (
                select(application.c.no)
                .join(tie_order, tie_order.c.application == application.c.id)
                .where(tie_order.c.tie == row.id)
                .order_by(tie_order.c.place)
            )
            yield SittingAct(
                kind="lot" if row.kind == "lot" else "tie",
                at=moment_of(row.decided_at, row.decided_at_offset),
                by=row.decided_by,
                subject=row.pool,
                facts={
                    "order": ", ".join(self._connection.execute(numbers).scalars()),
                    "seed": row.seed,
                    "present": row.present,
                    "revoked": bool(row.revoked_at),
                },
            )

    def _run_acts(self, campaign_id: int, minutes_no: str) -> Iterator[SittingAct]:
        sealed = (
            select(run).where(run.c.campaign == campaign_id, run.c.kind == "sealed").order_by(run.c.sealed_at)
        )
        since = ""
        for row in self._connection.execute(sealed):
            if row.minutes_no == minutes_no:
                yield from self._placements(campaign_id, since, row.sealed_at)
                yield SittingAct(
                    kind="run_sealed",
                    at=utc_or_none(row.sealed_at),
                    by=row.sealed_by,
                    subject=str(row.no),
                    facts={"run": row.no, "awards": row.awards, "fingerprint": row.fingerprint},
                )
            since = row.sealed_at
        cascades = (
            select(cascade, run.c.no)
            .join(run, run.c.id == cascade.c.run)
            .where(cascade.c.campaign == campaign_id, cascade.c.minutes_no == minutes_no)
        )
        for row in self._connection.execute(cascades.order_by(cascade.c.id)):
            yield SittingAct(
                kind="cascade", at=utc_of(row.at), by=row.by, subject=str(row.no), facts={"run": row.no}
            )

    def _placements(self, campaign_id: int, since: str, until: str) -> Iterator[SittingAct]:
        query = (
            select(placement, application.c.no)
            .join(application, application.c.id == placement.c.application)
            .where(
                placement.c.campaign == campaign_id,
                placement.c.placed_at > since,
                placement.c.placed_at <= until,
                (placement.c.revoked_at == "") | (placement.c.revoked_at > until),
            )
            .order_by(placement.c.id)
        )
        for row in self._connection.execute(query):
            yield SittingAct(
                kind="placement",
                at=moment_of(row.placed_at, row.placed_at_offset),
                by=row.placed_by,
                subject=row.pool,
                facts={"no": row.no, "reason": row.reason},
            )

    def _campaign_acts(self, campaign_id: int, minutes_no: str) -> Iterator[SittingAct]:
        query = select(campaign_act).where(
            campaign_act.c.campaign == campaign_id, campaign_act.c.minutes_no == minutes_no
        )
        for row in self._connection.execute(query.order_by(campaign_act.c.id)):
            yield SittingAct(
                kind=row.kind,
                at=moment_of(row.at, row.at_offset),
                by=row.by,
                facts={"reason": row.reason},
            )

    def _appeal_acts(self, campaign_id: int, minutes_no: str) -> Iterator[SittingAct]:
        query = (
            select(appeal, application.c.no)
            .join(application, application.c.id == appeal.c.application)
            .where(
                appeal.c.campaign == campaign_id, appeal.c.minutes_no == minutes_no, appeal.c.decision != ""
            )
        )
        for row in self._connection.execute(query.order_by(appeal.c.id)):
            yield SittingAct(
                kind=f"appeal_{row.decision}",
                at=None,
                by="",
                subject=row.no,
                facts={"no": row.no, "about": row.subject},
            )
