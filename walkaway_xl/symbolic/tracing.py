"""The core run on symbols: what a worksheet function answers, as expressions.

Only what the core has a name for is replaced while it runs: comparisons within the tolerance, loops, and the
gate through which answers leave. All else is the core's own, down to the names of its variables.
"""

import math
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from types import FrameType
from typing import Any, NamedTuple

from walkaway_xl.catalogue import Argument, Function
from walkaway_xl.cells import BLANK, CODES
from walkaway_xl.core import _answers, _distributions, _tolerance
from walkaway_xl.core._answers import Rule
from walkaway_xl.core.errors import Unanswered
from walkaway_xl.core.kinds import Holds, Shape
from walkaway_xl.core.statuses import Status
from walkaway_xl.symbolic import expressions
from walkaway_xl.symbolic.expressions import Expression, Node, both, chosen, either, opposite
from walkaway_xl.symbolic.symbols import Symbol, comparing

CORE = "walkaway_xl.core."
# Modules whose variables say nothing about the question.
SILENT = tuple(
    f"{CORE}{name}" for name in ("_answers", "_arrays", "_takes", "_tolerance", "choices", "errors")
)
UNSAID = ("where", "values")
LOOP_VARIABLES = ("x", "y", "z")


class Trace(NamedTuple):
    """What a worksheet function answers."""

    answers: Mapping[str, Expression]
    """The answer for each word of the argument `output`; for "" where there is none."""
    names: Mapping[Node, str]
    """What the core calls an expression."""


def is_traceable(function: Function) -> bool:
    """Whether each cell of a function answers by itself, from numbers alone."""
    return all(
        argument.kind.chooses or (argument.kind.shape is Shape.ELEMENT and argument.kind.is_numeric)
        for argument in function.arguments
    )


def traced(function: Function) -> Trace:
    """What a worksheet function answers.

    Parameters
    ----------
    function : Function
        A function that is traceable.

    Returns
    -------
    Trace
        Its answers, and the names of their parts.
    """
    choosing = [argument for argument in function.arguments if argument.kind.chooses]
    symbols = {a.name: argument_symbol(a) for a in function.arguments if not a.kind.chooses}
    outside = either(*_out_of_range(function.arguments, symbols))
    calculate = function.calculate.__wrapped__  # type: ignore[attr-defined]
    names: dict[Node, str] = {}

    def answer(words: Mapping[str, str]) -> Expression:
        """The answer, where some words are settled and others still choose."""
        undecided = next((argument for argument in choosing if argument.name not in words), None)
        if undecided is None:
            with named_parts(names), _replaced():
                inside = calculate(**symbols, **words).value
            result: Expression = chosen(outside, _error(Unanswered.OUTSIDE_DOMAIN), inside)
            return result
        which = Node("argument", undecided.name, frozenset(undecided.kind.words))
        result, *_ = (answer({**words, undecided.name: word}) for word in list(undecided.kind.words)[:1])
        for word in list(undecided.kind.words)[1:]:
            other = answer({**words, undecided.name: word})
            result = _joined(Node("=", which, word), other, result, names)
        return result

    output = next((argument for argument in choosing if argument.name == "output"), None)
    if output is None:
        return Trace({"": answer({})}, names)
    return Trace({word: answer({output.name: word}) for word in output.kind.words}, names)


def plain(function: Function, given: Mapping[str, Symbol]) -> Expression:
    """What a worksheet function calculates where it has an answer, of numbers that are there.

    Parameters
    ----------
    function : Function
        A function that is traceable but for arguments that are left out.
    given : mapping
        The arguments that are given; of the others, the default counts.
    """
    missing = {argument.name: _left_out(argument) for argument in function.arguments}
    with _replaced(UNGATED):
        answer = function.calculate.__wrapped__(**{**missing, **given})  # type: ignore[attr-defined]
    result: Expression = Symbol.of(answer).value
    return result


def _left_out(argument: Argument) -> Any:
    """What the core is handed for an argument that is left out."""
    kind, default = argument.kind, argument.default
    if kind.chooses or kind.shape is not Shape.ELEMENT:
        return default
    if kind.holds is Holds.FLAG:
        return Symbol(bool(default))
    return Symbol.of(
        kind.words[default] if isinstance(default, str) else math.nan if default is None else default
    )


def argument_symbol(argument: Argument) -> Symbol:
    """An argument that has been read: a number, or the number of a word."""
    kind = argument.kind
    few = frozenset(map(float, kind.words.values())) if kind.only_words else None
    if kind.holds is Holds.FLAG:
        few = frozenset([0.0, 1.0])
    may_miss = kind.may_be_blank or (not argument.required and argument.default is None)
    return Symbol(Node("argument", argument.name, few), Node("blank", argument.name) if may_miss else False)


def _out_of_range(arguments: Iterable[Argument], symbols: Mapping[str, Symbol]) -> Iterator[Any]:
    """Where a number lies outside of the range of its kind."""
    for argument in arguments:
        kind = argument.kind
        if not kind.is_measured or kind.chooses:
            continue
        number, (least, most, above_least, below_most, whole) = symbols[argument.name], kind.range
        too_low = comparing("<=" if above_least else "<")(
            number, Symbol.of(least if above_least else kind.lowest)
        )
        too_high = comparing(">=" if below_most else ">")(
            number, Symbol.of(most if below_most else kind.highest)
        )
        if least != float("-inf"):
            lifted = symbols[kind.lifted_by].value if kind.lifted_by else False
            yield both(too_low.value, opposite(lifted))
        if most != float("inf"):
            yield too_high.value
        if whole:
            yield both(opposite(number.missing), Node("<>", number.value, Node("INT", number.value)))


def _joined(condition: Node, where_true: Any, where_false: Any, names: dict[Node, str]) -> Any:
    """A choice as deep inside of two expressions as it goes: where they differ."""
    if not isinstance(where_true, Node) or not isinstance(where_false, Node) or where_true is where_false:
        return chosen(condition, where_true, where_false)
    operation, operands, others = where_true.operation, where_true.operands, where_false.operands
    if operation != where_false.operation or operation in expressions.LEAVES:
        return chosen(condition, where_true, where_false)
    if operation in ("or", "and"):
        combined = either if operation == "or" else both
        shared = [term for term in operands if term in others]
        rest = [combined(*(term for term in terms if term not in shared)) for terms in (operands, others)]
        return combined(*shared, chosen(condition, *rest))
    if len(operands) != len(others):
        return chosen(condition, where_true, where_false)
    pairs = zip(operands, others, strict=True)
    node = Node(operation, *(_joined(condition, *pair, names) for pair in pairs))
    if names.get(where_true) == names.get(where_false) is not None:
        names[node] = names[where_true]
    return node


# --- names -----------------------------------------------------------------------------------------------


@contextmanager
def named_parts(names: dict[Node, str], silent: Iterable[str] = SILENT) -> Iterator[None]:
    """Note what the core calls the parts of an answer while it calculates."""

    def listen(frame: FrameType, event: str, _: Any) -> None:
        module = frame.f_globals.get("__name__", "")
        if event != "return" or not module.startswith(CORE) or module in silent:
            return
        for name, value in frame.f_locals.items():
            node = value.value if isinstance(value, Symbol) else None
            if isinstance(node, Node) and node.operation not in expressions.LEAVES and name not in UNSAID:
                names[node] = name  # whoever asked for it returns later, and has the better word

    before = sys.getprofile()
    sys.setprofile(listen)
    try:
        yield
    finally:
        sys.setprofile(before)


# --- what the core has a name for ----------------------------------------------------------------------


def _error(why: Unanswered) -> Expression:
    return BLANK if why is Unanswered.NOTHING_ASKED else expressions.error(CODES[why])


def gate(values: Any, *rules: Rule) -> Symbol:
    """Values with the first rule that holds in place of each element that has no answer."""
    given = Symbol.of(values)
    value, missing = given.value, given.missing
    if expressions.is_risky(value):
        value = Node("IFERROR", value, _error(Unanswered.OUTSIDE_DOMAIN))
    value = chosen(missing, _error(Unanswered.OUTSIDE_DOMAIN), value)
    for rule in reversed(rules):  # the first rule is written last, and so wins
        holds = Symbol.of(rule.where).value
        value, missing = chosen(holds, _error(rule.reason.why), value), either(holds, missing)
    return Symbol(value, missing)


def status_gate(kind: type[Status], codes: Any, defined: Any, *rules: Rule) -> Symbol:
    """Words for the codes of a status, and errors where there is none."""
    number = Symbol.of(codes).value
    words = {int(member): member.word for member in kind}
    first = min(words)
    spelled = Node(
        "CHOOSE", expressions.calculated("+", number, 1.0 - first), *(words[n] for n in sorted(words))
    )
    return gate(Symbol(spelled, opposite(Symbol.of(defined).value)), *rules)


def _call(name: str) -> Callable[..., Symbol]:
    """A helper with a name of its own, missing where an operand is."""

    def called(*given: Any) -> Symbol:
        operands = [Symbol.of(x) for x in given]
        return Symbol(Node(name, *(x.value for x in operands)), either(*(x.missing for x in operands)))

    return called


def _truth(name: str, comparison: str, leeway: float) -> Callable[..., Symbol]:
    """A comparison within the tolerance; with a constant, one with the constant beside it."""

    def holds(a: Any, b: Any) -> Symbol:
        a, b = Symbol.of(a), Symbol.of(b)
        if not isinstance(b.value, Node):
            return comparing(comparison)(a, Symbol(b.value + leeway * abs(b.value), b.missing))
        missing = either(a.missing, b.missing)
        return Symbol(both(opposite(missing), Node(name, a.value, b.value)))

    return holds


def _on_step(name: str) -> Callable[..., Symbol]:
    """A number on a step, where there is a step."""

    def on_step(values: Any, step: Any) -> Symbol:
        values, step = Symbol.of(values), Symbol.of(step)
        stepped = Node(name, values.value, step.value)
        return Symbol(chosen(step.missing, values.value, stepped), values.missing)

    return on_step


_depth = threading.local()


def _loop(kind: str, step: Callable[[Symbol], Any], start: Any, *others: Any) -> Symbol:
    """A loop of one variable; loops inside of one another have variables of their own."""
    start = Symbol.of(start)
    depth = getattr(_depth, "value", 0)
    variable, _depth.value = Node("loop", LOOP_VARIABLES[depth]), depth + 1
    try:
        value = Symbol.of(step(Symbol(variable))).value
    finally:
        _depth.value = depth
    operands = (variable, value, start.value, *(Symbol.of(x).value for x in others))
    return Symbol(Node(kind, *operands), start.missing)


def settled(step: Callable[[Any], Any], start: Any) -> Symbol:
    """Where steps come to rest."""
    return _loop("settled", step, start)


def repeated(step: Callable[[Any], Any], start: Any, times: Any, most: int) -> Symbol:
    """A step that each element takes a number of times of its own."""
    return _loop("repeated", step, start, times, most)


def rising_root(condition: Callable[[Any], tuple[Any, Any]], low: Any, high: Any) -> Symbol:
    """Where a rising function is 0, by halving: the place itself is all that a step needs to know."""
    return _loop("root", lambda z: condition(z)[0], low, high)


REPLACED: Mapping[Callable[..., Any], Callable[..., Any]] = {
    _answers.answer: gate,
    _answers.with_reasons: gate,
    _answers.answer_status: status_gate,
    _tolerance.tolerance: _call("WF_TOLERANCE"),
    _tolerance.below: _truth("WF_BELOW", "<", -_tolerance.TOLERANCE),
    _tolerance.at_least: _truth("WF_AT_LEAST", ">=", -_tolerance.TOLERANCE),
    _tolerance.round_up: _on_step("WF_ROUND_UP"),
    _tolerance.round_down: _on_step("WF_ROUND_DOWN"),
    _distributions.mills_ratio: _call("WF_MILLS"),
    _distributions.settled: settled,
    _distributions.repeated: repeated,
    _distributions.rising_root: rising_root,
}
IN_FULL = (_tolerance.tolerance, _tolerance.below, _tolerance.at_least)


def ungated(values: Any, *_: Rule) -> Symbol:
    """Values as they are: whoever asks has seen to it that there is an answer."""
    return Symbol.of(values)


UNGATED: Mapping[Callable[..., Any], Callable[..., Any]] = {
    **{function: instead for function, instead in REPLACED.items() if function not in IN_FULL},
    _answers.answer: ungated,
    _answers.with_reasons: ungated,
}
"""What is replaced where only the answer counts; the core's comparisons are then written in full."""

_replacing = threading.RLock()


@contextmanager
def _replaced(by: Mapping[Callable[..., Any], Callable[..., Any]] = REPLACED) -> Iterator[None]:
    """Let the core's own words stand for themselves; numbers are answered as ever meanwhile."""
    with _replacing:
        places = [
            (module, name, value)
            for module_name, module in list(sys.modules.items())
            if module_name.startswith(CORE)
            for name, value in list(vars(module).items())
            if callable(value) and getattr(value, "__hash__", None) and value in by
        ]
        for module, name, original in places:
            setattr(module, name, _symbolic(original, by[original]))
        try:
            yield
        finally:
            for module, name, original in places:
                setattr(module, name, original)


def _symbolic(original: Callable[..., Any], instead: Callable[..., Any]) -> Callable[..., Any]:
    """A function of the core that hands symbols, and nothing else, to what stands for it."""

    @wraps(original)
    def called(*given: Any) -> Any:
        values = [x.where if isinstance(x, Rule) else x for x in given]
        return (instead if any(isinstance(x, Symbol) for x in values) else original)(*given)

    return called
