"""The copy for the other side: nothing private is in it, and leaks are found before it is written."""

import copy
import io
import re
import time
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table

from tests.sampling import one_in
from walkaway_xl import artefacts
from walkaway_xl.cli import main
from walkaway_xl.sheets.draft import KNOWN_NAME, PRIVATE_NAME, SHARE_SAFE_NAME
from walkaway_xl.workbooks import reading, sharing, template
from walkaway_xl.workbooks.discount_floor_sheet import quote_columns
from walkaway_xl.workbooks.filling import fill

SECRET = 41.2537
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning:openpyxl")


@pytest.fixture
def book():
    """A workbook with a page for the other side, a secret on another, and a column of costs."""
    workbook = openpyxl.Workbook()
    card, own = workbook.active, workbook.create_sheet("My numbers")
    card.title = "Card"
    own["B2"] = SECRET
    for row in range(5, 9):
        own[f"C{row}"] = 10 + row
    workbook.defined_names["my_walkaway"] = DefinedName("my_walkaway", attr_text="'My numbers'!$B$2")
    private = DefinedName(PRIVATE_NAME, attr_text="'My numbers'!$B$2,'My numbers'!$C$5:$C$8")
    workbook.defined_names[PRIVATE_NAME] = private
    card.defined_names[SHARE_SAFE_NAME] = DefinedName(SHARE_SAFE_NAME, attr_text="'Card'!$A$1:$F$20")
    return workbook


def found(workbook):
    return {leak.address: leak.why for leak in sharing.leaks(workbook, workbook)}


class TestRepeats:
    @pytest.mark.parametrize(
        "value",
        [
            41.2537,
            41.25,
            -41.25,
            "Never below 41.25 a piece",
            "41,25",
            "costs us 41.254, at 10 days",
            "between 40 and 41.3",
            "４１．２５",
            "41·25",
            "41.25%",
            "4125.37 %",
        ],
    )
    def test_are_found_as_numbers_and_in_words(self, book, value):
        book["Card"]["B3"] = value
        assert {"Card!B3": "equals my_walkaway"} == found(book)

    @pytest.mark.parametrize(
        "value", [41, 41.24, 412537, "41", "in 41 days", "no 4125", "2041.25", True, "41.3.2026", "v4.125"]
    )
    def test_that_tell_nothing_are_left_alone(self, book, value):
        book["Card"]["B3"] = value
        assert {} == found(book)

    @pytest.mark.parametrize(
        "value",
        [
            6500,
            "6,500",
            "6.500",
            "6 500",
            "6'500",
            "6\u202f500.00",
            "EUR 6500.-",
            "6’500",
            "6_500",
            "3,6500,9,12",
            "in 2026 6 500",
        ],
    )
    def test_are_found_however_thousands_are_written(self, book, value):
        book["My numbers"]["B2"] = 6500
        book["Card"]["C1"] = value
        assert {"Card!C1": "equals my_walkaway"} == found(book)

    @pytest.mark.parametrize(
        ("secret", "value"),
        [
            (6500, "6.5k"),
            (6500, "6,5 Tsd. Euro"),
            (6500, "6.5 k€"),
            (6500, "€6.5K"),
            (6500, "6.5T€"),
            (6500, "6.5 thousand"),
            (6500, "6.5e3"),
            (6500, "6.5E+3"),
            (6500, "6.5 × 10³"),
            (6500, "65 hundred"),
            (6512, "about 6.51k"),
            (1_250_000, "1.25m"),
            (1_250_000, "1,25 Mio."),
            (1_250_000, "1.25 million"),
            (1_250_000, "1.25 Millionen"),
            (1_250_000, "12.5 lakh"),
            (12_500_000, "1.25 crore"),
            (1_250_000_000, "1,25 Mrd. €"),
            (1_250_000_000, "$1.25bn"),
            (51.5, "51½"),
            (51.5, "51 1/2"),
            (51.75, "51 ¾"),
            (0.15, "15 percent"),
            (0.15, "15 per cent"),
            (0.15, "15 Prozent"),
            (0.15, "15 pour cent"),
            (0.0125, "125 bps"),
            (6500, "6\u200b500"),
            (6500, "65\u00ad00"),
            (6500, "6\u00a0500"),
            (6500, "6\u20605\ufeff00"),
            (6500, "USD6500"),
            (6500, "6500EUR"),
            (41.25, "41.25kg"),
            (6500, "six thousand five hundred"),
            (6500, "Sixty-five hundred at most"),
            (6500, "Nicht unter Sechstausendfünfhundert"),
            (6500, "sechstausend fünfhundert"),
            (6500, "six mille cinq cents"),
            (41.25, "forty-one point two five"),
            (41.25, "einundvierzig Komma zwei fünf"),
            (97, "quatre-vingt-dix-sept"),
            (71, "soixante et onze"),
            (1_250_000, "one million two hundred and fifty thousand"),
            (1_250_000, "eine Million zweihundertfünfzigtausend"),
            (6500, "6k5"),
            (1_250_000, "1M25"),
            (6.5, "6€50"),
            (6500, "six and a half thousand"),
            (6500, "6 and a half thousand"),
            (6500, "sechseinhalb tausend"),
            (500_000, "half a million"),
            (1_500_000, "a million and a half"),
            (1_500_000, "anderthalb Millionen"),
            (1_500_000, "un million et demi"),
            (250_000, "a quarter of a million"),
            (0.5, "at half the list price"),
            (0.5, "die Hälfte des Preises"),
            (0.5, "la moitié du prix"),
            (0.25, "a quarter off"),
            (0.25, "ein Viertel weniger"),
            (0.75, "three-quarters of the list price"),
            (0.75, "drei Viertel"),
            (2 / 3, "two thirds"),
            (0.025, "two and a half per cent"),
            (24, "two dozen"),
            (12, "ein Dutzend"),
            (6, "half a dozen"),
        ],
    )
    def test_are_found_however_people_write_them(self, book, secret, value):
        book["My numbers"]["B2"], book["Card"]["C1"] = secret, value
        assert {"Card!C1": "equals my_walkaway"} == found(book)

    @pytest.mark.parametrize(
        ("secret", "value"),
        [
            (6500, "6.5 kg"),
            (6500, "6.5 kilometres"),
            (6500, "6.4k"),
            (1_250_000, "1.25 metres"),
            (9, "un neuf, one of nine people"),
            (1, "ein Punkt, one of a kind, un ami"),
            (100, "cent pages, hundert, hundred"),
            (0.5, "page 1/2, open 24/7"),
            (48, "Acht auf die vierzig Kisten"),
            (1000, "mille mercis, a thousand thanks"),
            (0.5, "half an hour, half past nine, two half-days, eine halbe Stunde"),
            (0.25, "last quarter, the quarter's end, a quarter to ten, a quarter of an hour"),
            (0.4, "the third of five, fifth row"),
            (12, "dozens of them"),
            (4.6, "4k60p"),
        ],
    )
    def test_that_are_others_are_left_alone(self, book, secret, value):
        book["My numbers"]["B2"], book["Card"]["C1"] = secret, value
        assert {} == found(book)

    @pytest.mark.parametrize(
        "value", ["fünfzehn" * 4000 + "x", "ein" * 10000, "1e99 " * 5000, "6" * 30000, "point " * 5000]
    )
    def test_a_text_that_nobody_writes_is_read_quickly(self, book, value):
        book["Card"]["C1"] = value
        begin = time.perf_counter()
        assert {} == found(book)
        assert 5 > time.perf_counter() - begin

    @given(st.decimals(1, 10**6, places=2))
    def test_of_a_price_are_found_in_any_sentence(self, secret):
        workbook = openpyxl.Workbook()
        card = workbook.active
        workbook.create_sheet("Own")["A1"] = float(secret)
        workbook.defined_names[PRIVATE_NAME] = DefinedName(PRIVATE_NAME, attr_text="'Own'!$A$1")
        card.defined_names[SHARE_SAFE_NAME] = DefinedName(SHARE_SAFE_NAME, attr_text="'Sheet'!$A$1:$B$9")
        card["A1"], card["A2"], card["B1"] = f"We stop at {secret:,}.", float(secret), f"{secret} EUR"
        assert ["Sheet!A1", "Sheet!B1", "Sheet!A2"] == list(found(workbook))

    def test_in_the_name_of_the_sheet_are_found(self, book):
        book["Card"]["A1"] = "Agenda"
        book["My numbers"]["B2"] = 6500
        book["Card"].title = "Card 6500"
        book["Card 6500"].defined_names[SHARE_SAFE_NAME].attr_text = "'Card 6500'!$A$1:$F$20"
        assert {"Card 6500": "its name equals my_walkaway"} == found(book)

    def test_are_not_searched_for_where_nobody_knows_what_is_private(self, book):
        book.defined_names[PRIVATE_NAME].attr_text += ",'My numbers'!#REF!"
        with pytest.raises(sharing.ShareError, match="#REF!"):
            found(book)
        del book.defined_names[PRIVATE_NAME]
        with pytest.raises(sharing.ShareError, match=PRIVATE_NAME):
            found(book)

    def test_in_a_number_format_are_found(self, book):
        book["Card"]["B3"], book["Card"]["B3"].number_format = 7, '0" (we stop at 41.25)"'
        assert {"Card!B3": "its number format equals my_walkaway"} == found(book)

    def test_of_a_number_that_was_typed_as_text_are_found(self, book):
        book["My numbers"]["B2"], book["Card"]["B3"] = "6500", 6500
        assert {"Card!B3": "equals my_walkaway"} == found(book)

    def test_of_a_short_private_range_are_found(self, book):
        book.defined_names[PRIVATE_NAME].attr_text = "'My numbers'!$B$2:$B$9"
        book["Card"]["B3"] = SECRET
        assert {"Card!B3": "equals my_walkaway"} == found(book)

    @pytest.mark.parametrize(("rows", "is_compared"), [(50, True), (51, False)])
    def test_of_a_long_private_column_meet_by_chance(self, book, rows, is_compared):
        book.defined_names[PRIVATE_NAME].attr_text = f"'My numbers'!$B$2:$B${1 + rows}"
        book["Card"]["B3"] = SECRET
        assert found(book) == ({"Card!B3": "equals my_walkaway"} if is_compared else {})

    @pytest.mark.parametrize("name", ["walkaway", "target", "wish", "buffer", "batna", "batna_floor"])
    def test_of_a_headline_number_are_found_although_the_name_was_narrowed(self, book, name):
        book["My numbers"]["B3"], book["Card"]["B3"] = 61.5, 61.5
        book.defined_names[f"wx_{name}"] = DefinedName(f"wx_{name}", attr_text="'My numbers'!$B$3")
        assert {"Card!B3": f"equals wx_{name}"} == found(book)

    def test_of_few_digits_do_not_alarm_where_things_are_counted(self, book):
        own, card = book["My numbers"], book["Card"]
        own["B2"], own["B2"].number_format = 25, "0.00"
        card["F8"], card["F8"].number_format = 25, "0"
        card["F9"] = 25
        card["F9"].number_format = "0.00"
        assert {"Card!F9": "equals my_walkaway"} == found(book)

    def test_that_were_offered_are_known_to_both(self, book):
        book["My numbers"]["D9"] = SECRET
        book.defined_names[KNOWN_NAME] = DefinedName(KNOWN_NAME, attr_text="'My numbers'!$D$9")
        formulas, values = book, copy.deepcopy(book)
        formulas["Card"]["B3"], values["Card"]["B3"] = "='My numbers'!D9", SECRET
        assert [] == sharing.leaks(formulas, values)

    @pytest.mark.parametrize(
        "text",
        [
            '"x"',
            "OFFSET('My numbers'!$B$2,0,0)",
            "my_walkaway",
            "$B$2",
            "'Gone'!$B$2",
            "'My numbers'!$B$2,",
            "",
        ],
    )
    def test_are_not_searched_for_where_the_name_says_nothing(self, book, text):
        book.defined_names[PRIVATE_NAME].attr_text = text
        with pytest.raises(sharing.ShareError, match=PRIVATE_NAME):
            found(book)

    def test_outside_the_area_do_not_leave_the_house(self, book):
        book["Card"]["H3"] = SECRET
        assert {} == found(book)


class TestFormulas:
    @pytest.mark.parametrize(
        "formula",
        [
            "='My numbers'!B2*2",
            "=my_walkaway",
            "=SUM('My numbers'!A1:D3)",
            "=SUM('My numbers'!B:B)",
            '=IF(COUNT(\'My numbers\'!$B$2)=0,"–","fine")',
            "='My numbers'!D1+1",
            "=LET(_xlpm.x,'My numbers'!B2,_xlpm.x)",
            "='My numbers'!E2",
            "=SUM(Own[cost])+my_walkaway",
            "='MY NUMBERS'!b2",
        ],
    )
    def test_that_depend_on_it_are_found(self, book, formula):
        own = book["My numbers"]
        own["D1"], own["D2"], own["D3"] = "=D2+1", "=D3", "=my_walkaway"
        own["E1"] = ArrayFormula("E1:E3", "=B1:B3*2")
        own["H1"] = "cost"
        own.add_table(Table(displayName="Own", ref="H1:H3"))
        book["Card"]["A2"] = formula
        assert {"Card!A2": "depends on my_walkaway"} == found(book)

    def test_that_depend_on_a_private_column_are_found(self, book):
        book["Card"]["A2"] = "=INDEX('My numbers'!C5:C8,2)"
        assert {"Card!A2": "depends on My numbers!C5"} == found(book)

    def test_that_depend_on_nothing_private_are_left_alone(self, book):
        book["My numbers"]["A9"] = 7
        book["Card"]["A2"], book["Card"]["A3"] = "='My numbers'!A9*2", "=A2&LEN(A1)"
        assert {} == found(book)

    @pytest.mark.parametrize(
        ("formula", "hidden"),
        [
            ('=INDIRECT("Z"&1)', "INDIRECT"),
            ("=OFFSET(A1,1,1)", "OFFSET"),
            ("=SUM(B1:OFFSET(B1,1,0))", "B1:OFFSET"),
            ("=[1]Other!A1", "[1]Other!A1"),
            ("=gone", "gone"),
        ],
    )
    def test_that_nobody_can_trace_are_named(self, book, formula, hidden):
        book["Card"]["A2"] = formula
        assert {"Card!A2": f"cannot be traced: {hidden}"} == found(book)

    def test_that_run_in_circles_end(self, book):
        book.defined_names["one"] = DefinedName("one", attr_text="two")
        book.defined_names["two"] = DefinedName("two", attr_text="one")
        book["Card"]["A2"], book["Card"]["A3"] = "=A3", "=A2+one"
        assert {"Card!A2", "Card!A3"} == set(found(book))


class TestPage:
    """The copy and the search see the same cells."""

    def copied(self, workbook):
        return openpyxl.load_workbook(io.BytesIO(sharing.public_copy(workbook)))

    def test_ends_where_its_name_ends(self, book):
        book["Card"].print_area = "A1:F60"
        book["Card"]["C45"], book["Card"]["C5"] = SECRET, "Agenda"
        assert {} == found(book)
        assert self.copied(book)["Card"]["C45"].value is None

    def test_leaves_out_what_was_hidden(self, book):
        card = book["Card"]
        card["A1"], card["F1"], card["B2"], card["E3"] = "Agenda", "Place", "they are desperate", SECRET
        card.row_dimensions[2].hidden = card.column_dimensions["E"].hidden = True
        assert {} == found(book)
        copied = self.copied(book)["Card"]
        assert ["Agenda", "Place"] == [cell.value for row in copied.iter_rows() for cell in row if cell.value]
        assert [2] == [row for row, each in copied.row_dimensions.items() if each.hidden]
        assert ["E"] == [letter for letter, each in copied.column_dimensions.items() if each.hidden]

    def test_may_be_a_whole_sheet(self, book):
        book["Card"].defined_names[SHARE_SAFE_NAME].attr_text = "'Card'!$1:$1048576"
        book["Card"]["A1"], book["Card"]["XFD1048576"] = "Agenda", "end"
        book["Card"]["A2"] = "=SUM('My numbers'!A:XFD)"
        assert {"Card!A2"} == set(found(book))

    def test_that_is_hidden_is_refused(self, book):
        book["Card"].sheet_state = "hidden"
        with pytest.raises(sharing.ShareError, match="hidden"):
            found(book)

    def test_with_an_error_is_not_given_away(self, book):
        book["Card"]["A1"] = "#DIV/0!"
        assert {"Card!A1": "is an error"} == found(book)


@pytest.fixture(scope="module")
def seller(tmp_path_factory):
    """The seller's example, with a text that looks like a formula, and what nobody else must read."""
    draft = template("seller_price").example()
    fill(draft, {"positions.1.reason": "=cmd()", "alternatives.1.description": "Sell to Rivermark"})
    draft.sheet("For them")["B4"].comment = Comment("We would take 52.9", "Ruth")
    draft.workbook.properties.keywords = "floor"
    path = tmp_path_factory.mktemp("seller") / "deal.xlsx"
    path.write_bytes(artefacts.stored(draft))
    return path


class TestCopy:
    def test_holds_the_page_and_nothing_else(self, seller, tmp_path):
        target = tmp_path / "theirs.xlsx"
        assert 0 == main(["share", str(seller), "--out", str(target)])
        original, copy = openpyxl.load_workbook(seller, data_only=True), openpyxl.load_workbook(target)
        assert ["For them"] == copy.sheetnames
        assert {} == dict(copy.defined_names)
        sheet, theirs = original["For them"], copy["For them"]
        for row in range(2, 41):
            for column in range(1, 8):
                one, other = sheet.cell(row, column), theirs.cell(row, column)
                assert (one.value or None) == (other.value or None), other.coordinate
                assert (one.font.b, one.fill.fgColor.rgb, one.number_format) == (
                    other.font.b,
                    other.fill.fgColor.rgb,
                    other.number_format,
                )
        assert theirs["B4"].comment is None

    def test_has_no_trace_of_the_rest_in_any_part(self, seller, tmp_path):
        target = tmp_path / "theirs.xlsx"
        main(["share", str(seller), "--out", str(target)])
        with zipfile.ZipFile(target) as package:
            parts = {name: package.read(name).decode("utf-8") for name in package.namelist()}
        assert [] == [
            name for name in parts if re.search("comment|chart|drawing|vba|custom|external|printer", name)
        ]
        told = " ".join(parts.values())
        original = openpyxl.load_workbook(seller, data_only=True)
        page = [str(cell.value) for row in original["For them"]["A2:G40"] for cell in row if cell.value]
        private = {
            cell.value
            for sheet in original
            if sheet.title != "For them"
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell.value, str)
            and len(cell.value) > 12
            and not any(cell.value in text for text in page)
        }
        assert "Sell to Rivermark" in private
        assert [] == [text for text in private if text in told]
        traces = (
            "wx_",
            "Prepare",
            "Talks",
            ">51.5<",
            "52.9",
            "<f>",
            "dataValidation",
            "creator>",
            "keywords",
        )
        assert [] == [trace for trace in traces if trace in told]

    def test_keeps_text_that_looks_like_a_formula_as_text(self, seller, tmp_path):
        target = tmp_path / "theirs.xlsx"
        main(["share", str(seller), "--out", str(target)])
        cells = [cell for row in openpyxl.load_workbook(target)["For them"].iter_rows() for cell in row]
        assert [("s", True)] == [
            (cell.data_type, cell.quotePrefix) for cell in cells if cell.value == "=cmd()"
        ]

    @pytest.mark.parametrize(
        "name", one_in(2, ["procurement_buyer", "salary_candidate", "used_goods", "multi_issue_contract"])
    )
    def test_of_every_example_is_clean(self, name):
        data = artefacts.workbook(template(name), example=True)
        formulas, values = reading.formulas_of(data), reading.values_of(data)
        assert [] == sharing.leaks(formulas, values)
        assert ["For them"] == openpyxl.load_workbook(io.BytesIO(sharing.public_copy(values))).sheetnames

    def test_of_a_quote_has_its_lines_without_cost_and_floor(self):
        data = artefacts.workbook(template("discount_floor_sheet"), example=True)
        formulas, values = reading.formulas_of(data), reading.values_of(data)
        assert [] == sharing.leaks(formulas, values)
        copy = openpyxl.load_workbook(io.BytesIO(sharing.public_copy(values)))["Customer copy"]
        heads = [cell.value for cell in copy[10] if cell.value]
        assert [
            "Line",
            "SKU or order",
            "Description",
            "Qty",
            "List price",
            "Discount",
            "Your price",
            "Amount",
        ] == heads
        lines = values["Checks"][formulas.defined_names["wx_lines"].attr_text.rpartition("!")[2]].value
        assert (lines, 10 + lines) == (copy[f"B{10 + lines}"].value, copy.max_row)
        cost = f"=Quote!{quote_columns.LETTERS['cost']}11"
        formulas["Customer copy"]["H11"] = cost  # their price shows our cost
        assert {"B7", "H7", "H11", "I11"} == {
            leak.address[-3:].lstrip("!") for leak in sharing.leaks(formulas, values)
        }


class TestCommand:
    def test_lists_leaks_and_writes_nothing_until_they_are_allowed(self, tmp_path, capsys):
        draft = template("seller_price").example()
        walkaway = draft.workbook.defined_names["wx_walkaway"].attr_text
        draft.sheet("For them")["C20"] = f"={walkaway}"
        draft.sheet("For them")["D21"] = "below 51.50 we stop"
        book, copy = tmp_path / "deal.xlsx", tmp_path / "deal_to_share.xlsx"
        book.write_bytes(artefacts.stored(draft))
        assert 3 == main(["share", str(book)])
        told = capsys.readouterr().out
        assert not copy.exists()
        assert "For them!C20" in told
        assert "depends on wx_walkaway" in told
        assert 3 == main(["share", str(book), "--allow", "'for them'!$c$20", "--allow", "For them!Z1"])
        assert "C20" not in capsys.readouterr().out
        assert 0 == main(["share", str(book), *("--allow", "For them!C20", "--allow", "For them!D21")])
        assert copy.exists()

    def test_never_writes_over_the_workbook_itself(self, seller, capsys):
        before = seller.read_bytes()
        assert 2 == main(["share", str(seller), "--out", str(seller), "--force"])
        assert before == seller.read_bytes()

    def test_refuses_a_workbook_without_a_page_for_the_other_side(self, tmp_path, capsys):
        book = tmp_path / "log.xlsx"
        book.write_bytes(artefacts.workbook(template("deal_log"), example=False))
        assert 2 == main(["share", str(book)])
        assert "meant for the other side" in capsys.readouterr().err
