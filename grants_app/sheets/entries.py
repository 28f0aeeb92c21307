"""One row's cells made into an entry, remembering which cell each value came from; it judges nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from grants_app.domain import judging, pin, places
from grants_app.domain.application import (
    Entry,
    GroundClaim,
    PersonFacts,
    Phone,
    School,
    Score,
    Sex,
)
from grants_app.domain.campaign import CampaignSetup
from grants_app.domain.imports import Issue, IssueSeverity
from grants_app.domain.names import NameParts, split_name, tidy_text
from grants_app.domain.phones import split_numbers
from grants_app.sheets.cells import ProgrammeWords, read_date, read_number, text_of
from grants_app.sheets.columns import Table, letters
from grants_app.sheets.reader import Cell
from grants_app.sheets.vocabulary import Vocabulary

CRITERIA = (judging.MAIN_TEST, judging.AVERAGE, *judging.SUBJECTS)
CHOICES = ("choice1", "choice2", "choice3", "choice4")

_BETWEEN_GROUNDS = re.compile(r"[,;/+\n]")
_YEAR = re.compile(r"20\d\d")
_SEVERITIES: dict[str, IssueSeverity] = {
    "day_first": "fixed",
    "month_first": "fixed",
    "date_order_unclear": "warning",
    "date_unreadable": "error",
}


@dataclass(slots=True)
class Draft:
    """A row's entry with the reader's own findings and, by field, the cells its values came from."""

    entry: Entry
    issues: list[Issue]
    cells: dict[str, str] = field(default_factory=dict)

    def with_cell(self, issue: Issue) -> Issue:
        """The judge's issue, with the address of the cell it is about."""
        name = issue.facts.get("part", issue.field)
        if issue.field == "choices":
            name = f"choices:{issue.facts.get('position', '1')}"
        return replace(issue, cell=self.cells.get(name, ""))


class EntryReader:
    """Reads the rows of one table; keeps what it worked out for a word, since lists repeat themselves."""

    def __init__(
        self,
        table: Table,
        setup: CampaignSetup,
        today: date,
        vocabulary: Vocabulary,
        branch: str,
        file: str,
    ) -> None:
        """Prepare for the rows of `table`, received by `branch`, scores read in `file`."""
        self._columns = table.places
        self._letters = {name: letters(place) for name, place in table.places.items()}
        self._programmes = ProgrammeWords(setup)
        self._today = today
        self._vocabulary = vocabulary
        self._branch = branch
        self._file = file
        year = _YEAR.search(setup.code)
        self._year = int(year.group()) if year else today.year
        self._kinds = places.kinds_on(vocabulary.school_kinds, today)
        self._regions: dict[str, str] = {}
        self._school_kinds: dict[tuple[str, str], str] = {}

    def cell(self, name: str, row: int) -> str:
        """The address of a field's cell in a row ("G24"), "" when the table has no such column."""
        letter = self._letters.get(name, "")
        return f"{letter}{row}" if letter else ""

    def read(self, cells: Sequence[Cell], row: int) -> Draft:
        """The row's entry as written, only its words translated to codes; nothing in it is judged yet."""
        draft = Draft(Entry(person=PersonFacts(surname="", given="")), [])
        draft.cells = {name: f"{letter}{row}" for name, letter in self._letters.items()}
        region, district = self._place(cells, draft)
        school = School(
            name=self._text(cells, "school"),
            kind=self._school_kind(region, district),
            region=region,
            district=district,
            graduated=self._graduated(cells),
        )
        draft.entry = Entry(
            person=self._person(cells, draft, region, district),
            branch=self._branch,
            register_no=tidy_text(self._text(cells, "register_no")),
            school=school,
            scores=self._scores(cells, draft),
            choices=self._choices(cells, draft),
            grounds=self._grounds(cells, draft),
            note=self._text(cells, "note"),
        )
        return draft

    def _text(self, cells: Sequence[Cell], name: str) -> str:
        return text_of(self._value(cells, name))

    def _value(self, cells: Sequence[Cell], name: str) -> Cell:
        place = self._columns.get(name)
        return None if place is None or place >= len(cells) else cells[place]

    def _person(self, cells: Sequence[Cell], draft: Draft, region: str, district: str) -> PersonFacts:
        parts = self._name(cells, draft)
        number = pin.tidy_pin(self._text(cells, "pin"))
        says = pin.pin_facts("" if pin.pin_problem(number) else number)
        document = self._text(cells, "document")
        return PersonFacts(
            surname=parts.surname,
            given=parts.given,
            patronymic=parts.patronymic,
            latin=self._text(cells, "latin"),
            sex=self._sex(cells, draft) or says.sex,
            born=self._born(cells, draft, says.born),
            pin=self._text(cells, "pin"),
            document_kind=_document_kind(document),
            document_no=document,
            region=region,
            district=district,
            address=self._text(cells, "address"),
            email=self._text(cells, "email"),
            phones=tuple(Phone(number) for number in split_numbers(self._text(cells, "phone"))),
        )

    def _name(self, cells: Sequence[Cell], draft: Draft) -> NameParts:
        """The name's parts from columns of their own, or split from a whole name."""
        if "surname" in self._columns or "name" not in self._columns:
            texts = (self._text(cells, name) for name in ("surname", "given", "patronymic"))
            return NameParts(*texts)
        whole = tidy_text(self._text(cells, "name"))
        parts = split_name(whole)
        for name in ("surname", "given", "patronymic"):
            draft.cells.setdefault(name, draft.cells["name"])
        if not parts.sure:
            facts = {"value": whole, "surname": parts.surname, "given": parts.given}
            self._add(draft, "warning", "name", "name_split_unsure", facts)
        return parts

    def _sex(self, cells: Sequence[Cell], draft: Draft) -> Sex:
        text = self._text(cells, "sex")
        if not text:
            return ""
        match self._vocabulary.sexes.get(places.fold(text)):
            case "F":
                return "F"
            case "M":
                return "M"
        self._add(draft, "warning", "sex", "sex_unreadable", {"value": text})
        return ""

    def _born(self, cells: Sequence[Cell], draft: Draft, says: date | None) -> date | None:
        cell = self._value(cells, "born")
        reading = read_date(cell, says, self._today, self._vocabulary.months)
        if reading.code:
            facts = {"value": text_of(cell), "date": reading.value.isoformat() if reading.value else ""}
            self._add(draft, _SEVERITIES[reading.code], "born", reading.code, facts)
        return reading.value if reading.value or reading.code else says

    def _place(self, cells: Sequence[Cell], draft: Draft) -> tuple[str, str]:
        """Region code and district; a region nobody knows is kept in front of the district's words."""
        text = tidy_text(self._text(cells, "region"))
        district = tidy_text(self._text(cells, "district"))
        region = self._regions.get(text)
        if region is None:
            region = self._regions[text] = places.region_code(text, self._vocabulary.regions)
        if text and not region:
            self._add(draft, "warning", "region", "unknown_region", {"value": text})
            district = ", ".join(part for part in (text, district) if part)
        return region, district

    def _school_kind(self, region: str, district: str) -> str:
        kind = self._school_kinds.get((region, district))
        if kind is None:
            kind = places.school_kind(region, district, self._kinds) if self._kinds else ""
            self._school_kinds[region, district] = kind
        return kind

    def _graduated(self, cells: Sequence[Cell]) -> int:
        """The year school was finished; without a readable one, the campaign's year."""
        match = _YEAR.search(self._text(cells, "graduated"))
        return int(match.group()) if match else self._year

    def _scores(self, cells: Sequence[Cell], draft: Draft) -> tuple[Score, ...]:
        scores: list[Score] = []
        for criterion in CRITERIA:
            cell = self._value(cells, criterion)
            if cell is None or (isinstance(cell, str) and self._says_absent(cell)):
                continue
            number = read_number(cell)
            if number is None:
                self._add(draft, "error", criterion, "score_unreadable", {"value": text_of(cell)})
            else:
                value = Decimal(judging.plain(number))
                scores.append(Score(criterion=criterion, value=value, source=self._file))
        return tuple(scores)

    def _says_absent(self, text: str) -> bool:
        key = places.fold(text)
        return not key or key in self._vocabulary.absent

    def _choices(self, cells: Sequence[Cell], draft: Draft) -> tuple[str, ...]:
        choices: list[str] = []
        for name in CHOICES:
            text = tidy_text(self._text(cells, name))
            if not text or self._says_absent(text):
                continue
            choices.append(self._programmes.pool(text))
            draft.cells[f"choices:{len(choices)}"] = draft.cells[name]
        return tuple(choices)

    def _grounds(self, cells: Sequence[Cell], draft: Draft) -> tuple[GroundClaim, ...]:
        text = self._text(cells, "grounds")
        if not text:
            return ()
        codes: dict[str, None] = {}
        for part in _BETWEEN_GROUNDS.split(text):
            key = places.fold(part)
            if code := self._vocabulary.grounds.get(key):
                codes[code] = None
            elif key and key not in self._vocabulary.absent:
                self._add(draft, "warning", "grounds", "unknown_ground", {"value": part.strip()})
        return tuple(GroundClaim(ground=code) for code in codes)

    @staticmethod
    def _add(draft: Draft, severity: IssueSeverity, name: str, code: str, facts: dict[str, str]) -> None:
        draft.issues.append(Issue(severity, name, code, draft.cells.get(name, ""), facts))


def _document_kind(number: str) -> str:
    text = number.strip().upper()
    if not text:
        return ""
    return "id_card" if text.startswith("ID") else "passport"
