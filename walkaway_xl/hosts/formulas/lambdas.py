"""The worksheet functions as formulas: as they are typed, and as a file holds them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from walkaway_xl.catalogue import Function
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts.formulas import spelling
from walkaway_xl.hosts.formulas.door import Door, door, read_name
from walkaway_xl.hosts.own_lambdas import parameter
from walkaway_xl.symbolic import tracing
from walkaway_xl.symbolic.expressions import Expression, Node
from walkaway_xl.symbolic.literals import literal
from walkaway_xl.symbolic.printing import Printer


def has_formula(function: Function) -> bool:
    """Whether a function is to be had as a formula."""
    return bool(function.formula) or tracing.is_traceable(function)


def typed_formula(function: Function) -> str:
    """A worksheet function as a LAMBDA, as it is typed into Excel's Name Manager, without its equals sign.

    Parameters
    ----------
    function : Function
        A function of which `has_formula` says so.

    Returns
    -------
    str
        A LAMBDA, which calls the names of `helpers.needed`.
    """
    key = function.calculate, function.formula
    if key not in _typed:
        _typed[key] = _of_its_entry(function) if function.formula else _traced(function)
    return _typed[key]


# What has been written down: it takes a while, and is the same every time.
_typed: dict[tuple[Callable[..., Any], str], str] = {}


def _of_its_entry(function: Function) -> str:
    """A formula that its entry states, behind its door."""
    around = door(function)
    names = {argument.name: read_name(argument) for argument in function.arguments}
    answer = spelling.renamed(spelling.on_one_line(function.formula), names)
    return _lambda(around, [], around.around(answer))


def _traced(function: Function) -> str:
    """A formula that the core has written down, behind its door."""
    trace = tracing.traced(function)
    missing = {a.name: "0" for a in function.arguments if a.kind.is_numeric and not a.kind.chooses}
    around = door(function, blanks=missing, rules=False)
    cells = {a.name: parameter(a) if a.required else f"{parameter(a)}_in" for a in function.arguments}
    leaves = {("argument", a.name): read_name(a) for a in function.arguments}
    leaves |= {("blank", name): f'{text}=""' for name, text in cells.items()}
    leaves |= {("given", name): f'{text}<>""' for name, text in cells.items()}
    taken = [name.strip("[]") for name in around.parameters] + [name for name, _ in around.bindings]
    printer = Printer(trace.names, leaves, taken)
    rules, answers = _shared_rules(trace.answers)
    bound = printer.bindings([*(condition for condition, _ in rules), *answers.values()])
    answer = printer.text(next(iter(answers.values())))
    if len(answers) > 1:
        output = next(argument for argument in function.arguments if argument.name == "output")
        cases = ",".join(f"{literal(word)},{printer.text(x)}" for word, x in answers.items())
        answer = f"SWITCH({read_name(output)},{cases})"
    for condition, instead in reversed(rules):
        answer = f"IF({printer.text(condition)},{printer.text(instead)},{answer})"
    return _lambda(around, bound, around.around(answer))


def _shared_rules(
    answers: Mapping[str, Expression],
) -> tuple[list[tuple[Expression, Expression]], Mapping[str, Expression]]:
    """The rules that hold for every output, which come before the choice of one, and what is left."""
    rules: list[tuple[Expression, Expression]] = []
    while True:
        first = {
            x.operands[:2] if isinstance(x, Node) and x.operation == "if" else None for x in answers.values()
        }
        rule = first.pop()
        if first or rule is None:
            return rules, answers
        rules.append(rule)
        answers = {word: x.operands[2] for word, x in answers.items() if isinstance(x, Node)}


def _lambda(around: Door, bound: Iterable[tuple[str, str]], answer: str) -> str:
    names = "".join(f"{name},{text}," for name, text in [*around.bindings, *bound])
    return f"LAMBDA({','.join(around.parameters)},LET({names}{answer}))"


FORMULAS: Mapping[str, Function] = {
    name: function for name, function in CATALOGUE.items() if has_formula(function)
}
"""The functions that are to be had as formulas, by name."""
