"""What a file is, by its content: workbook, text, or something refused with its reason; it reads no cell."""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections import Counter

from grants_app.domain.errors import Refused

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_TEXT_SUFFIXES = frozenset({".csv", ".txt", ".tsv"})
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# A list of 100,000 people unpacks to about 200 MiB; spreadsheets seldom pack better than 1:40.
_UNPACKED = 256 * 1024 * 1024
_SUSPECT_UNPACKED, _SUSPECT_RATIO = 16 * 1024 * 1024, 200
_ENTRIES = 5_000
_DELIMITERS = ";\t,|"
_SNIFFED_ROWS = 200
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_FOREIGN = re.compile(
    rb"\s*(<\?xml|<!doctype|<html|<table|%PDF|\{\\rtf|\x89PNG|\xff\xd8\xff|GIF8)", re.IGNORECASE
)


def kind_of(content: bytes, suffix: str) -> str:
    """xlsx, xls, ods or csv; `Refused` says what else it is. The name only decides whether text is a list."""
    if not content.strip(b"\x00 \r\n\t"):
        raise Refused("sheet_empty")
    if content.startswith(_ZIP):
        return _zip_kind(content)
    if content.startswith(_OLE):
        return _ole_kind(content)
    if _FOREIGN.match(content) or suffix.lower() not in _TEXT_SUFFIXES:
        raise Refused("sheet_not_a_workbook")
    return "csv"


def _zip_kind(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _refuse_bomb(entries, len(content))
            names = {entry.filename for entry in entries}
            if any(entry.flag_bits & 1 for entry in entries):
                raise Refused("sheet_encrypted")
            if names & {"xl/workbook.xml", "xl/workbook.bin"}:
                return "xlsx"
            if "content.xml" in names and _is_ods(archive, names):
                return "ods"
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, RuntimeError) as error:
        raise Refused("sheet_damaged") from error
    except zipfile.zlib.error as error:  # type: ignore[attr-defined] # the module zipfile itself unpacks with
        raise Refused("sheet_damaged") from error
    raise Refused("sheet_not_a_workbook")


def _refuse_bomb(entries: list[zipfile.ZipInfo], size: int) -> None:
    """Refuse an archive that unpacks to more than any list needs, judged before anything is unpacked."""
    unpacked = sum(entry.file_size for entry in entries)
    suspect = unpacked > _SUSPECT_UNPACKED and unpacked > _SUSPECT_RATIO * size
    if unpacked > _UNPACKED or suspect or len(entries) > _ENTRIES:
        raise Refused("sheet_bomb")


def _is_ods(archive: zipfile.ZipFile, names: set[str]) -> bool:
    if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise Refused("sheet_encrypted")
    return "mimetype" not in names or b"spreadsheet" in archive.read("mimetype")


def _ole_kind(content: bytes) -> str:
    """An old workbook, or an encrypted new one: both lie in the same container, told by their streams."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Refused("sheet_encrypted")
    if any(stream.encode("utf-16-le") in content for stream in ("Workbook", "Book")):
        return "xls"
    raise Refused("sheet_not_a_workbook")


def decode(content: bytes) -> tuple[str, str]:
    """A CSV's text and encoding: by its mark, else UTF-16 by its zeros, else UTF-8, else Windows-1251."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _decoded(content, encoding), encoding
    head = content[:4096]
    if head.count(0) > len(head) // 8:
        even, odd = head[0::2].count(0), head[1::2].count(0)
        encoding = "utf-16-le" if odd > even else "utf-16-be"
        return _decoded(content, encoding), encoding
    try:
        return _checked(content.decode("utf-8")), "utf-8"
    except UnicodeDecodeError:
        return _decoded(content, "windows-1251"), "windows-1251"


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return _checked(content.decode(encoding))
    except UnicodeDecodeError as error:
        raise Refused("sheet_not_a_workbook") from error


def _checked(text: str) -> str:
    if _CONTROL.search(text):
        raise Refused("sheet_not_a_workbook")
    return text


def csv_rows(text: str) -> list[list[str]]:
    """The rows by the delimiter that splits the first rows into most columns; `sep=;` is obeyed."""
    first, _, rest = text.partition("\n")
    marked = re.fullmatch(r"sep=(.)\r?", first.strip("\ufeff"))
    delimiter = marked.group(1) if marked else _delimiter(text)
    try:
        rows = list(csv.reader(io.StringIO(rest if marked else text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise Refused("sheet_damaged") from error
    return [[], *rows] if marked else rows  # rows keep the numbers the spreadsheet shows


def _delimiter(text: str) -> str:
    lines = [line for line in text.splitlines()[:_SNIFFED_ROWS] if line.strip()]
    return max(_DELIMITERS, key=lambda delimiter: _usual_width(lines, delimiter))


def _usual_width(lines: list[str], delimiter: str) -> tuple[int, int]:
    """How wide most rows come out, then how many; 1 (nothing divided) loses to anything else."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
    except csv.Error:
        return (0, 0)
    if not widths:
        return (0, 0)
    width, rows = max(widths.items(), key=lambda item: (item[1], item[0]))
    return (rows * width, width)
