"""Keeps the four catalogues equal to what the sources say; it invents no words.

python -m tests.gates.catalogue update    new sentences come in empty, vanished ones go
python -m tests.gates.catalogue compile   .po to .mo
python -m tests.gates.catalogue check     names every gap, exit code 1 if there is one
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tests.gates.families import built_codes
from tests.gates.sources import Said, placeholders, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("ky", "ru", "kk", "en")
CODE = "code"
# Translated with care, yet not by a native reader: the mark says so on every such entry.
UNPROVEN = {"ky", "kk"}
NATIVE_READER = "native-reader"
PLURAL_FORMS = {
    "ky": (1, "0"),
    "kk": (1, "0"),
    "en": (2, "(n != 1)"),
    "ru": (3, "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"),
}

# The spreadsheet's own process does not know the file's name; whoever started it adds it to what was refused.
GIVEN_LATER = {"grants_app/sheets/": frozenset({"file"})}

Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What an entry is found by: context ("" for sentences), text, plural ("" if it has none)."""

    context: str
    text: str
    plural: str = ""


class _Catalogue(Catalog):
    """A catalogue whose header holds only what a reader of it needs, so files change with words only."""

    @property
    def num_plurals(self) -> int:
        return PLURAL_FORMS[str(self.locale)][0]

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        count, rule = PLURAL_FORMS[str(self.locale)]
        return [
            ("Language", str(self.locale)),
            ("Plural-Forms", f"nplurals={count}; plural={rule};"),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def file_of(lang: str, root: Path = ROOT) -> Path:
    return root / "resources/i18n" / lang / "LC_MESSAGES" / "grants_app.po"


def load(lang: str, root: Path = ROOT) -> dict[Key, Texts]:
    """The entries of one language; an entry's texts are its plural forms."""
    path = file_of(lang, root)
    return load_file(path) if path.exists() else {}


def load_file(path: Path) -> dict[Key, Texts]:
    """The entries of a .po file in its language's folder."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.parents[1].name)
    entries = {}
    for message in catalogue:
        if message.id:
            text, plural = message.id if isinstance(message.id, tuple) else (message.id, "")
            texts = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
            entries[Key(message.context or "", str(text), str(plural))] = tuple(
                str(one or "") for one in texts
            )
    return entries


def _catalogue(lang: str, entries: Mapping[Key, Texts]) -> Catalog:
    catalogue = _Catalogue(locale=lang, fuzzy=False, header_comment=f"# Words of the program: {lang}.")
    for key, texts in sorted(entries.items()):
        catalogue.add(
            (key.text, key.plural) if key.plural else key.text,
            texts if key.plural else texts[0],
            context=key.context or None,
            user_comments=[NATIVE_READER] if lang in UNPROVEN and any(texts) else [],
        )
    return catalogue


def save(lang: str, entries: Mapping[Key, Texts], root: Path = ROOT) -> None:
    """Write the .po sorted, without places in the sources, so that it changes only with the words."""
    path = file_of(lang, root)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, _catalogue(lang, entries), width=0, no_location=True)


def compile_file(path: Path) -> None:
    """Write the .mo beside the .po; what has no words yet is left out."""
    lang = path.parents[1].name
    worded = {key: texts for key, texts in load_file(path).items() if any(texts)}
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, _catalogue(lang, worded))


def spoken_in(root: Path) -> Said:
    """What the sources say, and in our own also the codes built from values."""
    found = said(root)
    if root == ROOT:
        for code in sorted(built_codes()):
            found.codes.setdefault(code, "tests/gates/families.py")
    return found


def wanted(spoken: Said, kept: Iterable[Key]) -> set[Key]:
    """The keys every language needs: all that is said, Qt's own texts as they were entered, codes in use."""
    keys = {Key("", text) for text in spoken.sentences}
    keys |= {Key("", one, many) for one, many in spoken.plurals}
    keys |= {Key(CODE, code) for code in spoken.codes}
    return keys | {
        key
        for key in kept
        if (key.context == CODE and spoken.mentions(key.text)) or key.context not in ("", CODE)
    }


def update(root: Path = ROOT) -> None:
    """Bring the files in step with the sources; an English sentence is its own translation."""
    spoken = spoken_in(root)
    known = {lang: load(lang, root) for lang in LANGUAGES}
    keys = wanted(spoken, [key for entries in known.values() for key in entries])
    for lang, entries in known.items():
        forms = PLURAL_FORMS[lang][0]
        fresh = {}
        for key in keys:
            empty = ("",) * (forms if key.plural else 1)
            fresh[key] = entries.get(key, empty)
            if lang == "en" and key.context != CODE:
                fresh[key] = (key.text, key.plural) if key.plural else (key.text,)
        save(lang, fresh, root)


def problems(root: Path = ROOT) -> list[str]:
    """Every gap between the sources and the catalogues, one line each."""
    spoken = spoken_in(root)
    known = {lang: load(lang, root) for lang in LANGUAGES}
    keys = wanted(spoken, [key for entries in known.values() for key in entries])
    lines = []
    for lang, entries in known.items():
        for key in sorted(keys):
            lines += [
                f"{lang}: {line}"
                for line in _entry_problems(key, entries, known["en"], PLURAL_FORMS[lang][0])
            ]
        lines += [f"{lang}: nobody says {key.context} {key.text!r}" for key in sorted(set(entries) - keys)]
    return lines + _fact_problems(spoken, known["en"])


def _entry_problems(
    key: Key, entries: Mapping[Key, Texts], english: Mapping[Key, Texts], forms: int
) -> Iterable[str]:
    name = f"{key.context} {key.text!r}".strip()
    texts = entries.get(key, ())
    if len(texts) != (forms if key.plural else 1) or not all(text.strip() for text in texts):
        yield f"no words for {name}"
        return
    if key.context not in ("", CODE):
        return
    source = "".join(english.get(key, ())) if key.context == CODE else key.text + key.plural
    for text in texts:
        if placeholders(text) != placeholders(source):
            yield f"other placeholders than in English in {name}: {text!r}"


def _fact_problems(spoken: Said, english: Mapping[Key, Texts]) -> list[str]:
    lines = []
    for code, given, where in spoken.facts:
        later = frozenset().union(
            *(facts for folder, facts in GIVEN_LATER.items() if where.startswith(folder))
        )
        lacking = placeholders("".join(english.get(Key(CODE, code), ()))) - given - later
        lines += [
            f"{where}: {code} is refused without the fact {name!r} its words need" for name in sorted(lacking)
        ]
    return lines


def main(arguments: list[str]) -> int:
    """Do what is asked; 1 when the check finds a gap."""
    if arguments == ["update"]:
        update()
    elif arguments[:1] == ["compile"]:
        for path in arguments[1:] or [str(file_of(lang)) for lang in LANGUAGES]:
            compile_file(Path(path))
    elif arguments == ["check"]:
        found = problems()
        print("\n".join(found) or "every sentence and code has words in four languages")
        return 1 if found else 0
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
