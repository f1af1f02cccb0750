"""The reference as pages: one for each family, and one that lists them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, zip_longest
from typing import Any

from openpyxl.utils import get_column_letter

from walkaway_xl.catalogue import Argument, Example, Family, Function
from walkaway_xl.cells import LEFT_OUT, CellError, evaluate
from walkaway_xl.core.kinds import Shape
from walkaway_xl.functions import CATALOGUE, FAMILIES
from walkaway_xl.pages.plots import PLOTS, Plot
from walkaway_xl.pages.terminal import cell, literal

FOLDER = "docs/functions"
ERRORS = {
    "#VALUE!": "the question is malformed",
    "#NUM!": "a number lies outside its domain",
    "#N/A": "the question has no answer",
    "#DIV/0!": "the divisor is a legitimate zero",
}


TAKEN = {
    Shape.ELEMENT: "",
    Shape.AS_IT_IS: "",
    Shape.SINGLE: ", one cell",
    Shape.COLUMN: ", a list",
    Shape.ROWS: ", a list",
    Shape.GRID: ", a table",
}
"""What the pages add to the word of an argument that does not answer cell by cell."""


def pages() -> dict[str, str]:
    """Path in the repository → text of each page."""
    made = {f"{FOLDER}/README.md": _contents()}
    for family in FAMILIES:
        made[f"{FOLDER}/{family.name}.md"] = joined(_page(family))
    return made


def joined(blocks: Iterable[str]) -> str:
    """Blocks of a page with a blank line between them."""
    return "\n\n".join(blocks) + "\n"


# ---------------------------------------------------------------- the list of pages


def _contents() -> str:
    return joined(_contents_blocks())


def _contents_blocks() -> Iterator[str]:
    yield "# The worksheet functions"
    yield (
        f"{len(CATALOGUE)} functions in {len(FAMILIES)} families. Most answer cell by cell and take single "
        "cells and columns in any mixture; an argument that does not says so: one cell, a list, a table. "
        '`=WALKAWAY_EXPLAIN("NAME", …)` with the same arguments says why a cell shows what it shows.'
    )
    yield (
        "The formulas are written as an English Excel has them. Other languages put other signs between "
        "arguments, before decimals and between the cells of an array: `{0.1,0.2;1,2}` is `{0,1.0,2;1.2}` in "
        "German. Where a formula refers to cells instead, nothing changes but the sign between arguments."
    )
    for family in FAMILIES:
        yield f"## [{family.title}]({family.name}.md)"
        yield family.summary
        yield table(
            ("function", "what it answers"),
            ((_link(function.name, from_page=""), function.summary) for function in family.functions),
        )
    yield "## What a missing answer shows"
    yield table(("cell", "because"), ((f"`{code}`", cause) for code, cause in ERRORS.items()))
    yield (
        "A blank first argument leaves the cell blank, unless it may be blank, so that a column can be "
        "filled down below a table. An error in an argument comes back as the same error."
    )


# ---------------------------------------------------------------- one family


def _page(family: Family) -> Iterator[str]:
    yield f"# {family.title}"
    yield family.summary
    yield "[All functions](README.md) · " + " · ".join(
        f"[{function.name}](#{function.name.lower()})" for function in family.functions
    )
    for function in family.functions:
        yield from _section(family, function)


def _section(family: Family, function: Function) -> Iterator[str]:
    yield f"## {function.name}"
    yield function.summary
    yield f"```\n={function.signature}\n```"
    yield table(("argument", "holds", "left out", "what it is"), map(_argument, function.arguments))
    yield f"**Answer.** {_prose(_without_types(function.sections['Returns']))}"
    yield from _derivation(function)
    for plot in PLOTS.get(function.name, ()):
        yield _picture(plot)
    examples = [(example, _result(function, example)) for example in function.examples]
    answers = [(example, result) for example, result in examples if not isinstance(result, CellError)]
    yield table(("formula", "shows", "source"), (_example(function, example) for example, _ in answers))
    yield "To try it, copy these cells and paste them into A1:"
    yield f"```\n{_to_copy(function, answers[0][0])}\n```"
    yield from _errors(
        function, [(example, result) for example, result in examples if isinstance(result, CellError)]
    )
    if "References" in function.sections:
        yield f"**References.** {_prose(function.sections['References'])}"
    related = [_link(name, family.name) for name in _related(function)]
    if related:
        yield f"**See also** {', '.join(related)}"


def _argument(argument: Argument) -> tuple[str, str, str, str]:
    if argument.required:
        left_out = "may be blank" if argument.kind.may_be_blank else "–"
    else:
        left_out = "not given" if argument.default is None else f"`{literal(argument.default)}`"
    reach = f", {argument.kind.reach}" if argument.kind.reach else ""
    return (
        f"`{argument.name}`",
        f"{argument.kind.word}{TAKEN[argument.kind.shape]}{reach}",
        left_out,
        argument.help,
    )


def _derivation(function: Function) -> Iterator[str]:
    derivation = function.derivation
    yield f"**How it comes about.** {derivation.rule}"
    leads = [remark for remark in derivation.remarks if remark.endswith(":")]  # they stand before the list
    yield from leads
    if derivation.cases:
        yield "\n".join(f"- **{word}**: {meaning}" for word, meaning in derivation.cases.items())
    yield from (_linked(remark) for remark in derivation.remarks if remark not in leads)


def _picture(plot: Plot) -> str:
    return f"![{plot.description}](images/{plot.name}.svg)"


def _example(function: Function, example: Example) -> tuple[str, str, str]:
    gives = example.gives if isinstance(example.gives, list) else [[example.gives]]
    cells = "<br>".join(" · ".join(cell(value) for value in row) for row in gives)
    return f"`{example.formula(function.name)}`", cells, example.source


def _result(function: Function, example: Example) -> Any:
    result = evaluate(function, [LEFT_OUT if cells is None else cells for cells in example.arguments])
    first = result[0][0] if isinstance(result, list) else result
    cells = chain.from_iterable(result) if isinstance(result, list) else [result]
    return first if all(isinstance(value, CellError) for value in cells) else result


def _errors(function: Function, examples: Sequence[tuple[Example, CellError]]) -> Iterator[str]:
    """What has no answer: by example in the words of the refusal, and by rule."""
    yield "**Errors.**"
    if examples:
        rows = (
            (f"`{example.formula(function.name)}`", error.code, error.reason) for example, error in examples
        )
        yield table(("formula", "shows", "because"), rows)
    limited = any(argument.kind.reach for argument in function.arguments)
    worded = any(argument.kind.only_words for argument in function.arguments)
    numbers = any(argument.kind.is_numeric for argument in function.arguments)
    malformed = ["a text where a number belongs"] * numbers + [
        "a word that its argument does not know"
    ] * worded
    rules = ["`#NUM!` for a number beyond what its argument holds."] * limited
    rules += [f"`#VALUE!` for {' or '.join(malformed)}."] * bool(malformed)
    if "Raises" in function.sections:
        rules.append(f"`#VALUE!` {_lowered(_prose(_without_types(function.sections['Raises'])))}")
    yield " ".join(rules)


def _to_copy(function: Function, example: Example) -> str:
    """Cells with tabs between them: the arguments under their names, and beside them the formula."""
    columns: list[list[str]] = []
    references: list[str] = []
    for argument, given in zip(function.arguments, example.arguments, strict=False):
        if given is None:
            references.append("")
            continue
        rows = given if isinstance(given, list) else [given]
        rows = rows if isinstance(rows[0], list) else [[cell] for cell in rows]
        first, height = len(columns), len(rows)
        for place, cells in enumerate(zip(*rows, strict=True)):
            columns.append([argument.name if place == 0 else "", *map(_typed, cells)])
        corner = f"{get_column_letter(first + 1)}2"
        end = f"{get_column_letter(len(columns))}{height + 1}"
        references.append(corner if corner == end else f"{corner}:{end}")
    columns.append([f"={function.name}({','.join(references)})"])
    lines = zip_longest(*columns, fillvalue="")
    return "\n".join("\t".join(line).rstrip() for line in lines)


def _typed(cell: Any) -> str:
    return str(cell).upper() if isinstance(cell, bool) else str(cell)


def _related(function: Function) -> list[str]:
    """Functions that the entry speaks of, and those that speak of it."""
    mentioned = _mentions(function)
    speaking = {entry.name for entry in CATALOGUE.values() if function.name in _mentions(entry)}
    return [name for name in CATALOGUE if name in mentioned | speaking and name != function.name]


def _mentions(function: Function) -> set[str]:
    helped = (argument.help for argument in function.arguments)
    texts = (*function.derivation.remarks, function.derivation.rule, function.summary, *helped)
    text = " ".join((*texts, function.sections["Returns"], function.sections.get("See Also", "")))
    arguments = {argument.name.upper() for argument in function.arguments}
    return {word.upper() for word in re.findall(r"\w+", text)} & set(CATALOGUE) - arguments


# ---------------------------------------------------------------- words


def _link(name: str, from_page: str) -> str:
    home = next(family for family in FAMILIES if any(name == function.name for function in family.functions))
    page = "" if home.name == from_page else f"{home.name}.md"
    return f"[{name}]({page}#{name.lower()})"


def _linked(text: str) -> str:
    """A remark with the functions it names in capitals, as a worksheet knows them."""
    return re.sub(
        r"`(\w+)`", lambda match: f"`{match[1].upper()}`" if match[1].upper() in CATALOGUE else match[0], text
    )


def _without_types(section: str) -> str:
    """Text of a numpydoc section without its lines of types, and without what only Python sees."""
    lines = (line.strip() for line in section.split("\n") if line.startswith("    ") or not line.strip())
    paragraphs = "\n".join(lines).split("\n\n")
    return "\n\n".join(paragraph for paragraph in paragraphs if not paragraph.startswith("In Python"))


def _prose(text: str) -> str:
    """A text of a docstring for people with a sheet, where NaN is an error."""
    plain = " ".join(text.split()).replace("One NaN", "A single error")
    return _linked(re.sub(r"(^|[.;] )NaN\b", r"\1An error", plain).replace("NaN", "an error"))


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table; a bar inside a cell is written so that it does not end it."""
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(value.replace("|", "\\|") for value in row) + " |" for row in rows]
    return "\n".join(lines)
