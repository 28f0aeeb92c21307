"""Whether a campaign is set up well enough to begin, line by line, and what each line still lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from grants_app.domain.values import LANGS, Names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grants_app.domain.campaign import CampaignSetup
    from grants_app.domain.ruleset import RuleSet

LineCode = Literal["branches", "names", "seats", "dates", "rules", "signatories", "papers", "backup", "key"]
LINES: tuple[LineCode, ...] = (
    *("branches", "names", "seats", "dates", "rules"),
    *("signatories", "papers", "backup", "key"),
)
Place = Literal[
    "branches", "programmes", "seats", "calendar", "rules", "signatories", "papers", "backup", "keys"
]
LETTER = "award_letter"
# Dates no campaign does without, and which comes before which where both are set.
NEEDED_DATES = ("open", "close", "confirm")
EARLIER = (
    ("open", "close"),
    ("close", "list"),
    ("close", "commission"),
    ("list", "confirm"),
    ("commission", "confirm"),
    ("close", "confirm"),
    ("confirm", "study"),
)
_NAMED = 5  # things named in a sentence before the rest is only counted


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessFacts:
    """What a set-up does not say: the day, whether backups have a place of their own, the key is out.

    `made_up` are the names of the sample's signatories: in a real campaign they are left over from it.
    """

    today: date
    backup_place: bool
    key_published: bool
    made_up: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing lacking, as a code the catalogue words; a fact is a text, or a text by language."""

    code: str
    facts: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyLine:
    """One line of the checklist: done or what is lacking, and the place in the program where it is done."""

    code: LineCode
    lacking: tuple[Lack, ...]
    place: Place

    @property
    def done(self) -> bool:
        """Whether nothing is lacking."""
        return not self.lacking


def checklist(setup: CampaignSetup, rules: RuleSet | None, facts: ReadinessFacts) -> tuple[ReadyLine, ...]:
    """Every line, in the order an office goes through them."""
    seats = tuple(_seats(setup))
    no_programme = any(one.code == "lacking_programmes" for one in seats)
    names, at = _names(setup)
    return (
        ReadyLine(code="branches", lacking=tuple(_branches(setup)), place="branches"),
        ReadyLine(code="names", lacking=names, place=at),
        ReadyLine(code="seats", lacking=seats, place="programmes" if no_programme else "seats"),
        ReadyLine(code="dates", lacking=tuple(_dates(setup)), place="calendar"),
        ReadyLine(code="rules", lacking=tuple(_rules(setup, rules, facts.today)), place="rules"),
        ReadyLine(code="signatories", lacking=tuple(_signatories(setup, facts)), place="signatories"),
        ReadyLine(code="papers", lacking=tuple(_papers(setup)), place="papers"),
        ReadyLine(code="backup", lacking=_unless("lacking_backup", facts.backup_place), place="backup"),
        ReadyLine(code="key", lacking=_unless("lacking_key", facts.key_published), place="keys"),
    )


def intake_lacks(setup: CampaignSetup, rules: RuleSet | None) -> tuple[Lack, ...]:
    """What keeps applications from being typed in: no branch, no programme with seats to choose, no rules."""
    found = [*_branches(setup)]
    if not any(_offered(setup)):
        found.append(Lack("lacking_programmes"))
    if rules is None:
        found.append(Lack("lacking_rules"))
    return tuple(found)


def _unless(code: str, done: bool) -> tuple[Lack, ...]:  # noqa: FBT001 - a fact, read where it is given
    return () if done else (Lack(code),)


def _offered(setup: CampaignSetup) -> Iterator[str]:
    """Pools a new applicant can choose."""
    branches = {branch.code for branch in setup.branches if not branch.closed}
    programmes = {programme.code for programme in setup.programmes if not programme.closed}
    for pool in setup.pools:
        if not pool.closed and pool.branch in branches and pool.programme in programmes:
            yield pool.id


def _branches(setup: CampaignSetup) -> Iterator[Lack]:
    if all(branch.closed for branch in setup.branches):
        yield Lack("lacking_branches")


def _names(setup: CampaignSetup) -> tuple[tuple[Lack, ...], Place]:
    """Which names are lacking in which language, and the place of the first thing that lacks one."""
    things: list[tuple[Place, Names, Names]] = [("branches", _same(setup.code), setup.titles)]
    for branch in setup.branches:
        if not branch.closed:
            called = _same(branch.code)
            things += [("branches", called, one) for one in (branch.names, branch.short, branch.city)]
    things += [("programmes", _same(one.code), one.names) for one in setup.programmes if not one.closed]
    for signatory in setup.signatories:
        if not signatory.closed:
            called = signatory.name
            things += [("signatories", called, signatory.name), ("signatories", called, signatory.post)]
    things += [("papers", one.names, one.names) for one in setup.required_papers if not one.closed]
    things += [("calendar", one.names, one.names) for one in setup.deadlines if not one.closed]
    found = []
    for lang in LANGS:
        lacking = [name for _, name, names in things if not getattr(names, lang)]
        if lacking:
            found.append(Lack(f"lacking_name_{lang}", {"names": listed(lacking)}))
    first = next((place for place, _, one in things if not all(getattr(one, lang) for lang in LANGS)), None)
    return tuple(found), first or "branches"


def listed(names: Iterable[Names]) -> dict[str, str]:
    """The first few names in each language, each once, and how many more there are."""
    each = list(dict.fromkeys(names))
    more = f" … +{len(each) - _NAMED}" if len(each) > _NAMED else ""
    return {lang: ", ".join(name.get(lang) for name in each[:_NAMED]) + more for lang in LANGS}


def _same(text: str) -> Names:
    """A code, which is the same in every language."""
    return Names(*([text] * len(LANGS)))


def _seats(setup: CampaignSetup) -> Iterator[Lack]:
    if not any(_offered(setup)):
        yield Lack("lacking_programmes")
    without = [_same(pool.programme) for pool in setup.pools if not pool.closed and not pool.seats]
    pooled = {pool.programme for pool in setup.pools}
    without += [_same(one.code) for one in setup.programmes if not one.closed and one.code not in pooled]
    if without:
        yield Lack("lacking_programme_seats", {"names": listed(without)})
    seats = sum(pool.seats for pool in setup.pools)
    if not setup.total:
        yield Lack("lacking_total")
    elif seats != setup.total:
        yield Lack("lacking_seats", {"seats": str(seats), "total": str(setup.total)})


def _dates(setup: CampaignSetup) -> Iterator[Lack]:
    for kind in NEEDED_DATES:
        if setup.deadline(kind) is None:
            yield Lack("lacking_date", {"kind_code": f"calendar_{kind}"})
    for first, second in EARLIER:
        one, other = setup.deadline(first), setup.deadline(second)
        if one is not None and other is not None and one.at >= other.at:
            yield Lack(
                "lacking_date_order",
                {"first_code": f"calendar_{first}", "second_code": f"calendar_{second}"},
            )
    if setup.code.isdecimal():
        for deadline in setup.deadlines:
            if not deadline.closed and abs(deadline.at.year - int(setup.code)) > 1:
                facts = {"kind_code": f"calendar_{deadline.code}", "year": str(deadline.at.year)}
                yield Lack("lacking_date_year", facts)


def _rules(setup: CampaignSetup, rules: RuleSet | None, today: date) -> Iterator[Lack]:
    if rules is None:
        yield Lack("lacking_rules")
        return
    if rules.in_force_from > today:
        yield Lack("lacking_rules_yet", {"from_on": rules.in_force_from.isoformat()})
    unsaid = [
        _same(one.code) for one in setup.programmes if not one.closed and rules.programme(one.code) is None
    ]
    if unsaid:
        yield Lack("lacking_tests", {"names": listed(unsaid)})
    grounds = {ground.code for ground in rules.grounds}
    unknown = [
        paper.names
        for paper in setup.required_papers
        if not paper.closed and paper.condition and paper.condition not in grounds
    ]
    if unknown:
        yield Lack("lacking_ground", {"names": listed(unknown)})


def _signatories(setup: CampaignSetup, facts: ReadinessFacts) -> Iterator[Lack]:
    unsigned = [
        branch.short if branch.short.get("ru") else _same(branch.code)
        for branch in setup.branches
        if not branch.closed and not setup.signers(branch.code, LETTER, facts.today)
    ]
    if unsigned or not setup.branches:
        yield Lack("lacking_signatories", {"names": listed(unsigned)})
    left = [
        one.name
        for one in setup.signatories
        if not one.closed and any(getattr(one.name, lang) in facts.made_up for lang in LANGS)
    ]
    if left:
        yield Lack("lacking_real_signatory", {"names": listed(left)})


def _papers(setup: CampaignSetup) -> Iterator[Lack]:
    if not any(paper.when == "always" and not paper.closed for paper in setup.required_papers):
        yield Lack("lacking_required_papers")
