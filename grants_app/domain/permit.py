"""The permit an act begins with: who does it, in which role, at which branch, and what it is about."""

from __future__ import annotations

from dataclasses import dataclass

from grants_app.domain.journal import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """Leave to do one act; no writing transaction opens without it and the journal is written from it.

    `account`, `role` and `branch` say who acts and from which desk; `act` is a row of the table of rights.
    `concerned` is the branch whose applicant, seat or paper the act is about, `subject` its number, where
    the act knows them beforehand.
    """

    account: str
    role: Role
    branch: str
    act: str
    concerned: str = ""
    subject: str = ""
