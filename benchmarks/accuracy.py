"""How right cleaning and extraction are on pages with gold answers.

    python -m benchmarks.accuracy [-v] [FOLDER]       figures on FOLDER/*.txt with *.gold.json (sample_data)
    python -m benchmarks.accuracy --predict FOLDER    what bandoc finds on FOLDER/*.txt, as JSON on stdout

Entities are matched per page as sets of names in a normal form (NFC, case folded, white space
collapsed, outer punctuation dropped). *exact*: a name or alias equals one of the gold's. *lenient*:
besides, one contains the other as whole words. A gold entity counts once however often it is found;
a finding that only matches an optional gold entity of any type is neither rewarded nor punished.
Totals are micro averages over person, organization, place, date and document.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from store.article import Article, RawPage
from store.cleaning import clean
from store.entities import extract
from store.loaders import load
from store.text import mark_fold, one_line

SAMPLES = Path(__file__).parents[1] / "sample_data"
COUNTED = ("person", "organization", "place", "date", "document")
FIELDS = "title date author source first_lost last_lost junk junk_leaked captions captions_in_body".split()
Names = list[str]


# -- normal forms --------------------------------------------------------------------------------


def normal(text: str | None) -> str:
    return one_line(text or "").casefold().strip(" \t.,;:!?\"'“”‘’()[]–-")


def words(text: str | None) -> Names:
    return re.findall(r"\w+", mark_fold(normal(text)))


def loose(text: str | None) -> str:
    return " ".join(re.findall(r"\w+", normal(text)))


def contains(long: Names, short: Names) -> bool:
    """Whether the words of `short` stand side by side in `long`."""
    size = len(short)
    return size > 0 and any(long[i : i + size] == short for i in range(len(long) - size + 1))


def same(one: str, others: Names, lenient: bool = False) -> bool:
    if normal(one) in map(normal, others):
        return True
    if not lenient:
        return False
    mine = words(one)
    for theirs in map(words, others):
        shorter = min(len(mine), len(theirs))
        if (shorter > 1 or len(mine) == len(theirs)) and (contains(mine, theirs) or contains(theirs, mine)):
            return True
    return False


# -- pages and what is found on them -------------------------------------------------------------


def read_pages(folder: Path) -> Iterator[tuple[Path, Article]]:
    """Each page of a folder with what bandoc makes of it."""
    for path in sorted(folder.glob("*.txt")):
        (page,) = load(path)
        assert isinstance(page, RawPage), page
        yield path, extract(clean(page))


def prediction(file: str, article: Article) -> dict[str, Any]:
    """What was found, in plain form: body paragraphs without captions, names with aliases and role."""
    return {
        "file": file,
        "title": article.title,
        "published": article.published,
        "author": article.author,
        "source": article.source,
        "lead": "",
        "body": [block.text for block in article.blocks if block.kind != "caption"],
        "entities": [
            {"type": e.type, "name": e.name, "aliases": list(e.aliases), "role": ", ".join(e.roles)}
            for e in article.entities
        ],
    }


def gold_answer(path: Path) -> dict[str, Any]:
    """The gold answer beside a page: an article's JSON plus what else is accepted."""
    gold: dict[str, Any] = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
    body = [block["text"] for block in gold["blocks"] if block["kind"] != "caption"]
    return {
        "file": path.name,
        "title": [gold["title"], *gold.get("title_ok", [])],
        "published": gold["published"],
        "published_ok": gold.get("published_ok", []),
        "source": [gold["source"], *gold.get("source_ok", [])],
        "author": [gold["author"], *gold.get("author_ok", [])],
        "first_body_line": body[0],
        "last_body_line": body[-1],
        "junk": [part["text"] for part in gold["dropped"] if part["why"] not in ("dateline", "credit label")],
        "captions": [block["text"] for block in gold["blocks"] if block["kind"] == "caption"],
        "entities": [e | {"role": ", ".join(e.get("roles", []))} for e in gold["entities"]],
        "covered": gold.get("covered", COUNTED),
    }


# -- scoring -------------------------------------------------------------------------------------


@dataclass
class Tally:
    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __iadd__(self, other: Tally) -> Tally:
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed
        return self

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong or 1)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed or 1)

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.wrong + self.missed or 1)


@dataclass
class Score:
    """Figures over a set of pages; `errors` are lines for a person to read."""

    exact: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in COUNTED})
    lenient: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in COUNTED})
    roles: list[float] = field(default_factory=list)
    pages: int = 0
    fields: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))
    errors: list[str] = field(default_factory=list)

    def total(self, lenient: bool = False) -> Tally:
        total = Tally()
        for tally in (self.lenient if lenient else self.exact).values():
            total += tally
        return total

    @property
    def role_f1(self) -> float | None:
        """Mean overlap of the words of a role with the gold's, 0 to 1; None where no gold has a role."""
        return sum(self.roles) / len(self.roles) if self.roles else None

    def add(self, found: dict[str, Any], gold: dict[str, Any]) -> None:
        self.pages += 1
        for kind in COUNTED:
            if kind in gold["covered"]:
                self.exact[kind] += self._entities(found, gold, kind, lenient=False)
                self.lenient[kind] += self._entities(found, gold, kind, lenient=True)
        self._roles(found, gold)
        self._fields(found, gold)

    def _entities(self, found: dict[str, Any], gold: dict[str, Any], kind: str, lenient: bool) -> Tally:
        wanted = [names(e) for e in gold["entities"] if e["type"] == kind and not e.get("optional")]
        neutral = [names(e) for e in gold["entities"] if e.get("optional")]
        mine: dict[str, Names] = {}
        for entity in found["entities"]:
            if entity["type"] == kind and normal(entity["name"]):
                mine.setdefault(normal(entity["name"]), names(entity))
        hit: set[int] = set()
        wrong: Names = []
        for its in mine.values():
            target = first_match(its[:1], wanted) if its else None
            if target is None:
                target = first_match(its, wanted)
            if target is None and first_match(its, neutral) is not None:
                continue
            if target is None and lenient:
                target = first_match(its, wanted, lenient=True)
            if target is not None:
                hit.add(target)
            elif first_match(its, neutral, lenient) is None:
                wrong.append(its[0])
        if not lenient:
            self.errors += [f"{gold['file']}: {kind} not in the gold: {name}" for name in wrong]
            self.errors += [
                f"{gold['file']}: {kind} missed: {its[0]}" for i, its in enumerate(wanted) if i not in hit
            ]
        return Tally(len(hit), len(wrong), len(wanted) - len(hit))

    def _roles(self, found: dict[str, Any], gold: dict[str, Any]) -> None:
        for entity in gold["entities"]:
            if entity["type"] != "person" or not entity["role"] or entity.get("optional"):
                continue
            wanted = set(words(entity["role"]))
            given = {
                word
                for mine in found["entities"]
                if mine["type"] == "person" and same(mine["name"], names(entity))
                for word in words(mine["role"])
            }
            self.roles.append(2 * len(wanted & given) / (len(wanted) + len(given)))
            if self.roles[-1] < 1:
                self.errors.append(
                    f"{gold['file']}: role of {entity['name']}: {' '.join(sorted(wanted ^ given))}"
                )

    def _fields(self, found: dict[str, Any], gold: dict[str, Any]) -> None:
        published = found["published"] or ""
        dates = [gold["published"], *gold["published_ok"]]
        verdicts = {
            "title": loose(found["title"]) in map(loose, gold["title"]),
            "date": any(published[:10] == (date or "")[:10] for date in dates),
            "author": any(loose(found["author"]) == loose(author) for author in gold["author"]),
            "source": any(same_source(found["source"], source) for source in gold["source"]),
        }
        body = "\n".join(found["body"])
        flat = loose(body)
        for which in ("first", "last"):
            lost = loose(gold[f"{which}_body_line"])[:60] not in flat
            self.fields[f"{which}_lost"] += lost
            verdicts[f"{which} body line"] = not lost
        lines = {normal(line) or line.strip() for line in found["body"] if line.strip()}
        for junk in gold["junk"]:
            key = normal(junk) or junk.strip()
            leaked = key in lines or (len(key) > 25 and key in normal(body))
            self.fields["junk"] += 1
            self.fields["junk_leaked"] += leaked
            verdicts[f"junk in the body: {junk}"] = not leaked
        for caption in gold["captions"]:
            leaked = loose(caption) in flat
            self.fields["captions"] += 1
            self.fields["captions_in_body"] += leaked
            verdicts[f"caption in the body: {caption}"] = not leaked
        for name in ("title", "date", "author", "source"):
            self.fields[name] += verdicts[name]
        self.errors += [
            f"{gold['file']}: {what}" + (f" ({found[what]!r})" if what in found else "")
            for what, right in verdicts.items()
            if not right
        ]


def names(entity: dict[str, Any]) -> Names:
    return [entity["name"], *entity.get("aliases", [])]


def first_match(mine: Names, golds: Iterable[Names], lenient: bool = False) -> int | None:
    return next((i for i, gold in enumerate(golds) if any(same(name, gold, lenient) for name in mine)), None)


def same_source(found: str | None, wanted: str | None) -> bool:
    if not found or not wanted:
        return not found and not wanted
    mine, gold = words(found), words(wanted)
    return loose(found) == loose(wanted) or contains(mine, gold) or contains(gold, mine)


def score(folder: Path = SAMPLES, only: Iterable[str] | None = None) -> Score:
    """The figures of a folder of pages, or of the pages whose names start with one of `only`."""
    result = Score()
    for path, article in read_pages(folder):
        if only is None or path.name.startswith(tuple(only)):
            result.add(prediction(path.name, article), gold_answer(path))
    return result


def report(result: Score, verbose: bool) -> str:
    lines = [f"{'':8} {'type':13} {'P':>6} {'R':>6} {'F1':>6} {'right':>6} {'wrong':>6} {'missed':>6}"]
    for mode, tallies in (("exact", result.exact), ("lenient", result.lenient)):
        for kind, tally in [*tallies.items(), ("all", result.total(mode == "lenient"))]:
            lines.append(
                f"{mode:8} {kind:13} {tally.precision:6.3f} {tally.recall:6.3f} {tally.f1:6.3f}"
                f" {tally.right:6} {tally.wrong:6} {tally.missed:6}"
            )
    f, n = result.fields, result.pages
    lines.append(" · ".join(f"{name} {f[name]}/{n}" for name in ("title", "date", "author", "source")))
    lines.append(
        f"junk leaked {f['junk_leaked']}/{f['junk']}"
        f" · captions in body {f['captions_in_body']}/{f['captions']}"
        f" · first line lost {f['first_lost']}/{n} · last line lost {f['last_lost']}/{n}"
    )
    if result.role_f1 is not None:
        lines.append(f"roles {result.role_f1:.3f}")
    return "\n".join(lines + (result.errors if verbose else []))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=SAMPLES)
    parser.add_argument("-v", "--verbose", action="store_true", help="list every error")
    parser.add_argument("--only", action="append", help="pages whose names start with this")
    parser.add_argument("--predict", action="store_true", help="print what is found, as JSON")
    arguments = parser.parse_args()
    if arguments.predict:
        found = [prediction(path.name, article) for path, article in read_pages(arguments.folder)]
        json.dump(found, sys.stdout, ensure_ascii=False, indent=1)
        return
    print(report(score(arguments.folder, arguments.only), arguments.verbose))


if __name__ == "__main__":
    main()
