"""How dates and moments are stored: text in UTC that sorts, with the offset it was typed in beside it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from grants_app.domain.journal import utc_text


def moment_columns(name: str, at: datetime | None) -> dict[str, object]:
    """The two columns of a moment: UTC text ("" for none) and the offset in minutes."""
    if at is None:
        return {name: "", f"{name}_offset": 0}
    offset = at.utcoffset()
    if offset is None:
        msg = f"{name} has no time zone"
        raise ValueError(msg)
    return {name: utc_text(at), f"{name}_offset": int(offset.total_seconds()) // 60}


def moment_of(text: str, offset: int) -> datetime:
    """The moment back, in the offset it was typed with."""
    at = datetime.fromisoformat(text)
    return at if offset == 0 else at.astimezone(timezone(timedelta(minutes=offset)))


def moment_or_none(text: str, offset: int) -> datetime | None:
    """As `moment_of`; None for ""."""
    return moment_of(text, offset) if text else None


def utc_of(text: str) -> datetime:
    """A moment stored without its offset."""
    return datetime.fromisoformat(text).astimezone(UTC)


def utc_or_none(text: str) -> datetime | None:
    """As `utc_of`; None for ""."""
    return utc_of(text) if text else None


def date_text(day: date | None) -> str | None:
    """ISO 8601, or None."""
    return None if day is None else day.isoformat()


def date_of(text: str | None) -> date | None:
    """The day back, or None."""
    return date.fromisoformat(text) if text else None
