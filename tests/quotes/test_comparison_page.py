"""The page of a comparison: the same figures as in JSON, hostile words as words, and readable by all."""

import json

import pytest

from tests.browser import CHROMIUM, opened
from tests.hosts.axe.build import SCRIPT
from tests.quotes.test_compare import BY_HAND, LINES, OLD_POLICY, POLICY, as_csv, books
from tests.quotes.test_report import HOSTILE, Page, whole
from tests.sampling import one_in
from walkaway_xl.cli import main


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """The page of two books, and the same as JSON."""

    def ask(before, after, *options, old=OLD_POLICY):
        folder = tmp_path_factory.mktemp("compared")
        for name, text in {"b.csv": before, "a.csv": after, "p.toml": POLICY, "o.toml": old}.items():
            (folder / name).write_text(text + "\n", "utf-8")
        command = ["compare", str(folder / "b.csv"), str(folder / "a.csv"), "--key", "id", "--json"]
        command += ["--policy", str(folder / "p.toml"), "--policy-before", str(folder / "o.toml")]
        code = main([*command, "--report", str(folder / "page.html"), *options])
        return code, folder / "page.html"

    return ask


def test_it_shows_the_figures_of_the_comparison_and_they_add_up(compared, capsys):
    before, after = books(LINES)
    code, path = compared(as_csv(before), as_csv(after), "--by", "rep")
    result, page = json.loads(capsys.readouterr().out), Page(path.read_text("utf-8"))
    assert (0, []) == (code, page.open)
    steps = ("Before", "Lines lost", "Volume", "Mix", "List prices", "Discounts", "New lines", "After")
    shown = [[row for row in page.rows if row[0] == name and len(row) == 4] for name in steps]
    for place, title in enumerate(("revenue", "earned")):
        bridge = result["bridge"][title]
        amounts = [whole(rows[place][2].replace("+", "")) for rows in shown]
        if title == "earned":
            amounts[-1:-1] = [whole(row[2]) for row in page.rows if row[0] in ("Leakage", "Cost")]
        assert amounts[-1] == sum(amounts[:-1]) == round(bridge["after"])
        assert abs(amounts[0] - bridge["before"]) < 1
        volume = sum(float(hand[0]) for hand in BY_HAND.values())
        assert title == "earned" or abs(amounts[2] - volume) <= 1
    crossed = result["fell_below_floor"] + result["rose_above_floor"]
    keys = [line["key"]["id"] for line in crossed]
    assert keys == [row[0] for row in page.rows if row[0] in set(keys)]
    assert len(keys) > 2
    total = [row for row in page.rows if row[0] == "All lines"]
    after = [whole(row[6]) for row in total if len(row) == 7]
    assert [round(result["bridge"]["revenue"]["after"])] == after
    words = " ".join(page.texts)
    assert "The policy did" in words
    assert all(name in words for name in ("b.csv", "a.csv", "p.toml", "o.toml", "SHA-256"))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_word_of_a_book_becomes_markup_and_no_script_may_run(hostile, compared):
    quoted = '"{}"'.format(hostile.replace('"', '""'))
    before, after = (as_csv(book).replace("Ann", quoted).replace("P11", quoted) for book in books(LINES))
    code, path = compared(before, after, "--by", "rep")
    page = Page(path.read_text("utf-8"))
    assert (0, []) == (code, page.open)
    assert {"script", "img", "svg", "b", "iframe"}.isdisjoint(page.tags)
    policy = [value for name, value in page.attributes if name == "content" and "default-src" in value]
    assert ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"] == policy


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--report", "page.txt"], "a report is a page for a browser"),
        (["--report"], "this file exists; --force replaces it"),
    ],
)
def test_where_it_cannot_go_is_said_before_the_work_begins(options, words, compared, tmp_path, capsys):
    place = tmp_path / "there.html"
    place.write_text("mine")
    before, after = books(LINES)
    code, _ = compared(as_csv(before), as_csv(after), *options, *([str(place)] if len(options) < 2 else []))
    assert (2, "mine") == (code, place.read_text())
    assert words in capsys.readouterr().err


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None or not SCRIPT.exists(), reason="needs Chromium, and axe")
@pytest.mark.parametrize("looks", one_in(3, [{"dark": True}, {}, {"width": 390, "height": 844}]))
def test_axe_finds_nothing_serious_and_the_console_is_clean(looks, compared, tmp_path):
    before, after = books(LINES)
    _, path = compared(as_csv(before), as_csv(after), "--by", "rep")
    with opened(path, tmp_path / "profile") as page:
        page.shows(**looks)
        assert [] == page.complaints(), "no script, nothing loaded"
        width = page.value("document.documentElement.scrollWidth")
        page.send("Page.setBypassCSP", enabled=True)
        page.value(SCRIPT.read_text("utf-8") + ";0")
        violations = "r.violations.map(v => [v.impact, v.id, v.nodes[0].html])"
        faults = json.loads(page.value(f"axe.run().then(r => JSON.stringify({violations}))"))
    assert width <= looks.get("width", 1200)
    assert [] == [fault for fault in faults if fault[0] in ("serious", "critical", "moderate")]
