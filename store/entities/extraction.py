"""Both passes over an article."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from store.article import TITLE, Article
from store.entities.abbreviations import find_abbreviations
from store.entities.dates import Years, find_dates
from store.entities.documents import find_documents
from store.entities.lexicon import lexicon
from store.entities.linking import link
from store.entities.quantities import find_events, find_quantities
from store.entities.scan import Scan
from store.entities.spans import Found, Text


def extract_article(article: Article) -> Article:
    """See `store.entities.extract`."""
    lex = lexicon()
    texts = [article.title, *(block.text for block in article.blocks)]
    years = Years(article.published, texts)
    found: list[Found] = []
    scans: list[Scan] = []
    for index, raw in enumerate(texts):
        block = TITLE + index
        here: list[Found] = [*find_documents(block, raw)]
        _add_free(here, find_events(block, raw))
        _add_free(here, find_dates(block, index, raw, years))
        _add_free(here, find_quantities(block, raw))
        text = Text(block, raw)
        _take(text, here)
        scan = Scan(text, lex)
        scan.run()
        scans.append(scan)
        found += here
        found += scan.found
    abbreviations = find_abbreviations(texts)
    return replace(
        article, entities=link(found, scans, abbreviations, lex, article.source), abbreviations=abbreviations
    )


def _add_free(here: list[Found], more: object) -> None:
    """Add what does not overlap what is there: a date inside a document's number is no date."""
    if not here:
        here += more  # type: ignore[arg-type]
        return
    spans = sorted((f.start, f.end) for f in here)
    starts = [start for start, _ in spans]
    for find in more:  # type: ignore[attr-defined]
        before = bisect_left(starts, find.end)  # finds of one kind never overlap: the last one decides
        if not before or spans[before - 1][1] <= find.start:
            here.append(find)


def _take(text: Text, here: list[Found]) -> None:
    """Mark the words of finds whose inside is not looked at again."""
    if not here:
        return
    spans = sorted((f.start, f.end) for f in here if f.tag != "open")
    k = 0
    for start, end in spans:
        while k < text.n and text.end[k] <= start:
            k += 1
        j = k
        while j < text.n and text.start[j] < end:
            text.taken[j] = 1
            j += 1
