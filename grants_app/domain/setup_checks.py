"""What a campaign's set-up may hold: things put right as typed, limits, codes taken, pictures; it keeps none.

Names in all four languages, seats that add up and the like are wanted before a campaign is ready
(`readiness`), not before a thing is saved: nobody types everything at once.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from grants_app.domain.campaign import (
    ALL_PAPERS,
    CALENDAR,
    FORMS,
    LEVELS,
    SIGNED_PAPERS,
    Branch,
    CampaignSetup,
    Deadline,
    Pool,
    Programme,
    RequiredPaper,
    Signatory,
)
from grants_app.domain.errors import Refused
from grants_app.domain.names import latin_code, tidy_text
from grants_app.domain.values import LANGS, Names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Part = Literal["branches", "programmes", "pools", "deadlines", "signatories", "required_papers"]
PARTS: tuple[Part, ...] = (
    *("branches", "programmes", "pools"),
    *("deadlines", "signatories", "required_papers"),
)
Thing = Branch | Programme | Pool | Deadline | Signatory | RequiredPaper

NAME_LENGTH = 250
LINE_LENGTH = 250
LETTERHEAD_LINES = 4
CODE_LENGTH = 24
PREFIX_LENGTH = 4
THINGS = 300
MOST_SEATS = 100_000
MOST_MONTHS = 120
MOST_COPIES = 20
EMBLEM_BYTES = 256 * 1024
EMBLEM_SIDES = (32, 2000)
# A year of the calendar, near enough to now that it is no slip of the hand.
YEARS_BACK, YEARS_AHEAD = 10, 2

_CODE = re.compile(r"[A-Z0-9](?:[A-Z0-9.-]*[A-Z0-9])?")
_LETTER = re.compile(r"[A-Z]")
_PREFIX = re.compile(r"[^\W\d_]+")
_PAPER_CODE = re.compile(r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?")
_YEAR = re.compile(r"[0-9]{4}")
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"
_PNG_SIZE = struct.Struct(">II")
_PNG_HEAD = b"\x00\x00\x00\x0dIHDR"

PART_OF: Mapping[type[Thing], Part] = {
    Branch: "branches",
    Programme: "programmes",
    Pool: "pools",
    Deadline: "deadlines",
    Signatory: "signatories",
    RequiredPaper: "required_papers",
}


@dataclass(frozen=True, slots=True)
class Hanging:
    """What hangs on a thing of the set-up, as a code (`hanging_…`), and how much of it."""

    code: str
    count: int


def part_of(thing: Thing) -> Part:
    """The part of a set-up this thing belongs to."""
    return PART_OF[type(thing)]


def key_of(thing: Thing) -> str:
    """What a thing is called by in the journal: its code, or a signatory's name."""
    if isinstance(thing, Pool):
        return thing.id
    if isinstance(thing, Signatory):
        return thing.name.get("ru")
    return thing.code


def things(setup: CampaignSetup, part: Part) -> tuple[Thing, ...]:
    """The things of one part, in their order."""
    found: tuple[Thing, ...] = getattr(setup, part)
    return found


def with_things(setup: CampaignSetup, part: Part, kept: Iterable[Thing]) -> CampaignSetup:
    """The set-up with this part replaced."""
    return replace(setup, **{part: tuple(kept)})  # type: ignore[arg-type] # a part by its name


# ---- put right as typed --------------------------------------------------------------------------------


def tidy(thing: Thing) -> Thing:
    """The thing with spaces, look-alike letters and capitals of codes put right."""
    if isinstance(thing, Branch):
        return replace(
            thing,
            code=latin_code(thing.code),
            letter=latin_code(thing.letter),
            prefix=tidy_text(thing.prefix).upper(),
            names=tidy_names(thing.names),
            short=tidy_names(thing.short),
            city=tidy_names(thing.city),
            address=tidy_names(thing.address),
            phone=tidy_text(thing.phone),
            hours=tidy_names(thing.hours),
            letterhead=Names(**{lang: _tidy_lines(getattr(thing.letterhead, lang)) for lang in LANGS}),
        )
    if isinstance(thing, Programme):
        spellings = dict.fromkeys(tidy_text(one) for one in thing.spellings)
        return replace(
            thing,
            code=latin_code(thing.code),
            branch=latin_code(thing.branch),
            names=tidy_names(thing.names),
            group=latin_code(thing.group),
            spellings=tuple(one for one in spellings if one),
            languages=tuple(lang for lang in LANGS if lang in thing.languages),
        )
    if isinstance(thing, Pool):
        return replace(thing, id=f"{thing.branch}/{thing.programme}")
    if isinstance(thing, Deadline):
        return replace(
            thing,
            names=tidy_names(thing.names),
            order_no=tidy_text(thing.order_no),
            reason=tidy_text(thing.reason),
            note=tidy_text(thing.note),
        )
    if isinstance(thing, Signatory):
        return replace(thing, post=tidy_names(thing.post), name=tidy_names(thing.name))
    return replace(
        thing,
        code=tidy_text(thing.code).lower(),
        names=tidy_names(thing.names),
        condition=tidy_text(thing.condition),
    )


def tidy_names(names: Names) -> Names:
    """Each language's text without needless spaces."""
    return Names(**{lang: tidy_text(getattr(names, lang)) for lang in LANGS})


def _tidy_lines(text: str) -> str:
    return "\n".join(line for line in map(tidy_text, text.splitlines()) if line)


# ---- judged as a whole ---------------------------------------------------------------------------------


def demand_year(code: str, year_now: int) -> str:
    """The campaign's code, which is its year; Refused when it is none, or none near enough to now."""
    typed = tidy_text(code)
    first, last = year_now - YEARS_BACK, year_now + YEARS_AHEAD
    if not _YEAR.fullmatch(typed) or not first <= int(typed) <= last:
        raise Refused("year_not_likely", value=typed, first=str(first), last=str(last))
    return typed


def demand_sound(setup: CampaignSetup) -> None:
    """Refused, with the thing named, unless the set-up can be kept: codes, references, limits, seats."""
    for part in PARTS:
        if len(things(setup, part)) > THINGS:
            raise Refused("setup_too_many", part_code=f"part_{part}", most=str(THINGS))
    _demand_head(setup)
    _demand_branches(setup.branches)
    codes = {branch.code for branch in setup.branches}
    _demand_programmes(setup.programmes, codes)
    _demand_pools(setup, codes)
    _demand_calendar(setup.deadlines)
    _demand_signatories(setup.signatories, codes)
    _demand_papers(setup.required_papers)


def _demand_head(setup: CampaignSetup) -> None:
    _demand_short("titles", setup.titles)
    _demand_named("campaign", setup.titles, setup.code)
    _demand_short("zone_names", setup.zone_names)
    _demand_short("consent_version", setup.consent_version, 40)
    try:
        ZoneInfo(setup.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Refused("zone_unknown", zone=setup.zone[:40]) from error
    if not 0 <= setup.total <= MOST_SEATS:
        raise Refused("setup_number", field_code="setup_total", least="0", most=str(MOST_SEATS))
    seats = sum(pool.seats for pool in setup.pools)
    if seats > setup.total:
        raise Refused("seats_over_total", seats=seats, total=setup.total)


def _demand_branches(branches: Sequence[Branch]) -> None:
    _demand_codes("branches", [branch.code for branch in branches])
    for branch in branches:
        if not _LETTER.fullmatch(branch.letter):
            raise Refused("branch_letter", branch=branch.code)
        if not (_PREFIX.fullmatch(branch.prefix) and len(branch.prefix) <= PREFIX_LENGTH):
            raise Refused("branch_prefix", branch=branch.code, most=str(PREFIX_LENGTH))
        _demand_named("branch", branch.names, branch.code)
        for field in ("names", "short", "city", "address", "hours"):
            _demand_short(field, getattr(branch, field))
        _demand_short("phone", branch.phone)
        for lang in LANGS:
            lines = getattr(branch.letterhead, lang).splitlines()
            if len(lines) > LETTERHEAD_LINES:
                raise Refused("letterhead_long", branch=branch.code, most=str(LETTERHEAD_LINES))
            for line in lines:
                _demand_short("letterhead", line)
    if repeated := _repeated([branch.letter for branch in branches]):
        raise Refused("branch_letter_taken", value=repeated)
    if repeated := _repeated([branch.prefix for branch in branches]):
        raise Refused("branch_prefix_taken", value=repeated)


def _demand_programmes(programmes: Sequence[Programme], branches: set[str]) -> None:
    _demand_codes("programmes", [programme.code for programme in programmes])
    for programme in programmes:
        if programme.branch not in branches:
            raise Refused("setup_branch_unknown", name=programme.code, branch=programme.branch)
        if programme.level not in LEVELS or programme.form not in FORMS:
            raise Refused("setup_kind_unknown", name=programme.code)
        if not 0 <= programme.months <= MOST_MONTHS:
            raise Refused("setup_number", field_code="setup_months", least="0", most=str(MOST_MONTHS))
        if programme.group and not _is_code(programme.group):
            raise Refused("setup_code", value=programme.group, most=str(CODE_LENGTH))
        if len(programme.spellings) > THINGS:
            raise Refused("setup_too_many", part_code="part_programmes", most=str(THINGS))
        _demand_named("programme", programme.names, programme.code)
        _demand_short("names", programme.names)
        for spelling in programme.spellings:
            _demand_short("spellings", spelling)


def _demand_pools(setup: CampaignSetup, branches: set[str]) -> None:
    programmes = {programme.code: programme for programme in setup.programmes}
    if repeated := _repeated([pool.id for pool in setup.pools]):
        raise Refused("setup_code_taken", value=repeated, part_code="part_pools")
    for pool in setup.pools:
        if pool.branch not in branches:
            raise Refused("setup_branch_unknown", name=pool.id, branch=pool.branch)
        if pool.programme not in programmes:
            raise Refused("setup_programme_unknown", name=pool.id, programme=pool.programme)
        if pool.id != f"{pool.branch}/{pool.programme}" or pool.level != programmes[pool.programme].level:
            raise Refused("setup_kind_unknown", name=pool.id)
        if not 0 <= pool.seats <= MOST_SEATS:
            raise Refused("setup_number", field_code="setup_seats", least="0", most=str(MOST_SEATS))
        if pool.closed and pool.seats:
            raise Refused("closed_with_seats", name=pool.id, seats=pool.seats)


def _demand_calendar(deadlines: Sequence[Deadline]) -> None:
    for deadline in deadlines:
        if deadline.code not in CALENDAR:
            raise Refused("setup_kind_unknown", name=deadline.code[:CODE_LENGTH])
        if deadline.at.tzinfo is None:
            raise Refused("setup_moment_without_zone", name=deadline.code)
        _demand_short("names", deadline.names)
        for field in ("order_no", "reason", "note"):
            _demand_short(field, getattr(deadline, field))
    single = [deadline.code for deadline in deadlines if deadline.code != "other"]
    if repeated := _repeated(single):
        raise Refused("calendar_kind_taken", kind_code=f"calendar_{repeated}")


def _demand_signatories(signatories: Sequence[Signatory], branches: set[str]) -> None:
    for one in signatories:
        name = one.name.get("ru")
        if one.branch not in branches:
            raise Refused("setup_branch_unknown", name=name, branch=one.branch)
        if one.paper not in (ALL_PAPERS, *SIGNED_PAPERS):
            raise Refused("setup_kind_unknown", name=name)
        if one.since and one.until and one.until < one.since:
            raise Refused("signatory_dates", name=name, since_on=one.since.isoformat())
        _demand_named("signatory", one.name, one.branch)
        _demand_short("name", one.name)
        _demand_short("post", one.post)


def _demand_papers(papers: Sequence[RequiredPaper]) -> None:
    if repeated := _repeated([paper.code for paper in papers]):
        raise Refused("setup_code_taken", value=repeated, part_code="part_required_papers")
    for paper in papers:
        if not (_PAPER_CODE.fullmatch(paper.code) and len(paper.code) <= CODE_LENGTH):
            raise Refused("setup_code", value=paper.code[:CODE_LENGTH], most=str(CODE_LENGTH))
        if paper.condition and not (
            _PAPER_CODE.fullmatch(paper.condition) and len(paper.condition) <= CODE_LENGTH
        ):
            raise Refused("setup_code", value=paper.condition[:CODE_LENGTH], most=str(CODE_LENGTH))
        if not 1 <= paper.count <= MOST_COPIES:
            raise Refused("setup_number", field_code="setup_count", least="1", most=str(MOST_COPIES))
        _demand_named("required_paper", paper.names, paper.code)
        _demand_short("names", paper.names)


def _demand_codes(part: Part, codes: Sequence[str]) -> None:
    for code in codes:
        if not _is_code(code):
            raise Refused("setup_code", value=code[:CODE_LENGTH], most=str(CODE_LENGTH))
    if repeated := _repeated(codes):
        raise Refused("setup_code_taken", value=repeated, part_code=f"part_{part}")


def _is_code(code: str) -> bool:
    return len(code) <= CODE_LENGTH and bool(_CODE.fullmatch(code))


def _demand_named(kind: str, names: Names, code: str) -> None:
    if not names.get("ru"):
        raise Refused("setup_name_missing", name=code, kind_code=f"thing_{kind}")


def _demand_short(field: str, text: Names | str, most: int = NAME_LENGTH) -> None:
    texts = (text,) if isinstance(text, str) else tuple(getattr(text, lang) for lang in LANGS)
    for one in texts:
        if len(one) > most:
            raise Refused(
                "setup_text_long", field_code=f"setup_{field}", most=str(most), length=str(len(one))
            )


def _repeated(codes: Sequence[str]) -> str:
    """The first code that stands there twice; codes that differ in capitals only are one."""
    seen: set[str] = set()
    for code in codes:
        if code.casefold() in seen:
            return code
        seen.add(code.casefold())
    return ""


# ---- pictures ------------------------------------------------------------------------------------------


def demand_png(content: bytes) -> None:
    """Refused unless these bytes are a whole PNG of a size a letterhead can bear."""
    if len(content) > EMBLEM_BYTES:
        raise Refused("emblem_too_big", has=str(-(-len(content) // 1024)), most=str(EMBLEM_BYTES // 1024))
    head = len(_PNG) + len(_PNG_HEAD)
    if content[:head] != _PNG + _PNG_HEAD or not content.endswith(_PNG_END):
        raise Refused("emblem_not_png")
    width, height = _PNG_SIZE.unpack_from(content, head)
    least, most = EMBLEM_SIDES
    if not (least <= width <= most and least <= height <= most):
        raise Refused("emblem_sides", width=str(width), height=str(height), least=str(least), most=str(most))
