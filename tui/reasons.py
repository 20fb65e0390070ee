"""Why a line of a page became what it is, or was left out: the store's phrases, marked for the catalogue.

The store keeps them with the article, so they are looked up where the raw page shows them.
tests/tui/test_locale.py holds the samples to this list; a phrase that is not in it is shown as it is.
"""

from __future__ import annotations

from tui.i18n import N_, _

REASONS = (
    # what a line is
    N_("its words return in the text"),
    N_("the headline before the text"),
    N_("no headline on the page: the first words of the text"),
    N_("stamp above the title"),
    N_("stamp inside the article"),
    N_("stamp on the line of the title"),
    N_("stamp under the article"),
    N_("stamp under the title"),
    N_("the stamp of the page"),
    N_("the day the text tells of"),
    N_("the day the text tells of, its year from the page's clock"),
    N_("the day the text tells of, its year from the text"),
    N_("the agency after the text"),
    N_("the banner of the page"),
    N_("the byline after the text"),
    N_("the byline under the title"),
    N_("the name after the last sentence"),
    N_("name beside the stamp"),
    N_("the dateline"),
    N_("the paper beside the stamp"),
    N_("the site names itself"),
    N_("the source beside the byline"),
    N_("the source line"),
    N_("corrected by hand"),
    N_("taken away by hand"),
    # why it was left out
    N_("taken out by hand"),
    N_("a button or a form"),
    N_("a file or a link"),
    N_("a headline after the text"),
    N_("a headline of something else"),
    N_("a label under the title"),
    N_("a number by itself"),
    N_("a picture credit"),
    N_("a relative time"),
    N_("a section's name"),
    N_("a stamp"),
    N_("a teaser of another article"),
    N_("about the author"),
    N_("about the site"),
    N_("above the text"),
    N_("above the title"),
    N_("after the article"),
    N_("an editor's note"),
    N_("an invitation"),
    N_("another author"),
    N_("another source"),
    N_("around the byline"),
    N_("around the source"),
    N_("beside the stamp"),
    N_("beside the title"),
    N_("caption repeated"),
    N_("credit label"),
    N_("credit repeated"),
    N_("dateline"),
    N_("heads a box of links"),
    N_("heads what follows the article"),
    N_("one of several headlines"),
    N_("related headline"),
    N_("repeated"),
    N_("signs only"),
    N_("the author goes on"),
    N_("the source goes on"),
    N_("the title goes on"),
    N_("the upper line of the headline"),
    N_("title repeated"),
    N_("view counter"),
)


def worded(reason: str) -> str:
    """A reason of the store in the reader's language."""
    return _(reason)
