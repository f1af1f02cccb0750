"""The report in a browser: a clean console, filters that work by mouse and keyboard, readable by all."""

import json

import pytest

from tests.browser import CHROMIUM, opened
from tests.hosts.axe.build import SCRIPT
from tests.sampling import one_in
from walkaway_xl.cli import main
from walkaway_xl.examples import order_lines
from walkaway_xl.policy.toml import example

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")]
HEAD = "region,category,product,date,quantity,list_price,discount,cost"
HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    "=cmd|' /C calc'!A0",
    '"><svg onload=alert(3)>',
    "{lines} $& ${alert(4)}",
]


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """A report of real lines, and of names that somebody has made up with care."""
    folder = tmp_path_factory.mktemp("browser")
    rows = [HEAD]
    for number, order in enumerate(order_lines()):
        product = HOSTILE[number] if number < len(HOSTILE) else order.product
        region = HOSTILE[0] if number == 3 else order.region
        discount = 0.9 if number < len(HOSTILE) else order.discount
        words = [region, order.category, product, f"2025-{number % 6 + 1:02}-01"]
        quoted = ",".join('"{}"'.format(word.replace('"', '""')) for word in words)
        rows.append(f"{quoted},{order.quantity},{order.list_price},{discount},{order.cost}")
    (folder / "book.csv").write_text("\n".join(rows), "utf-8")
    (folder / "policy.toml").write_text(example(), "utf-8")
    path = folder / "report.html"
    command = ["check", str(folder / "book.csv"), "--policy", str(folder / "policy.toml")]
    assert 1 == main([*command, "--report", str(path), "--across", "region", "--what-if", "min_margin=0.3"])
    with opened(path, folder / "profile") as shown:
        shown.shows()
        yield shown


def result(page):
    return page.value("document.querySelector('output').textContent")


def rows(page):
    return page.value("[...document.querySelectorAll('#lines tbody tr')].filter(r => !r.hidden).length")


def reset(page):
    page.value("document.getElementById('choose').reset(); new Promise(done => setTimeout(done, 20))")


def test_lines_are_filtered_sorted_and_remembered_and_the_console_is_clean(page):
    everything = rows(page)
    assert f"{everything} of {everything} lines" in result(page)
    assert "100.0" in result(page)
    page.value(
        "(() => { const l = document.querySelector('select[name=segment]');"
        " l.value = [...l.options].find(o => o.textContent === 'Furniture').value;"
        " l.dispatchEvent(new Event('input', {bubbles: true})) })()"
    )
    few = rows(page)
    assert 0 < few < everything
    assert result(page).startswith(f"{few} of {everything} lines, short by ")
    assert "#lines:segment=Furniture" == page.value("location.hash")

    click = (
        "[...document.querySelectorAll('#lines thead button')].find(b => b.textContent === 'Floor').click()"
    )
    page.value(click)
    floors = (
        "[...document.querySelectorAll('#lines tbody tr')].filter(r => !r.hidden)"
        ".map(r => +r.cells[6].textContent.replace(/,/g, ''))"
    )
    sorted_floors = page.value(floors)
    assert sorted(sorted_floors, reverse=True) == sorted_floors
    assert "descending" == page.value("document.querySelector('[aria-sort]').getAttribute('aria-sort')")
    page.value(click)
    assert sorted(sorted_floors) == page.value(floors)

    reset(page)
    assert everything == rows(page)
    assert [] == page.complaints()


def test_a_cell_of_the_heat_map_picks_its_lines_by_keyboard(page):
    reset(page)
    page.value("document.querySelector('table.heat td button[tabindex=\"0\"]').focus()")
    first = page.value("document.activeElement.getAttribute('aria-label')")
    page.press("ArrowDown")
    label = page.value("document.activeElement.getAttribute('aria-label')")
    assert first != label
    assert 1 == page.value("document.querySelectorAll('table.heat td button[tabindex=\"0\"]').length"), (
        "one stop"
    )
    page.press("Enter")
    segment, region = label.partition(":")[0].split(", ")
    chosen = page.value(
        "[...document.querySelectorAll('#choose select')].map(l => l.selectedOptions[0].textContent)"
    )
    assert [segment, region] == chosen[:2]
    assert "OUTPUT" == page.value("document.activeElement.tagName"), "the focus goes where the answer is"
    money = label.partition(": ")[2].rpartition(",")[0].strip()
    shown = int(result(page).partition("short by ")[2].partition(":")[0].replace(",", ""))
    assert abs(shown - int(money.replace(",", ""))) <= 1, "a cell of a table that adds up may be rounded down"


def test_hostile_words_stay_words_on_the_page_and_in_what_it_saves(page):
    reset(page)
    texts = page.value(
        "[...document.querySelectorAll('#lines tbody th')].map(cell => cell.firstChild.textContent)"
    )
    assert set(HOSTILE) <= set(texts)
    assert 0 == page.value("document.querySelectorAll('img, svg[onload], main script').length")
    assert HOSTILE[0] in page.value("[...document.querySelectorAll('option')].map(o => o.textContent)")
    saved = page.value(
        "new Promise(done => { const real = URL.createObjectURL;"
        " URL.createObjectURL = blob => { blob.text().then(done); return real(blob); };"
        " document.querySelector('[name=save]').click(); URL.createObjectURL = real; })"
    )
    lines = saved.splitlines()
    assert len(lines) == rows(page) + 1
    assert any(line.startswith("\"'=cmd") for line in lines)
    assert not any(line.lstrip("\ufeff").startswith(('"=', "=", '"+', '"@')) for line in lines)
    page.value("document.querySelector('[name=text]').value = '<img'")
    page.value("document.querySelector('[name=text]').dispatchEvent(new Event('input', {bubbles: true}))")
    assert rows(page) == sum("<img" in text for text in texts) + 1, "one stands in the region"
    assert [] == page.complaints()


def test_nothing_of_it_needs_a_script_to_be_read(page):
    assert page.value("document.querySelectorAll('#lines tbody tr').length") > 50
    content = page.value("document.querySelector('meta[http-equiv]').content")
    assert content.startswith("default-src 'none'")
    assert "unsafe-inline" not in content.partition("script-src")[2]


@pytest.mark.skipif(not SCRIPT.exists(), reason="needs axe, which tests/hosts/axe/build.py fetches")
@pytest.mark.parametrize("looks", one_in(3, [{"dark": True}, {}, {"width": 390, "height": 844}]))
def test_axe_finds_nothing_serious(looks, page):
    reset(page)
    page.shows(**looks)
    page.value(SCRIPT.read_text("utf-8") + ";0")
    found_by_axe = json.loads(
        page.value(
            "axe.run().then(r => JSON.stringify(r.violations.map(v => [v.impact, v.id, v.nodes[0].html])))"
        )
    )
    page.shows()
    assert [] == [fault for fault in found_by_axe if fault[0] in ("serious", "critical", "moderate")]


def test_a_phone_shows_all_of_it_and_moves_no_page_sideways(page):
    page.shows(width=390, height=844)
    width = page.value("document.documentElement.scrollWidth")
    page.shows()
    assert width <= 390


def test_paper_has_the_first_lines_of_what_is_shown(page, tmp_path):
    reset(page)
    page.shows(printed=True)
    on_paper = page.value(
        "[...document.querySelectorAll('#lines tbody tr')]"
        ".filter(r => getComputedStyle(r).display !== 'none').length"
    )
    page.printed(tmp_path / "report.pdf")
    page.shows()
    assert 50 == on_paper
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


def test_lines_of_each_currency_are_filtered_for_themselves(tmp_path):
    codes = enumerate(["EUR", "USD"] * 4)
    lines = [f"P{number},1,100,0.5,{60 + number},{code}" for number, code in codes]
    book = ["class,quantity,list_price,discount,cost,currency", *lines]
    (tmp_path / "book.csv").write_text("\n".join(book), "utf-8")
    (tmp_path / "policy.toml").write_text(example() + '\n[[class]]\nname = "*"\nmin_margin = 0.1\n', "utf-8")
    path = tmp_path / "report.html"
    command = ["check", str(tmp_path / "book.csv"), "--policy", str(tmp_path / "policy.toml")]
    assert 1 == main([*command, "--report", str(path)])
    with opened(path, tmp_path / "profile") as page:
        page.shows()
        said = "[...document.querySelectorAll('output')].map(one => one.textContent.split(',')[0])"
        assert ["4 of 4 lines", "4 of 4 lines"] == page.value(said)
        page.value("document.querySelector('#part2 tr[data-pick] button').click()")
        assert ["4 of 4 lines", "1 of 4 lines"] == page.value(said)
        assert page.value("location.hash").startswith("#lines-2:")
        ids = page.value("[...document.querySelectorAll('[id]')].map(one => one.id)")
        assert len(ids) == len(set(ids))
        assert [] == page.complaints()
        if SCRIPT.exists():
            page.value(SCRIPT.read_text("utf-8") + ";0")
            faults = page.value("axe.run().then(r => r.violations.map(v => `${v.impact} ${v.id}`))")
            assert [] == [fault for fault in faults if not fault.startswith("minor")]
