"""The report of a check: the same figures as its summary, no word of a file as markup, nothing loaded."""

import hashlib
import json
from html.parser import HTMLParser

import polars as pl
import pytest

from walkaway_xl import __version__
from walkaway_xl.cli import main
from walkaway_xl.examples import order_lines
from walkaway_xl.policy.toml import example
from walkaway_xl.quotes.html_page import script
from walkaway_xl.quotes.markup import Html, element, joined

HEAD = "region,category,product,quantity,list_price,discount,cost"
HOSTILE = [
    "<script>alert(1)</script>",
    "</style></table><img src=x onerror=alert(1)>",
    "\"' onmouseover='alert(1)",
    "&lt;b&gt; {{7*7}} ${7*7} <!-- ]]>",
    "\u202egnp.exe\x1b[2J",
]

EXAMPLE = example()


class Page(HTMLParser):
    """The tags, the attributes and the texts of a page, and the rows of its tables."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.texts, self.open, self.rows = [], [], [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes
        if tag not in ("meta", "link", "input"):
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        assert tag == self.open.pop(), "every element ends where it began"

    def handle_data(self, text):
        self.texts.append(text)
        if {"th", "td"} & set(self.open):
            self.rows[-1][-1] += text


@pytest.fixture
def reported(tmp_path):
    def made(lines, policy=EXAMPLE, *options):
        book, rules, page = tmp_path / "book.csv", tmp_path / "policy.toml", tmp_path / "report.html"
        book.write_text("\n".join(lines) + "\n", "utf-8")
        rules.write_text(policy, "utf-8")
        command = ["check", str(book), "--policy", str(rules), "--report", str(page), "--force", *options]
        code = main(command)
        return code, page.read_text("utf-8") if page.exists() else ""

    return made


@pytest.fixture
def orders():
    rows = [
        f'{order.region},{order.category},"{order.product.replace(chr(34), "")}",{order.quantity},'
        f"{order.list_price},{order.discount},{order.cost}"
        for order in order_lines()
    ]
    return [HEAD, *rows]


def whole(text):
    return int(text.replace(",", "").replace("−", "-"))


def test_it_shows_the_figures_of_the_summary_and_they_add_up(orders, reported, tmp_path, capsys):
    rule = '\n[[rule]]\nname = "Eastern"\nwhen = {region = "East"}\nmin_markup = 0.3\n'
    code, text = reported(orders, example() + rule, "--across", "region", "--json")
    summary, page = json.loads(capsys.readouterr().out), Page(text)
    assert (1, []) == (code, page.open)
    by_name = {row[0]: row for row in page.rows}
    assert round(summary["all"]["shortfall"]) == whole(by_name["All lines"][5])
    steps = [whole(by_name[name][2]) for name in ("List value", "Discounts", "Revenue")]
    assert steps[0] + steps[1] == steps[2] == round(summary["all"]["revenue"])
    steps = [whole(by_name[name][2]) for name in ("Leakage: rebate, freight, terms", "Cost", "Pocket margin")]
    earned = sum(
        order.quantity * (order.list_price * (1 - order.discount) * (1 - 0.02 - 0.08 * 30 / 365) - order.cost)
        for order in order_lines()
    )
    cost = sum(order.quantity * order.cost for order in order_lines())
    assert steps[2] == round(summary["all"]["revenue"]) + steps[0] + steps[1]
    assert (abs(steps[2] - earned) < 2, abs(steps[1] + cost) < 2) == (True, True)

    (heads,) = [row for row in page.rows if row[:1] == ["Category"] and row[-1] == "All"]
    cells = [by_name[name] for name in ("Furniture", "Technology", "Office Supplies")]
    grid = [row for row in page.rows if row[0] in {cell[0] for cell in cells} and len(row) == len(heads)]
    assert {"East", "West", "Central", "South", "All"} == set(heads[1:])
    for row in grid:
        assert whole(row[-1]) == sum(whole(cell) for cell in row[1:-1] if cell != "–")
    assert whole(by_name["All lines"][5]) == sum(whole(row[-1]) for row in grid)
    decided = [row for row in page.rows if row[0] == "Eastern"]
    assert [["Eastern", f"{summary['lines_by_rule']['Eastern']:,}"]] == [row[:2] for row in decided]
    for status, amount in summary["by_status"].items():
        assert f"{amount['lines']:,}" == next(row[1] for row in page.rows if row[0][1:] == status)

    texts = " ".join(page.texts)
    for file in ("book.csv", "policy.toml"):
        assert hashlib.sha256((tmp_path / file).read_bytes()).hexdigest() in texts
    assert f"walkaway-xl {__version__}" in texts
    assert "SHA-256" in texts


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_word_of_a_file_becomes_markup(hostile, orders, reported):
    _, plain = reported(orders)
    row = pl.DataFrame([[hostile, hostile, hostile, 9, 500.0, 0.9, 490.0]], orient="row").write_csv(
        include_header=False
    )
    name = json.dumps(hostile)
    rule = f"\n[[rule]]\nname = {name}\nwhen = {{product = [{name}]}}\nmin_net = 400\n"
    rules = example() + rule + '\n[[class]]\nname = "*"\nmin_margin = 0.1\n'
    bad = row.replace("490.0", "-1")
    _, text = reported([*orders, row.strip("\n"), bad.strip("\n")], rules, "--across", "region")
    page = Page(text)
    assert [] == page.open
    assert set(page.tags) <= {*Page(plain).tags, "code"}
    handlers = [name for name, _ in page.attributes if name.startswith("on") or name == "src"]
    assert [] == handlers
    links = [value for name, value in page.attributes if name == "href"]
    assert all(link.startswith(("#", "data:,")) for link in links)
    assert page.tags.count("script") == 1
    assert text.count(script()[0]) == 1, "the only script is ours, as it was written"
    assert not {"\x1b", "\u202e"} & set(text)
    assert any(hostile[:12] in cell or "\\u" in cell for cells in page.rows for cell in cells)


def test_markup_is_only_what_was_made_as_markup():
    assert '<p title="&lt;&quot;">&lt;b&gt;<br></p>' == element("p", "<b>", element("br"), None, title='<"')
    assert "a<b>&amp;</b>" == joined("a", Html("<b>&amp;</b>"), None)


@pytest.mark.parametrize(
    ("rows", "headline"),
    [
        (["West,Furniture,Desk,2,120,0,68"], "✓ Nothing below floor"),
        (["West,Furniture,Desk,2,120,0,68", "West,Furniture,Desk,2,120,0,-1"], "? Cannot say"),
        (["West,Furniture,Desk,2,120,0.5,68"], "36"),
        (["West,Furniture,Desk,2,120,0,-1"], "? Cannot say"),
    ],
)
def test_the_headline_is_money_or_says_that_nobody_knows(rows, headline, reported):
    _, text = reported([HEAD, *rows])
    assert headline in Page(text).texts


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--report", "r.txt"), "a report is a page for a browser"),
        (("--across", "region"), "add --report FILE"),
    ],
)
def test_what_cannot_be_is_refused_before_the_work_begins(options, words, orders, tmp_path, capsys):
    (tmp_path / "book.csv").write_text("\n".join(orders), "utf-8")
    (tmp_path / "policy.toml").write_text(example(), "utf-8")
    files = [str(tmp_path / "book.csv"), "--policy", str(tmp_path / "policy.toml")]
    assert 2 == main(["check", *files, *options])
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("prices", [["120"], ["$120", "120 €"]])
def test_what_to_know_stands_below_the_verdict_where_nothing_is_below_its_floor(prices, reported):
    rows = [f"West,Furniture,Desk,2,{price},0,{price.replace('120', '68')}" for price in prices]
    _, text = reported([HEAD, *rows])
    assert 1 == Page(text).texts.count("Class Technology has no lines.")


def test_what_is_given_away_has_no_margin(reported):
    code, text = reported([HEAD, "West,Furniture,Desk,2,120,1,68"])
    (line,) = [row for row in Page(text).rows if row[0].startswith("Desk")][-1:]
    assert (1, ["2", "120.00", "100.0 %", "0.00"], "–") == (code, line[1:5], line[6])


def test_of_many_segments_the_largest_are_shown_and_the_others_together(reported):
    rows = [f"R{n % 30},C{n},Desk,1,{200 + n},0.9,150" for n in range(60)]
    text = '\n[[class]]\nname = "*"\nmin_margin = 0.1\n'
    _, page = reported([HEAD, *rows], example() + text, "--across", "region")
    cells = Page(page).rows
    (others,) = [row for row in cells if row[0] == "41 others"]
    (heads,) = [row for row in cells if "23 others" in row]
    assert len(heads) == len(others) == 10
    (total,) = [row for row in cells if row[0] == "All" and len(row) == 10]
    (lines,) = {row[5] for row in cells if row[0] == "All lines" and row[2] == "100.0 %"}
    assert lines == total[-1]


def test_where_it_went_is_said_as_of_every_other_file(orders, reported, tmp_path, capsys):
    reported(orders, example(), "--ask", str(tmp_path / "asked.csv"), "--group-by", "region")
    written = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Written: ")]
    assert [f"Written: {tmp_path / name}" for name in ("asked.csv", "report.html")] == written
