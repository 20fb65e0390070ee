"""The figures that must hold on the samples, and that they are the figures they claim to be."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import accuracy

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "accuracy"
# Written before the rules that read them, in topics other than party work.
OTHER_TOPICS = ("06", "07", "08", "09", "11", "12", "13", "16", "19", "20", "21")


@pytest.fixture(scope="module")
def samples() -> accuracy.Score:
    pages = list(accuracy.SAMPLES.glob("*.gold.json"))
    if not pages:
        assert "BANDOC_REQUIRE_SAMPLES" not in os.environ, "the samples are missing"
        pytest.skip("no samples in this tree")
    return accuracy.score()


def test_every_sample_has_its_gold_answer() -> None:
    pages = {path.name.removesuffix(".txt") for path in accuracy.SAMPLES.glob("*.txt")}
    golds = {path.name.removesuffix(".gold.json") for path in accuracy.SAMPLES.glob("*.gold.json")}
    assert pages == golds
    assert len(pages) >= 15


def test_entities_of_the_samples(samples: accuracy.Score) -> None:
    assert samples.total().f1 >= 0.95
    assert samples.total(lenient=True).f1 >= 0.97


def test_offices_of_the_samples(samples: accuracy.Score) -> None:
    assert samples.role_f1 >= 0.95


def test_entities_of_other_topics() -> None:
    assert accuracy.score(only=OTHER_TOPICS).total().f1 >= 0.95


def test_facts_of_the_samples(samples: accuracy.Score) -> None:
    for name in ("title", "date", "author", "source"):
        assert samples.fields[name] >= 0.9 * samples.pages, (name, samples.errors)


def test_no_line_of_a_sample_is_lost(samples: accuracy.Score) -> None:
    assert samples.fields["first_lost"] == samples.fields["last_lost"] == 0


def test_little_junk_and_few_captions_get_into_the_body(samples: accuracy.Score) -> None:
    assert samples.fields["junk_leaked"] <= 0.01 * samples.fields["junk"]
    assert samples.fields["captions_in_body"] <= 0.06 * samples.fields["captions"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the reference pages are not beside this tree")
def test_the_reference_pages(tmp_path: Path) -> None:
    figures = reference_figures(SHARED / "seeds", SHARED / "seeds_gold.json", tmp_path)
    fields = figures["fields"]
    assert figures["exact"]["ALL"]["f1"] >= 0.95
    assert fields["role_token_f1"] >= 0.90
    assert fields["title"] == fields["date"] == fields["author"] == fields["source"] == fields["n"]
    assert (
        fields["junk_leaked"]
        == fields["first_lost"]
        == fields["last_lost"]
        == fields["captions_in_body"]
        == 0
    )


@pytest.mark.skipif(not SHARED.is_dir(), reason="the reference scorer is not beside this tree")
def test_our_figures_are_those_of_the_reference_scorer(samples: accuracy.Score, tmp_path: Path) -> None:
    golds = [accuracy.gold_answer(path) for path in sorted(accuracy.SAMPLES.glob("*.txt"))]
    golds = [gold for gold in golds if gold["covered"] == accuracy.COUNTED]
    kept = {gold["file"] for gold in golds}
    ours = accuracy.score(only=kept)
    gold_file = tmp_path / "gold.json"
    gold_file.write_text(json.dumps(golds, ensure_ascii=False), encoding="utf-8")
    theirs = reference_figures(accuracy.SAMPLES, gold_file, tmp_path)
    for mode in ("exact", "lenient"):
        tallies = ours.exact if mode == "exact" else ours.lenient
        for kind, tally in tallies.items():
            figure = theirs[mode][kind]
            assert (tally.right, tally.wrong, tally.missed) == (figure["tp"], figure["fp"], figure["fn"]), (
                kind
            )
    for name in ("title", "date", "source", "first_lost", "last_lost", "junk_leaked", "captions_in_body"):
        assert ours.fields[name] == theirs["fields"][name], name
    assert ours.role_f1 == pytest.approx(theirs["fields"]["role_token_f1"], abs=0.001)


def reference_figures(pages: Path, gold: Path, scratch: Path) -> dict[str, dict[str, dict[str, float]]]:
    predicted = scratch / "predicted.json"
    found = [accuracy.prediction(path.name, article) for path, article in accuracy.read_pages(pages)]
    predicted.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    command = [sys.executable, str(SHARED / "score.py"), str(predicted), str(gold), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: dict[str, dict[str, dict[str, float]]] = json.loads(done.stdout)
    return figures
