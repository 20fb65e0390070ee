"""Articles about the same: those that share what is rare in the library, names and words of the headline.

What an article shares with another counts by how few have it (log of the share), names more than words, and
less in one that names very many. What tells the same story is no relative: see `store.index.stories`.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nlargest
from itertools import pairwise
from math import log, sqrt
from typing import TypeAlias

from store.index.selection import SAME_STORY
from store.index.view import view
from store.matching import BREAK, indexed_word, stream
from store.text import fold

_RARE = 0.05
"""What more than this share of all articles have relates none of them,"""
_FEW = 12
"""but a few articles are no sign of anything:"""
_MANY = 1000
"""and so many are not looked at."""
_WEIGHTS = {"person": 1.2, "document": 1.2, "organization": 1.0, "place": 0.6}
_WORDS = 0.5  # what two words of a headline weigh beside these
_TOGETHER = 8
"""Two words that stand side by side are one thing if the rarer of them stands by itself in fewer than this
times the articles that have both so: "nguyện vọng", but not "đạo tỉnh" of "lãnh đạo tỉnh"."""
_EMPTY = frozenset(
    """
    ai anh bao bằng bị bởi chiều cho chưa chỉ chứ con càng các cái còn có cô cùng cũng cả của do dù
    dưới giờ giữa gì hai hay hoặc hãy hôm hơn khi khiến không kể là lên lúc lý lại lần mà mọi mỗi
    một mới nay ngay ngoài ngày người nhau nhiều như nhưng nhất những nào này nên năm nơi nếu nửa
    phải qua quá ra rất rồi sao sau sáng sẽ số theo tháng thì thế thứ trong trên trưa trước tuần
    tuổi tôi tại tất tối tới từ việc và vào vì vẫn vậy về với vừa xuống ông đang đi đây đã đó được
    đến đều để ở
    a an and are as at by for from has in is it its of on that the this to was were with
    """.split()
)
"""Words of every subject."""
_ENOUGH = 0.9  # of less weight one thing in common is chance
_USUAL = 12  # names in an article, about


@dataclass(frozen=True, slots=True)
class Related:
    """An article, and what it shares with the one asked about: names, the rarest first, and words of that
    one's headline."""

    id: str
    title: str
    published: str | None
    source: str | None
    names: tuple[str, ...]
    words: tuple[str, ...]


def related(connection: sqlite3.Connection, article_id: str, limit: int) -> list[Related]:
    """The articles outside the trash that share most with one; none for an article that is not there."""
    found = connection.execute("SELECT row, title FROM articles WHERE id = ?", [article_id])
    if (told := found.fetchone()) is None:
        return []
    row, total = told[0], connection.execute("SELECT count(*) FROM articles").fetchone()[0]
    most = min(_MANY, max(_FEW, int(_RARE * total)))
    title = stream([told[1]])
    names: dict[int, dict[str, float]] = defaultdict(dict)
    words: dict[int, dict[tuple[str, str], float]] = defaultdict(dict)
    known = []
    weights: dict[int, float] = defaultdict(float)
    for type, name, rows in _names(connection, row, most):
        known.append(f" {fold(name)} ")
        for other in rows:
            names[other][name] = _WEIGHTS[type] * log(1 + total / len(rows))
            weights[other] += _WEIGHTS[type]
    for pair in dict.fromkeys(_pairs(title)):
        if _says_something(pair) and not any(f" {fold(' '.join(pair))} " in name for name in known):
            for other, weight in _holding(connection, pair, most, total):
                words[other][pair] = _WORDS * weight
                weights[other] += _WORDS
    scores = {
        other: sum(names[other].values()) + sum(words[other].values())
        for other, weight in weights.items()
        if weight >= _ENOUGH
    }
    return [
        Related(
            *columns,
            names=tuple(sorted(names[other], key=lambda name: (-names[other][name], name))),
            words=tuple(_joined(words[other])),
        )
        for other, columns in _best(connection, article_id, scores, limit)
    ]


def _names(connection: sqlite3.Connection, row: int, most: int) -> Iterator[tuple[str, str, list[int]]]:
    """The rare names of a row with their types, and the rows that have each, its own too."""
    sql = "SELECT type, key, name FROM named JOIN entities ON number = entity WHERE row = ?"
    named = [found for found in connection.execute(sql, [row]) if found[0] in _WEIGHTS]
    sql = """SELECT DISTINCT row FROM entities JOIN named ON entity = number
             WHERE type = ? AND key = ? LIMIT ?"""
    for type, key, name in named:
        rows = [other for (other,) in connection.execute(sql, [type, key, most + 1])]
        if len(rows) <= most:
            yield type, name, rows


def _pairs(title: str) -> Iterator[tuple[str, str]]:
    for segment in title.split(BREAK):
        yield from pairwise(segment.split())


def _holding(
    connection: sqlite3.Connection, pair: tuple[str, str], most: int, total: int
) -> Iterator[tuple[int, float]]:
    """The rows that hold two words side by side, if they are few, and what that weighs."""
    sql = "SELECT rowid FROM fts_marked WHERE fts_marked MATCH ? LIMIT ?"
    phrase = f'"{" ".join(map(indexed_word, pair))}"'
    texts = [text for (text,) in connection.execute(sql, [phrase, most + 1])]
    if len(texts) <= most:
        rows = view(connection).rows_of_texts(texts)
        if _is_one_thing(connection, pair, len(rows)):
            for row in rows:
                yield row, log(1 + total / len(rows))


def _says_something(pair: tuple[str, str]) -> bool:
    """Whether neither word is of every subject, or a number."""
    return not any(word in _EMPTY or not word.isalpha() for word in pair)


def _is_one_thing(connection: sqlite3.Connection, pair: tuple[str, str], rows: int) -> bool:
    """Whether two words that stand side by side in so many rows belong together."""
    sql = "SELECT count(*) FROM (SELECT 1 FROM fts_marked WHERE fts_marked MATCH ? LIMIT ?)"
    most = _TOGETHER * rows
    alone = (connection.execute(sql, [f'"{indexed_word(word)}"', most + 1]).fetchone()[0] for word in pair)
    return any(count <= most for count in alone)


_Columns: TypeAlias = tuple[str, str, str | None, str | None]  # id, title, published, source


def _best(
    connection: sqlite3.Connection, article_id: str, scores: dict[int, float], limit: int
) -> Iterator[tuple[int, _Columns]]:
    """The rows of the highest scores, one of each story, but for that of the article."""
    told = {row for (row,) in connection.execute(SAME_STORY, [article_id, article_id + "g"])}
    likely = nlargest(8 * limit, scores.keys() - told, key=lambda row: (scores[row], row))
    sql = "SELECT count(*) FROM named WHERE row = ?"
    for row in likely:
        (count,) = connection.execute(sql, [row]).fetchone()
        scores[row] /= sqrt(max(1.0, count / _USUAL))
    sql = """SELECT id, title, published, source, removed,
                    coalesce((SELECT story FROM stories AS s WHERE s.row = a.row), a.row)
             FROM articles AS a WHERE row = ?"""
    stories: set[int] = set()
    for row in sorted(likely, key=lambda row: (-scores[row], -row)):
        found = connection.execute(sql, [row]).fetchone()
        if found is None or found[4] or found[5] in stories:
            continue  # gone, in the trash, or told by one that stands above
        stories.add(found[5])
        yield row, found[:4]
        if len(stories) == limit:
            return


def _joined(pairs: dict[tuple[str, str], float]) -> list[str]:
    """Pairs as phrases: those that overlap in the headline as one; that of the rarest pair first."""
    phrases: list[tuple[list[str], float]] = []
    for (first, second), weight in pairs.items():
        if phrases and phrases[-1][0][-1] == first:
            words, most = phrases.pop()
            phrases.append(([*words, second], max(most, weight)))
        else:
            phrases.append(([first, second], weight))
    phrases.sort(key=lambda phrase: -phrase[1])
    return [" ".join(words) for words, _weight in phrases]
