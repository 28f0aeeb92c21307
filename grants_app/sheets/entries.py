"""One row's cells made into an entry, remembering which cell each value came from; it judges nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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
_Cells = Mapping[str, Cell]  # by field

_NOBODY = Entry(person=PersonFacts(surname="", given=""))
_YEAR = re.compile(r"20\d\d")
_SEVERITIES: dict[str, IssueSeverity] = {
    "day_first": "fixed",
    "month_first": "fixed",
    "date_order_unclear": "warning",
    "date_unreadable": "error",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingContext:
    """What a table is read with: set-up, highest score by criterion, day, words, receiving branch, file."""

    setup: CampaignSetup
    limits: Mapping[str, Decimal]
    today: date
    vocabulary: Vocabulary
    branch: str
    file: str


@dataclass(slots=True)
class Draft:
    """A row's entry with the reader's own findings and, by field, the cells its values came from."""

    row: int
    columns: Mapping[str, str]
    entry: Entry = _NOBODY
    issues: list[Issue] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)

    def cell(self, name: str) -> str:
        """The address of the cell a field came from ("G24"), or ""; a whole name's parts share it."""
        letter = self.columns.get(name) or (self.columns.get("name") if name in judging.NAME_FIELDS else "")
        return f"{letter}{self.row}" if letter else ""

    def with_cell(self, issue: Issue) -> Issue:
        """The judge's issue, with the address of the cell it is about."""
        name = issue.facts.get("part", issue.field)
        if name == "choices":
            place = int(issue.facts.get("position", "1")) - 1
            name = self.choices[place] if place < len(self.choices) else CHOICES[0]
        return replace(issue, cell=self.cell(name))

    def add(self, severity: IssueSeverity, name: str, code: str, facts: Mapping[str, str]) -> None:
        """Note a finding of the reader's own about a field."""
        self.issues.append(Issue(severity, name, code, self.cell(name), facts))


class EntryReader:
    """Reads the rows of one table; keeps what it worked out for a word, since lists repeat themselves."""

    def __init__(self, table: Table, context: ReadingContext) -> None:
        """Prepare for the rows of `table`."""
        setup, today, vocabulary = context.setup, context.today, context.vocabulary
        self._columns = table.places
        self._letters = {name: letters(place) for name, place in table.places.items()}
        self._programmes = ProgrammeWords(setup)
        self._today = today
        self._vocabulary = vocabulary
        self._branch = context.branch
        self._file = context.file
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
        draft = Draft(row, self._letters)
        size = len(cells)
        values = {name: cells[place] for name, place in self._columns.items() if place < size}
        region, district = self._place(values, draft)
        school = School(
            name=text_of(values.get("school")),
            kind=self._school_kind(region, district),
            region=region,
            district=district,
            graduated=self._graduated(values),
        )
        draft.entry = Entry(
            person=self._person(values, draft, region, district),
            branch=self._branch,
            register_no=tidy_text(text_of(values.get("register_no"))),
            school=school,
            scores=self._scores(values, draft),
            choices=self._choices(values, draft),
            grounds=self._grounds(values, draft),
            note=text_of(values.get("note")),
        )
        return draft

    def _person(self, cells: _Cells, draft: Draft, region: str, district: str) -> PersonFacts:
        parts = self._name(cells, draft)
        number = pin.tidy_pin(text_of(cells.get("pin")))
        says = pin.pin_facts("" if pin.pin_problem(number) else number)
        document = text_of(cells.get("document"))
        return PersonFacts(
            surname=parts.surname,
            given=parts.given,
            patronymic=parts.patronymic,
            latin=text_of(cells.get("latin")),
            sex=self._sex(cells, draft) or says.sex,
            born=self._born(cells, draft, says.born),
            pin=text_of(cells.get("pin")),
            document_kind=_document_kind(document),
            document_no=document,
            region=region,
            district=district,
            address=text_of(cells.get("address")),
            email=text_of(cells.get("email")),
            phones=tuple(Phone(number) for number in split_numbers(text_of(cells.get("phone")))),
        )

    def _name(self, cells: _Cells, draft: Draft) -> NameParts:
        """The name's parts from columns of their own, or split from a whole name."""
        if "surname" in self._columns or "name" not in self._columns:
            surname, given, patronymic = (text_of(cells.get(name)) for name in judging.NAME_FIELDS)
            return NameParts(surname, given, patronymic)
        whole = tidy_text(text_of(cells.get("name")))
        parts = split_name(whole)
        if not parts.sure:
            facts = {"value": whole, "surname": parts.surname, "given": parts.given}
            draft.add("warning", "name", "name_split_unsure", facts)
        return parts

    def _sex(self, cells: _Cells, draft: Draft) -> Sex:
        text = text_of(cells.get("sex"))
        if not text:
            return ""
        match self._vocabulary.sexes.get(places.fold(text)):
            case "F":
                return "F"
            case "M":
                return "M"
        draft.add("warning", "sex", "sex_unreadable", {"value": text})
        return ""

    def _born(self, cells: _Cells, draft: Draft, says: date | None) -> date | None:
        cell = cells.get("born")
        reading = read_date(cell, says, self._today, self._vocabulary.months)
        if reading.code:
            facts = {"value": text_of(cell), "date": reading.value.isoformat() if reading.value else ""}
            draft.add(_SEVERITIES[reading.code], "born", reading.code, facts)
        return reading.value if reading.value or reading.code else says

    def _place(self, cells: _Cells, draft: Draft) -> tuple[str, str]:
        """Region code and district; a region nobody knows is kept in front of the district's words."""
        text = tidy_text(text_of(cells.get("region")))
        district = tidy_text(text_of(cells.get("district")))
        region = self._regions.get(text)
        if region is None:
            region = self._regions[text] = places.region_code(text, self._vocabulary.regions)
        if text and not region:
            draft.add("warning", "region", "unknown_region", {"value": text})
            district = ", ".join(part for part in (text, district) if part)
        return region, district

    def _school_kind(self, region: str, district: str) -> str:
        kind = self._school_kinds.get((region, district))
        if kind is None:
            kind = places.school_kind(region, district, self._kinds) if self._kinds else ""
            self._school_kinds[region, district] = kind
        return kind

    def _graduated(self, cells: _Cells) -> int:
        """The year school was finished; without a readable one, the campaign's year."""
        match = _YEAR.search(text_of(cells.get("graduated")))
        return int(match.group()) if match else self._year

    def _scores(self, cells: _Cells, draft: Draft) -> tuple[Score, ...]:
        scores: list[Score] = []
        for criterion in CRITERIA:
            cell = cells.get(criterion)
            if cell is None or (isinstance(cell, str) and self._says_absent(cell)):
                continue
            number = read_number(cell)
            if number is None:
                draft.add("error", criterion, "score_unreadable", {"value": text_of(cell)})
            else:
                value = Decimal(judging.plain(number))
                scores.append(Score(criterion=criterion, value=value, source=self._file))
        return tuple(scores)

    def _says_absent(self, text: str) -> bool:
        key = places.fold(text)
        return not key or key in self._vocabulary.absent

    def _choices(self, cells: _Cells, draft: Draft) -> tuple[str, ...]:
        choices: list[str] = []
        for name in CHOICES:
            text = tidy_text(text_of(cells.get(name)))
            if not text or self._says_absent(text):
                continue
            choices.append(self._programmes.pool(text))
            draft.choices.append(name)
        return tuple(choices)

    def _grounds(self, cells: _Cells, draft: Draft) -> tuple[GroundClaim, ...]:
        text = text_of(cells.get("grounds"))
        if not text:
            return ()
        codes: dict[str, None] = {}
        for part in _BETWEEN_GROUNDS.split(text):
            key = places.fold(part)
            if code := self._vocabulary.grounds.get(key):
                codes[code] = None
            elif key and key not in self._vocabulary.absent:
                draft.add("warning", "grounds", "unknown_ground", {"value": part.strip()})
        return tuple(GroundClaim(ground=code) for code in codes)


def _document_kind(number: str) -> str:
    text = number.strip().upper()
    if not text:
        return ""
    return "id_card" if text.startswith("ID") else "passport"
