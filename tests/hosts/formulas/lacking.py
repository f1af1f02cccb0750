"""What an engine lacks, and where formulas differ from the cell tables: each with its reason."""

from collections.abc import Callable, Mapping

from tests.calls import rows_of
from tests.hosts.contract import Question
from walkaway_xl.cells import LEFT_OUT
from walkaway_xl.core.kinds import Shape
from walkaway_xl.functions import CATALOGUE


def _has_range(question: Question) -> bool:
    return any(isinstance(cells, list) for cells in question.arguments)


def _has_table(question: Question) -> bool:
    shapes = {argument.kind.shape for argument in CATALOGUE[question.name].arguments}
    return bool(shapes & {Shape.COLUMN, Shape.ROWS, Shape.GRID})


def _answers_with_table(question: Question) -> bool:
    return question.name in ("CONCESSION_PLAN", "CONCESSION_ACKERMAN") or len(rows_of(question.shows)[0]) > 1


def _goes_through_texts(question: Question) -> bool:
    return question.name == "WALKAWAY_MESSAGE"


def _leaves_out_what_is_needed(question: Question) -> bool:
    function = CATALOGUE[question.name]
    pairs = list(zip(function.arguments, question.arguments, strict=False))
    return any(
        cells is LEFT_OUT and argument.required and any(after.required for after, _ in pairs[place + 1 :])
        for place, (argument, cells) in enumerate(pairs)
    )


# What IronCalc is not asked; Formulon is asked all of it.
NOT_FOR_IRONCALC: Mapping[str, Callable[[Question], bool]] = {
    "it hands no range to a LAMBDA that has a name: #VALUE!": _has_range,
    "a table argument is made a column, which is a range again": _has_table,
    "a LAMBDA that has a name gives no range back": _answers_with_table,
    "the signs of a text are a range": _goes_through_texts,
    "an empty argument of a parameter that must be given is 0 there": _leaves_out_what_is_needed,
}

# A question that is malformed as a whole shows one error by the cell tables. Where another argument is a
# column, a formula shows an error in each of its rows, as it looks at each before it knows; where a number
# of a table is out of range besides, it is that error, as it is for a single cell.
ERROR_IN_EACH_ROW = [
    name
    for name, function in CATALOGUE.items()
    if {Shape.ELEMENT, Shape.COLUMN} <= {argument.kind.shape for argument in function.arguments}
]


def not_for_ironcalc(question: Question) -> str:
    """Why IronCalc is not asked a question; empty where it is."""
    return next((reason for reason, applies in NOT_FOR_IRONCALC.items() if applies(question)), "")
