"""What is still open before a campaign is published or closed: how many, and whose; it changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from grants_app.domain.award import AwardState
from grants_app.services import appeals, duplicates

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grants_app.domain.runs import RunRecord
    from grants_app.services.access import Office
    from grants_app.services.appeals import AppealLine

Matter = Literal[
    "overdue", "unanswered", "appeals", "appeals_without_run", "conflicts", "duplicates", "no_letter", "key"
]
MATTERS: tuple[Matter, ...] = get_args(Matter)


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """One matter still open: how many cases, and the applications behind the count where there are any."""

    code: Matter
    count: int
    applications: tuple[str, ...] = ()


def before_publishing(office: Office) -> tuple[OpenMatter, ...]:
    """What is still open when a list is published; empty when nothing is."""
    return _found(office, frozenset(MATTERS) - {"unanswered", "no_letter"})


def before_closing(office: Office) -> tuple[OpenMatter, ...]:
    """What is still open when the campaign is closed: nothing of it can be done any more then."""
    return _found(office, frozenset(MATTERS))


def _found(office: Office, asked: Iterable[Matter]) -> tuple[OpenMatter, ...]:
    # These load all that draws and signs: not with the first screen.
    from grants_app.services.letters import KIND
    from grants_app.services.office import keys

    now = office.clock()
    with office.store.reading() as reading:
        held = [award for award in reading.awards(office.campaign_id) if award.state.holds_seat]
        sealed = reading.last_run(office.campaign_id, "sealed")
        waiting = [one.no for one in reading.applications(office.campaign_id) if one.in_conflict]
        papers = reading.papers(office.campaign_id, kind=KIND)
    lettered = {paper.award for paper in papers if paper.state == "issued"}
    lines = appeals.lines(office)
    pairs = duplicates.pairs(office)
    unproven = bool(lettered) and not office.campaign().setup.sample and not keys.published(office)
    found: dict[Matter, Iterable[str]] = {
        "overdue": [one.application_no for one in held if one.overdue(now)],
        "unanswered": [
            one.application_no for one in held if one.state is AwardState.OFFERED and not one.overdue(now)
        ],
        "appeals": [line.application_no for line in lines if line.state in ("open", "overdue")],
        "appeals_without_run": [line.application_no for line in lines if _without_run(line, sealed)],
        "conflicts": waiting,
        "duplicates": [no for pair in pairs for no in (pair.first_no, pair.second_no)],
        "no_letter": [one.application_no for one in held if one.id not in lettered],
        "key": [""] if unproven else [],
    }
    wanted = frozenset(asked)
    matters = []
    for code in MATTERS:
        numbers = tuple(found[code])
        count = len(pairs) if code == "duplicates" else len(numbers)
        if count and code in wanted:
            matters.append(OpenMatter(code, count, tuple(no for no in dict.fromkeys(numbers) if no)))
    return tuple(matters)


def _without_run(line: AppealLine, sealed: RunRecord | None) -> bool:
    """Whether an appeal was granted and no run was sealed since the one it is held against."""
    if line.state != "granted" or line.run_kind == "sealed":
        return False
    before = line.effect.before
    return sealed is None or before is None or sealed.no <= before
