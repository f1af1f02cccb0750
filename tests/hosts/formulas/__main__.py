"""python -m tests.hosts.formulas [COUNT] [NAME …] asks both engines much, and says what came of it.

COUNT questions of each function are drawn, 200 if it is not said, beside all that the contract asks.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.hosts.contract import Question
from tests.hosts.formulas import answers, drawn, lacking
from tests.hosts.formulas.engines import Formulon
from walkaway_xl.hosts.formulas.lambdas import FORMULAS

COLUMNS = ("function", "characters", "contract", "drawn", "Formulon", "differ", "IronCalc", "differ")


def main(words: list[str]) -> int:
    """Write a line for each function, and the questions that have another answer."""
    count = next((int(word) for word in words if word.isdigit()), 200)
    names = [word for word in words if not word.isdigit()] or list(FORMULAS)
    engine, all_differing, totals = Formulon(answers.typed()), 0, [0] * 6
    print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}")
    for name in names:
        contract, more = answers.of_contract(name), list(drawn.questions(name, count))
        questions = [*contract, *more]
        constants = list(filter(answers.can_be_typed, questions))
        single = [question for question in questions if not lacking.not_for_ironcalc(question)]
        one = [
            *answers.differing(engine, questions, in_cells=True),
            *answers.differing(engine, constants, in_cells=False),
        ]
        two = list(_in_file(single))
        figures = [len(contract), len(more), len(questions) + len(constants), len(one), len(single), len(two)]
        totals = [sum(pair) for pair in zip(totals, figures, strict=True)]
        print(f"| {name} | {len(answers.stored()[name])} | {' | '.join(map(str, figures))} |", flush=True)
        for line in [*one, *two]:
            print("   ", line)
        all_differing += len(one) + len(two)
    print(f"| all {len(names)} | | {' | '.join(f'{total:,}' for total in totals)} |")
    return min(all_differing, 1)


def _in_file(questions: list[Question]) -> Iterator[str]:
    if questions:
        with tempfile.TemporaryDirectory() as folder:
            yield from answers.in_file(questions, Path(folder) / "book.xlsx")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
