"""Spoiled copies of the sample workbooks end in a reading or a refusal, never in a crash."""

from __future__ import annotations

import io
import os
import random
import tomllib
import zipfile
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from grants_app.domain.campaign import CampaignSetup
from grants_app.domain.errors import Refused
from grants_app.sheets.reader import read_workbook
from grants_app.sheets.rows import read_entries
from grants_app.sheets.vocabulary import load_vocabulary

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "resources" / "sample"
NAMES = ("bishkek.xlsx", "osh.ods", "osh_late_cp1251.csv")
MUTANTS = 1000 if os.environ.get("GRANTS_PROVE") else 100
SPITE = (
    b"",
    b"\0",
    b"<",
    b">",
    b"&#x0;",
    b'"',
    b"-1",
    b"9" * 20,
    b"1E+999",
    b"\xff\xfe",
    b"?",
    b"NaN",
    b";" * 50,
)


def spoiled(content: bytes, chance: random.Random) -> bytes:
    """The bytes with a few overwritten, cut out, doubled or replaced by spite."""
    data = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        place = chance.randrange(len(data) + 1)
        act = chance.randrange(5)
        if act == 0:
            data[place : place + 1] = bytes([chance.randrange(256)])
        elif act == 1:
            del data[place : place + chance.randint(1, 200)]
        elif act == 2:
            data[place:place] = data[place : place + chance.randint(1, 400)]
        elif act == 3:
            data[place : place + chance.randint(0, 6)] = chance.choice(SPITE)
        elif chance.random() < 0.1:
            del data[place:]
    return bytes(data)


def spoiled_inside(content: bytes, chance: random.Random) -> bytes:
    """A whole archive again, with one or two of its parts spoiled or left out."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        names = old.namelist()
        heavy = [name for name in names if name.endswith(("sheet1.xml", "content.xml", "sharedStrings.xml"))]
        chosen = {chance.choice(heavy), chance.choice(names)}
        for name in names:
            part = old.read(name)
            if name in chosen:
                if chance.random() < 0.05:
                    continue
                part = spoiled(part, chance)
            new.writestr(name, part)
    return stream.getvalue()


@pytest.mark.prove
def test_a_spoiled_workbook_is_read_or_refused_and_never_crashes(tmp_path: Path) -> None:
    """XLSX, ODS and CSV in turn; half of the archives are spoiled inside, half as a whole."""
    chance = random.Random(20260801)
    setup = msgspec.convert(tomllib.loads((SAMPLE / "campaign.toml").read_text("utf-8")), CampaignSetup)
    vocabulary = load_vocabulary(ROOT / "db" / "reference")
    limits = {"ort_main": Decimal(245)}
    outcomes: Counter[str] = Counter()
    for number in range(MUTANTS):
        name = NAMES[number % len(NAMES)]
        content = (SAMPLE / name).read_bytes()
        inside = not name.endswith(".csv") and chance.random() < 0.7
        path = tmp_path / f"{number}-{name}"
        path.write_bytes(spoiled_inside(content, chance) if inside else spoiled(content, chance))
        try:
            raw = read_workbook(path)
            book = read_entries(raw, setup, limits, date(2026, 7, 20), "ENU-OSH", vocabulary=vocabulary)
        except Refused as refused:
            outcomes[refused.code] += 1
            named = refused.facts["file"] == path.name
        else:
            outcomes["read"] += 1
            named = book.file == path.name
            assert all(
                (row.entry is None) == (row.status == "skipped") for s in book.sheets for row in s.rows
            )
        assert named
        path.unlink()
    assert outcomes["read"] > MUTANTS // 10
    assert outcomes.total() == MUTANTS
