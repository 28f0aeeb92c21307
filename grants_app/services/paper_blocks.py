"""Which papers an application's file lacks, and what that stops by the rules; it reads nothing itself.

An offer is stopped by `eligibility`, which is told what a file lacks; letter and confirmation ask here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants_app.domain.application import State

if TYPE_CHECKING:
    from grants_app.domain.application import Application, Entry
    from grants_app.domain.campaign import CampaignSetup
    from grants_app.domain.ruleset import RuleSet, Stage


def lacking(entry: Entry, setup: CampaignSetup) -> tuple[str, ...]:
    """Codes of the papers this file ought to hold and does not, in the campaign's order.

    A paper with a condition is one of them only where that ground is claimed.
    """
    held = {item.item for item in entry.checklist if item.received}
    claimed = {claim.ground for claim in entry.grounds}
    return tuple(
        [
            paper.code
            for paper in setup.required_papers
            if paper.code not in held and (not paper.condition or paper.condition in claimed)
        ]
    )


def kept(application: Application) -> bool:
    """Whether the office ticked the file's papers off; of a workbook's row nobody opened they are unknown."""
    return bool(application.entry.checklist) or application.state is State.INCOMPLETE


def stopping(application: Application, setup: CampaignSetup, rules: RuleSet, stage: Stage) -> tuple[str, ...]:
    """Codes of the missing papers that stop this stage by the rules; empty when nothing does."""
    blocking = rules.blocking(stage)
    if not blocking or not (kept(application) or rules.unkept_papers_block):
        return ()
    return tuple(paper for paper in lacking(application.entry, setup) if paper in blocking)
