"""Expressions as the text of a formula: what is used twice has a name, and every helper its call."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from walkaway_xl.symbolic import expressions
from walkaway_xl.symbolic.expressions import OPPOSITE, Expression, Node
from walkaway_xl.symbolic.literals import CELL_LIKE, is_whole, literal

# An operation, how strongly it binds, and how strongly its operands must; anything else is a call. To Excel
# −x^2 is (−x)^2, so a power under a minus is in brackets.
OPERATORS = {
    **dict.fromkeys(OPPOSITE, (1, 2, 2)),
    "+": (3, 3, 3),
    "-": (3, 3, 4),
    "*": (4, 4, 4),
    "/": (4, 4, 5),
    "^": (6, 7, 7),
}
NEGATIVE, ATOM = 5, 9

CALLS = {"if": "IF", "not": "NOT", "finite": "ISNUMBER"}
PATTERNS = {
    "normal": "NORM.S.DIST({0},TRUE)",
    "settled": "REDUCE({2},SEQUENCE(40),LAMBDA({0},step,{1}))",
    # As often as the element that takes most; one that is refused disturbs no other.
    "repeated": "REDUCE({2},SEQUENCE(1+MIN({4},MAX(IFERROR({3},0)))),LAMBDA({0},step,IF({3}>=step,{1},{0})))",
    "root": "REDUCE(({2}+{3})/2,SEQUENCE(54),LAMBDA({0},step,{0}-SIGN({1})*(({3})-({2}))/2^(step+1)))",
}
LOOPS = ("settled", "repeated", "root")
SHORT = 12  # characters up to which an expression that is used twice is written twice
LONG = 24  # characters from which an expression that the core has a name for is worth the name
# Names that would hide a function which is called, or mean something else.
TAKEN = {
    "abs",
    "asin",
    "c",
    "choose",
    "exp",
    "false",
    "if",
    "int",
    "iserror",
    "isnumber",
    "let",
    "ln",
    "lower",
    "mod",
    "not",
    "r",
    "round",
    "sign",
    "sin",
}
TAKEN |= {"reduce", "sequence", "sqrt", "step", "sum", "switch", "trim", "true"}


class Printer:
    """Writes expressions as text.

    Parameters
    ----------
    names : mapping
        What expressions are called where they have a name.
    leaves : mapping
        How an argument is spelled, and that it is blank or given: by ("argument", name), ("blank", name), …
    taken : iterable of str
        Names that stand for something else already.
    """

    def __init__(
        self, names: Mapping[Node, str], leaves: Mapping[tuple[str, str], str], taken: Iterable[str]
    ):
        self.names, self.leaves = names, leaves
        self.taken = TAKEN | {name.lower() for name in taken}
        self.texts: dict[Node, tuple[str, int]] = {}

    def bindings(self, roots: Iterable[Expression], inside: Node | None = None) -> list[tuple[str, str]]:
        """Names for what is used more than once, and what they come to; inside of a loop for its body."""
        counts: Counter[Node] = Counter()
        order: list[Node] = []
        whole = [root for root in roots if isinstance(root, Node)]

        def visit(node: Node) -> None:
            counts[node] += 1
            if counts[node] == 1:
                for operand in _operands(node):
                    visit(operand)
                order.append(node)

        for root in whole:
            visit(root)
        bound = []
        for node in order:
            variables = _variables(node)
            belongs = inside in variables if inside is not None else not variables
            if node in self.texts and self.texts[node][1] == ATOM and node in self.names:
                continue
            if not belongs or node.operation in expressions.LEAVES or node in whole:
                continue
            text = self.text(node)
            twice = counts[node] > 1 and len(text) > SHORT and node.operation != "not"
            if twice or (node in self.names and (counts[node] > 1 or len(text) > LONG)):
                name = self._name(self.names.get(node, "part"))
                bound.append((name, text))
                self.texts[node] = name, ATOM
        return bound

    def _name(self, name: str) -> str:
        """A name that Excel takes for nothing else."""
        name = CELL_LIKE.sub(r"\1_\2", name.strip("_"))
        free, number = name, 2
        while free.lower() in self.taken:
            free, number = f"{name}_{number}", number + 1
        self.taken.add(free.lower())
        return free

    def text(self, x: Expression, binds: int = 0) -> str:
        """An expression; in brackets where its operator binds less than it must."""
        if isinstance(x, Node):
            if x not in self.texts:
                self.texts[x] = self._text(x)
            text, strength = self.texts[x]
        else:
            text, strength = literal(x), NEGATIVE if isinstance(x, float) and x < 0 else ATOM
        return text if strength >= binds else f"({text})"

    def _text(self, node: Node) -> tuple[str, int]:
        operation, operands = node.operation, node.operands
        if operation in OPERATORS:
            strength, left, right = OPERATORS[operation]
            return f"{self.text(operands[0], left)}{operation}{self.text(operands[1], right)}", strength
        if operation == "negative":
            return f"-{self.text(operands[0], 7)}", NEGATIVE
        if operation == "and":
            return "*".join(self.text(operand, 4) for operand in operands), 4
        if operation == "or":
            return "+".join(self.text(operand, 4) for operand in operands), 3
        if operation in ("argument", "blank"):
            text = self.leaves[operation, operands[0]]
            return text, ATOM if is_whole(text) else 1
        if operation == "not" and operands[0].operation == "blank":
            return self.leaves["given", operands[0].operands[0]], 1
        if operation in ("error", "loop"):
            return str(operands[0]), ATOM
        if operation in LOOPS:
            return self._loop(node), ATOM
        texts = [self.text(operand) for operand in operands]
        if operation == "row":
            places = ",".join(str(place) for place in range(1, len(texts) + 1))
            return f"CHOOSE({{{places}}},{','.join(f'TOCOL({text})' for text in texts)})", ATOM
        if operation in PATTERNS:
            return PATTERNS[operation].format(*texts), ATOM
        return f"{CALLS.get(operation, operation)}({','.join(texts)})", ATOM

    def _loop(self, node: Node) -> str:
        """A loop; what its body uses twice has a name inside of it."""
        variable, body, *others = node.operands
        before = set(self.texts)
        bound = self.bindings([body], variable)
        text = self.text(body)
        if bound:
            text = f"LET({','.join(f'{name},{part}' for name, part in bound)},{text})"
        # Another loop of the same variable has none of these names.
        self.texts = {
            part: spelled
            for part, spelled in self.texts.items()
            if part in before or variable not in _variables(part)
        }
        return PATTERNS[node.operation].format(self.text(variable), text, *map(self.text, others))


def _operands(node: Node) -> list[Node]:
    """Operands that are expressions."""
    if node.operation in expressions.LEAVES:
        return []
    return [operand for operand in node.operands if isinstance(operand, Node)]


def _variables(x: Any, seen: dict[Node, frozenset[Node]] | None = None) -> frozenset[Node]:
    """The variables of the loops around an expression."""
    seen = {} if seen is None else seen
    if not isinstance(x, Node):
        return frozenset()
    if x not in seen:
        inner = frozenset([x]) if x.operation == "loop" else frozenset()
        inner = inner.union(*(_variables(operand, seen) for operand in _operands(x)))
        seen[x] = inner - {x.operands[0]} if x.operation in LOOPS else inner
    return seen[x]
