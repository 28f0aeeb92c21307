"""Words of windows, papers and commands from one catalogue; it does not know what they are said about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from gettext import GNUTranslations, NullTranslations
from zoneinfo import ZoneInfo

from grants_app.paths import shipped

LANGUAGES = ("ky", "ru", "kk", "en")
# The offices work in Russian where nothing says otherwise.
_DEFAULT = "ru"
_CODE = "code"
_GROUPED_FROM = 10_000
_NO_BREAK_SPACE = "\u00a0"


@dataclass(frozen=True, slots=True)
class _Forms:
    """How a language writes a long date, its months (standing alone, and inside a date), and numbers."""

    long_date: str
    months: tuple[str, ...]
    months_in_dates: tuple[str, ...]
    decimal_sign: str = ","
    group_sign: str = _NO_BREAK_SPACE


_KY_RU_MONTHS = (
    *("январь", "февраль", "март", "апрель", "май", "июнь"),
    *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)
_KY_MONTHS_OF = (
    *("январы", "февралы", "марты", "апрели", "майы", "июну"),
    *("июлу", "августу", "сентябры", "октябры", "ноябры", "декабры"),
)
_RU_MONTHS_OF = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
_KK_MONTHS = (
    *("қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым"),
    *("шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"),
)
_EN_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# As official papers write dates, not as CLDR does: possessive months in Kyrgyz, quotation marks in Russian.
_FORMS: Mapping[str, _Forms] = {
    "ky": _Forms("{year}-жылдын {day}-{month}", _KY_RU_MONTHS, _KY_MONTHS_OF),
    "ru": _Forms("«{day}» {month} {year} года", _KY_RU_MONTHS, _RU_MONTHS_OF),
    "kk": _Forms("{year} жылғы {day} {month}", _KK_MONTHS, _KK_MONTHS),
    "en": _Forms("{day} {month} {year}", _EN_MONTHS, _EN_MONTHS, decimal_sign=".", group_sign=","),
}


def mark(text: str) -> str:
    """`text` itself; marks a constant as a sentence of the catalogue, to be worded where it is shown."""
    return text


def local(moment: dt.datetime, zone: str | dt.tzinfo) -> dt.datetime:
    """A moment as the clock of a zone shows it: the one way a moment becomes somebody's date and hour.

    A moment is kept in UTC; there it is still yesterday for six hours of the office's night.
    """
    if moment.tzinfo is None:
        msg = "a moment without a zone has no place on anybody's clock"
        raise ValueError(msg)
    return moment.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)


def local_day(moment: dt.datetime, zone: str | dt.tzinfo) -> dt.date:
    """The day it is on the calendar of a zone at this moment."""
    return local(moment, zone).date()


def machine_language(environ: Mapping[str, str]) -> str:
    """The first of our languages that LANGUAGE, LC_ALL, LC_MESSAGES or LANG asks for, else Russian."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        for wish in environ.get(name, "").split(":"):
            if wish[:2] in LANGUAGES and wish[2:3] in ("", "_", ".", "@", "-"):
                return wish[:2]
    return _DEFAULT


class _Unworded(NullTranslations):
    """What stands behind a catalogue: sentences stay English, a code without words is a defect."""

    def pgettext(self, context: str, message: str) -> str:
        """Never answers: nothing else knows the words of a code."""
        msg = f"no words for {context} {message!r}"
        raise KeyError(msg)


class Words:
    """The words of one language; read from the catalogue when made, never changed after.

    Facts fill the placeholders: a `date` is written DD.MM.YYYY, a `Decimal` with the language's sign; of a
    mapping by language this one's text is taken. A fact that is text is written as it is, but for three
    endings of its name: `…_on` is an ISO date, `…_points` a plain decimal number, `…_code` another code of
    the catalogue.
    """

    def __init__(self, lang: str) -> None:
        if lang not in LANGUAGES:
            raise KeyError(lang)
        self._lang = lang
        self._forms = _FORMS[lang]
        with shipped(f"resources/i18n/{lang}/LC_MESSAGES/grants_app.mo").open("rb") as file:
            self._catalogue = GNUTranslations(file)
        self._catalogue.add_fallback(_Unworded())

    @property
    def lang(self) -> str:
        """The language: ky, ru, kk or en."""
        return self._lang

    def __call__(self, sentence: str, **facts: object) -> str:
        """The sentence in this language with its placeholders filled; `sentence` is its plain English."""
        # gettext answers the catalogue's header for an empty text
        text = self._catalogue.gettext(sentence) if sentence else ""
        return self._filled(text, facts)

    def code(self, code: str, **facts: object) -> str:
        """The words of a refusal's, finding's or state's code; KeyError if the catalogue has none."""
        return self._filled(self._catalogue.pgettext(_CODE, code), facts)

    def plural(self, one: str, many: str, n: int, **facts: object) -> str:
        """The sentence in the plural form `n` asks for; `{n}` in it is the number."""
        text = self._catalogue.ngettext(one, many, n)
        return self._filled(text, {"n": self.number(n), **facts})

    def qt(self, context: str, source: str) -> str:
        """The words for Qt's own `source` text in Qt's `context`; "" where Qt's English may stand."""
        try:
            return self._catalogue.pgettext(context, source)
        except KeyError:
            return ""

    def date(self, day: dt.date) -> str:
        """A date as it is typed and listed: 15.08.2026."""
        return f"{day.day:02}.{day.month:02}.{day.year:04}"

    def date_long(self, day: dt.date) -> str:
        """A date as official papers write it: «15» августа 2026 года."""
        month = self._forms.months_in_dates[day.month - 1]
        return self._forms.long_date.format(year=day.year, month=month, day=day.day)

    def date_time(self, moment: dt.datetime, zone: str | dt.tzinfo) -> str:
        """A moment (with its own zone) as the clock in `zone` shows it: 15.08.2026 14:00."""
        there = local(moment, zone)
        return f"{self.date(there)} {self.clock(there)}"

    def clock(self, moment: dt.datetime | dt.time) -> str:
        """The hour and minute of a moment that is local already: 14:00."""
        return f"{moment:%H:%M}"

    def month(self, number: int) -> str:
        """The name of month 1–12, standing alone."""
        return self._forms.months[number - 1]

    def number(self, value: Decimal | int) -> str:
        """A number with the language's decimal sign, its digits as given; grouped from 10 000 on."""
        sign = "-" if value < 0 else ""
        digits = format(abs(value), "f" if isinstance(value, Decimal) else "d")
        whole, _, fraction = digits.partition(".")
        if int(whole) >= _GROUPED_FROM:
            whole = f"{int(whole):,}".replace(",", self._forms.group_sign)
        return sign + whole + (self._forms.decimal_sign + fraction if fraction else "")

    def _filled(self, text: str, facts: Mapping[str, object]) -> str:
        if not facts:
            return text if "{" not in text else text.format()
        return text.format(**{name: self._fact(name, value) for name, value in facts.items()})

    def _fact(self, name: str, value: object) -> object:
        """A fact as this language writes it; an empty one stays empty."""
        if isinstance(value, Decimal) or (isinstance(value, int) and not isinstance(value, bool)):
            return self.number(value)
        if isinstance(value, Mapping):
            value = value[self._lang]
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return self.date(value)
        if not isinstance(value, str) or not value:
            return value
        if name.endswith("_on"):
            return self.date(dt.date.fromisoformat(value))
        if name.endswith("_points"):
            return self.number(Decimal(value))
        return self.code(value) if name.endswith("_code") else value
