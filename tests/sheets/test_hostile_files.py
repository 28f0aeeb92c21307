"""Files that are no honest lists each get one plain refusal, and nothing hangs."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from grants_app.domain.errors import Refused
from grants_app.sheets.reader import ReadingLimits, read_workbook

SAMPLE = Path(__file__).parents[2] / "resources" / "sample"


def refusal(path: Path, limits: ReadingLimits | None = None) -> str:
    """The code a file is refused with."""
    with pytest.raises(Refused) as caught:
        read_workbook(path, limits=limits or ReadingLimits())
    assert caught.value.facts == {"file": path.name}
    return caught.value.code


def zipped(parts: dict[str, bytes]) -> bytes:
    """An archive of the parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def workbook_parts(path: Path) -> dict[str, bytes]:
    """The parts of a small honest workbook."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("A").write_row(0, 0, ["Фамилия", "Имя", "ПИН"])
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def written(path: Path, content: bytes) -> Path:
    """The file, with this content."""
    path.write_bytes(content)
    return path


def test_a_cell_at_the_far_corner_is_too_large(tmp_path: Path) -> None:
    """The cell XFD1048576 would be seventeen thousand million cells."""
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Фамилия")
        sheet.write(1_048_575, 16_383, "x")
    assert refusal(path) == "sheet_too_large"


def test_a_zip_bomb_is_named_as_one(tmp_path: Path) -> None:
    """It is refused by its directory, before anything is unpacked."""
    parts = workbook_parts(tmp_path / "honest.xlsx")
    parts["xl/worksheets/sheet1.xml"] = b" " * (64 * 1024 * 1024)
    assert refusal(written(tmp_path / "bomb.xlsx", zipped(parts))) == "sheet_bomb"


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    """The child's memory limit holds where the directory tells no truth."""
    parts = workbook_parts(tmp_path / "honest.xlsx")
    size = 600 * 1024 * 1024
    parts["xl/worksheets/sheet1.xml"] = b"<worksheet>" + b" " * size
    content = zipped(parts).replace((size + 11).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert refusal(written(tmp_path / "liar.xlsx", content)) in {
        "sheet_bomb",
        "sheet_damaged",
        "sheet_too_large",
    }


def test_a_text_file_named_xlsx_is_no_workbook(tmp_path: Path) -> None:
    """Content decides, not the name."""
    path = written(tmp_path / "list.xlsx", "Фамилия;Имя;ПИН\nАсанов;Үсөн;1\n".encode())
    assert refusal(path) == "sheet_not_a_workbook"


def test_an_encrypted_workbook_is_named_as_one(tmp_path: Path) -> None:
    """An encrypted workbook is an old container with one stream of its own name."""
    stream = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    assert refusal(written(tmp_path / "locked.xlsx", stream)) == "sheet_encrypted"


def test_an_encrypted_ods_is_named_as_one(tmp_path: Path) -> None:
    """The manifest says which parts are encrypted."""
    parts = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": b"\x91\x92",
        "META-INF/manifest.xml": b"<manifest:encryption-data/>",
    }
    assert refusal(written(tmp_path / "locked.ods", zipped(parts))) == "sheet_encrypted"


@pytest.mark.parametrize("content", [b"", b"\0" * 4096, b"\r\n\r\n"])
def test_an_empty_file_is_called_empty(tmp_path: Path, content: bytes) -> None:
    """Nothing, zeros or line ends alone."""
    assert refusal(written(tmp_path / "empty.csv", content)) == "sheet_empty"


def test_a_truncated_workbook_is_damaged(tmp_path: Path) -> None:
    """Half a download."""
    content = (SAMPLE / "bishkek.xlsx").read_bytes()
    assert refusal(written(tmp_path / "half.xlsx", content[: len(content) // 2])) == "sheet_damaged"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("letter.xlsx", zipped({"word/document.xml": b"<w/>"})),
        ("paper.csv", b"%PDF-1.7 ..."),
        ("page.xls", b"<html><table></table></html>"),
        ("noise.csv", bytes(range(256)) * 8),
        (
            "drawing.ods",
            zipped({"mimetype": b"application/vnd.oasis.opendocument.graphics", "content.xml": b""}),
        ),
    ],
)
def test_other_kinds_of_files_are_no_workbooks(tmp_path: Path, name: str, content: bytes) -> None:
    """A letter, a paper, a page, noise, a drawing."""
    assert refusal(written(tmp_path / name, content)) == "sheet_not_a_workbook"


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    """A path that is not there, and a folder."""
    assert refusal(tmp_path / "none.xlsx") == "sheet_missing"
    assert refusal(tmp_path) == "sheet_missing"


def test_a_list_of_too_many_rows_is_too_large(tmp_path: Path) -> None:
    """Also when its memory would do."""
    path = written(tmp_path / "long.csv", b"a;b;c\n" * 2000)
    assert refusal(path, ReadingLimits(rows=1000)) == "sheet_too_large"
    assert refusal(path, ReadingLimits(file_size=1000)) == "sheet_too_large"
    assert refusal(path, ReadingLimits(columns=2)) == "sheet_too_large"


def test_the_child_stays_within_its_memory(tmp_path: Path) -> None:
    """A list that would need more than its share ends as too large, also when the machine has plenty."""
    path = written(tmp_path / "heavy.csv", (b"x" * 499 + b";1;2\n") * 60_000)
    assert refusal(path, ReadingLimits(memory=100 * 1024 * 1024)) == "sheet_too_large"
    assert len(read_workbook(path).sheets[0].rows) == 60_000


def test_a_child_that_does_not_answer_is_ended(tmp_path: Path) -> None:
    """Five seconds after its time is over, whatever it does."""
    path = written(tmp_path / "list.csv", b"a;b;c\n")
    with pytest.raises(Refused) as caught:
        read_workbook(path, limits=ReadingLimits(seconds=-4), command=("sleep", "30", "#"))
    assert caught.value.code in {"sheet_too_slow", "sheet_damaged"}


def test_an_old_workbook_reads(tmp_path: Path) -> None:
    """XLS of Excel 97."""
    book = xlwt.Workbook()
    book.add_sheet("Тизме").write(0, 0, "Фамилиясы")
    book.save(str(tmp_path / "old.xls"))
    raw = read_workbook(tmp_path / "old.xls")
    assert (raw.kind, raw.sheets[0].name, raw.sheets[0].rows) == ("xls", "Тизме", (("Фамилиясы",),))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_every_usual_text_of_a_list_reads(tmp_path: Path, encoding: str, delimiter: str) -> None:
    """Every encoding and delimiter keeps the Kyrgyz letters and the marks with commas."""
    rows = [["Фамилия", "Имя", "Балл"], ["Жеңиш кызы", "Үмүт", "4,59"], ["Өмүр", "Ң", "5,00"]]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    raw = read_workbook(written(tmp_path / "list.csv", text.encode(encoding)))
    assert [list(row) for row in raw.sheets[0].rows] == rows


def test_numbers_keep_every_digit(tmp_path: Path) -> None:
    """A PIN kept as a number comes back as its fourteen digits, a mark as written."""
    path = tmp_path / "numbers.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write_row(0, 0, [20906200983587, 4.59, 0.1, 135.5])
    (row,) = read_workbook(path).sheets[0].rows
    assert [str(cell) for cell in row] == ["20906200983587", "4.59", "0.1", "135.5"]
