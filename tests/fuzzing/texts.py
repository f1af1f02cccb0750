"""Damage to text files: TOML and CSV."""

import csv
import io
import re
from collections.abc import Callable
from random import Random

TOML_VALUES = (
    "1", "-1", "0", "0.5", "1e400", "-inf", "nan", "9" * 400, "0x10", '""', '"x"', '"1"', "true", "[]",
    "[1, [2]]", "{}", "{ a = 1 }", "2026-11-30", "12:00:00", "1979-05-27T07:32:00Z", '"\\u0007"',
    '"""a\nb"""', "'", '"\\q"', "+5", "1_000", "[" * 200 + "]" * 200, '"' + "x" * 40000 + '"', "-0.0",
    "5e-324", "",
)  # fmt: skip
CELLS = (
    "", " ", "x", "0", "-1", "1e400", "-1e308", "nan", "inf", "1,234", "1.234,56", "1'234", "12 %", "12%",
    "€5", "5 EUR", "−3", "５", "1e5", "0x10", "TRUE", "#N/A", "=1+1", "@x", "2026-11-30", '"', "'", "\t",
    "1;2", "a\nb", "\x00", "\x1b[2J", "x" * 40000, "½", "1/2", "(5)", "5-", ".5", "5.", "--5", "null", "None",
    "\u202e5", "9" * 400,
)  # fmt: skip


def _to_lines(damage: Callable[[Random, list[str]], object]) -> Callable[[Random, bytes], bytes]:
    """Damage to the lines, as damage to the file."""

    def damaged(random: Random, data: bytes) -> bytes:
        lines = data.decode("utf-8", "replace").splitlines() or [""]
        damage(random, lines)
        return "\n".join([*lines, ""]).encode("utf-8", "replace")

    damaged.__name__ = damage.__name__
    return damaged


@_to_lines
def line_dropped(random: Random, lines: list[str]) -> None:
    """A line is missing."""
    del lines[random.randrange(len(lines))]


@_to_lines
def line_doubled(random: Random, lines: list[str]) -> None:
    """A line is there twice."""
    lines.insert(random.randrange(len(lines) + 1), random.choice(lines))


@_to_lines
def lines_exchanged(random: Random, lines: list[str]) -> None:
    """Two lines have each other's place."""
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def cut(random: Random, data: bytes) -> bytes:
    """The file ends early."""
    return data[: random.randrange(len(data) + 1)]


def bits_flipped(random: Random, data: bytes) -> bytes:
    """Some bits are other ones."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 2, 10)) if changed else 0):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def letters_put_in(random: Random, data: bytes) -> bytes:
    """Letters that nobody expects stand somewhere."""
    odd = random.choice(
        ("\0", "\x1b[2J", "\r", "\u202e", "\ufeff", "\x85", "\u2028", '"', "[", "]", "=", "#", ",", "\\")
    )
    at = random.randrange(len(data) + 1)
    return data[:at] + odd.encode() + data[at:]


def encoded_otherwise(random: Random, data: bytes) -> bytes:
    """The file is in another encoding."""
    text = data.decode("utf-8", "replace") + random.choice(("", "\né ü 漢"))
    return text.encode(
        random.choice(("utf-16", "utf-16-be", "utf-32", "latin-1", "cp1252", "utf-8-sig")), "replace"
    )


@_to_lines
def value_replaced(random: Random, lines: list[str]) -> None:
    """A key has a value of another kind."""
    places = [at for at, line in enumerate(lines) if "=" in line]
    if places:
        at = random.choice(places)
        lines[at] = f"{lines[at].partition('=')[0]}= {random.choice(TOML_VALUES)}"


@_to_lines
def part_of_a_value_replaced(random: Random, lines: list[str]) -> None:
    """A number or a text inside a value is another one."""
    at = random.randrange(len(lines))
    places = list(re.finditer(r'(?<==)(?:.*?)(-?\d[\d.]*|"[^"]*")', lines[at]))
    if places:
        place = random.choice(places)
        lines[at] = lines[at][: place.start(1)] + random.choice(TOML_VALUES) + lines[at][place.end(1) :]


@_to_lines
def key_replaced(random: Random, lines: list[str]) -> None:
    """A key or a table is called otherwise."""
    at = random.randrange(len(lines))
    words = re.findall(r"\w+", lines[at].partition("=")[0])
    if words:
        word = random.choice(words)
        others = (f"{word}s", word.upper(), word[:-1], f'"{word} "', f"{word}.a", "[x]", "é", "")
        lines[at] = lines[at].replace(word, random.choice(others), 1)


@_to_lines
def table_replaced(random: Random, lines: list[str]) -> None:
    """A table is a list of tables, or the other way round."""
    places = [at for at, line in enumerate(lines) if line.startswith("[")]
    if places:
        at = random.choice(places)
        name = lines[at].strip("[] ")
        lines[at] = random.choice((f"[{name}]", f"[[{name}]]", f"[{name}.{name}]", f"{name} = 5", f"[{name}"))


def _to_rows(damage: Callable[[Random, list[list[str]]], object]) -> Callable[[Random, bytes], bytes]:
    """Damage to the cells, as damage to the file."""

    def damaged(random: Random, data: bytes) -> bytes:
        text = data.decode("utf-8", "replace").replace("\0", "")
        csv.field_size_limit(1 << 30)
        rows = list(csv.reader(io.StringIO(text), strict=False)) or [[""]]
        damage(random, rows)
        return _as_csv(rows).encode("utf-8", "replace")

    damaged.__name__ = damage.__name__
    return damaged


def _as_csv(rows: list[list[str]], **style: object) -> str:
    target = io.StringIO()
    csv.writer(target, lineterminator="\n", **style).writerows(rows)  # type: ignore[arg-type]
    return target.getvalue()


@_to_rows
def cell_replaced(random: Random, rows: list[list[str]]) -> None:
    """A cell, or the whole column, holds something else."""
    row = random.choice(rows)
    if row:
        at, cell = random.randrange(len(row)), random.choice(CELLS)
        for other in rows[1:] if random.random() < 0.3 else [row]:
            if at < len(other):
                other[at] = cell


@_to_rows
def cell_dropped(random: Random, rows: list[list[str]]) -> None:
    """A row has fewer cells."""
    row = random.choice(rows)
    del row[random.randrange(len(row) + 1) :]


@_to_rows
def cell_added(random: Random, rows: list[list[str]]) -> None:
    """A row, or each, has more cells."""
    for row in rows if random.random() < 0.3 else [random.choice(rows)]:
        row.insert(random.randrange(len(row) + 1), random.choice(CELLS))


@_to_rows
def head_replaced(random: Random, rows: list[list[str]]) -> None:
    """A column is called as another, or nothing, or in another place."""
    head = rows[0]
    if head:
        names = (
            random.choice(head),
            "",
            head[0].upper(),
            f" {head[-1]} ",
            "Rabatt %",
            "list price",
            "\x1b[31m",
        )
        head[random.randrange(len(head))] = random.choice(names)


def separated_otherwise(random: Random, data: bytes) -> bytes:
    """Another separator, also beside the usual one."""
    style = random.choice((b";", b"\t", b"|", b":"))
    return data.replace(b",", style) if random.random() < 0.7 else data.replace(b",", style, 3)


def rows_many(random: Random, data: bytes) -> bytes:
    """Many rows of nothing stand before, behind or in the middle."""
    nothing = random.choice((b"\n", b",,,,,\n", b",\n", b'""\n', b" \n")) * random.choice((1, 50, 3000))
    at = random.choice((0, data.find(b"\n") + 1, len(data)))
    return data[:at] + nothing + data[at:]


def lines_ended_otherwise(random: Random, data: bytes) -> bytes:
    """The same lines, ended as other systems do."""
    return data.replace(b"\n", b"\r\n")


def remarked(random: Random, data: bytes) -> bytes:
    """The same TOML, with remarks and lines of nothing."""
    return b"# a remark\n\n" + data + b"\n# the end"


def quoted(random: Random, data: bytes) -> bytes:
    """The same CSV, with every cell in quotes."""
    rows = list(csv.reader(io.StringIO(data.decode())))
    return _as_csv(rows, quoting=csv.QUOTE_ALL).encode()


ANY_DAMAGE = (
    line_dropped,
    line_doubled,
    lines_exchanged,
    cut,
    bits_flipped,
    letters_put_in,
    encoded_otherwise,
)
TOML_DAMAGE = (
    *ANY_DAMAGE,
    value_replaced,
    value_replaced,
    part_of_a_value_replaced,
    key_replaced,
    table_replaced,
)
CSV_DAMAGE = (
    *ANY_DAMAGE, cell_replaced, cell_replaced, cell_dropped, cell_added, head_replaced, separated_otherwise,
    rows_many,
)  # fmt: skip
TOML_HARMLESS = (remarked, lines_ended_otherwise)
CSV_HARMLESS = (quoted, lines_ended_otherwise)
