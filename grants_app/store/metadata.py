"""The naming and the kinds of columns all tables share; it knows no table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, MetaData, Text

from grants_app.domain.values import LANGS

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def text_type() -> TypeEngine[str]:
    """Text that both engines order by code point, whatever the server's locale."""
    return Text().with_variant(Text(collation="C"), "postgresql")


def text(name: str, default: str | None = "") -> Column[str]:
    """Text that is never NULL; `default` None asks for it at every insert."""
    return Column(name, text_type(), nullable=False, default=default)


def text_or_null(name: str) -> Column[str]:
    """Text that may be unknown."""
    return Column(name, text_type(), nullable=True)


def number(name: str, default: int | None = None) -> Column[int]:
    """A whole number that is never NULL."""
    return Column(name, Integer, nullable=False, default=default)


def number_or_null(name: str) -> Column[int]:
    """A whole number that may be unknown."""
    return Column(name, Integer, nullable=True)


def flag(name: str, *, default: bool = False) -> Column[bool]:
    """Yes or no."""
    return Column(name, Boolean, nullable=False, default=default)


def octets(name: str) -> Column[bytes]:
    """Bytes that are never NULL."""
    return Column(name, LargeBinary, nullable=False)


def key() -> Column[int]:
    """The row's own number."""
    return Column("id", Integer, primary_key=True)


def ref(name: str, target: str, *, null: bool = False, primary: bool = False) -> Column[int]:
    """A reference to another table's `id`; what is referred to can never be deleted (no cascade)."""
    return Column(name, ForeignKey(f"{target}.id"), nullable=null, primary_key=primary)


def part(name: str, *, kind: str = "text") -> Column[str] | Column[int]:
    """A column of a composed primary key."""
    if kind == "text":
        return Column(name, text_type(), primary_key=True)
    return Column(name, Integer, primary_key=True, autoincrement=False)


def names(prefix: str) -> tuple[Column[str], ...]:
    """One name in the four languages: `prefix_ky`, `prefix_ru`, `prefix_kk`, `prefix_en`."""
    return tuple(text(f"{prefix}_{lang}") for lang in LANGS)


def moment(name: str) -> tuple[Column[str], Column[int]]:
    """A moment as UTC text ("" when unknown) and the offset it was typed with, in minutes."""
    return text(name), number(f"{name}_offset", 0)
