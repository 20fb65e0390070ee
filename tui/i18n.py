"""The words people see: `_()` looks one up in the catalogue of the language that `setup` chose.

Catalogues are `tui/locale/<language>/LC_MESSAGES/bandoc.mo`; a language without one is English.
Look words up when they are shown, not when a module is imported: mark constants with `N_`.
What click says by itself ("Usage:", "Missing argument") is in click.mo beside it.
"""

from __future__ import annotations

import gettext as _gettext
import os
from pathlib import Path

LANGUAGES = ("vi", "en")
_FOLDER = Path(__file__).parent / "locale"

_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"


def _(message: str) -> str:
    """The message in the chosen language. Fill `{fields}` in afterwards: `_("…{name}").format(name=…)`."""
    return _catalogue.gettext(message) if message else ""


def ngettext(one: str, many: str, count: int) -> str:
    """The form that goes with `count`; Vietnamese has one form."""
    return _catalogue.ngettext(one, many, count)


def N_(message: str) -> str:
    """Marks a constant for the catalogue; translate it with `_` where it is shown."""
    return message


def choose(language: str | None) -> str:
    """The language to speak: what was asked for, else BANDOC_LANG, else the locale; "vi" or "en"."""
    wanted = [language, os.environ.get("BANDOC_LANG")]
    # POSIX: LC_ALL wins over LC_MESSAGES, that over LANG.
    wanted += [os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    for name in wanted:
        if name:
            return "vi" if name.lower().startswith("vi") else "en"
    return "en"


def setup(language: str | None = None) -> str:
    """Chooses the language for this process (see `choose`) and returns it."""
    global _catalogue, _language  # noqa: PLW0603  (one process speaks one language)
    _language = choose(language)
    _catalogue = _gettext.translation("bandoc", _FOLDER, languages=[_language], fallback=True)
    # click asks gettext's own domain, in the language of the environment. English needs no catalogue.
    _gettext.bindtextdomain("click", str(_FOLDER))
    _gettext.textdomain("click" if _language == "vi" else "messages")
    if _language == "vi":
        os.environ["LANGUAGE"] = _language
    return _language


def current() -> str:
    """The language in use: "vi" or "en"."""
    return _language
