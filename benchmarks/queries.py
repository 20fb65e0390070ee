"""What a library is asked to measure how fast it answers: chosen by rules, not by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from store.article import Article
from store.library import Library
from store.query import parse
from store.text import fold, has_marks

RANKS = {"frequent": (0, 10, 30), "middling": (100, 300, 1000), "rare": (3000, 10_000)}
"""Words of two syllables that are asked for, by their rank among those of the library."""


def queries(library: Library) -> list[tuple[str, str]]:
    """Filters to ask, each with its kind. Words of two syllables are taken by rank, names by theirs, and
    each word is asked for as one types it, at every key, without marks and with them: what is hard (a letter
    behind a frequent word) stands between what is easy."""
    words = ranked_words(library)
    asked: dict[str, str] = {}
    for class_, ranks in RANKS.items():
        for word in [words[rank] for rank in ranks if rank < len(words)]:
            for form, written in (("no marks", fold(word)), ("marks", word)):
                for end in range(1, len(written) + 1):
                    asked.setdefault(written[:end].rstrip(), key_kind(written[:end], class_, form))
    asked |= dict.fromkeys("tnchkmbdđglvpqrsx", "one letter")  # every letter a word may begin with
    asked |= combined(
        library, [words[rank] for ranks in RANKS.values() for rank in ranks if rank < len(words)]
    )
    return [(kind, text) for text, kind in asked.items()]


def key_kind(typed: str, class_: str, form: str) -> str:
    """What one has typed so far of a word of two syllables."""
    first, space, second = typed.partition(" ")
    if not space:
        return (
            ("one letter", "two letters", "three letters")[len(first) - 1] if len(first) < 4 else "a syllable"
        )
    if not second:
        return "a syllable"
    return f"syllable and {len(second)} letter, {form}" if len(second) < 3 else f"{class_} word, {form}"


def ranked_words(library: Library) -> list[str]:
    """Words of two syllables, both with marks, those first that stand in most of 1,000 articles."""
    pairs: Counter[str] = Counter()
    for article in every(library, 1000):
        for block in article.blocks:
            words = [word.strip(".,:;()").lower() for word in block.text.split()]
            pairs.update({" ".join(pair) for pair in pairwise(words) if all(map(has_marks, pair))})
    return [pair for pair, _ in sorted(pairs.items(), key=lambda item: (-item[1], item[0]))]


def combined(library: Library, words: Sequence[str]) -> dict[str, str]:
    """Other conditions, and several at once, over words and names of all ranks."""
    people = [facet.name for facet in library.facets(parse(""), "person", 2000)]
    places = [facet.name for facet in library.facets(parse(""), "place", 20)]
    some = [people[rank] for rank in (0, 20, 200, 1999) if rank < len(people)]
    asked = {f"person:{name}": "person" for name in (*some, fold(some[-1]), some[0].split()[-1])}
    asked |= dict.fromkeys((f"place:{places[0]}", f"place:{fold(places[-1])}"), "place")
    asked |= dict.fromkeys(("date:2023", "date:2023-12", "date:>=2024-06-01", "is:unread"), "date, state")
    for one, other in zip(words, [*words[3:], *words[:3]], strict=True):
        asked[f"{one}, {other}"] = asked[f"{one} OR {fold(other)}"] = "two words by AND, OR"
        asked[f"{fold(one)}, date:2022"] = asked[f"NOT {one}"] = "a word and another condition"
        asked[f"person:{some[0]} is:unread, {one}"] = "three conditions"
        first, second = one.split()
        asked[f"{fold(first)} {second}"] = "marks on one syllable"
        asked[f"near({one}, 10)"] = asked[f'near("{one}" "{other}", 20)'] = "near()"
    return asked


def every(library: Library, count: int) -> Iterator[Article]:
    """Articles of the library, in the order of import: the first ones."""
    rows = library.select(parse("").with_sort("-added"))
    for article_id in rows.ids()[:count]:
        yield library.article(article_id)
