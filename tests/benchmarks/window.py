"""The real window without a display, in a process of its own: started, searched, sorted, scrolled, weighed.

`python -m tests.benchmarks.window start|lists|empty DATABASE`.
"""

from __future__ import annotations

import random
import sys
import time
from typing import TYPE_CHECKING

from grants_app.domain.spelling import other_layout
from tests.benchmarks import measuring

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.pages.applicants_list import ApplicantsList

SIZE = (1366, 768)
PEOPLE_SEARCHED = 30
LETTERS = 7
LONG = 3  # from so many letters on the index answers
PLACES_SCROLLED = 200


def empty() -> None:
    """The floor: an empty window, and SQLAlchemy imported."""
    import sqlalchemy  # noqa: F401 - its import is what is timed
    from PySide6.QtWidgets import QApplication, QWidget

    application = QApplication(["empty"])
    window = QWidget()
    window.resize(*SIZE)
    window.show()
    application.processEvents()
    print("ready", flush=True)
    print(measuring.resident(), file=sys.stderr)


def opened(address: str) -> tuple[QApplication, MainWindow]:
    """The window as the program opens it, on its first page."""
    from PySide6.QtWidgets import QApplication

    from grants_app import bootstrap
    from grants_app.gui import application as gui

    application = QApplication(["grants-app"])
    gui.Collector(application)
    window = gui.make_window(application, bootstrap.Outside(), address)
    window.resize(*SIZE)
    window.show()
    application.processEvents()
    return application, window


def applicants(application: QApplication, window: MainWindow) -> ApplicantsList:
    """The list of applicants, painted."""
    from grants_app.gui.pages.applicants import ApplicantsPage

    window.stack.go("applicants")
    application.processEvents()
    page = window.stack.page
    assert isinstance(page, ApplicantsPage)
    assert page.list.model.rowCount() > 0
    return page.list


def start(address: str) -> None:
    """Open the window and the list, and say when it can be used."""
    applicants(*opened(address))
    print("ready", flush=True)


def lists(address: str) -> None:
    """Type names key by key, sort by every column, jump to places: the 95th percentile of each, seconds."""
    application, window = opened(address)
    shown = applicants(application, window)
    print("resident", measuring.resident())
    chance = random.Random(1)
    total = shown.model.rowCount()
    asked = [shown.model.line(chance.randrange(total)) for _ in range(PEOPLE_SEARCHED)]
    texts = [f"{one.surname} {one.given}"[:LETTERS].lower() for one in asked]
    short: list[float] = []
    long: list[float] = []
    answered: list[tuple[float, float]] = []
    for text in texts:
        for length in range(1, len(text) + 1):
            times = long if length >= LONG else short
            answered.append(typed(application, shown, text[:length]))
            times.append(answered[-1][1])
    mistyped = [typed(application, shown, f"{one.surname[:3]}ъ{one.surname[3:]}")[1] for one in asked]
    switched = [typed(application, shown, other_layout(one.surname))[1] for one in asked]
    shown.search_edit.setText("")
    sorts = [
        timed(application, lambda: sort(shown, place, order))  # noqa: B023 - called at once
        for place in range(shown.model.columnCount())
        for order in ("AscendingOrder", "DescendingOrder")
    ]
    bar = shown.table.verticalScrollBar()
    scrolls = [
        timed(application, lambda: bar.setValue(chance.randrange(bar.maximum())))
        for _ in range(PLACES_SCROLLED)
    ]
    print("search_short", measuring.p95(short))
    print("search_long", measuring.p95(long))
    print("search", measuring.p95([*short, *long]))
    print("answered", measuring.p95([answer for answer, _ in answered]))
    print("mistyped", measuring.p95(mistyped))
    print("other_layout", measuring.p95(switched))
    print("sort", measuring.p95(sorts))
    print("sort_most", max(sorts))
    print("scroll", measuring.p95(scrolls))
    print("scroll_most", max(scrolls))
    print("resident_after", measuring.resident())


def sort(shown: ApplicantsList, place: int, order: str) -> None:
    """Sort by a column, as a click on its heading does."""
    from PySide6.QtCore import Qt

    shown.model.sort(place, Qt.SortOrder[order])


def typed(application: QApplication, shown: ApplicantsList, text: str) -> tuple[float, float]:
    """Processor seconds until a search is answered, and until it is painted."""
    began = time.process_time()
    shown.search_edit.setText(text)
    answered = time.process_time() - began
    application.processEvents()
    return answered, time.process_time() - began


def timed(application: QApplication, act: Callable[[], object]) -> float:
    """Processor seconds until the act is done and painted."""
    began = time.process_time()
    act()
    application.processEvents()
    return time.process_time() - began


def proxy(_address: str) -> None:
    """The peer: Qt's own proxy sorting and filtering as many names."""
    from PySide6.QtCore import QSortFilterProxyModel, QStringListModel, Qt
    from PySide6.QtWidgets import QApplication

    application = QApplication(["proxy"])
    names = [f"{number * 7919 % 100_000:06d} Осмон тегин" for number in range(100_000)]
    model = QStringListModel(names)
    sorting = QSortFilterProxyModel()
    sorting.setSourceModel(model)
    sorting.setSortLocaleAware(True)
    print("sort", timed(application, lambda: sorting.sort(0, Qt.SortOrder.AscendingOrder)))
    print("filter", timed(application, lambda: sorting.setFilterFixedString("09999")))


def main() -> None:
    """Do what the first argument says on the database of the second."""
    what, address = sys.argv[1], (sys.argv[2:] or [""])[0]
    if what == "empty":
        empty()
    else:
        {"start": start, "lists": lists, "proxy": proxy}[what](address)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
