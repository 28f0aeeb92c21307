"""Proving papers and files by keys known here, never by one inside: letters, run files, backups.

What cannot be proven is said as such: not readable is not forged, not known to be void is not in force.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date
from typing import TYPE_CHECKING, Literal

import msgspec

from grants_app.domain.errors import Altered, Refused
from grants_app.domain.papers import LetterFacts
from grants_app.domain.values import LANGS, Names
from grants_app.papers.verify import differing, misnamed, verify_letters
from grants_app.rules import sealing
from grants_app.services import letters, stationery
from grants_app.services.files import read_limited
from grants_app.store.backup import read_back
from grants_app.wording import local_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from grants_app.domain.award import IssuedPaper
    from grants_app.domain.keys import PublicKey, VoidPaper
    from grants_app.domain.papers import LetterCheck
    from grants_app.domain.ranking import SealedRun
    from grants_app.services.access import Office
    from grants_app.services.office.keys import KnownKey
    from grants_app.wording import Words

LIMIT = 2_000_000_000
PAPER_LIMIT = 50_000_000
DONE, REFUSED, ALTERED = 0, 1, 3
MEGAPIXELS = 60
Kind = Literal["letter", "run", "backup", "unknown"]
Verdict = Literal["genuine", "not_proven", "void", "forged", "unreadable"]
_Objection = tuple[Verdict, str, Mapping[str, object]]
PROOFS = (
    *("genuine", "sample", "run", "run_sample", "backup", "name_to_compare", "other_name", "text_unreadable"),
    *("words_differ", "sample_key", "not_the_registers", "not_registered", "revoked", "replaced"),
)
"""Why a file has its verdict, as codes `proof_…`; refusals of what reads it are the others."""
VERDICTS: tuple[Verdict, ...] = ("genuine", "unreadable", "not_proven", "void", "forged")
"""The best first: a file that holds several letters is as good as its worst."""
_EXIT: Mapping[Verdict, int] = {
    "genuine": DONE,
    "not_proven": REFUSED,
    "unreadable": REFUSED,
    "void": ALTERED,
    "forged": ALTERED,
}
# What cannot be proven for want of a key; any other refusal means that nothing could be read.
_WANTING = frozenset({"code_key_unknown", "no_trusted_key", "code_several"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a file, or one letter in it, is: the verdict, why, and what it shows to compare with the paper.

    `shows` are the proven values by name, worded when shown; `facts` the same as codes and ISO dates, for
    machines. `letters` are the letters one by one where a file holds several.
    """

    file: str
    kind: Kind
    verdict: Verdict
    code: str
    why: Mapping[str, object] = field(default_factory=dict)
    shows: Mapping[str, object] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    letters: tuple[Told, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether it is genuine; nothing else is."""
        return self.verdict == "genuine"

    @property
    def exit_code(self) -> int:
        """0 genuine, 1 not proven or not readable, 3 void or forged."""
        return _EXIT[self.verdict]

    def title(self, words: Words) -> str:
        """The verdict in a word or two."""
        return words.code(f"verdict_{self.verdict}")

    def reason(self, words: Words) -> str:
        """Why, and what to do next."""
        return words.code(self.code, **self.why)

    def shown(self, words: Words) -> dict[str, str]:
        """What it shows, by name, in the reader's language."""
        return {key: _worded(words, value) for key, value in self.shows.items()}

    def sentences(self, words: Words) -> list[tuple[str, str]]:
        """What it shows, as labels and values in the reader's language."""
        return [(words.code(f"shows_{key}"), value) for key, value in self.shown(words).items()]

    def as_json(self, words: Words) -> dict[str, object]:
        """As `verify --json` prints it; `code` and `facts` are for machines, the rest for people."""
        told: dict[str, object] = {
            "file": self.file,
            "kind": self.kind,
            "ok": self.ok,
            "verdict": self.verdict,
            "why": self.reason(words),
            "shows": self.shown(words),
            "code": self.code,
            "facts": dict(self.facts),
        }
        if self.letters:
            told["letters"] = [one.as_json(words) for one in self.letters]
        return told


def _worded(words: Words, value: object) -> str:
    """A value as the reader writes it: dates as on papers, names in the language, codes by their words."""
    match value:
        case date():
            return words.date_long(value)
        case Mapping():
            return str(value[words.lang])
        case tuple():
            code, facts = value
            return words.code(code, **facts)
        case _:
            return str(value)


def verify_file(
    path: Path, known: Sequence[KnownKey], *, name: str = "", office: Office | None = None
) -> Told:
    """Prove one file, whatever it is, by the keys known here.

    With the `office` of an open database its register says which letters are in force; a key's published
    list says it elsewhere. `name` is compared with the one in a letter's code.
    """
    kind: Kind = "unknown"
    try:
        data = read_limited(path, LIMIT)
        kind = _kind(data)
        match kind:
            case "letter":
                return _letters(str(path), data, known, name, office)
            case "run":
                return _run(str(path), data, known)
            case "backup":
                return _backup(path)
            case "unknown":
                why = {"file": str(path)}
                return Told(
                    file=str(path), kind=kind, verdict="unreadable", code="verify_unknown_kind", why=why
                )
    except Altered as altered:
        return Told(file=str(path), kind=kind, verdict="forged", code=altered.code, why=altered.facts)
    except Refused as refused:
        verdict: Verdict = "not_proven" if refused.code in _WANTING else "unreadable"
        return Told(file=str(path), kind=kind, verdict=verdict, code=refused.code, why=refused.facts)


def _kind(data: bytes) -> Kind:
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff")):
        return "letter"
    if data.lstrip()[:1] == b"{":
        return "run"
    if data.startswith(b"SQLite format 3\x00"):
        return "backup"
    return "unknown"


# ---- letters -----------------------------------------------------------------------------------------


def _letters(file: str, data: bytes, known: Sequence[KnownKey], name: str, office: Office | None) -> Told:
    if len(data) > PAPER_LIMIT:
        raise Refused("picture_too_large", megapixels=MEGAPIXELS)
    form: Literal["pdf", "picture"] = "pdf" if data.startswith(b"%PDF") else "picture"
    keys = {one.key.public: one for one in known}
    checks = verify_letters(data, form, keys, stationery.wordings(), name.strip() or None)
    told = tuple(_letter(file, check, keys[check.key], office) for check in checks)
    if len(told) == 1:
        return told[0]
    worst = max(told, key=lambda one: VERDICTS.index(one.verdict))
    numbers = ", ".join(str(one.shows["number"]) for one in told)
    return replace(worst, shows={"letters": str(len(told)), "number": numbers}, letters=told)


def _letter(file: str, check: LetterCheck, known: KnownKey, office: Office | None) -> Told:
    """One letter whose code was proven by a known key: what the rest of it is worth."""
    key = known.key
    paper = _registered(office, known.campaign, check.number)
    verdict, code, why = _judged(check, known, paper)
    proven = (check.printed_name or check.given) if check.name == "match" else ""
    programme, branch = key.programmes.get(check.programme), key.branches.get(check.branch)
    shows: dict[str, object] = {"number": check.number}
    if proven:
        shows["name"] = proven
    shows |= {
        "programme": _each(programme, check.programme),
        "branch": _each(branch, check.branch),
        "date": check.issued_on,
    }
    if verdict != "void":
        shows["standing"] = _standing(known, paper)
    if office is not None and paper is not None and paper.application is not None:
        with office.store.reading() as reading:
            shows["registered_name"] = reading.application(paper.application).entry.person.full_name
    if key.sample:
        shows["sample"] = ("shown_sample", {})
    shows["key"] = key.fingerprint
    facts = {
        "number": check.number,
        "programme": check.programme,
        "branch": check.branch,
        "date": check.issued_on.isoformat(),
        "run": str(check.run),
        "name": check.name,
        "text": check.text,
        "key": key.id,
    } | ({"state": paper.state} if paper is not None else {})
    return Told(file=file, kind="letter", verdict=verdict, code=code, why=why, shows=shows, facts=facts)


def _each(names: Names | None, code: str) -> object:
    """A thing's names by language; its code where a bare key names nothing."""
    return code if names is None else {lang: names.get(lang) for lang in LANGS}


def _registered(office: Office | None, campaign: int | None, number: str) -> IssuedPaper | None:
    """The register's letter with this number, in the campaign whose own key proved it."""
    if office is None or campaign is None:
        return None
    with office.store.reading() as reading:
        papers = reading.papers(campaign, kind=letters.KIND)
    return next((paper for paper in papers if paper.number == number), None)


def _judged(check: LetterCheck, known: KnownKey, paper: IssuedPaper | None) -> _Objection:
    """The verdict on a letter with a proven code, the gravest first, and why."""
    genuine: _Objection = ("genuine", "proof_sample" if known.key.sample else "proof_genuine", {})
    objections = (*_of_register(check, known, paper), *_of_name(check), *_of_names(check, known, paper))
    return next(iter(objections), genuine)


def _of_register(check: LetterCheck, known: KnownKey, paper: IssuedPaper | None) -> Iterator[_Objection]:
    """What is wrong with the letter by its key, the register, the list of void letters."""
    number = check.number
    if known.key.sample and check.text == "read" and not _says_sample(check):
        yield "forged", "proof_sample_key", {"number": number}
    if paper is not None:
        facts = msgspec.json.decode(paper.facts, type=LetterFacts)
        if facts.code != check.code:
            yield "not_proven", "proof_not_the_registers", {"number": number}
        elif check.text == "read" and (row := differing(check, facts, stationery.wordings())):
            yield (
                "forged",
                "letter_text_altered",
                {"field": row, "field_code": f"letter_{row}", "number": number},
            )
    if void := known.key.void_paper(number):
        yield "void", *_void(void)
    if known.own and paper is None:
        yield "not_proven", "proof_not_registered", {"number": number}


def _of_name(check: LetterCheck) -> Iterator[_Objection]:
    """What is missing of the name: it does not match, or it is still to be compared."""
    if check.name == "no_match":
        yield "not_proven", "proof_other_name", {}
    elif check.name == "asked":
        code = "proof_text_unreadable" if check.text == "unreadable" else "proof_name_to_compare"
        yield "not_proven", code, {}


def _of_names(check: LetterCheck, known: KnownKey, paper: IssuedPaper | None) -> Iterator[_Objection]:
    """Whether programme and branch are printed as published; a register, where there is one, knew better."""
    names = known.key.programmes.get(check.programme), known.key.branches.get(check.branch)
    if paper is None and check.text == "read" and (row := misnamed(check, *names)):
        yield "not_proven", "proof_words_differ", {"field_code": f"letter_{row}"}


def _says_sample(check: LetterCheck) -> bool:
    words = {wording.say.sample for wording in stationery.wordings().values()}
    return any(word in check.watermark for word in words)


def _void(void: VoidPaper) -> tuple[str, Mapping[str, object]]:
    """Since when a letter is void, and by which it was replaced."""
    on = {"since_on": void.on.isoformat() if void.on else ""}
    if void.replaced_by:
        return "proof_replaced", on | {"number": void.replaced_by}
    return "proof_revoked", on


def _standing(known: KnownKey, paper: IssuedPaper | None) -> object:
    """What is known of a letter's being in force: by the register, by a published list, or nothing."""
    if known.own:
        return ("standing_in_force" if paper is not None else "standing_not_registered", {})
    if known.key.at is not None:
        return (
            "standing_not_known_void_on",
            {"day_on": local_day(known.key.at, known.key.at.tzinfo or UTC).isoformat()},
        )
    return ("standing_not_known_void", {})


# ---- backups and run files ------------------------------------------------------------------------------


def _backup(path: Path) -> Told:
    report = read_back(path)
    facts = {"applications": str(report.applications), "journal": str(report.journal_seq)}
    return Told(
        file=str(path), kind="backup", verdict="genuine", code="proof_backup", shows=facts, facts=facts
    )


def _run(file: str, data: bytes, known: Sequence[KnownKey]) -> Told:
    sealed, key = _proven(data, [one.key for one in known])
    minutes = sealed.inputs.minutes
    facts = {
        "campaign": sealed.inputs.campaign,
        "minutes": f"{minutes.no}, {minutes.date}" if minutes else "",
        "awards": str(len(sealed.result.awards) if sealed.result else 0),
        "fingerprint": sealed.fingerprint,
    }
    shows: dict[str, object] = dict(facts)
    if minutes:
        shows["minutes"] = ("shown_minutes", {"no": minutes.no, "day_on": str(minutes.date)})
    if key.sample:
        shows["sample"] = ("shown_sample", {})
    shows["key"] = key.fingerprint
    return Told(
        file=file,
        kind="run",
        verdict="genuine",
        code="proof_run_sample" if key.sample else "proof_run",
        shows=shows,
        facts=facts | {"key": key.id},
    )


def _proven(data: bytes, keys: Sequence[PublicKey]) -> tuple[SealedRun, PublicKey]:
    """The run and whichever known key signed it; without any key nothing can be proven."""
    if not keys:
        raise Refused("no_trusted_key")
    for key in keys[:-1]:
        try:
            return sealing.verify(data, key.public), key
        except Altered as altered:
            if altered.code != "signature_wrong":
                raise
    return sealing.verify(data, keys[-1].public), keys[-1]
