"""Pictures of a campaign being set up: nothing yet, half typed, ready; what is taken away; the next year."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path
from typing import Any

from tests.offices import new_office
from tests.scenes import Scene, Stage


def _empty(page: str, tab: str = "") -> Any:
    """A campaign in which nothing was set up, at a page (and a tab of it)."""

    def begin(stage: Stage) -> None:
        folder = Path(tempfile.mkdtemp(prefix="grants-picture-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        stage.window.parts.desk.take(new_office(folder, "empty"))
        stage.settle()
        stage.window.stack.go(page, {"tab": tab} if tab else {})
        stage.settle()

    return begin


def _page(stage: Stage) -> Any:
    return stage.page


def _tab(name: str) -> Any:
    def choose(stage: Stage) -> None:
        _page(stage).tabs.choose(name)
        stage.settle()

    return choose


def _programme(stage: Stage) -> None:
    """A programme half typed, its code refused."""
    _empty("campaign", "programmes")(stage)
    stage.window.do("add")
    form = _page(stage).right.forms["programmes"]
    form.code.put("6B06102")
    form.name.editors["ky"].setText("Маалыматтык системалар")
    form.name.editors["ru"].setText("Информационные системы")
    form.save()


def _branch(stage: Stage) -> None:
    """A branch being changed."""
    _tab("branches")(stage)
    stage.window.do("edit")


def _signatory(stage: Stage) -> None:
    """A signatory being changed."""
    _tab("signatories")(stage)
    stage.window.do("edit")


def _paper(stage: Stage) -> None:
    """A document required of those with a ground."""
    _tab("papers")(stage)
    _page(stage).lists.choose("papers", 6)
    stage.window.do("edit")


def _away(stage: Stage) -> None:
    """A programme people have chosen, asked to go."""
    _tab("programmes")(stage)
    stage.window.do("take_away")
    stage.settle()


def _head(stage: Stage) -> None:
    """The campaign's name and number."""
    _page(stage).right.ask_head()


def _year(stage: Stage) -> None:
    """Another year about to be begun."""
    stage.window.do("next_campaign")


def _import(stage: Stage) -> None:
    """What a file of settings would change."""
    from grants_app.services.campaign import setup_file

    path = Path(tempfile.mkdtemp(prefix="grants-picture-")) / "settings.toml"
    atexit.register(shutil.rmtree, path.parent, ignore_errors=True)
    setup_file.export_setup(stage.office, path)
    _empty("campaign", "programmes")(stage)
    stage.window.do("import_setup")
    form = _page(stage).right.import_form
    form.settings.put(str(path))
    form.save()


SCENES = (
    Scene("setup_year", "campaign", _year),
    Scene("setup_import", "campaign", _import),
    Scene("setup_empty", "campaign", _empty("campaign", "programmes")),
    Scene("setup_branches", "campaign", _empty("campaign", "branches")),
    Scene("setup_filling", "campaign", _programme),
    Scene("setup_ready", "campaign", _tab("programmes")),
    Scene("setup_branch", "campaign", _branch),
    Scene("setup_signatory", "campaign", _signatory),
    Scene("setup_paper", "campaign", _paper),
    Scene("setup_away", "campaign", _away),
    Scene("setup_head", "campaign", _head),
    Scene("setup_today", "today", _empty("today")),
    Scene("setup_entry", "applicants", _empty("applicants")),
)
