"""Single cells read as dates, numbers, choices and words; it does not know their row or column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from grants_app.domain.judging import plain
from grants_app.domain.names import latin_code, tidy_text
from grants_app.domain.places import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from grants_app.domain.campaign import CampaignSetup, Pool, Programme
    from grants_app.sheets.reader import Cell

_DAY_ZERO = date(1899, 12, 30)  # the spreadsheet's date system of 1900
_SERIALS = (10_000, 80_000)  # 1927 … 2119
_NUMBERS = re.compile(r"\d+")
_THREE_NUMBERS = re.compile(
    r"(\d{1,4})\s*([./\-])\s*(\d{1,2})\s*\2\s*(\d{1,4})(?:\s*[гж]?\.?|[ T]00:00(?::00)?)"
)
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,10})?")
_WORDS = re.compile(r"[^\W\d_]+")
_CODE = re.compile(r"\d[A-Z]\d{5}")
_EIGHT_DIGITS = re.compile(r"\d{8}")
_TWO_DIGITS, _FOUR_DIGITS = 2, 4
_LONGEST_DATE = 40


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date or None, and as a code what was done: day_first, month_first, date_order_unclear and so on."""

    value: date | None
    code: str = ""


def text_of(cell: Cell) -> str:
    """The cell as text, numbers in plain notation, dates as ISO; "" when empty."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    return plain(cell) if isinstance(cell, Decimal) else cell.isoformat()


def read_date(cell: Cell, says: date | None, today: date, months: Mapping[str, int]) -> DateReading:
    """A date from a date cell, a serial, or text in any usual writing; `says` is the date the PIN holds.

    12/07/2009 may be either order: the PIN settles it, else the day comes first, as is the custom here.
    Years of two digits mean the past hundred years.
    """
    if isinstance(cell, date):
        return DateReading(cell)
    text = tidy_text(text_of(cell))
    if not text or len(text) > _LONGEST_DATE:
        return DateReading(None, "date_unreadable" if text else "")
    if text.isascii() and text.isdigit():
        return _from_digits(text)
    if match := _THREE_NUMBERS.fullmatch(text):
        first, sign, second, third = match.groups()
        if len(first) == _FOUR_DIGITS:
            return _answer(_day(first, second, third, today))
        by_day, by_month = _day(third, second, first, today), _day(third, first, second, today)
        return _settled(by_day, by_month, says) if sign == "/" else _answer(by_day)
    return _answer(_with_month_word(text, today, months))


def _from_digits(text: str) -> DateReading:
    """A serial number of days, or DDMMYYYY."""
    if _EIGHT_DIGITS.fullmatch(text):
        return _answer(_day(text[4:], text[2:4], text[:2], date.max))
    serial = int(text[:9])
    if len(text) <= len(str(_SERIALS[1])) and _SERIALS[0] <= serial <= _SERIALS[1]:
        return DateReading(_DAY_ZERO + timedelta(days=serial))
    return DateReading(None, "date_unreadable")


def _settled(by_day: date | None, by_month: date | None, says: date | None) -> DateReading:
    if says is not None and says == by_day:
        return DateReading(by_day, "day_first")
    if says is not None and says == by_month:
        return DateReading(by_month, "month_first")
    if by_day is None:
        return DateReading(by_month, "month_first" if by_month else "date_unreadable")
    if by_month is None or by_month == by_day or says is not None:
        return DateReading(by_day)
    return DateReading(by_day, "date_order_unclear")


def _answer(value: date | None) -> DateReading:
    return DateReading(value, "" if value else "date_unreadable")


def _day(year: str, month: str, day: str, today: date) -> date | None:
    number = int(year)
    if len(year) == _TWO_DIGITS:
        century = today.year - today.year % 100
        number += century if century + number <= today.year else century - 100
    elif len(year) != _FOUR_DIGITS:
        return None
    try:
        return date(number, int(month), int(day))
    except ValueError:
        return None


def _with_month_word(text: str, today: date, months: Mapping[str, int]) -> date | None:
    """«15 августа 2008 г.», «2008-жылдын 15-августу», «2008 жылғы 15 тамыз», "15 August 2008"."""
    named = [months[word] for word in _WORDS.findall(text.lower()) if word in months]
    numbers = _NUMBERS.findall(text)
    if len(named) != 1 or len(numbers) != _TWO_DIGITS:
        return None
    day, year = sorted(numbers, key=len)
    return _day(year, str(named[0]), day, today)


def read_number(cell: Cell) -> Decimal | None:
    """An exact number, with a comma or a point; None for anything else."""
    if isinstance(cell, Decimal):
        return cell
    if not isinstance(cell, str):
        return None
    text = "".join(cell.split()).replace(",", ".")
    return Decimal(text) if _NUMBER.fullmatch(text) else None


class ProgrammeWords:
    """Finds a pool by what a list calls its programme: a name in any language, a spelling, a code."""

    def __init__(self, setup: CampaignSetup) -> None:
        """Collect every word of the campaign's pools; a word two pools share names neither."""
        self._pools: dict[str, str] = {}
        programmes = {programme.code: programme for programme in setup.programmes}
        shared: set[str] = set()
        for pool in setup.pools:
            for word in _words_of(pool, programmes.get(pool.programme)):
                if self._pools.setdefault(word, pool.id) != pool.id:
                    shared.add(word)
        for word in shared:
            del self._pools[word]
        self._known: dict[str, str] = {}

    def pool(self, text: str) -> str:
        """The pool's id, or the text itself when no programme of the campaign is called so."""
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = self._find(text) or text
        return found

    def _find(self, text: str) -> str:
        key = fold(text)
        if key in self._pools:
            return self._pools[key]
        if code := _CODE.search(latin_code(text)):
            return self._pools.get(fold(code.group()), "")
        if "?" in text:
            return self._with_lost_letters(text)
        return self._pools.get(fold(latin_code(text)), "")

    def _with_lost_letters(self, text: str) -> str:
        """The one pool the text fits with any letter for each `?`."""
        wanted = fold(text.replace("?", "\u02bc")).replace("\u02bc", "?")
        pattern = re.compile(re.escape(wanted).replace(r"\?", r"\w"))
        found = {pool for word, pool in self._pools.items() if pattern.fullmatch(word)}
        return found.pop() if len(found) == 1 else ""


def _words_of(pool: Pool, programme: Programme | None) -> Iterable[str]:
    words = [pool.id, pool.programme]
    if programme is not None:
        called = programme.names
        words += [called.ky, called.ru, called.kk, called.en, programme.group, *programme.spellings]
    return [fold(word) for word in words if word]
