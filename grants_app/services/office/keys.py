"""Keys papers are proven by: a campaign's own, published to a file, and those trusted on this machine.

A published key is a JSON file signed by the key itself: the names of branches and programmes and the list of
void papers cannot be altered without it. Whose key it is only people can tell, by its fingerprint.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal

import msgspec

from grants_app.domain.errors import Altered, Refused
from grants_app.domain.keys import KEY_BYTES, PublicKey, VoidPaper, taken
from grants_app.domain.values import Names
from grants_app.services.entry_changes import text_of
from grants_app.services.files import make_folder, read_limited, write_whole
from grants_app.wording import local, local_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grants_app.domain.award import IssuedPaper
    from grants_app.domain.campaign import Campaign
    from grants_app.services.access import Office

FORMAT: Literal["grants-app-key/1"] = "grants-app-key/1"
LETTERS = "award_letter"
LIMIT = 5_000_000
_PURPOSE = b"grants-app key v1\0"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Published:
    """The file, as it is written and read."""

    format: Literal["grants-app-key/1"]
    public: str
    campaign: str
    titles: Names
    branches: Mapping[str, Names]
    programmes: Mapping[str, Names]
    void: tuple[VoidPaper, ...]
    at: datetime
    sample: bool
    id: str = ""
    fingerprint: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class _Replaces:
    """Of a letter's facts, which letter it was issued in place of."""

    replaces: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownKey:
    """A key papers can be proven by here: `own` keys are the open database's, the others were trusted."""

    key: PublicKey
    own: bool = False
    published: bool = False
    campaign: int | None = field(default=None)


# ---- the open database's own -------------------------------------------------------------------------


def own(office: Office) -> tuple[KnownKey, ...]:
    """Every key the open database ever signed with, the oldest first, each with what is void by now."""
    with office.store.reading() as reading:
        keys = reading.public_keys()
        campaigns = {campaign: reading.campaign(campaign) for campaign, _ in keys}
        papers = {campaign: reading.papers(campaign, kind=LETTERS) for campaign in campaigns}
        told = {campaign: _published_ids(office, campaign) for campaign in campaigns}
    found = []
    for campaign, public in keys:
        key = _key(campaigns[campaign], public, papers[campaign], office.clock())
        found.append(KnownKey(key=key, own=True, published=key.id in told[campaign], campaign=campaign))
    return tuple(found)


def present(office: Office) -> PublicKey:
    """The campaign's present key, with the names it proves and the letters that are void by now."""
    with office.store.reading() as reading:
        campaign = reading.campaign(office.campaign_id)
        public = reading.public_key(office.campaign_id)
        papers = reading.papers(office.campaign_id, kind=LETTERS)
    return _key(campaign, public, papers, office.clock())


def published(office: Office) -> bool:
    """Whether the campaign's present key was published: others can prove its letters."""
    with office.store.reading() as reading:
        public = reading.public_key(office.campaign_id)
    return PublicKey(public=public).id in _published_ids(office, office.campaign_id)


def publish(office: Office, out: Path) -> PublicKey:
    """Write the campaign's public key, signed by itself, for others to trust; answers it.

    The journal keeps that it was published. Done again, it carries the letters that became void since.
    """
    permit = office.demand("publish_key")
    key = present(office)
    with office.store.work(permit) as work:
        pair = work.keys.of_campaign(office.campaign_id)
        write_whole(out, written(key, pair.private, key.at or office.now()))
        work.journal.add(
            "key.published",
            key.id,
            after=text_of({"fingerprint": key.fingerprint, "file": out.name, "void": len(key.void)}),
            campaign=office.campaign_id,
        )
        work.commit()
    return key


def _published_ids(office: Office, campaign: int) -> frozenset[str]:
    with office.store.reading() as reading:
        _, events = reading.events(campaign, act="key.published", limit=1000)
    return frozenset(event.subject for event in events)


def _key(campaign: Campaign, public: bytes, papers: Sequence[IssuedPaper], now: datetime) -> PublicKey:
    setup = campaign.setup
    return PublicKey(
        public=public,
        campaign=setup.code,
        titles=setup.titles,
        branches={branch.code: branch.names for branch in setup.branches},
        programmes={programme.code: programme.names for programme in setup.programmes},
        void=_void(papers, setup.zone),
        at=local(now, setup.zone),
        sample=setup.sample,
    )


def _void(papers: Sequence[IssuedPaper], zone: str) -> tuple[VoidPaper, ...]:
    """The letters not in force any more, each with the one issued in its place."""
    by = {
        replaced: paper.number
        for paper in papers
        if (replaced := msgspec.json.decode(paper.facts, type=_Replaces).replaces)
    }
    return tuple(
        VoidPaper(
            number=paper.number,
            state="replaced" if paper.number in by else "cancelled",
            on=local_day(paper.ended_at, zone) if paper.ended_at else None,
            replaced_by=by.get(paper.number, ""),
        )
        for paper in papers
        if paper.state != "issued"
    )


# ---- the file ----------------------------------------------------------------------------------------


def written(key: PublicKey, private: bytes, at: datetime) -> bytes:
    """The published file's bytes, signed by the key's private half."""
    from grants_app.rules.sealing import sign  # with its library: not with the first screen

    file = _Published(
        format=FORMAT,
        public=base64.b64encode(key.public).decode(),
        campaign=key.campaign,
        titles=key.titles,
        branches=key.branches,
        programmes=key.programmes,
        void=key.void,
        at=at,
        sample=key.sample,
        id=key.id,
        fingerprint=key.fingerprint,
    )
    raw = msgspec.to_builtins(file)
    del raw["signature"]
    return (
        msgspec.json.format(
            msgspec.json.encode(raw | {"signature": sign(private, _message(raw))}, order="sorted"), indent=1
        )
        + b"\n"
    )


def _message(raw: Mapping[str, object]) -> bytes:
    return _PURPOSE + msgspec.json.encode(raw, order="sorted")


def read(path: Path) -> PublicKey:
    """The key in a file: a published one, proven by its own signature, or a bare key in base64.

    Refused `key_unreadable`, Altered `key_altered` when the signature does not hold.
    """
    data = read_limited(path, LIMIT).strip()
    if data.startswith(b"{"):
        return _parsed(data, path)
    return PublicKey(public=_raw(data, path))


def _raw(text: bytes | str, path: Path) -> bytes:
    try:
        public = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Refused("key_unreadable", file=str(path)) from None
    if len(public) != KEY_BYTES:
        raise Refused("key_unreadable", file=str(path))
    return public


def _parsed(data: bytes, path: Path) -> PublicKey:
    from grants_app.rules.sealing import check_signature  # with its library: not with the first screen

    try:
        raw = msgspec.json.decode(data, type=dict[str, object])
        file = msgspec.convert(raw, _Published)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError) as problem:
        raise Refused("key_unreadable", file=str(path)) from problem
    public = _raw(file.public, path)
    raw.pop("signature", None)
    try:
        check_signature(public, _message(raw), file.signature)
    except Altered as problem:
        raise Altered("key_altered", file=str(path)) from problem
    return PublicKey(
        public=public,
        campaign=file.campaign,
        titles=file.titles,
        branches=file.branches,
        programmes=file.programmes,
        void=file.void,
        at=file.at,
        sample=file.sample,
    )


# ---- trusted on this machine -------------------------------------------------------------------------


def trusted(folder: Path) -> tuple[KnownKey, ...]:
    """The keys trusted on this machine, by campaign; a bare key was left there by a demonstration.

    Refused when a file there is no key any more, or two keys have one id: which of them signed is not known.
    """
    if not folder.is_dir():
        return ()
    found: list[PublicKey] = []
    for path in sorted((*folder.glob("*.key"), *folder.glob("*.pub"))):
        key = read(path)
        if key.at is None:
            key = PublicKey(public=key.public, sample=True)
        if taken(key.public, [one.public for one in found]):
            raise Refused("key_id_taken", id=key.id)
        if key.public not in {one.public for one in found}:
            found.append(key)
    found.sort(key=lambda key: (key.campaign, key.id))
    return tuple(KnownKey(key=key, published=key.at is not None) for key in found)


def trust(source: Path, folder: Path, known: Sequence[PublicKey] = ()) -> PublicKey:
    """Trust the published key in a file from now on; answers it, to compare its fingerprint aloud.

    The same key published later brings its newer list of void letters; an older file changes nothing. Refused
    when the file holds no published key, when another key is known by its id already (here or among `known`),
    and when a key known as a sample's comes as a real one.
    """
    key = read(source)
    at = demand_published(key, source)
    here = [one.key for one in trusted(folder)]
    demand_new_id(key.public, [one.public for one in (*here, *known)])
    before = next((one for one in here if one.public == key.public), None)
    if before is not None and before.sample and not key.sample:
        raise Refused("key_of_a_sample", id=key.id)
    if before is None or before.at is None or before.at < at:
        make_folder(folder)
        write_whole(_place(folder, key), read_limited(source, LIMIT))
    return key


def demand_published(key: PublicKey, source: Path) -> datetime:
    """When a key was published; a bare one is refused: whether it is a sample's, nobody signed."""
    if key.at is None:
        raise Refused("key_not_published", file=str(source))
    return key.at


def demand_new_id(public: bytes, known: Sequence[bytes]) -> None:
    """Refuse a key another known key shares its id with."""
    if taken(public, known):
        raise Refused("key_id_taken", id=PublicKey(public=public).id)


def forget(key_id: str, folder: Path) -> None:
    """Trust a key no more; Refused (key_unknown) when none of this id is trusted here."""
    paths = [path for path in (*folder.glob("*.key"), *folder.glob("*.pub")) if read(path).id == key_id]
    if not paths:
        raise Refused("key_unknown", id=key_id)
    for path in paths:
        path.unlink()


def trust_own(office: Office, folder: Path) -> Path:
    """Publish the campaign's own key to those trusted on this machine; answers the file."""
    path = _place(folder, present(office))
    publish(office, path)
    return path


def _place(folder: Path, key: PublicKey) -> Path:
    return folder / f"{key.id}.key"


def proving(office: Office | None, given: Path | None, folder: Path) -> tuple[KnownKey, ...]:
    """What to prove by: the key in the file given, else those trusted here; an open database's own before.

    Never one found inside the thing it proves.
    """
    mine = own(office) if office is not None else ()
    others = (KnownKey(key=read(given)),) if given is not None else trusted(folder)
    have = {one.key.public for one in mine}
    for one in others:
        demand_new_id(one.key.public, sorted(have))
    return (*mine, *(one for one in others if one.key.public not in have))
