"""Files that ask for more than they hold end in a sentence, in little time and memory: some of each kind.

All of them go through every command that reads them in the thorough run, and, with their figures, by
`python -m tests.hostile`.
"""

import pytest

from tests.hostile.corpus import CASES
from tests.hostile.running import run

# What the watcher stops is not among them: on a busy machine it takes more until the watcher has its turn.
SOME = (
    "parts that overlap",
    "half a file",
    "entities in xl/worksheets/sheet1.xml",
    "100,000 tags in each other",
    "a cell far away",
    "a row of 20,000 digits",
    "one merge of a whole sheet",
    "a link from a whole sheet",
    "one merge of a whole sheet in a part of no ending",
    "one merge of a whole sheet in UTF-16",
    "one merge of a whole sheet in codes",
    "a cell far away behind a tabulator",
    "a cell far away without a place",
    "a value of 40 MB in a tag",
    "1.4 million rules between remarks",
    "a sheet of the number x",
    "26 arrays from top to bottom",
    "an answer of 100 million cells",
    "a product of a billion",
    "a product of 9 million",
    "doublings of a text in one formula",
    "27 doublings of a text",
    "two names that are each other",
    "names of ours that double 40 times",
    "a chain of 2,000 names of ours",
    "brackets 100,000 deep",
    "one line of 40 MB",
    "3 million commas in the head",
    "3 million commas in a line",
    "a key of 100,000 keys in a policy",
    "zeros as text",
    "Parquet with 10^15 lines",
    "Parquet whose footer is longer than it",
    "lists 100,000 deep in a policy",
    "lists 100,000 deep in a deal",
    "zeros without end in a policy",
    "a pipe",
    "a folder",
    "a link to itself",
    "zeros without end as Parquet",
)


@pytest.mark.parametrize(
    "name", [name if name in SOME else pytest.param(name, marks=pytest.mark.thorough) for name in CASES]
)
def test_a_hostile_file_ends_in_a_sentence(name, tmp_path, is_thorough):
    case = CASES[name]
    case.write(tmp_path)

    for line in case.commands if is_thorough else case.commands[:1]:
        done = run(line.format(file=case.file), tmp_path)

        assert [] == done.faults, f"{line}: {done.err}"
        if done.code == 2:
            assert case.file in done.err


def test_some_are_of_the_corpus():
    assert set(SOME) <= set(CASES)


def test_a_helper_of_ours_cannot_be_called(tmp_path):
    CASES["our helper called by a stranger"].write(tmp_path)

    done = run("calc book.xlsx --out done.xlsx", tmp_path)

    assert 3 == done.code
    assert "Lines!A1" in done.out
    assert "#NAME?" in done.out
