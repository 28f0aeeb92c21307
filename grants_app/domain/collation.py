"""Keys by which names are sorted and found in four languages and two scripts; it knows no table and no list.

The sort key: one sign per letter, in the order space, hyphen, digits, the Kazakh alphabet, Latin. The
Kyrgyz and the Russian alphabet are sub-orders of the Kazakh one, so that one stored key serves all three.
Every key is ASCII and sorts by code point, which SQLite's BINARY and PostgreSQL's COLLATE "C" both do.

The search key: both scripts brought to one Latin skeleton of lower-case letters, digits and single spaces.

- Letters the two languages add fall on those of a Russian keyboard: ң/н ө/о ү/ұ/у ә/а ғ/г қ/к һ/х ё/е.
- й ы и і and Latin i, y are `i`; ю is `iu`, я `ia`; э and е are `e`; ъ, ь and apostrophes vanish.
- ж is `zh`, and so is Latin j; х is `h`, and so is Latin kh; ц `ts`, ч `ch`, ш `sh`, щ `shch`.
- Latin q is `k`, w `v`, gh `g`, x `ks`; Latin letters lose their marks (Ö, Ü), but ç is `ch` and ş `sh`.
- `ng` is `n`, as passports write Ң; a doubled letter counts once (уулу, ulu). Digits are never touched.
- Everything else parts words.

Numbers and codes have a key of their own: see `code_key`.
"""

from __future__ import annotations

import re
import unicodedata

_ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_ORDER = " -0123456789" + _ALPHABET + "abcdefghijklmnopqrstuvwxyz"
_FIRST_SIGN = 0x21
_SIGNS = {ord(letter): chr(_FIRST_SIGN + place) for place, letter in enumerate(_ORDER)}
# After every letter of ours: letters of other scripts, by their code points.
_FOREIGN_SIGN = "~"
# Letters of the neighbours' alphabets stand with the ones they come from.
_NEIGHBOURS = {ord(a): b for a, b in zip("ўҳҷӣӯїєґ", "ухчиуіег", strict=True)}

_SKELETON = {
    ord(letter): latin
    for letters, latins in (
        ("аәбвгғдеёзийкқлмнңоө", "a a b v g g d e e z i i k k l m n n o o"),
        ("прстуұүфхһыіэцчшщюяж", "p r s t u u u f h h i i e ts ch sh shch iu ia zh"),
        ("jqwxyçşı", "zh k v ks i ch sh i"),
    )
    for letter, latin in zip(letters, latins.split(), strict=True)
} | dict.fromkeys(map(ord, "ъь'’ʼ`ʹ"), "")
# What the tables say nothing of is looked at letter by letter; names mostly hold none of it.
_UNSIGNED = re.compile(f"[^{re.escape(_ORDER)}]")
_MARKED = re.compile(f"[^\\x00-\\x7f{re.escape(''.join(map(chr, _SKELETON)))}]")
_LATIN_PAIRS = re.compile(r"[kg]h")
_NG = re.compile(r"n[ng]*")
_DOUBLED = re.compile(r"([a-z])\1+")
_BETWEEN_WORDS = re.compile(r"[^a-z0-9]+")
_OTHER_SPELLINGS = re.compile(r"^(?:d(?=zh)|i(?=e))")
# Cyrillic letters drawn like Latin ones, as they get typed into numbers and codes.
_DRAWN_ALIKE = str.maketrans("авсенікмортхуѕј", "abcehikmoptxysj")
_NOT_CODE = re.compile(r"[^a-z0-9]+")
_ZERO_FOR_O = re.compile(r"^\s*0[^\w\s]+(?=\d)")
_LONGEST_NUMBER = 6  # digits behind a branch's letter; with more an O in front is a zero


def sort_key(text: str) -> str:
    """The key that sorts as Kazakh and Kyrgyz dictionaries do; case, marks and punctuation do not count.

    Word by word: a shorter first word comes first. Latin names follow Cyrillic ones. "" sorts first.
    """
    letters = " ".join(unicodedata.normalize("NFC", text).lower().split()).translate(_NEIGHBOURS)
    if not _UNSIGNED.search(letters):
        return letters.translate(_SIGNS)
    return "".join(_SIGNS[ord(letter)] if ord(letter) in _SIGNS else _foreign(letter) for letter in letters)


def name_sort_key(surname: str, given: str, patronymic: str = "") -> str:
    """The key by which people sort: by surname, then given name, then patronymic.

    «Бакыт Үсөн» comes before «Бакыт уулу Азамат»: the surname «Бакыт» is shorter, whatever follows it.
    """
    return " ".join(sort_key(part) for part in (surname, given, patronymic)).rstrip()


def code_key(text: str) -> str:
    """A number or code as it is stored and searched: «В-0015», "b 0015" and "B0015" are all `b0015`.

    Cyrillic letters drawn like Latin ones are those; what stands between the signs does not count; an O
    among digits is a zero, but for the letter in front of a number («О-0015», Osh) and even if that was
    typed as a zero ("0-0015").
    """
    if text.isascii() and text.isdigit():
        return text
    lower = _ZERO_FOR_O.sub("o", unicodedata.normalize("NFKC", text).lower())
    latin = _NOT_CODE.sub("", lower.translate(_DRAWN_ALIKE).translate(_SKELETON))
    head = latin[: len(latin) - len(latin.lstrip("abcdefghijklmnopqrstuvwxyz"))]
    tail = latin[len(head) :].replace("o", "0")
    zeros = len(head) - len(head.rstrip("o"))
    if zeros == len(head) and zeros and len(latin) <= _LONGEST_NUMBER + 1:
        zeros -= 1
    return head[: len(head) - zeros] + "0" * zeros + tail if tail else head


def folded(text: str) -> str:
    """The Latin skeleton of `text`, to be stored and searched within; see the module's head.

    The skeleton of a word's beginning stands within the skeleton of the word, so that search narrows while
    one types; only a last Latin k of a typed kh is not yet an h.
    """
    lower = unicodedata.normalize("NFC", text).lower().translate(_NEIGHBOURS)
    lower = _MARKED.sub(lambda letter: unmarked(letter.group()), lower)
    latin = _LATIN_PAIRS.sub(lambda pair: "h" if pair.group() == "kh" else "g", lower).translate(_SKELETON)
    return _DOUBLED.sub(r"\1", _NG.sub("n", _BETWEEN_WORDS.sub(" ", latin))).strip()


def searched(text: str) -> str:
    """The skeleton of what somebody looks for: a part of the `folded` key of everything that may be meant.

    Older passports begin Ж as DZH, as Russian Дж does, and Е as YE: a search begun so finds the plain
    letter too.
    """
    return _OTHER_SPELLINGS.sub("", folded(text))


def unmarked(letter: str) -> str:
    """A letter that is in no table, without its marks."""
    return "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))


def _foreign(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0]
    if base != letter and ord(base) in _SIGNS:
        return _SIGNS[ord(base)]
    return f"{_FOREIGN_SIGN}{ord(letter):06x}" if letter.isalnum() else ""
