"""Half-typed entries, kept so that neither Esc nor a power cut loses what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from grants_app.domain.application import Entry

if TYPE_CHECKING:
    from grants_app.services.access import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One form as it was left: `key` says which, `texts` are fields typed so far that mean nothing yet.

    A key is `new-…` for an application that is not there yet, `application-<id>` for a correction.
    `seen` is the version the correction began from.
    """

    key: str
    entry: Entry
    at: datetime
    texts: Mapping[str, str] = field(default_factory=dict)
    seen: int | None = None

    @property
    def new(self) -> bool:
        """Whether it is of an application that is not there yet."""
        return self.key.startswith("new-")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    campaign: int
    entry: Entry
    texts: Mapping[str, str] = field(default_factory=dict)
    seen: int | None = None


def new_key(office: Office) -> str:
    """A key for a new form, apart from every other form of this desk."""
    return f"new-{office.clock():%Y%m%d%H%M%S%f}"


def keep(
    office: Office, key: str, entry: Entry, texts: Mapping[str, str] | None = None, seen: int | None = None
) -> None:
    """Keep a form durably under its key; the former one of the key is replaced. No journal entry is made."""
    permit = office.demand("intake")
    form = _Form(campaign=office.campaign_id, entry=entry, texts=texts or {}, seen=seen)
    with office.store.work(permit) as work:
        work.drafts.put(office.actor.name, key, msgspec.json.encode(form).decode())
        work.commit()


def kept(office: Office) -> tuple[Draft, ...]:
    """The forms this officer left in this campaign, the newest first."""
    with office.store.reading() as reading:
        rows = reading.drafts(office.actor.name)
    drafts = []
    for row in rows:
        form = msgspec.json.decode(row.form, type=_Form)
        if form.campaign == office.campaign_id:
            drafts.append(
                Draft(key=row.key, entry=form.entry, at=row.saved_at, texts=form.texts, seen=form.seen)
            )
    return tuple(sorted(drafts, key=lambda draft: draft.at, reverse=True))


def drop(office: Office, key: str) -> None:
    """Let a form go: it was saved, or thrown away."""
    with office.store.work(office.demand("intake")) as work:
        work.drafts.remove(office.actor.name, key)
        work.commit()
