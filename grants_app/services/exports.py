"""Writing a list to a file: XLSX, CSV, PDF or HTML of the same table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grants_app.domain.errors import Refused
from grants_app.domain.papers import Column, Table
from grants_app.services.entry_changes import text_of
from grants_app.services.files import write_whole
from grants_app.services.lists import table
from grants_app.wording import mark

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grants_app.domain.papers import Divider
    from grants_app.domain.permit import Permit
    from grants_app.services.access import Office
    from grants_app.wording import Words

FORMS = ("xlsx", "csv", "pdf", "html")


def drawn(made: Table, words: Words, form: str) -> bytes:
    """The table as a file's bytes; Refused for a format there is none of."""
    from grants_app.papers.lists import table_pdf
    from grants_app.papers.tables import table_csv, table_html, table_xlsx
    from grants_app.services import stationery

    if form == "xlsx":
        return table_xlsx(traced(made), words)
    if form == "csv":
        return table_csv(traced(made), words)
    if form == "html":
        return table_html(made, words)
    if form == "pdf":
        return table_pdf(made, words, stationery.fonts(), landscape=True)
    raise Refused("format_unknown", form=form, known=", ".join(FORMS))


def traced(made: Table) -> Table:
    """The table with the sealed run's fingerprint in a last column, for files without pages to carry it.

    So every row, wherever it is pasted or merged, still says which decision it is from.
    """
    if not made.fingerprint:
        return made
    trace = Column("fingerprint", mark("Fingerprint of the run"), "text", 8)
    return replace(made, columns=(*made.columns, trace), rows=[(*row, made.fingerprint) for row in made.rows])


def shown(
    office: Office,
    words: Words,
    title: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    dividers: tuple[Divider, ...] = (),
) -> Table:
    """A list as it stands on the screen, ready to be written or printed under the campaign's name."""
    setup = office.campaign().setup
    columns = tuple(Column(f"column_{place}", text, named=True) for place, text in enumerate(headings))
    return Table(
        title=title,
        columns=columns,
        rows=rows,
        subtitle=(setup.titles.get(words.lang),),
        dividers=dividers,
        made_on=office.today(),
        sample=setup.sample,
    )


def write_shown(office: Office, words: Words, made: Table, form: str, path: Path) -> int:
    """Write a list from the screen, whole or not at all, note it in the journal, and answer its rows."""
    permit = office.demand("papers")
    write_whole(path, drawn(made, words, form))
    _note(office, permit, made, form)
    return len(made.rows)


def print_shown(office: Office, words: Words, made: Table) -> bytes:
    """The pages of a list from the screen, noted in the journal as going to the printer."""
    permit = office.demand("papers")
    pages = drawn(made, words, "pdf")
    _note(office, permit, made, "printer")
    return pages


def _note(office: Office, permit: Permit, made: Table, form: str) -> None:
    with office.store.work(permit) as work:
        work.journal.add(
            "list.exported",
            made.title,
            after=text_of({"format": form, "rows": len(made.rows)}),
            campaign=office.campaign_id,
        )
        work.commit()


def write(office: Office, words: Words, kind: str, form: str, path: Path) -> int:
    """Write a list, whole or not at all, note it in the journal, and answer how many rows it holds."""
    permit = office.demand("papers")
    made = table(office, words, kind)
    write_whole(path, drawn(made, words, form))
    with office.store.work(permit) as work:
        work.journal.add(
            "list.exported",
            kind,
            after=text_of({"format": form, "rows": len(made.rows)}),
            campaign=office.campaign_id,
        )
        work.commit()
    return len(made.rows)
