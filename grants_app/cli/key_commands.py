"""Commands about the keys papers are proven by: publish one's own, trust another's, list them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grants_app.services.office import keys

if TYPE_CHECKING:
    from grants_app.cli.answers import Session
    from grants_app.domain.keys import PublicKey
    from grants_app.wording import Words


def register(program: typer.Typer) -> None:
    """Add this family's commands to the program."""
    family = typer.Typer(
        help="Publish, trust and list the keys letters are proven by.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    family.command("publish")(publish)
    family.command("trust")(trust)
    family.command("list")(list_)
    program.add_typer(family, name="key")


def publish(
    context: typer.Context, out: Annotated[Path, typer.Option(help="file for the public key")]
) -> None:
    """Write the campaign's public key for others to trust."""
    session: Session = context.obj
    key = keys.publish(session.office(), out)
    session.answer(
        {"file": str(out), "keys": [_told(key)]},
        session.words("The public key of campaign {campaign} is in {file}.", campaign=key.campaign, file=out),
    )
    _read_aloud(session, key)


def trust(context: typer.Context, file: Annotated[Path, typer.Argument()]) -> None:
    """Trust the public key in a file from now on, for letters of its campaign."""
    session: Session = context.obj
    office = session.named_office()
    own = keys.own(office) if office is not None else ()
    key = keys.trust(file, session.opener.trusted_keys(), [one.key for one in own])
    session.answer(
        {"keys": [_told(key)]},
        session.words("The key of campaign {campaign} is trusted on this computer.", campaign=key.campaign),
    )
    _read_aloud(session, key)


def list_(context: typer.Context) -> None:
    """List the keys trusted on this computer; with --db those of the database too."""
    session: Session = context.obj
    office = session.named_office()
    known = keys.proving(office, None, session.opener.trusted_keys())
    session.answer({"keys": [_told(one.key) | {"own": one.own, "published": one.published} for one in known]})
    if not known:
        session.say(session.words("No key is known yet: ask the branch for its public key file."))
    for one in known:
        session.say(f"{one.key.fingerprint}  {named(session.words, one.key)}")


def named(words: Words, key: PublicKey) -> str:
    """A key as a line names it: its campaign, and whether it is a sample's."""
    if not key.campaign:
        return words("sample campaign") if key.sample else words("campaign not named")
    text = words("campaign {code}", code=key.campaign)
    return words("{campaign}, sample", campaign=text) if key.sample else text


def _told(key: PublicKey) -> dict[str, object]:
    return {
        "id": key.id,
        "fingerprint": key.fingerprint,
        "campaign": key.campaign,
        "sample": key.sample,
        "void": len(key.void),
    }


def _read_aloud(session: Session, key: PublicKey) -> None:
    """The fingerprint, and what to do with it."""
    session.say(session.words("Fingerprint of the key: {fingerprint}", fingerprint=key.fingerprint))
    session.say(session.words("Read it to the other side by telephone: it must be the same there."))
    if key.sample:
        session.say(session.words("It is the key of a sample campaign: it proves sample letters only."))
