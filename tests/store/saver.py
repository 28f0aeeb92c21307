"""Saves without end and says so after each commit; to be killed by a test in the middle of it."""

from __future__ import annotations

import sys
from dataclasses import replace

from grants_app.store.engine import open_store
from tests.makers import PERMIT
from tests.store.store_makers import clock, handed_in, person


def main(address: str, campaign: int, start: int) -> None:
    """Hand in an application and correct it, each in one transaction, printing what was acknowledged."""
    store = open_store(address, clock)
    number = start
    while True:
        number += 1
        (one,) = handed_in(store, campaign, 1, first=number)
        print("added", one, flush=True)  # noqa: T201 - the acknowledgement
        with store.work(PERMIT) as work:
            known = work.applications.get(one)
            named = person(number, given=f"Имя {number}", surname=f"Фамилия {number}")
            work.persons.put(known.person_id, named)
            noted = replace(known.entry, person=named, note=f"n{number}", choices=known.entry.choices[:1])
            work.applications.put(replace(known, entry=noted))
            work.journal.add("application.corrected", known.no, campaign=campaign)
            work.commit()
        print("corrected", one, flush=True)  # noqa: T201 - the acknowledgement


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
