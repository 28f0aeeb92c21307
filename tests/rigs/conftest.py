"""What rigs start from: the sample campaign at each stage, and the template victims are forked from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from grants_app.paths import shipped
from grants_app.services import demonstration, imports
from grants_app.wording import Words
from tests import offices
from tests.rigs import killing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def victims() -> Iterator[killing.Template]:
    """Where victims come from."""
    with killing.template() as made:
        yield made


@pytest.fixture(scope="session")
def starts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Databases to begin with, a folder for each act: `save`, `import`, `seal`, `letters`."""
    folder = tmp_path_factory.mktemp("starts")
    for act in ("save", "import", "seal", "letters"):
        (folder / act).mkdir()
    words = Words("ru")
    offices.new_office(folder / "save").store.close()
    office = offices.new_office(folder / "import")
    first, branch = demonstration.WORKBOOKS[0]
    plan = imports.plan(office, [shipped(first)], branch=branch)
    imports.apply(office, plan, accept_warnings=True, skip_errors=True)
    office.store.close()
    for act in ("seal", "letters"):
        office = replace(offices.new_office(folder / act), clock=lambda: demonstration.SAMPLE_DAY)
        demonstration.fill(office, words, offices.quiet)
        demonstration.settle_conflicts(office, words, offices.quiet)
        if act == "seal":
            demonstration.settle_ties(office, words, offices.quiet)
        else:
            demonstration.seal_sample(office, words, offices.quiet)
        office.store.close()
    return folder
