"""The signed text inside a paper's code: made, read, proved; it does not know how it is drawn or scanned.

A code is `GA1.<payload>.<signature>`, both parts base64url without padding: the payload a compact JSON
array `[number, programme, branch, date, run, salt, digest, key]`, the signature Ed25519 over everything
before the last dot. Only the one spelling of each part is accepted, so that no altered character passes.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from grants_app.domain.errors import Altered, Refused
from grants_app.domain.papers import CodePayload

if TYPE_CHECKING:
    from collections.abc import Iterable

PREFIX = "GA1"
SALT_BYTES = 8
DIGEST_BYTES = 12
KEY_BYTES = 6
SIGNATURE_BYTES = 64
MAX_CODE = 1_000  # characters; a version 12 QR code of level M holds 287
_FIELDS = 8


def name_digest(salt: bytes, name: str) -> bytes:
    """The salted digest of a name: the first 12 bytes of SHA-256(salt + UTF-8 of the plain name).

    The plain name is NFC, every run of white space one space, none outside, case folded; so a name typed
    in other letter case or with other spaces is the same name, one with another letter is not.
    """
    plain = " ".join(unicodedata.normalize("NFC", name).split()).casefold()
    return hashlib.sha256(salt + unicodedata.normalize("NFC", plain).encode()).digest()[:DIGEST_BYTES]


def name_matches(payload: CodePayload, name: str) -> bool:
    """Whether the payload was made for this name."""
    return hmac.compare_digest(name_digest(payload.salt, name), payload.digest)


def key_id(public_key: bytes) -> str:
    """The short id of a raw 32-byte public key: 8 characters of base64url of its SHA-256."""
    return _encoded(hashlib.sha256(public_key).digest()[:KEY_BYTES])


def make_code(payload: CodePayload, private_key: bytes) -> str:
    """The code's text, signed with a raw 32-byte Ed25519 key; the same payload gives the same text.

    `payload.key` must be the id of that key's public half (ValueError otherwise: a bug of the caller).
    """
    signer = Ed25519PrivateKey.from_private_bytes(private_key)
    if payload.key != key_id(signer.public_key().public_bytes_raw()):
        raise ValueError("the payload names another key than the one that signs it")
    fields = [
        payload.number,
        payload.programme,
        payload.branch,
        payload.issued_on.isoformat(),
        payload.run,
        _encoded(payload.salt),
        _encoded(payload.digest),
        payload.key,
    ]
    body = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
    signed = f"{PREFIX}.{_encoded(body)}"
    return f"{signed}.{_encoded(signer.sign(signed.encode()))}"


def read_code(text: str) -> CodePayload:
    """What a code says, **not yet proved**; Refused `code_unreadable` when it is not one of ours."""
    return _split(text)[0]


def verify_code(text: str, trusted: Iterable[bytes]) -> CodePayload:
    """What a code says, proved by one of the trusted raw public keys.

    Refused `code_unreadable` when it is no code of ours, `code_key_unknown` when no trusted key made it;
    Altered `code_altered` when it names a trusted key and the signature does not hold.
    """
    payload, signed, signature = _split(text)
    if not _signer(payload, trusted, signature, signed):
        raise Refused("code_key_unknown", key=payload.key)
    return payload


def signer_of(text: str, trusted: Iterable[bytes]) -> bytes:
    """The trusted raw public key that made a code; refused as `verify_code` refuses."""
    payload, signed, signature = _split(text)
    public = _signer(payload, trusted, signature, signed)
    if not public:
        raise Refused("code_key_unknown", key=payload.key)
    return public


def _signer(payload: CodePayload, trusted: Iterable[bytes], signature: bytes, signed: bytes) -> bytes:
    """The trusted key of the payload's id that signed it; b"" when no trusted key has that id."""
    named = [key for key in trusted if key_id(key) == payload.key]
    for public in named:
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, signed)
        except InvalidSignature:
            continue
        return public
    if named:
        raise Altered("code_altered", number=payload.number)
    return b""


def _split(text: str) -> tuple[CodePayload, bytes, bytes]:
    """The payload, the bytes that were signed, and the signature."""
    parts = text.split(".")
    if len(text) > MAX_CODE or len(parts) != 3 or parts[0] != PREFIX:  # noqa: PLR2004 - three parts, see above
        raise Refused("code_unreadable")
    signature = _decoded(parts[2])
    if len(signature) != SIGNATURE_BYTES:
        raise Refused("code_unreadable")
    return _payload(_decoded(parts[1])), f"{parts[0]}.{parts[1]}".encode(), signature


def _payload(body: bytes) -> CodePayload:
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused("code_unreadable") from error
    if not isinstance(fields, list) or len(fields) != _FIELDS:
        raise Refused("code_unreadable")
    number, programme, branch, issued_on, run, salt, digest, key = fields
    words = (number, programme, branch, issued_on, salt, digest, key)
    if not all(isinstance(word, str) for word in words) or type(run) is not int:
        raise Refused("code_unreadable")
    try:
        day = date.fromisoformat(issued_on)
    except ValueError as error:
        raise Refused("code_unreadable") from error
    return CodePayload(
        number=number,
        programme=programme,
        branch=branch,
        issued_on=day,
        run=run,
        salt=_decoded(salt),
        digest=_decoded(digest),
        key=key,
    )


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    """The bytes of base64url in its one canonical spelling (no padding, unused bits zero)."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refused("code_unreadable") from error
    if _encoded(data) != text:
        raise Refused("code_unreadable")
    return data
