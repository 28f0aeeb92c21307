"""Where shipped files lie (the wheel's copy or the checkout) and where the user's files go; it opens none."""

from __future__ import annotations

from pathlib import Path

import platformdirs

# The wheel carries the two data folders inside the package (pyproject.toml, [tool.hatch.build]).
_IN_WHEEL = {"db": "_db", "resources": "_resources"}


def shipped(place: str) -> Path:
    """A shipped file or folder by its place in the project, as "db/reference" or "resources/fonts".

    Raises FileNotFoundError when the program was installed without it.
    """
    top, _, rest = place.partition("/")
    if top not in _IN_WHEEL:
        raise FileNotFoundError(place)
    package = Path(__file__).resolve().parent
    for folder in (package / _IN_WHEEL[top], package.parent / top):
        if folder.is_dir():
            found = folder / rest
            if found.exists():
                return found
    raise FileNotFoundError(place)


def user_folder() -> Path:
    """The folder of the user's own files here: database, backups, keys; not created."""
    return platformdirs.user_data_path("grants-app", appauthor=False)
