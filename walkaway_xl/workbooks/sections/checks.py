"""Checks with their master, and the register of formulas, names and sources."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from openpyxl.worksheet.worksheet import Worksheet

from walkaway_xl.sheets import blocks, style
from walkaway_xl.sheets.cell_writing import Formula, paint, put, reference, set_heights
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.sheets.ref import Ref
from walkaway_xl.sheets.table import Column, Row, Table
from walkaway_xl.sheets.word_list import Verbatim

MASTER_ROW = 6
HEAD_ROW = 8
FIRST_ROW = HEAD_ROW + 1
SPAN = ("B", "H")
WHOLE = {"number_format": style.WHOLE}
ANY_NUMBER = "#,##0.00##"


@dataclass(frozen=True)
class Check:
    """One check: the value looked at, a formula that gives 1 when it passes, and what to do if not."""

    text: str
    value: str
    passes: str
    remedy: str
    number_format: str = style.WHOLE

    def at(self, figures: Mapping[str, str]) -> "Check":
        """With references for the {names} of figures."""
        own = {"value": "{value}", "tolerance": "{tolerance}"}
        return replace(
            self, value=self.value.format_map(figures), passes=self.passes.format_map({**figures, **own})
        )


@dataclass(frozen=True)
class Entry:
    """One row of the register: what is calculated, where, in words, by which function and source."""

    what: str
    value: str
    function: str
    in_words: str
    source: str
    number_format: str = style.PRICE
    addin_formula: str = ""
    """The same answer by the add-in's function, which shows nothing where there is no add-in."""

    def at(self, figures: Mapping[str, str]) -> "Entry":
        """With references for the {names} of figures."""
        return replace(
            self,
            value=self.value.format_map(figures),
            addin_formula=self.addin_formula.format_map(figures),
        )


def name_front(draft: Draft, first: Worksheet) -> None:
    """Name what every workbook shows first, so that a reading of it finds them: title and verdict."""
    for name, cells in (("wx_title", "B3:B4"), ("wx_banner", "C7:C9")):
        draft.name(name, reference(first, cells))


def master(sheet: Worksheet) -> str:
    """Where the master check is, before anything else is known."""
    return reference(sheet, f"C{MASTER_ROW}")


def write_checks(draft: Draft, sheet: Worksheet, checks: Sequence[Check], tolerance: str) -> None:
    """Write the checks and the master check, which counts what is still open."""

    def passes(row: Row) -> str:
        return checks[row.number].passes.format(value=row["value"], tolerance=tolerance)

    columns = (
        Column("check", "B", "Check", words=[check.text for check in checks]),
        Column(
            "value",
            "C",
            "Value",
            formula=lambda row: checks[row.number].value,
            style_name="wx Link",
            look=lambda row: {"number_format": checks[row.number].number_format},
        ),
        Column("passes", "D", "Pass 1 / 0", formula=passes, look=WHOLE),
        Column(
            "shown",
            "E",
            "Shown as",
            formula=lambda row: f'IF({row["passes"]}=1,"✔  pass","✖  open")',
            style_name="wx Status",
        ),
        Column(
            "remedy",
            "F",
            "If it does not pass",
            words=[check.remedy for check in checks],
            style_name="wx Words",
        ),
    )
    table = Table("", columns, len(checks), SPAN, numbered=False)
    _write_master(sheet, table.at(sheet, HEAD_ROW)["passes"])
    placed = table.write(draft, sheet, HEAD_ROW)
    blocks.tint_when(sheet, placed["shown"].cells, f"$D{placed.first}=0", style.TOO_CLOSE.tint)
    draft.name("wx_check_list", placed.between("check", "remedy"))


def _write_master(sheet: Worksheet, passes: Ref) -> None:
    passed, total = f"SUM({passes.absolute})", f"ROWS({passes.absolute})"
    whole = "{}{row}:{}{row}".format(*SPAN, row=MASTER_ROW)
    set_heights(sheet, {MASTER_ROW: 30, MASTER_ROW + 1: 12})
    paint(sheet, whole, fill=style.CARD)
    put(sheet, f"B{MASTER_ROW}", "Master check", "wx Section", fill=style.CARD, vertical="center", indent=1)
    text = (
        f'IF({passed}={total},"✔  All "&{total}&" checks pass",'
        f'"✖  "&({total}-{passed})&" of "&{total}&" checks open")'
    )
    put(sheet, f"C{MASTER_ROW}", Formula(text), size=13, bold=True, vertical="center", indent=1)
    for mark, status in (("✖", style.TOO_CLOSE), ("✔", style.WISH_MET)):
        blocks.tint_when(sheet, whole, f'LEFT($C${MASTER_ROW},1)="{mark}"', status.tint)


def _register(entries: Sequence[Entry], tolerance: str) -> Table:
    def differs(row: Row) -> str | None:
        if not entries[row.number].addin_formula:
            return None
        ours, addins = row["ours"], row["addin"]
        # Numbers are compared as numbers; what is no number, as it stands.
        apart = f"--(ABS({addins}-{ours})>{tolerance}*MAX(1,ABS({ours})))"
        return f'IF(OR({ours}="",{addins}=""),0,IFERROR({apart},--({addins}<>{ours})))'

    def look(row: Row) -> dict[str, str]:
        return {"number_format": entries[row.number].number_format}

    def words(place: str, head: str, texts: Sequence[str], style_name: str) -> Column:
        return Column("", place, head, words=texts, style_name=style_name)

    def value(key: str, place: str, head: str, formula: Callable[[Row], str | None]) -> Column:
        return Column(key, place, head, formula=formula, style_name="wx Link", look=look)

    columns = (
        words("B", "Result", [entry.what for entry in entries], "wx Label"),
        words("C", "Worksheet function", [Verbatim(entry.function) for entry in entries], "wx Words"),
        Column("differs", "D", "Differs", formula=differs, look=WHOLE),
        value("ours", "E", "Value now", lambda row: entries[row.number].value),
        value("addin", "F", "With the add-in", lambda row: entries[row.number].addin_formula or None),
        words("G", "Source", [entry.source for entry in entries], "wx Unit"),
        words("H", "In words", [entry.in_words for entry in entries], "wx Words"),
    )
    return Table("", columns, len(entries), SPAN, numbered=False, height=19.5)


def agreement(sheet: Worksheet, register_row: int, entries: Sequence[Entry], tolerance: str) -> Check:
    """The check that the add-in, where there is one, gives what the formulas of the register give."""
    differing = _register(entries, tolerance).at(sheet, register_row + 1)["differs"]
    return Check(
        "Results that differ from the add-in's own",
        f"SUM({differing})",
        "--({value}=0)",
        "The add-in and the formulas disagree. Look for the row below that says 1, and undo what was typed.",
    )


def register_rows(entries: int, names: int) -> int:
    """How many rows the register takes: its entries and names, each under a title and heads."""
    return 2 + entries + 2 + names


def write_register(
    draft: Draft, sheet: Worksheet, top: int, entries: Sequence[Entry], names: dict[str, str], tolerance: str
) -> int:
    """Write the formula register and the list of names; returns the next row."""
    blocks.section(sheet, f"B{top}", "Register of formulas")
    row = _register(entries, tolerance).write(draft, sheet, top + 1).next_row
    blocks.section(sheet, f"B{row}", "Names")
    blocks.note(sheet, f"C{row}", "Use them in your own formulas: they always point to the right cell.")
    references = [Ref(ref) for ref in names.values()]

    def value(row: Row) -> str:
        ref = references[row.number]
        return f'IF({ref}="","",{ref})'

    addresses = [Verbatim(ref.address) for ref in references]
    columns = (
        Column("", "B", "Name", words=[Verbatim(name) for name in names]),
        Column("", "C", "Cell", words=addresses, style_name="wx Words"),
        Column("", "E", "Value now", formula=value, style_name="wx Link", look={"number_format": ANY_NUMBER}),
    )
    table = Table("", columns, len(names), SPAN, numbered=False, height=18)
    return table.write(draft, sheet, row + 1).next_row
