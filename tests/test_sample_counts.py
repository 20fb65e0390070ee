"""What the documents show of an import of the samples is what one prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = len(list((ROOT / "sample_data").glob("*.txt")))


@pytest.mark.skipif(not PAGES, reason="no samples in this tree")
@pytest.mark.parametrize("document", ["README.md", "README.vi.md", "docs/cli.md"])
def test_documents_count_the_samples(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    counts = re.findall(r"^(\d+) (?:added|bài mới).*, (\d+) (?:skipped|bỏ qua) \((\d+) × JSON", text, re.M)
    assert counts
    for added, skipped, gold in counts:
        assert added in (str(PAGES), "0")
        assert (skipped, gold) == (str(PAGES + 1), str(PAGES)), "the gold answers, and the README beside them"
    for unread in re.findall(r"list is:unread --count\n(\d+)|articles: (\d+) \(\d+ unread", text):
        assert str(PAGES) in unread
