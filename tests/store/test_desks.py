"""Many desks on one server: nobody's save is lost, nobody waits for ever, the journal stays one chain."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.errors import Refused
from grants_app.store.engine import open_store
from tests.makers import PERMIT
from tests.store.store_makers import clock, handed_in, made_campaign

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.store.engine import Store

DESKS = 32


def edited(store: Store, campaign: int, application: int, desk: int) -> None:
    """Add one line to the note, reading again for as long as somebody else is quicker."""
    while True:
        try:
            with store.reading() as reading:
                known = reading.application(application)
            with store.work(PERMIT) as work:
                noted = replace(known.entry, note=f"{known.entry.note}{desk};")
                work.applications.put(replace(known, entry=noted), seen=known.version)
                work.journal.add("application.corrected", known.no, campaign=campaign)
                work.commit()
        except Refused as refused:
            if refused.code not in ("saved_by_another", "database_busy"):
                raise
        else:
            return


@pytest.mark.prove
def test_no_save_of_thirty_two_desks_is_lost(postgres_store: Store, figure: Callable[[int], int]) -> None:
    edits = figure(200)
    store = postgres_store
    campaign = made_campaign(store).id
    ids = handed_in(store, campaign, 24)
    stores = [open_store(store.address, clock) for _ in range(DESKS)]
    trouble: list[BaseException] = []

    def work_on(desk: int) -> None:
        try:
            for number in range(edits):
                edited(stores[desk], campaign, ids[(desk + number) % len(ids)], desk)
        except BaseException as error:  # noqa: BLE001 - handed to the test's own thread
            trouble.append(error)

    threads = [threading.Thread(target=work_on, args=(desk,)) for desk in range(DESKS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for other in stores:
        other.close()
    assert trouble == []
    with store.reading() as reading:
        notes = "".join(one.entry.note for one in reading.applications(campaign)).split(";")
        events = reading.journal_head()
    assert {desk: notes.count(str(desk)) for desk in range(DESKS)} == dict.fromkeys(range(DESKS), edits)
    assert events == 1 + len(ids) + DESKS * edits
    assert store.check() == ()
