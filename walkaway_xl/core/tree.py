"""A decision tree of what you could do instead: what it is worth, and which way to go first."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from walkaway_xl.core._answers import answer, no_answer, nothing_asked, outside, unanswered, with_reasons
from walkaway_xl.core._arrays import Argument, Floats, columns, flattened, label_array, shapes_differ
from walkaway_xl.core._sides import as_price
from walkaway_xl.core._takes import takes
from walkaway_xl.core._tolerance import SUM_OF_CHANCES, at_least
from walkaway_xl.core.choices import selector
from walkaway_xl.core.errors import InputError, spelled
from walkaway_xl.core.kinds import CHANCE, LABEL, PAYOFF, SIDE, choice, column, or_blank, output, single

TREE_OUTPUTS = selector(["value", "choice", "table"])
NODES = {"decision": 0, "d": 0, "chance": 1, "c": 1, "terminal": 2, "t": 2}
DECISION, CHANCE_NODE, TERMINAL = 0, 1, 2

Label = str | float


@takes(
    ids=column(LABEL),
    parents=or_blank(column(LABEL)),
    types=column(choice("node", NODES)),
    values=column(PAYOFF),
    probabilities=column(CHANCE),
    output=output(TREE_OUTPUTS),
    side=single(SIDE),
)
def batna_tree(
    ids: Sequence[Label | None],
    parents: Sequence[Label | None],
    types: Argument,
    values: Argument,
    probabilities: Argument = None,
    output: Argument = "value",
    side: Argument = None,
) -> Label | Floats:
    """What a tree of decisions and chances is worth if you decide well, or which way to go first.

    Parameters
    ----------
    ids : sequence of str or float
        Name or number of each node, no two alike. A blank row is passed over.
    parents : sequence of str or float
        The node that each node follows; blank for the one at which the tree begins.
    types : sequence of str
        What each node is: "decision" (or "D"), "chance" ("C"), or "terminal" ("T") where nothing follows.
    values : array_like
        What reaching each node brings, in money; negative for what it costs.
    probabilities : array_like, optional
        Chance of each node that follows a chance node, between 0 and 1; those of one node make 1.
    output : str or int, optional
        "value" for what the tree is worth, "choice" for the node to choose first, "table" for what each
        node is worth from there on.
    side : str or int, optional
        Left out, values and answer are money to you. With "seller", "buyer" or "candidate" they are prices as
        that side gets or pays them.

    Returns
    -------
    float, str or ndarray
        Money, the id of a node as it was given, or a column of money in input order. NaN where a chance is
        not between 0 and 1, those of one node do not make 1, a choice is asked of a tree that does not begin
        with a decision, or a buyer's price comes to less than 0.

    Raises
    ------
    InputError
        If the rows make no tree: two nodes alike, a parent that is not there, no beginning or several, a
        circle, something that follows a terminal node, or nothing that follows another; or if a row is half
        filled.

    Notes
    -----
    Rolled back from the ends of the tree of `ids`, `parents` and `types`, with `values`; with
    `probabilities`; as a price for a `side`.

    terminal : its value
    chance : its value and the sum of chance · worth over what follows
    decision : its value and the best worth of what follows, the first of equal ones

    For a buyer the best is the lowest. Chances may miss 1 by up to 1e-6, and are then scaled.

    References
    ----------
    Raiffa, H. (1968), Decision Analysis; Raiffa, H. (1982), The Art and Science of Negotiation.

    Examples
    --------
    Settle for 600, or pay 100 for a trial in which you lose 1,000 (50 %), 300 (20 %) or nothing. What now?

    >>> trial = {
    ...     "ids": [1, 2, 3, 4, 5, 6],
    ...     "parents": [None, 1, 1, 3, 3, 3],
    ...     "types": ["D", "T", "C", "T", "T", "T"],
    ...     "values": [0, -600, -100, -1000, -300, 0],
    ...     "probabilities": [None, None, None, 0.5, 0.2, 0.3],
    ... }
    >>> batna_tree(**trial), batna_tree(**trial, output="choice")
    (-600.0, 2.0)
    >>> batna_tree(**trial, output="table").tolist()
    [-600.0, -600.0, -660.0, -1000.0, -300.0, 0.0]
    """
    table = _rows(ids, parents, types, values, probabilities)
    if table.blank.all():
        return unanswered(nothing_asked("ids", True))
    tree = _grown(table)
    if any(abs(total - 1) > SUM_OF_CHANCES for total in tree.sums_of_chances(table)):
        return unanswered(outside("probabilities", True, "make 1 together after each chance node"))
    sign = -1.0 if side < 0 else 1.0
    worth, size = tree.rolled_back(table._replace(value=sign * table.value))
    worth = sign * worth
    worth[tree.root], refused = as_price("values", side, worth[tree.root], size[tree.root])
    if output == "value" or refused.where:
        return float(answer(worth[tree.root], refused))
    if output == "table":
        return with_reasons(worth, nothing_asked("ids", table.blank))
    if table.kind[tree.root] != DECISION:
        return unanswered(no_answer("types", True, "begin with a decision", "There is nothing to choose."))
    return table.ids[tree.best_branch(tree.root, sign * worth)]


class _Rows(NamedTuple):
    """The table as columns of one length."""

    ids: list[Label]
    parents: list[Label | None]
    kind: Floats
    value: Floats
    chance: Floats
    blank: NDArray[np.bool_]


def _rows(
    ids: Sequence[Label | None],
    parents: Sequence[Label | None],
    types: Argument,
    values: Argument,
    probabilities: Argument,
) -> _Rows:
    named = flattened("ids", label_array("ids", ids))
    follows = flattened("parents", label_array("parents", parents))
    kind, value, chance = columns(types=types, values=values, probabilities=probabilities)
    if not len(named) == len(follows) == len(kind):
        raise shapes_differ({"ids": named, "parents": follows, "values": value})
    blank = (named == None) & (follows == None) & np.isnan(kind) & np.isnan(value)  # noqa: E711 (element by element)
    for argument, missing in (("ids", named == None), ("types", np.isnan(kind)), ("values", np.isnan(value))):  # noqa: E711
        if (missing & ~blank).any():
            row = int(np.flatnonzero(missing & ~blank)[0]) + 1
            raise InputError(
                argument, "be given in each row that is not blank", "Row {row} has none.", row=row
            )
    return _Rows(named.tolist(), follows.tolist(), kind, value, chance, blank)


class _Tree(NamedTuple):
    """Which row follows on which."""

    root: int
    branches: dict[int, list[int]]
    order: list[int]  # each node before those that follow it

    def sums_of_chances(self, rows: _Rows) -> Iterator[float]:
        """What the chances after each chance node make together."""
        return (rows.chance[self.branches[row]].sum() for row in self.order if rows.kind[row] == CHANCE_NODE)

    def rolled_back(self, rows: _Rows) -> tuple[Floats, Floats]:
        """What each node is worth, and the size of the amounts in it; what is no node stays as it is."""
        worth, size = rows.value.copy(), np.abs(rows.value)
        for row in reversed(self.order):
            after = self.branches[row]
            if rows.kind[row] == DECISION:
                best = self.best_branch(row, worth)
                worth[row] += worth[best]
                size[row] += size[best]
            elif rows.kind[row] == CHANCE_NODE:
                chance = rows.chance[after]
                worth[row] += chance @ worth[after] / chance.sum()
                size[row] += chance @ size[after] / chance.sum()
        return worth, size

    def best_branch(self, row: int, worth: Floats) -> int:
        """The first of the branches that nothing beats."""
        after = np.array(self.branches[row])
        return int(after[np.argmax(at_least(worth[after], worth[after].max()))])


def _grown(rows: _Rows) -> _Tree:
    """The tree that the rows make, or why they make none."""
    places: dict[object, int] = {}
    nodes = np.flatnonzero(~rows.blank).tolist()
    for row in nodes:
        if places.setdefault(_key(rows.ids[row]), row) != row:
            raise InputError("ids", "be given once each; {label} is there twice", label=_label(rows.ids[row]))
    branches: dict[int, list[int]] = {row: [] for row in nodes}
    roots = []
    for row in nodes:
        parent = rows.parents[row]
        if parent is None:
            roots.append(row)
        elif _key(parent) not in places:
            raise InputError("parents", "be ids of the table; there is no {parent}", parent=_label(parent))
        else:
            branches[places[_key(parent)]].append(row)
    if len(roots) != 1:
        raise InputError(
            "parents",
            "leave one node without a parent, where the tree begins",
            "Here are {count}.",
            count=len(roots),
        )
    for row in nodes:
        if (rows.kind[row] == TERMINAL) == bool(branches[row]):
            label = _label(rows.ids[row])
            if branches[row]:
                raise InputError(
                    "types",
                    'be "terminal" just where nothing follows; something follows {label}',
                    label=label,
                )
            raise InputError(
                "types", 'be "terminal" just where nothing follows; nothing follows {label}', label=label
            )
        for after in branches[row]:
            if rows.kind[row] == CHANCE_NODE and np.isnan(rows.chance[after]):
                raise InputError(
                    "probabilities",
                    "be given after each chance node; {label} has none",
                    label=_label(rows.ids[after]),
                )
    order = [roots[0]]
    for row in order:  # which grows while it is walked
        order += branches[row]
    if len(order) != len(nodes):
        lost = next(row for row in nodes if row not in set(order))
        raise InputError(
            "parents", "lead to the beginning; from {label} they go in a circle", label=_label(rows.ids[lost])
        )
    return _Tree(roots[0], branches, order)


def _key(label: Label) -> object:
    """What makes two labels the same: a text without regard to case and surrounding spaces."""
    return label.strip().casefold() if isinstance(label, str) else label


def _label(label: Label) -> str:
    """A label in a sentence; not in a remedy, which takes braces for places of numbers."""
    return label if isinstance(label, str) else spelled(label)
