"""Every messy book ends with the verdicts of the clean one, or with the sentence that one would expect."""

import json
from collections import Counter

import pytest

from tests.quotes.corpus import VERDICTS, books
from tests.quotes.corpus.__main__ import PAGE, written
from walkaway_xl.cli import main
from walkaway_xl.policy.toml import example

BOOKS = list(books())


@pytest.fixture(scope="module")
def policy(tmp_path_factory):
    path = tmp_path_factory.mktemp("policy") / "policy.toml"
    path.write_text(example(), "utf-8")
    return str(path)


def test_there_are_enough_of_them_and_each_has_a_name():
    assert 80 <= len(BOOKS) == len({book.name for book in BOOKS})


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.name)
def test_each_gives_what_a_person_would_expect(book, policy, tmp_path, capsys):
    path = tmp_path / book.file
    path.write_bytes(book.data)
    code = main(["check", str(path), "--policy", policy, "--json", *book.options])
    said = capsys.readouterr()
    summary = json.loads(said.out) if said.out else {}
    verdicts = Counter()
    for part in summary.get("by_currency", {"": summary}).values():
        verdicts.update({word: amount["lines"] for word, amount in part.get("by_status", {}).items()})
    expected = (2, None) if book.expected else (1, VERDICTS)
    assert expected == (code, None if book.expected else verdicts), said.err or summary["first_rejects"]
    reasons = [reject["reason"] for reject in summary.get("first_rejects", ())]
    assert any(book.expected in sentence for sentence in [said.err, *reasons])
    assert [path] == list(tmp_path.iterdir())


def test_the_page_lists_them():
    page = PAGE.read_text("utf-8")
    assert written(page) == page
