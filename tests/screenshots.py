"""Makes pictures of every scene at the design's sizes, in its appearances and languages.

`python -m tests.screenshots OUT [--only PART-OF-A-NAME] [--size 1093x614] [--lang ky] [--look dark]`
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from grants_app.gui.application import PAGES, START, make_theme, style_application
from grants_app.gui.main_window import FrameParts, MainWindow
from grants_app.gui.page import Desk
from grants_app.gui.page_stack import PageEntry
from grants_app.gui.qt_words import Speech
from grants_app.gui.tasks import Tasks
from grants_app.gui.widgets.bars import FrameFacts, StatusFact
from grants_app.gui.widgets.pdf import PdfThread
from grants_app.services.access import Folders
from grants_app.services.opening import Premises
from grants_app.wording import Words
from tests import gallery, offices
from tests.scenes import Scene, Stage, all_scenes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SIZES = ((1366, 768), (1093, 614), (1920, 1080))
LOOKS = ("light", "dark")
LANGS = ("ru", "ky")

GALLERY = (
    Scene("gallery_list", "applicants", lambda stage: stage.page.form.focus("born_on")),
    Scene("gallery_cards", "today", lambda stage: stage.page.queues.setFocus()),
    Scene(
        "gallery_strip",
        "applicants",
        lambda stage: stage.page.show_message("warn", stage.window.words("Cancel")),
    ),
)


def gallery_facts(_office: object, words: Words) -> FrameFacts:
    """What the frame says in the gallery, where there is no office."""
    return FrameFacts(
        title=words("Grants") + " 2026",
        branch="Бишкек · КазНУ",
        stage="приём открыт до 15.07 14:00",
        stage_kind="ok",
        officer="Токтогулова А. · секретарь",
        facts=(
            StatusFact("file", "neutral", "grants.sqlite"),
            StatusFact("backup", "ok", "Резервная копия от 14:20 проверена"),
            StatusFact("journal", "ok", "Журнал цел · 3 412 записей"),
            StatusFact("key", "warn", "База не зашифрована"),
        ),
        counts={"applicants": "674", "today": "6", "awards": "50"},
    )


class Studio:
    """One application in which windows are opened, photographed and closed."""

    def __init__(
        self,
        out: Path,
        offices_by_stage: Mapping[str, Any],
        facts: Callable[..., FrameFacts],
        pages: Sequence[PageEntry],
    ) -> None:
        self._application = QApplication.instance() or QApplication(["screenshots"])
        self._theme = make_theme(self._application)
        style_application(self._application, self._theme)
        self._out = out
        self._offices = offices_by_stage
        self._facts = facts
        self._pages = pages
        self._folder = tempfile.TemporaryDirectory()

    def shoot(self, scenes: Sequence[Scene], look: str, lang: str, sizes: Sequence[tuple[int, int]]) -> None:
        """Photograph every scene in one appearance and language."""
        self._theme.choose(look)
        words = Speech(Words, lang, self._application)
        words.install()
        for scene in scenes:
            for width, height in sizes:
                stage = self._stage(words, scene)
                stage.window.resize(width, height)
                stage.window.show()
                stage.settle()
                stage.window.stack.go(scene.page)
                stage.settle()
                scene.setup(stage)
                stage.settle()
                path = self._out / f"{scene.name}-{width}x{height}-{look}-{lang}.png"
                stage.window.grab().save(str(path))
                stage.window.close()
                stage.window.deleteLater()
                self._application.processEvents()
        words.remove()

    def _stage(self, words: Speech, scene: Scene) -> Stage:
        tasks = Tasks(self._application)
        office = self._offices[scene.stage]
        settings = QSettings(str(Path(self._folder.name) / "window.ini"), QSettings.Format.IniFormat)
        settings.clear()
        window = MainWindow(
            FrameParts(
                words=words,
                theme=self._theme,
                tasks=tasks,
                desk=Desk(
                    None if scene.without_office else office,
                    self._application,
                    Premises(offices.summer, Folders(Path(self._folder.name)), offices.READER),
                ),
                pdf=PdfThread(self._application),
                report_bug=print,
                settings=settings,
                pages=self._pages,
                start=START.entry(),
                facts=self._facts,
            )
        )
        return Stage(window, tasks, office)


def gallery_pages() -> list[PageEntry]:
    """The real rail, with the gallery's pages behind it."""
    built: dict[str, Any] = {"applicants": gallery.GalleryPage}
    return [
        PageEntry(page.page_id, page.icon, page.name, built.get(page.page_id, gallery.CardsPage), page.gap)
        for page in PAGES
    ]


def main() -> int:
    """Make the pictures asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--size", default="")
    parser.add_argument("--lang", default="")
    parser.add_argument("--look", default="")
    parser.add_argument("--gallery", action="store_true")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    sizes = [size for size in SIZES if asked.size in ("", f"{size[0]}x{size[1]}")]
    with tempfile.TemporaryDirectory() as folder:
        if asked.gallery:
            studio = Studio(asked.out, {"sealed": "no office"}, gallery_facts, gallery_pages())
            scenes = list(GALLERY)
        else:
            from grants_app.bootstrap import Outside

            offices.make_stages(Path(folder))
            sample = {
                stage: offices.opened(Path(folder) / stage) for stage in ("imported", "settled", "sealed")
            }
            studio = Studio(asked.out, sample, Outside().frame_facts, [page.entry() for page in PAGES])
            scenes = all_scenes()
        scenes = [scene for scene in scenes if asked.only in scene.name]
        for look in LOOKS:
            for lang in (asked.lang,) if asked.lang else LANGS:
                if asked.look in ("", look):
                    studio.shoot(scenes, look, lang, sizes)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
