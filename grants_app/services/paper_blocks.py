"""Which papers an application's file lacks, and what that stops by the rules; it reads nothing itself.

An offer is stopped by `eligibility`, which is told what a file lacks; letter and confirmation ask here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants_app.domain.application import State
from grants_app.rules import completeness

if TYPE_CHECKING:
    from grants_app.domain.application import Application
    from grants_app.domain.campaign import CampaignSetup
    from grants_app.domain.ruleset import RuleSet, Stage


def lacking(application: Application, setup: CampaignSetup) -> tuple[str, ...]:
    """Codes of the papers asked for here that the file does not hold, in the campaign's order."""
    day = completeness.day_of(application.entry, application.entered_at, setup)
    return tuple([paper.code for paper in completeness.absent_papers(application.entry, setup, day)])


def kept(application: Application) -> bool:
    """Whether the office ticked the file's papers off; of a workbook's row nobody opened they are unknown."""
    return bool(application.entry.checklist) or application.state is State.INCOMPLETE


def stopping(application: Application, setup: CampaignSetup, rules: RuleSet, stage: Stage) -> tuple[str, ...]:
    """Codes of the missing papers that stop this stage by the rules; empty when nothing does."""
    blocking = rules.blocking(stage)
    if not blocking or not (kept(application) or rules.unkept_papers_block):
        return ()
    return tuple(paper for paper in lacking(application, setup) if paper in blocking)
