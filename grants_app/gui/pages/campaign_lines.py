"""The lines of a campaign's set-up, and what a change of one makes of it; it draws and writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from grants_app.domain.errors import Refused
from grants_app.domain.values import Names
from grants_app.wording import local, local_day

if TYPE_CHECKING:
    from grants_app.domain.campaign import CampaignSetup
    from grants_app.gui.qt_words import Speech

Section = Literal["seats", "calendar", "signatories", "papers"]
SECTIONS: tuple[Section, ...] = ("seats", "calendar", "signatories", "papers")

TEXTS: Mapping[Section, tuple[str, ...]] = {
    "seats": ("seats",),
    "calendar": ("day", "hour", "order_no", "reason"),
    "signatories": ("name", "post_ky", "post_ru", "post_kk", "post_en"),
    "papers": ("name_ky", "name_ru", "name_kk", "name_en", "count"),
}
"""The fields of one line that may be changed, by section."""


@dataclass(frozen=True, slots=True)
class SetupLine:
    """One line of a section: where it stands in the set-up, its cells as shown, its values as typed."""

    section: Section
    place: int
    title: str
    cells: tuple[str, ...]
    values: Mapping[str, str]


def lines_of(words: Speech, setup: CampaignSetup, section: Section) -> tuple[SetupLine, ...]:
    """The lines of a section in the language in force."""
    makers: Mapping[Section, Callable[[Speech, CampaignSetup], tuple[SetupLine, ...]]] = {
        "seats": _seats,
        "calendar": _calendar,
        "signatories": _signatories,
        "papers": _papers,
    }
    return makers[section](words, setup)


def _seats(words: Speech, setup: CampaignSetup) -> tuple[SetupLine, ...]:
    lines = []
    for place, pool in enumerate(setup.pools):
        programme = setup.programme(pool.programme)
        name = programme.names.get(words.lang)
        branch = setup.branch(pool.branch).short.get(words.lang)
        cells = (name, programme.code, branch, words.code(f"programme_{pool.level}"), str(pool.seats))
        lines.append(SetupLine("seats", place, name, cells, {"seats": str(pool.seats)}))
    return tuple(lines)


def _calendar(words: Speech, setup: CampaignSetup) -> tuple[SetupLine, ...]:
    lines = []
    for place, deadline in enumerate(setup.deadlines):
        at = deadline.at
        name = deadline.names.get(words.lang)
        values = {
            "day": words.current.date(local_day(at, setup.zone)),
            "hour": words.current.clock(local(at, setup.zone)),
            "order_no": deadline.order_no,
            "reason": deadline.reason,
        }
        cells = (name, values["day"], values["hour"], deadline.order_no, deadline.reason)
        lines.append(SetupLine("calendar", place, name, cells, values))
    return tuple(lines)


def _signatories(words: Speech, setup: CampaignSetup) -> tuple[SetupLine, ...]:
    lines = []
    for place, one in enumerate(setup.signatories):
        kind = words.code(f"signs_{one.paper}") if one.paper else words("other documents")
        branch = setup.branch(one.branch).short.get(words.lang)
        values = {"name": one.name} | {
            f"post_{lang}": getattr(one.post, lang) for lang in ("ky", "ru", "kk", "en")
        }
        lines.append(
            SetupLine(
                "signatories", place, one.name, (branch, kind, one.post.get(words.lang), one.name), values
            )
        )
    return tuple(lines)


def _papers(words: Speech, setup: CampaignSetup) -> tuple[SetupLine, ...]:
    lines = []
    for place, paper in enumerate(setup.required_papers):
        name = paper.names.get(words.lang)
        when = (
            words("if in the category")
            if paper.condition
            else words("always")
            if paper.required
            else words("if available")
        )
        kind = words("original") if paper.original else words("copy")
        values = {f"name_{lang}": getattr(paper.names, lang) for lang in ("ky", "ru", "kk", "en")}
        values["count"] = str(paper.count)
        lines.append(SetupLine("papers", place, name, (name, when, kind, str(paper.count)), values))
    return tuple(lines)


def changed(setup: CampaignSetup, line: SetupLine, typed: Mapping[str, str]) -> CampaignSetup:
    """The set-up with one line changed to what was typed; Refused when a number, a date or a name is none."""
    if line.section == "seats":
        pools = list(setup.pools)
        pools[line.place] = replace(pools[line.place], seats=_number(typed["seats"]))
        return replace(setup, pools=tuple(pools))
    if line.section == "calendar":
        deadlines = list(setup.deadlines)
        deadlines[line.place] = replace(
            deadlines[line.place],
            at=datetime.combine(_day(typed["day"]), _hour(typed["hour"]), ZoneInfo(setup.zone)),
            order_no=typed["order_no"].strip(),
            reason=typed["reason"].strip(),
        )
        return replace(setup, deadlines=tuple(deadlines))
    if line.section == "signatories":
        signatories = list(setup.signatories)
        signatories[line.place] = replace(
            signatories[line.place], name=_text(typed["name"]), post=_names(typed, "post")
        )
        return replace(setup, signatories=tuple(signatories))
    papers = list(setup.required_papers)
    papers[line.place] = replace(
        papers[line.place], names=_names(typed, "name"), count=_number(typed["count"])
    )
    return replace(setup, required_papers=tuple(papers))


def with_total(setup: CampaignSetup, typed: str) -> CampaignSetup:
    """The set-up with another number of grants."""
    return replace(setup, total=_number(typed))


def _number(typed: str) -> int:
    text = typed.strip()
    if not text.isdecimal():
        raise Refused("number_not_understood", value=typed)
    return int(text)


def _day(typed: str) -> date:
    try:
        return datetime.strptime(typed.strip(), "%d.%m.%Y").date()  # noqa: DTZ007 - a day of the campaign's own zone
    except ValueError:
        raise Refused("date_not_understood", value=typed) from None


def _hour(typed: str) -> time:
    try:
        return datetime.strptime(typed.strip(), "%H:%M").time()  # noqa: DTZ007 - an hour of the campaign's own zone
    except ValueError:
        raise Refused("hour_not_understood", value=typed) from None


def _text(typed: str) -> str:
    if not typed.strip():
        raise Refused("name_missing")
    return typed.strip()


def _names(typed: Mapping[str, str], prefix: str) -> Names:
    made = Names(**{lang: typed[f"{prefix}_{lang}"].strip() for lang in ("ky", "ru", "kk", "en")})
    _text(made.get("ru"))
    return made
