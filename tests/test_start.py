"""What the window's start may not cost: libraries only a later act needs are loaded by that act."""

from __future__ import annotations

import subprocess
import sys

# Papers, spreadsheets, migrations, commands, codes: each costs the start tens of milliseconds.
LATER = (
    "PIL", "alembic", "argon2", "cryptography", "grants_app.papers", "grants_app.sheets", "pypdfium2",
    "python_calamine", "rapidfuzz", "reportlab", "typer", "xlsxwriter", "zxingcpp",
)  # fmt: skip
STARTED = (
    "grants_app.bootstrap", "grants_app.gui.application", "grants_app.gui.pages.today",
    "grants_app.gui.pages.applicants", "grants_app.store.engine", "grants_app.store.queries",
)  # fmt: skip


def test_the_window_and_its_list_start_without_what_only_later_acts_need() -> None:
    script = f"import sys, {', '.join(STARTED)}; print(*(name for name in {LATER!r} if name in sys.modules))"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.split() == []
