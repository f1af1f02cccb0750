"""Every damaged file ends in an answer or in one sentence; so does every file that ever failed."""

from pathlib import Path

import pytest

from tests.fuzzing import cases, verdicts
from tests.fuzzing.subjects import SUBJECTS

CORPUS = sorted(path for path in Path(__file__).with_name("corpus").iterdir() if path.suffix != ".md")
SEEDS, AT_ONCE = 300, 20


@pytest.mark.parametrize("first", range(0, SEEDS, AT_ONCE))
def test_damaged_files_end_in_an_answer_or_in_one_sentence(first):
    drawn = {seed: cases.case(seed) for seed in range(first, first + AT_ONCE)}

    faults = {f"{seed}: {case}": verdicts.fault(case) for seed, case in drawn.items()}
    assert {} == {case: fault for case, fault in faults.items() if fault}


@pytest.mark.parametrize("path", CORPUS, ids=[path.name for path in CORPUS])
def test_what_once_failed_fails_no_more(path):
    subject = SUBJECTS[path.name.rpartition("-")[2]]
    given = [cases.Case(subject, path.read_bytes(), line, ("the corpus",)) for line in subject.lines]

    breaks_off = path.name.startswith("breaks_off")  # in code that takes its process along
    faults = [verdicts.fault(case, as_people_do=breaks_off) for case in given]
    assert [""] * len(given) == faults


def test_damage_and_what_is_harmless_are_told_apart():
    """The suite sees a command that answers as if nothing were wrong, and one that sees what is not there."""
    subject = SUBJECTS["lines.csv"]
    other = subject.make().replace(b"68", b"69").replace(b",0.1,", b",0.11,")
    changed = cases.Case(subject, other, subject.lines[0], ("a change",), is_harmless=True)

    assert verdicts.fault(changed).startswith("another answer")
    assert "" == verdicts.fault(changed._replace(is_harmless=False))
