"""The discount floor sheet: agrees with the functions line by line, leaks nothing, says what is wrong."""

import csv
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.formula import Tokenizer
from openpyxl.utils import column_index_from_string, range_boundaries
from openpyxl.utils.cell import coordinate_to_tuple

import walkaway_xl as wx
from tests.books import saved
from tests.workbooks.calculated import calculate
from tests.workbooks.deals import paste
from walkaway_xl.core.errors import InputError
from walkaway_xl.examples import order_lines
from walkaway_xl.policy import EXAMPLE, NOBODY, Policy, ProductClass, Signer, Tier
from walkaway_xl.policy.compiled import CompiledPolicy
from walkaway_xl.policy.rules import RULES
from walkaway_xl.quotes.checking import DiscountStatus, Lines, check, status_word
from walkaway_xl.sheets.cell_writing import columns_between
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.sheets.word_list import YES
from walkaway_xl.workbooks import deal_file, template
from walkaway_xl.workbooks.deal_file import named
from walkaway_xl.workbooks.discount_floor_sheet import (
    build,
    customer_copy,
    policy_sheet,
    quote_columns,
    quote_lists,
    quote_table,
)
from walkaway_xl.workbooks.discount_floor_sheet.orders import deal_of, facts_of, fingerprint
from walkaway_xl.workbooks.discount_floor_sheet.quote_columns import LETTERS
from walkaway_xl.workbooks.filling import fill

ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}
PARTS = ("tier", "extra1", "extra2", "extra3")
LEAKAGE = 0.01 + 0.01 + 0.08 * 30 / 365
Line = dict[str, Any]
LINE: Line = {
    "order": "A-1", "description": "Chair", "product_class": "Furniture",
    "quantity": 10, "list_price": 120, "cost": 68, "extra1": 0.1,
}  # fmt: skip


def quote(lines: Sequence[Line], rules: Policy = EXAMPLE, **facts: object) -> Draft:
    """The workbook with lines as somebody pastes them."""
    return paste(build(), {**policy_sheet.facts_of(rules), "lines": list(lines), **facts})


def values(draft: Draft) -> Workbook:
    return load_workbook(BytesIO(calculate(saved(draft))), data_only=True)


def row_of(book: Workbook, number: int) -> dict[str, object]:
    row = quote_columns.HEAD + number
    return {key: book["Quote"][f"{letter}{row}"].value for key, letter in LETTERS.items()}


def status(row: dict[str, object]) -> str:
    return re.sub(r"^\W+", "", str(row["status"] or ""))


@pytest.fixture(scope="module")
def filled() -> Workbook:
    return values(template("discount_floor_sheet").filled(deal_of(order_lines())))


@pytest.fixture(scope="module")
def blank_draft() -> Draft:
    return build()


@pytest.fixture(scope="module")
def blank(blank_draft: Draft) -> Workbook:
    return values(blank_draft)


def errors_in(book: Workbook) -> list[str]:
    return [
        f"{sheet.title}!{cell.coordinate} {cell.value}"
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value in ERRORS
    ]


def test_no_cell_shows_an_error(filled, blank):
    assert [] == errors_in(filled)
    assert [] == errors_in(blank)


def test_blank_rows_show_nothing(blank):
    row = row_of(blank, 1)
    shown = [key for key, column in zip(LETTERS, row, strict=True) if row[column] not in (None, "", 0)]
    assert [] == shown
    assert "NOT READY" in blank["Start"]["C7"].value


def test_the_example_passes_all_its_checks(filled):
    assert filled["Checks"]["C6"].value.startswith("✔")


# ---------------------------------------------------------------- agreement with the functions


def expected(lines: Sequence[Line], rules: Policy) -> list[dict[str, object]]:
    """What the functions say about each line."""
    margins = {entry.name: entry.min_margin for entry in rules.classes}
    prices, costs = (np.array([line[key] for line in lines], float) for key in ("list_price", "cost"))
    parts = np.array([[line.get(key) or 0.0 for key in PARTS] for line in lines])
    discounts = np.asarray(wx.discount_stack(parts, byrow=True)).reshape(-1)
    minimum = np.array([margins[line["product_class"]] for line in lines])
    days = np.array([line.get("terms_days", rules.terms_days) for line in lines], float)
    leakage = rules.rebate + rules.freight + rules.rate * days / 365
    told = {
        output: wx.discount_check(
            prices, discounts, costs, minimum, leakage, 0.0, rules.warn, output, rules.margin_basis
        )
        for output in ("status", "margin", "price", "headroom")
    }
    names = [signer.name for signer in rules.signers]
    shares = told["price"] / prices
    by = {
        "by_discount": wx.deal_signer(discounts, [signer.discount for signer in rules.signers], names),
        "by_margin": wx.deal_signer(told["margin"], [signer.margin for signer in rules.signers], names),
        "by_price": wx.deal_signer(shares, [signer.price for signer in rules.signers], names),
    }
    ladder = [*names, NOBODY]
    result = []
    for at in range(len(lines)):
        signers = {key: who[at] if isinstance(who[at], str) else NOBODY for key, who in by.items()}
        result.append(
            {
                "status": wx.DiscountStatus(told["status"][at]).name.replace("_", " "),
                "discount": discounts[at],
                "net": told["price"][at],
                "margin": told["margin"][at],
                "headroom": told["headroom"][at],
                "floor": wx.price_floor(costs[at], minimum[at], leakage[at], margin_basis=rules.margin_basis),
                "deepest": wx.discount_max(
                    prices[at], costs[at], minimum[at], leakage[at], margin_basis=rules.margin_basis
                ),
                **signers,
                "signer": max(signers.values(), key=ladder.index),
            }
        )
    return result


def assert_agrees(book: Workbook, lines: Sequence[Line], rules: Policy) -> None:
    for number, wanted in enumerate(expected(lines, rules), 1):
        row = row_of(book, number)
        assert wanted.pop("status") == status(row), (number, lines[number - 1])
        for key, value in wanted.items():
            near = value if isinstance(value, str) else pytest.approx(value, rel=1e-9, abs=1e-9)
            assert near == row[key], (number, key)


def test_all_order_lines_agree_with_the_functions(filled):
    lines = [facts_of(order) for order in order_lines()]
    assert_agrees(filled, lines, EXAMPLE)


def random_lines(count: int) -> Sequence[Line]:
    rng = np.random.default_rng(20260101)

    def share() -> float | None:
        return None if rng.random() < 0.3 else round(float(rng.random() ** 2), 3)

    found = []
    for number in range(count):
        line = {
            "order": f"R-{number}",
            "description": "random",
            "product_class": ("Furniture", "Office Supplies", "Technology", "Loss leader")[number % 4],
            "quantity": int(rng.integers(0, 60)),
            "list_price": (list_price := round(float(rng.uniform(0.5, 4000)), 2)),
            "cost": round(list_price * float(rng.uniform(0, 1.1)), 4),
            "tier": share(),
            "extra1": share(),
            "extra2": share(),
            "terms_days": None if rng.random() < 0.5 else int(rng.integers(0, 120)),
        }
        found.append({key: value for key, value in line.items() if value is not None})
    return found


@pytest.fixture(scope="module")
def loss_leaders() -> Policy:
    return replace(EXAMPLE, classes=(*EXAMPLE.classes, ProductClass("Loss leader", -0.2)))


RANDOM_LINES = random_lines(200)


@pytest.fixture(scope="module")
def random_book(loss_leaders) -> Workbook:
    return values(quote(RANDOM_LINES, loss_leaders))


def test_random_lines_agree_with_the_functions(random_book, loss_leaders):
    assert_agrees(random_book, RANDOM_LINES, loss_leaders)


@pytest.fixture(scope="module")
def net_of_leakage(loss_leaders) -> Policy:
    """So much leaks that the two bases differ in many lines."""
    return replace(loss_leaders, rebate=0.2, freight=0.1, margin_basis="net")


@pytest.fixture(scope="module")
def net_book(net_of_leakage) -> Workbook:
    return values(quote(RANDOM_LINES, net_of_leakage))


def test_margins_net_of_leakage_agree_with_the_functions(net_book, net_of_leakage):
    assert_agrees(net_book, RANDOM_LINES, net_of_leakage)
    ofs = [
        expected(RANDOM_LINES, rules)
        for rules in (net_of_leakage, replace(net_of_leakage, margin_basis="invoice"))
    ]
    assert 5 <= sum(one["status"] != other["status"] for one, other in zip(*ofs, strict=True))


@pytest.mark.parametrize("basis", ["invoice", "net"])
def test_sheet_and_check_say_the_same_of_each_line(
    basis, net_book, net_of_leakage, random_book, loss_leaders
):
    """Status, floor and signer of each line, and the margin of the whole quote."""
    book, rules = (net_book, net_of_leakage) if basis == "net" else (random_book, loss_leaders)
    numbers = range(1, 1 + len(RANDOM_LINES))
    classes = [entry.name for entry in rules.classes]

    def column(key: str) -> np.ndarray:
        return np.array([line.get(key, np.nan) for line in RANDOM_LINES], float)

    found = check(
        Lines(
            column("list_price"),
            np.array([row_of(book, number)["discount"] for number in numbers]),
            column("cost"),
            column("quantity"),
            np.array([classes.index(line["product_class"]) for line in RANDOM_LINES]),
            column("terms_days"),
        ),
        CompiledPolicy(replace(rules, price_step=None)),
    )
    for number in numbers:
        row = row_of(book, number)
        assert status_word(DiscountStatus(found.status[number - 1])) == status(row)
        assert found.floor[number - 1] == pytest.approx(row["floor"], rel=1e-9)
        assert CompiledPolicy(rules).signer_names[found.signer[number - 1]] == row["signer"]
    ((title, cell),) = book.defined_names["wx_quote_margin"].destinations
    of_the_invoice = found.earned.sum() / found.revenue.sum()
    assert of_the_invoice == pytest.approx(book[title][cell].value, rel=1e-9)


def test_statuses_at_their_boundaries():
    deepest = wx.discount_max(120, 68, 0.1, LEAKAGE)
    near = wx.discount_max(120, 68, 0.1 + EXAMPLE.warn, LEAKAGE)
    even = wx.discount_max(120, 68, 0, LEAKAGE)
    cases = (
        (near, "OK"),
        (near + 1e-6, "NEAR FLOOR"),
        (deepest, "NEAR FLOOR"),
        (deepest + 1e-12, "NEAR FLOOR"),
        (deepest + 1e-6, "BELOW FLOOR"),
        (even, "BELOW FLOOR"),
        (even + 1e-6, "BELOW COST"),
        (1.0, "BELOW COST"),
    )
    lines = tuple(LINE | {"extra1": discount} for discount, _ in cases)
    book = values(quote(lines, EXAMPLE))
    assert [word for _, word in cases] == [
        status(row_of(book, number)) for number in range(1, len(cases) + 1)
    ]


@pytest.fixture(scope="module")
def incomplete() -> Workbook:
    lines = (
        LINE | {"cost": None},
        LINE | {"product_class": "Unknown"},
        LINE | {"extra1": 1.5},
        LINE | {"list_price": 0},
        LINE | {"cost": 0},
        LINE,
    )
    return values(quote(lines, EXAMPLE))


def test_a_line_with_something_missing_is_not_ready_and_does_not_count(incomplete):
    assert ["NOT READY"] * 4 + ["OK", "OK"] == [status(row_of(incomplete, number)) for number in range(1, 7)]
    assert 2 * 10 * 120 * 0.9 == pytest.approx(
        sum(row_of(incomplete, number)["net_value"] or 0 for number in range(1, 7))
    )
    assert [] == errors_in(incomplete)


# ---------------------------------------------------------------- the example


def test_the_example_holds_the_first_of_the_real_order_lines():
    """Enough to see everything, in a file that opens on a phone."""
    facts = deal_file.read(template("discount_floor_sheet").deal)
    last = facts["as_of"]
    assert 40 < sum(name.endswith(".order") for name in facts) < 100
    assert deal_of([order for order in order_lines() if order.date <= last]) == facts


# ---------------------------------------------------------------- approvals


APPROVAL = {
    "line": 1, "requested_by": "Sales", "approved_by": "Chief executive", "reason": "New account",
    "in_return": "Two years", "on": date(2026, 1, 5), "valid_until": date(2026, 3, 1),
}  # fmt: skip


@pytest.fixture(scope="module")
def approvals() -> list[str]:
    cut = LINE | {"extra1": 0.4}
    valid = APPROVAL | {"fingerprint": fingerprint(cut, EXAMPLE)}
    rows = [
        valid,
        valid | {"line": 2},  # line 2 has another cost now
        valid | {"valid_until": date(2026, 1, 31)},
        valid | {"approved_by": "Sales manager"},
        valid | {"reason": None},
        valid | {"line": 77},
    ]
    book = values(quote((cut, cut | {"cost": 69}), as_of=date(2026, 2, 1), exceptions=rows))
    shown = [book["Exceptions"][f"U{row}"].value for row in range(7, 7 + len(rows))]
    return [*shown, *(row_of(book, number)["exception"] for number in (1, 2)), book["Checks"]["C6"].value]


def test_an_approval_holds_for_the_inputs_it_was_given_for(approvals):
    assert ["VALID", "STALE", "EXPIRED", "TOO JUNIOR", "INCOMPLETE", "INCOMPLETE"] == approvals[:6]
    assert ["approved", "asked, not valid"] == approvals[6:8]
    assert "1 of 11 checks open" in approvals[8]


@pytest.mark.parametrize(
    "change",
    [
        {"quantity": 11},
        {"list_price": 120.01},
        {"cost": 68.0001},
        {"tier": 0.01},
        {"extra2": 0.01},
        {"extra3": 0.01},
        {"terms_days": 31},
        {"product_class": "Technology"},
    ],
)
def test_every_price_input_changes_the_fingerprint(change):
    assert fingerprint(LINE, EXAMPLE) != fingerprint(LINE | {**change}, EXAMPLE)


def test_the_sheet_computes_the_same_fingerprints(filled):
    lines = [facts_of(order) for order in order_lines()]
    shown = [row_of(filled, number)["fingerprint"] for number in range(1, len(lines) + 1)]
    assert [fingerprint(line, EXAMPLE) for line in lines] == shown


# ---------------------------------------------------------------- customer copy


def precedents(sheet: str, formula: str) -> set[tuple[str, int, int]]:
    """Sheet, column and row of the cells a formula looks at; of a table only its first row."""
    found = set()
    for token in Tokenizer(formula).items:
        if token.type == "OPERAND" and token.subtype == "RANGE":
            title, _, cells = token.value.rpartition("!")
            left, top, right, bottom = range_boundaries(cells.replace("$", ""))
            rows = range(top, min(bottom, top + 2) + 1)
            found |= {
                (title.strip("'") or sheet, column, row) for column in range(left, right + 1) for row in rows
            }
    return found


def test_no_path_leads_from_the_customer_copy_to_cost_floor_or_margin(blank_draft):
    book = blank_draft.workbook
    sheet = book["Customer copy"]
    waiting = {("Customer copy", cell.column, cell.row) for row in sheet["A1:K13"] for cell in row}
    link_to_yes = f"={book.defined_names[YES].attr_text}"  # the word by which a line is internal
    seen = set()

    def held(place: tuple[str, int, int]) -> object:
        title, column, row = place
        return book[title].cell(row, column).value

    while waiting:
        at = waiting.pop()
        seen.add(at)
        value = held(at)
        if isinstance(value, str) and value.startswith("="):
            looked_at = precedents(at[0], value) - seen
            waiting |= {place for place in looked_at if held(place) != link_to_yes}
    touched = {title for title, *_ in seen}
    columns = {column for title, column, row in seen if title == "Quote" and row > quote_columns.HEAD}
    public = {"used", "order", "description", "qty", "list", "tier", "extra1", "extra2", "extra3", "discount",
              "net", "priced", "internal", "shown_as"}  # fmt: skip
    by_number = dict(enumerate((column.key for column in quote_columns.columns()), 2))
    assert {"Customer copy", "Quote", "Start"} == touched
    assert {by_number[number] for number in columns} <= public


def test_the_customer_copy_says_until_when_the_quote_is_valid_as_start_shows_it():
    draft = quote((LINE,), EXAMPLE)
    fill(draft, {"valid_until": date(2016, 1, 31)})
    shown = [cell.value for cell in values(draft)["Customer copy"][8] if cell.value]
    assert "valid until 31 Jan 2016" in shown


def test_internal_lines_are_not_on_the_customer_copy():
    lines = (
        LINE,
        LINE | {"order": "A-2", "description": "Margin reserve", "internal": "yes"},
        LINE | {"order": "A-3"},
    )
    copy = values(quote(lines, EXAMPLE))["Customer copy"]
    first = customer_copy.FIRST
    assert [(1, "A-1"), (2, "A-3")] == [
        (copy[f"B{row}"].value, copy[f"C{row}"].value) for row in (first, first + 1)
    ]
    assert copy[f"C{first + 2}"].value in (None, "")
    assert 2 * 10 * 120 * 0.9 == pytest.approx(copy["B7"].value)


def printed_last_row(sheet) -> int:
    return range_boundaries(sheet.print_area.rpartition("!")[2])[3]


@pytest.mark.parametrize("count", [0, 1, 40, 41, 500])
def test_the_printed_pages_hold_every_line_that_is_filled_in(count):
    draft = build()
    fill(draft, named({**policy_sheet.facts_of(EXAMPLE), "lines": [LINE] * count}))
    book = draft.workbook
    lines = min(quote_columns.ROWS, max(quote_table.SHORTEST_PRINT, count))
    assert quote_columns.HEAD + lines == printed_last_row(book["Quote"])
    assert customer_copy.HEAD + lines == printed_last_row(book["Customer copy"])


@pytest.mark.parametrize(("beyond", "mark"), [(0, "✔"), (2, "✖")])
def test_lines_below_the_printed_pages_are_told_on_checks_and_on_the_customer_copy(beyond, mark):
    draft = quote(())
    sheet, count = draft.sheet("Quote"), quote_table.SHORTEST_PRINT + beyond
    for row in range(quote_columns.FIRST, quote_columns.FIRST + count):
        for key, value in (("order", "A"), ("class", "Furniture"), ("qty", 1), ("list", 120), ("cost", 68)):
            sheet[f"{LETTERS[key]}{row}"].value = value
    book = values(draft)
    check = next(
        row for row in book["Checks"].iter_rows() if row[1].value == "Lines beyond the printed pages"
    )
    assert beyond == check[2].value
    assert check[4].value.startswith(mark)
    told = book["Customer copy"][f"K{customer_copy.HEAD - 1}"].value or ""
    assert (f"✖  {beyond} more lines" in told) == (beyond > 0)


def test_the_start_sheet_says_why_nobody_may_sign_and_what_to_do(filled):
    said = filled["Start"]["C9"].value
    assert said.startswith("Nobody may sign: ")
    assert "Policy" in said
    assert "raise their prices" in said


def test_a_description_that_begins_like_a_formula_stays_text():
    draft = quote((LINE, LINE | {"description": "=1+1"}))
    cell = draft.sheet("Quote")[f"{LETTERS['description']}{quote_columns.FIRST + 1}"]
    assert ("s", True) == (cell.data_type, cell.quotePrefix)
    assert "=1+1" == values(draft)["Customer copy"][f"D{customer_copy.FIRST + 1}"].value


# ---------------------------------------------------------------- policy lint


def faults(rules: Policy) -> set[str]:
    """Texts of the policy checks that find something."""
    draft = Draft.new("policy", "test", ("Policy", "Checks"))
    control = draft.sheet("Checks")
    lists, _ = quote_lists.write(draft, control, 20)
    policy_sheet.write(draft, lists, "'Checks'!$C$6")
    paste(draft, policy_sheet.facts_of(rules))
    sheet = values(draft)["Policy"]
    first = policy_sheet.LINT_HEAD + 1
    return {
        sheet[f"G{row}"].value
        for row in range(first, first + sum(rule.on_sheet is not None for rule in RULES))
        if sheet[f"H{row}"].value != 0
    }


REP, BOSS = Signer("Rep", 0.1, 0.3, 0.9), Signer("Boss", 0.3, 0.1, 0.6)
SOUND = Policy(
    classes=(ProductClass("A", 0.2),),
    signers=(REP, BOSS),
    tiers=(Tier(1, 0.0), Tier(10, 0.02)),
    rebate=0.01,
    freight=0.01,
    rate=0.08,
    terms_days=30,
)


def test_a_sound_policy_has_no_faults():
    assert set() == faults(SOUND)
    assert set() == faults(Policy())


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"classes": (ProductClass("A", None),)}, "Classes: name or margin missing"),
        ({"classes": (ProductClass("A", 0.2), ProductClass("a", 0.1))}, "Classes: listed twice"),
        (
            {"classes": (ProductClass("A", 0.98),), "signers": (BOSS,)},
            "Classes: margin and leakage leave no price",
        ),
        (
            {
                "classes": (ProductClass("A", 0.98),),
                "signers": (BOSS,),
                "rebate": 0.0,
                "freight": 0.0,
                "rate": 0.4,
            },
            "Classes: margin and leakage leave no price",  # the payment terms leak, too
        ),
        ({"signers": (replace(REP, margin=None), BOSS)}, "Signers: gap"),
        ({"signers": (REP, Signer(None, None, None, None), BOSS)}, "Signers: gap"),
        ({"signers": (REP, replace(BOSS, discount=0.1))}, "Signers: overlap"),
        ({"signers": (REP, replace(BOSS, price=0.95))}, "Signers: inversion"),
        ({"signers": (replace(REP, margin=0.15), BOSS)}, "Signers: limit beyond the floor"),
        ({"tiers": (Tier(1, 0.0), Tier(10, None))}, "Tiers: gap"),
        ({"tiers": (Tier(1, 0.0), Tier(1, 0.02))}, "Tiers: overlap"),
        ({"tiers": (Tier(10, 0.02), Tier(5, 0.03))}, "Tiers: inversion"),
        ({"tiers": (Tier(1, 0.1), Tier(10, 0.2))}, "Tiers: cliff"),
    ],
)
def test_a_planted_fault_is_found_and_no_other(change, fault):
    assert {fault} == faults(replace(SOUND, **change))


# ---------------------------------------------------------------- the sheet as a whole


def test_lines_can_still_be_filtered_and_sorted_on_the_protected_sheet(blank_draft):
    protection = blank_draft.sheet("Quote").protection
    assert (True, None) == (protection.sheet, protection.password)
    assert (False, False) == (protection.sort, protection.autoFilter)


def test_more_lines_than_the_table_holds_are_refused():
    with pytest.raises(InputError, match="lines has 500 rows"):
        fill(build(), named({"lines": [LINE] * 501}))


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs soffice")
@pytest.mark.parametrize("basis", ["invoice", "net"])
def test_libreoffice_finds_the_same_statuses_for_random_lines(
    basis, loss_leaders, random_book, net_of_leakage, net_book, tmp_path
):
    book, rules = (net_book, net_of_leakage) if basis == "net" else (random_book, loss_leaders)
    source = tmp_path / "sheet.xlsx"
    source.write_bytes(saved(quote(RANDOM_LINES, rules)))
    profile = (tmp_path / "profile").as_uri()
    # Every sheet as a file of its own, numbers in full, fields between tabs.
    sheets = "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,false,false,false,false,2"
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", sheets]
    command += ["--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    with (tmp_path / "sheet-Quote.csv").open(encoding="utf-8", newline="") as told:
        table = list(csv.reader(told, delimiter="\t"))[quote_columns.HEAD :]
    for number in range(1, len(RANDOM_LINES) + 1):
        ours, theirs = row_of(book, number), table[number - 1]
        for key in ("status", "signer", "exception", "by_margin"):
            assert ours[key] == theirs[column_index_from_string(LETTERS[key]) - 1]
        for key in ("floor", "near_price", "fingerprint", "net_value"):
            told = theirs[column_index_from_string(LETTERS[key]) - 1]
            assert ours[key] == pytest.approx(float(told), rel=1e-9, abs=1e-9)


def test_a_laptop_shows_what_decides_on_a_line_without_scrolling(blank_draft):
    sheet = blank_draft.sheet("Quote")
    frozen = coordinate_to_tuple(sheet.freeze_panes)[1]
    for key in ("status", "floor", "signer"):
        assert column_index_from_string(LETTERS[key]) < frozen
    seen = columns_between("A", quote_columns.SCREEN_LAST)
    pixels = 7 * sum(sheet.column_dimensions[letter].width for letter in seen)
    assert pixels <= 1160  # LibreOffice draws columns up to 12 % wider; a screen of 1366 shows 1304
    assert {"tier", "extra1", "extra3", "cost"} <= {key for key, letter in LETTERS.items() if letter in seen}
