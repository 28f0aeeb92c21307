"""What a sealed run proves: the result by its inputs, the fingerprint by both, the signature by a key.

It works on bytes; whose the keys are and where files lie is not known here.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from grants_app.domain.errors import Altered, Refused
from grants_app.rules.allocation import allocate_checked
from grants_app.rules.runfile import canonical, fingerprint, parse, write, write_known

if TYPE_CHECKING:
    from grants_app.domain.ranking import RunInputs, RunResult, SealedRun


def sign(private_key: bytes, message: bytes) -> str:
    """The base64 of the Ed25519 signature by a raw 32-byte private key."""
    return base64.b64encode(Ed25519PrivateKey.from_private_bytes(private_key).sign(message)).decode()


def check_signature(public_key: bytes, message: bytes, signature: str) -> None:
    """Altered("signature_wrong") unless the base64 signature is by the raw 32-byte public key's owner."""
    try:
        known = Ed25519PublicKey.from_public_bytes(public_key)
        known.verify(base64.b64decode(signature, validate=True), message)
    except (InvalidSignature, binascii.Error, ValueError) as error:
        raise Altered("signature_wrong") from error


def seal(inputs: RunInputs, result: RunResult, private_key: bytes) -> bytes:
    """The sealed run file. Refused while a tie is open: somebody's place is not decided yet."""
    if not result.final:
        raise Refused("run_ties_open", ties=str(len(result.open_ties)))
    return write(inputs, result, sign(private_key, canonical(inputs, result)))


def recompute(data: bytes) -> bytes:
    """The run file with the result its inputs alone give.

    The signature stays only where the fingerprint is what it was.
    """
    given = parse(data)
    inputs, known = given.inputs, {given.fingerprint: given.signature} if given.fingerprint else {}
    del given  # the claimed result of a large campaign is not kept beside the new one
    return write_known(inputs, allocate_checked(inputs), known)


def verify(data: bytes, public_key: bytes | None) -> SealedRun:
    """The run a sealed file holds, proven; `public_key` None leaves the signature unproven.

    Altered when the fingerprint does not fit the content, the result does not follow from the inputs, or
    the signature is missing or another's.
    """
    sealed = parse(data)
    message = canonical(sealed.inputs, sealed.result)
    if fingerprint(message) != sealed.fingerprint:
        raise Altered("run_fingerprint_differs")
    if canonical(sealed.inputs, allocate_checked(sealed.inputs)) != message:
        raise Altered("run_result_differs")
    if public_key is not None:
        check_signature(public_key, message, sealed.signature)
    return sealed
