"""The embedded engine and files: what stays as it was, what is refused, and that nothing is ever lost."""

import os
import re
import signal
import subprocess
import sys
import warnings
import zipfile
from io import BytesIO

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table

from tests.books import linked_to, saved, values
from walkaway_xl import files
from walkaway_xl.files import budget
from walkaway_xl.files.intake import ReadError
from walkaway_xl.hosts.embedded import WorkbookError, calculate, calculate_file

FORMULA_CELL = re.compile(rb'<c r="([A-Z]+\d+)"([^>]*)>(<f[ >/].*?)</c>', re.DOTALL)
STORED = re.compile(rb"<v>.*?</v>|<v ?/>", re.DOTALL)


def simple(**cells):
    workbook = openpyxl.Workbook()
    for address, value in (cells or {"A1": 68, "B1": "=PRICE_FLOOR(A1,0.2)"}).items():
        workbook.active[address] = value
    return saved(workbook)


def rich():
    """A workbook with something of everything."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Offers & more"
    for row in range(2, 6):
        sheet[f"A{row}"] = 100 * row
        sheet[f"B{row}"] = f"=PRICE_FLOOR(A{row},0.2,,)"
        sheet[f"B{row}"].font = Font(bold=True)
        sheet[f"B{row}"].number_format = "#,##0.00"
    sheet["A1"], sheet["B1"] = "Cost", "Floor"
    sheet["D1"] = ArrayFormula("D1:D2", "=A2:A3*2")
    sheet["D2"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet["E1"] = '=IF(A2>1,"a<b & ""c""",FALSE)'
    sheet["E2"] = "=A2>1"
    sheet["E3"] = '=""'
    sheet["E4"] = "=NA()"
    sheet["E5"] = "=price"
    sheet["F1"] = "=A2*1E-300*1E-300"
    sheet["B2"].comment = Comment("mine", "me")
    sheet.merge_cells("H1:I2")
    sheet["H1"] = "=B2"
    sheet.add_table(Table(displayName="Costs", ref="A1:B5"))
    validation = DataValidation(type="decimal", operator="between", formula1="0", formula2="PRICE_FLOOR(1,0)")
    validation.add("A2:A5")
    sheet.add_data_validation(validation)
    sheet.conditional_formatting.add("B2:B5", CellIsRule("lessThan", ["$A$2"], font=Font(color="FF0000")))
    sheet.protection.sheet = True
    sheet.freeze_panes = "A2"
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=5), titles_from_data=True)
    sheet.add_chart(chart, "K1")
    workbook.defined_names["price"] = DefinedName("price", attr_text="'Offers & more'!$A$2")
    workbook.create_chartsheet("Picture").add_chart(BarChart())
    second = workbook.create_sheet("Second")
    second["A1"] = "='Offers & more'!B2*2"
    return saved(workbook)


def parts(data):
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rebuilt(data, **changed):
    """A package with other content in some parts, named by their files without ".xml"."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts(data).items():
            archive.writestr(name, changed.get(name.split("/")[-1].removesuffix(".xml"), content))
    return target.getvalue()


def with_sheet(xml, data=None):
    return rebuilt(data or simple(), sheet1=xml)


def sheet_xml(data, number=1):
    return parts(data)[f"xl/worksheets/sheet{number}.xml"]


def values_as_stored(data, *addresses):
    """The numbers of cells, whatever their formats make of them."""
    stored = dict(re.findall(rb'<c r="([A-Z]+\d+)"[^>]*>(?:<f>[^<]*</f>)?<v>([^<]*)</v>', sheet_xml(data)))
    return [float(stored[address.encode()]) for address in addresses]


class TestWhatStays:
    def test_every_part_but_the_sheets_is_the_same(self):
        before = rich()
        after = calculate(before).data
        assert list(parts(before)) == list(parts(after))
        other = [name for name in parts(before) if not name.startswith("xl/worksheets/sheet")]
        assert len(other) > 10
        assert {name: parts(before)[name] for name in other} == {name: parts(after)[name] for name in other}

    def test_in_a_sheet_only_values_and_their_types_differ(self):
        def rest(xml):
            xml = FORMULA_CELL.sub(
                lambda cell: cell[1] + re.sub(rb' t="\w+"', b"", cell[2]) + STORED.sub(b"", cell[3]), xml
            )
            return re.sub(rb'<c r="D2"[^>]*?(/>|>.*?</c>)', b"", xml)  # a member of the array formula

        before, after = sheet_xml(rich()), sheet_xml(calculate(rich()).data)
        assert before != after
        assert rest(before) == rest(after)

    def test_a_cell_that_an_array_fills_keeps_its_style(self):
        before, after = sheet_xml(rich()), sheet_xml(calculate(rich()).data)
        (style,) = re.findall(rb'<c r="D2" (s="\d+")', before)
        assert b'<c r="D2" ' + style + b"><v>600</v></c>" in after

    def test_the_time_stamps_of_the_parts_stay(self):
        def stamps(data):
            return [entry.date_time for entry in zipfile.ZipFile(BytesIO(data)).infolist()]

        target = BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for name, content in parts(rich()).items():
                archive.writestr(zipfile.ZipInfo(name, (2001, 2, 3, 4, 5, 6)), content)
        assert {(2001, 2, 3, 4, 5, 6)} == set(stamps(calculate(target.getvalue()).data))

    @pytest.mark.parametrize(
        "data",
        [
            rich(),
            simple(A1="=PRICE_FLOOR({68;70},0.2)"),
            simple(A1="=PRICE_FLOOR({68;70},0.2)", A2=1),
            simple(A1="=1/0", A2='=CHAR(13)&CHAR(7)&"_x0041_"'),
        ],
        ids=["rich", "spill", "blocked", "odd text"],
    )
    def test_calculating_twice_is_the_same_as_once(self, data):
        once = calculate(data).data
        assert once == calculate(once).data
        assert once == calculate(data).data

    def test_every_kind_of_value_can_be_read_back(self):
        data = calculate(rich()).data
        assert ['a<b & "c"', True, None, "#N/A", 200, 0] == values(data, "E1", "E2", "E3", "E4", "E5", "F1")
        assert pytest.approx([250, 250, 500]) == [
            *values(data, "B2", "H1"),
            *values(data, "A1", sheet="Second"),
        ]
        assert b'<c r="E3" t="str"><f>""</f><v></v></c>' in sheet_xml(data)

    def test_a_text_that_xml_cannot_hold_is_escaped(self):
        data = calculate(simple(A1='="a"&CHAR(13)&CHAR(7)&"_x0041_<&"')).data
        assert b"<v>a&#13;_x0007__x005F_x0041_&lt;&amp;</v>" in sheet_xml(data)

    def test_a_number_too_large_is_an_error_and_never_inf(self):
        assert ["#NUM!"] == values(calculate(simple(A1="=1E308*10")).data, "A1")

    def test_a_number_keeps_all_its_digits(self):
        (value,) = values(calculate(simple(A1="=1/3")).data, "A1")
        assert 1 / 3 == value


class TestSpellingsOfXml:
    SHEET = (
        b'<?xml version="1.0"?><!-- <c r="A9"><f>9</f></c> --><x:worksheet '
        b'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
        b"<x:row><x:c><x:v>68</x:v></x:c><x:c t='inlineStr'><x:is><x:t>a > b</x:t></x:is></x:c>"
        b"<!-- <x:c/> --><x:c t='s' s='0'  ><x:f>PRICE_FLOOR(A1, 0.2,,)</x:f></x:c></x:row>"
        b'<x:row r="4"/><x:row r="5" spans="1:1"><x:c r="B5"/></x:row>'
        b"</x:sheetData></x:worksheet>"
    )

    def test_prefixes_comments_inline_text_and_cells_without_an_address_are_read(self):
        before = with_sheet(self.SHEET)
        after = sheet_xml(calculate(before).data)
        stored = b"<x:c s='0'  ><x:f>PRICE_FLOOR(A1, 0.2,,)</x:f><x:v>85</x:v></x:c>"
        assert (
            self.SHEET.replace(b"<x:c t='s' s='0'  ><x:f>PRICE_FLOOR(A1, 0.2,,)</x:f></x:c>", stored) == after
        )

    def test_cells_and_rows_that_are_missing_are_made_in_order(self):
        wide = self.SHEET.replace(b"PRICE_FLOOR(A1, 0.2,,)", b"{1,2;3,4;5,6;7,8;9,10;11,12}")
        after = sheet_xml(calculate(with_sheet(wide)).data)
        assert re.findall(rb'<x:row r="(\d+)"', after) == [b"2", b"3", b"4", b"5", b"6"]
        assert b'<x:row r="5"><x:c r="B5"/><x:c r="C5"><x:v>9</x:v></x:c><x:c r="D5">' in after
        assert re.findall(
            rb'<dimension ref="([A-Z0-9:]+)"', sheet_xml(calculate(simple(A1="={1,2;3,4}")).data)
        ) == [b"A1:B2"]
        assert [1, 2, 11, 12] == values(calculate(with_sheet(wide)).data, "C1", "D1", "C6", "D6")

    @pytest.mark.parametrize("name", ["PRICE_FLOOR", "WALKAWAY.XL.ADDIN.PRICEFLOOR"])
    def test_a_shared_formula_is_calculated_in_every_cell(self, name):
        xml = sheet_xml(simple(A1=68, A2=136, A3=0)).replace(
            b"</row>",
            f'<c r="B1"><f t="shared" ref="B1:B3" si="0">{name}(A1,0.2,,)</f></c></row>'.encode(),
            1,
        )
        for row in (2, 3):
            cell = b'<c r="B%d"><f t="shared" si="0"/></c>' % row
            xml = re.sub(rb'(<row r="%d".*?)</row>' % row, rb"\1" + cell + rb"</row>", xml)
        calculated = calculate(with_sheet(xml))
        assert pytest.approx([85, 170, 0]) == values(calculated.data, "B1", "B2", "B3")
        assert {"PRICE_FLOOR": 3} == dict(calculated.sheets[0].ours)
        assert b'<c r="B2"><f t="shared" si="0"/><v>170</v></c>' in sheet_xml(calculated.data)

    def test_a_shared_formula_that_spills_is_spelled_out(self):
        xml = sheet_xml(simple(A1=68, A2=136, D1=1, D2=1)).replace(
            b"</row>",
            b'<c r="E1"><f t="shared" ref="E1:E2" si="0">PRICE_FLOOR(A1*{1,2},0.2,,)</f></c></row>',
            1,
        )
        xml = re.sub(rb'(<row r="2".*?)</row>', rb'\1<c r="E2"><f t="shared" si="0"/></c></row>', xml)
        data = calculate(with_sheet(xml)).data
        assert pytest.approx([85, 170, 170, 340]) == values(data, "E1", "F1", "E2", "F2")
        assert b"shared" not in sheet_xml(data)
        assert data == calculate(data).data

    def test_a_sheet_whose_formula_spills_says_so_in_its_metadata(self):
        data = calculate(simple(A1="=PRICE_FLOOR({68;70},0.2)")).data
        assert b'<c r="A1" cm="1"><f t="array" ref="A1:A2">' in sheet_xml(data)
        assert b"XLDAPR" in parts(data)["xl/metadata.xml"]
        assert b"/xl/metadata.xml" in parts(data)["[Content_Types].xml"]
        assert b"/xl/metadata.xml" in parts(data)["xl/_rels/workbook.xml.rels"]

    @pytest.mark.parametrize("spelled", ["1", "true"])
    def test_of_several_marks_in_the_metadata_that_of_a_spill_is_used(self, spelled):
        first = calculate(simple(A1="={1;2}")).data
        block = b'<bk><extLst><ext uri="{bdbb8cdc-fa1e-496e-a857-3c3f30c029c3}">%b</ext></extLst></bk>'
        flag = b'<xda:dynamicArrayProperties fDynamic="%b" fCollapsed="0"/>'
        metadata = parts(first)["xl/metadata.xml"]
        both = block % (flag % b"0") + block % (flag % spelled.encode())
        metadata = metadata.replace(block % (flag % b"1"), both)
        metadata = metadata.replace(
            b'<bk><rc t="1" v="0"/></bk>', b'<bk><rc t="1" v="0"/></bk><bk><rc t="1" v="1"/></bk>'
        )
        assert b"<bk><extLst>" * 2 not in metadata
        xml = sheet_xml(simple(A1="={1;2}"))
        data = calculate(with_sheet(xml, rebuilt(first, metadata=metadata))).data
        assert b'<c r="A1" cm="2"><f t="array" ref="A1:A2">' in sheet_xml(data)
        assert metadata == parts(data)["xl/metadata.xml"]

    def test_metadata_without_the_mark_of_a_spill_leaves_an_array_of_a_fixed_size(self):
        first = calculate(simple(A1="={1;2}")).data
        metadata = parts(first)["xl/metadata.xml"].replace(b'fDynamic="1"', b'fDynamic="0"')
        data = calculate(with_sheet(sheet_xml(simple(A1="={1;2}")), rebuilt(first, metadata=metadata))).data
        assert b'<c r="A1"><f t="array" ref="A1:A2">' in sheet_xml(data)

    @pytest.mark.parametrize(
        ("mark", "area", "shown"),
        [(' cm="1"', "A1:A3", [1, 2, 3]), (' cm="0"', "A1:A2", [1, 2, 9]), ("", "A1:A2", [1, 2, 9])],
    )
    def test_a_marked_array_takes_the_room_it_needs_and_keeps_its_mark(self, mark, area, shown):
        cells = [
            f'<c r="A1"{mark}><f t="array" ref="A1:A2">{{1;2;3}}</f><v>1</v></c>',
            '<c r="A2"><v>2</v></c>',
            '<c r="A3"/>' if area == "A1:A3" else '<c r="A3"><v>9</v></c>',
        ]
        data = calculate(with_cells(*cells)).data
        assert f'<c r="A1"{mark}><f t="array" ref="{area}">'.encode() in sheet_xml(data)
        assert shown == values(data, "A1", "A2", "A3")

    def test_a_second_formula_that_spills_uses_the_same_metadata(self):
        first = calculate(simple(A1="=PRICE_FLOOR({68;70},0.2)")).data
        xml = sheet_xml(first).replace(b"</row>", b'<c r="C1"><f>{1;2}</f></c></row>', 1)
        second = calculate(with_sheet(xml, first)).data
        assert 2 == sheet_xml(second).count(b'cm="1"')
        assert list(parts(first)) == list(parts(second))

    @pytest.mark.parametrize("code", ["Err:502", "#SPILL!", "#CALC!", "#GETTING_DATA", "#N/A N/A"])
    def test_an_error_that_only_some_programs_know_is_read_as_a_value_error(self, code):
        stored = b'<c r="A2" t="e"><v>' + code.encode() + b"</v></c>"
        cells = [stored, b'<c r="B2"><f>IFERROR(A2,3)</f></c><c r="C2"><f>PRICE_FLOOR(A2,0.2)</f></c>']
        cells += [b'<c r="D2" t="e"><f>1+1</f><v>' + code.encode() + b"</v></c>"]
        before = sheet_xml(simple()).replace(b"</row>", b'</row><row r="2">' + b"".join(cells) + b"</row>")
        calculated = calculate(with_sheet(before))
        assert stored in sheet_xml(calculated.data)
        assert [3, "#VALUE!", 2] == values(calculated.data, "B2", "C2", "D2")
        assert ["comes from Sheet!A2"] == [error.reason for error in calculated.errors]

    @pytest.mark.parametrize(
        "formula", [b'<f t="dataTable" ref="C1:C2" dtr="0" r1="A1"/>', b"<f></f>", b"<f/>"]
    )
    def test_a_value_beside_no_formula_text_counts_as_it_stands(self, formula):
        cell = b'<c r="C1">' + formula + b"<v>5</v></c>"
        before = sheet_xml(simple()).replace(b"</row>", cell + b'<c r="D1"><f>C1+1</f></c></row>')
        data = calculate(with_sheet(before)).data
        assert cell in sheet_xml(data)
        assert [6] == values(data, "D1")

    @pytest.mark.parametrize("mark", ['cm="0"', "cm = '7'"])
    def test_a_mark_of_another_kind_makes_room_for_that_of_a_spill(self, mark):
        cell = f'<c r="C1" {mark} t = "n"><f>{{1;2}}</f></c></row>'.encode()
        data = calculate(with_sheet(sheet_xml(simple()).replace(b"</row>", cell))).data
        assert b'<c r="C1" cm="1"><f t="array" ref="C1:C2">{1;2}</f><v>1</v></c>' in sheet_xml(data)

    def test_a_comment_inside_a_cell_is_none_of_its_formula(self):
        cell = b'<c r="C1"><!-- <f>9</f><v>9</v> --><f>1+<!-- 8+ -->1</f><v>7</v></c></row>'
        data = calculate(with_sheet(sheet_xml(simple()).replace(b"</row>", cell))).data
        assert [2] == values(data, "C1")

    @pytest.mark.parametrize("text", [" a", "a ", " ", "\u00a0", "\ta"])
    def test_a_text_keeps_the_blanks_at_its_ends(self, text):
        xml = sheet_xml(calculate(simple(A1=f'="{text}"', B1=f'={{"{text}","b"}}')).data)
        assert 2 == xml.count(f'<v xml:space="preserve">{text}</v>'.encode())
        assert b'<c r="C1" t="str"><v>b</v></c>' in xml

    def test_macros_are_carried_along_and_never_run(self):
        changed = parts(simple())
        changed["[Content_Types].xml"] = changed["[Content_Types].xml"].replace(
            b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
        )
        changed["xl/vbaProject.bin"] = b"not a real project \x00\xff"
        target = BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for name, content in changed.items():
                archive.writestr(name, content)
        after = calculate(target.getvalue()).data
        assert b"not a real project \x00\xff" == parts(after)["xl/vbaProject.bin"]
        assert pytest.approx([85]) == values(after, "B1")

    @pytest.mark.parametrize(
        ("written", "shown"),
        [
            (b'date1904="1"', [1, 1906, 1462]),
            (b'date1904="true"', [1, 1906, 1462]),
            (b'date1904="0"', [1463, 1902, 2924]),
            (b'date1904="false"', [1463, 1902, 2924]),
            (b"", [1463, 1902, 2924]),
        ],
    )
    def test_a_workbook_that_counts_from_1904_is_calculated_so(self, written, shown):
        data = simple(A1="=DATE(1904,1,2)*1", A2="=YEAR(1000)", A3="=DATE(1908,1,2)*1")
        before = parts(data)["xl/workbook.xml"]
        workbook = re.sub(rb"<workbookPr ?/>", b"<workbookPr " + written + b"/>", before)
        assert before != workbook
        data = calculate(rebuilt(data, workbook=workbook)).data
        assert shown == values_as_stored(data, "A1", "A2", "A3")


def with_cells(*cells, names=()):
    """A workbook with these cells as a file stores them, one a row of the column A."""
    workbook = openpyxl.Workbook()
    for name, formula in dict(names).items():
        workbook.defined_names[name] = DefinedName(name, attr_text=formula)
    rows = "".join(f'<row r="{row}">{cell}</row>' for row, cell in enumerate(cells, 1))
    data = saved(workbook)
    before, _, after = sheet_xml(data).partition(b"<sheetData>")
    return with_sheet(before + b"<sheetData>" + rows.encode() + after, data)


def shows(calculated, count):
    return values(calculated.data, *(f"A{row}" for row in range(1, count + 1)))


class TestWhatTheEngineCannotCalculate:
    """A good value that another program has stored is never replaced by an error."""

    @pytest.mark.parametrize(
        ("formula", "word"),
        [
            ("WEBSERVICE(1)", "the function WEBSERVICE is not known here"),
            ("IFERROR(MYMACRO(1),0)", "the function MYMACRO is not known here"),
            ("IF(FALSE,_xll.BDP(1),1)", "the function BDP is not known here"),
            ("[1]!THEIRS(1)", "the function THEIRS is not known here"),
            ("'C:\\x\\other.xlam'!THEIRS(1)", "the function THEIRS is not known here"),
            ("pricing.xlam!PRICE_FLOOR(68,0.2)", "PRICE_FLOOR of another add-in is not known here"),
            ("'C:\\walkaway\\pricing.xlam'!PRICE_FLOOR(68,0.2)", "PRICE_FLOOR of another add-in"),
            ("IF(TRUE,'C:\\x\\own.xlam'!SUM(1,2))", "SUM of another add-in"),
            ("scale(2)", "SCALE is a LAMBDA of this workbook"),
            ("rate+1", "the function MYMACRO is not known here"),
            ("twice", "the function MYMACRO is not known here"),
            ("[1]Sheet1!A1", "another workbook"),
            ("SUM('[1]My sheet'!A1:A3)", "another workbook"),
            ("'C:\\x\\[costs.xlsx]Net'!A1", "another workbook"),
            ("LAMBDA(x,x+1)(4)", "the engine cannot calculate this formula"),
            ("nobody+1", "the name nobody is not defined"),
        ],
    )
    def test_the_stored_value_stays_and_what_depends_on_it_is_calculated_with_it(self, formula, word):
        kept = f'<c r="A1"><f>{formula}</f><v>5</v></c>'
        dependant = '<c r="A2"><f>PRICE_FLOOR(A1,0.5)</f><v>1</v></c>'
        data = with_cells(
            kept, dependant, names={"scale": "LAMBDA(x,x+1)", "rate": "MYMACRO(1)", "twice": "2*rate"}
        )
        calculated = calculate(data)
        assert [5, 10] == shows(calculated, 2)
        assert kept.encode() in sheet_xml(calculated.data)
        assert () == calculated.errors
        (cell,) = calculated.kept
        assert ("Sheet", "A1", f"={formula}") == (cell.sheet, cell.address, cell.formula)
        assert word in cell.reason
        assert 1 == calculated.formulas

    @pytest.mark.parametrize(
        ("cell", "value"),
        [
            ('<c r="A1" t="str"><f>MYMACRO(1)</f><v>seller</v></c>', "seller"),
            ('<c r="A1" t="b"><f>MYMACRO(1)</f><v>1</v></c>', True),
            ('<c r="A1" t="e"><f>MYMACRO(1)</f><v>#N/A</v></c>', "#N/A"),
        ],
    )
    def test_a_word_a_truth_value_and_an_error_stay_too(self, cell, value):
        calculated = calculate(with_cells(cell, '<c r="A2"><f>A1</f></c>'))
        assert [value, value] == shows(calculated, 2)
        assert ["A1"] == [cell.address for cell in calculated.kept]

    @pytest.mark.parametrize(
        "cell",
        [
            '<c r="A1"><f>MYMACRO(1)</f></c>',
            '<c r="A1"><f>MYMACRO(1)</f><v/></c>',
            '<c r="A1" t="e"><f>MYMACRO(1)</f><v>#NAME?</v></c>',
        ],
    )
    def test_without_a_stored_value_the_error_is_shown_and_reported(self, cell):
        calculated = calculate(with_cells(cell, '<c r="A2"><f>A1+1</f><v>3</v></c>'))
        assert ["#NAME?", "#NAME?"] == shows(calculated, 2)
        assert ["the function MYMACRO is not known here", "comes from Sheet!A1"] == [
            error.reason for error in calculated.errors
        ]
        assert () == calculated.kept

    @pytest.mark.parametrize(
        ("file", "shown", "kept"),
        [
            ("file:///C:/Users/x/AddIns/walkaway_xl.xlam", 85, 0),
            ("file:///C:/Users/x/My%20AddIns/walkaway_xl.xlam", 85, 0),
            ("file:///C:/walkaway/pricing.xlam", 5, 1),
        ],
    )
    def test_a_linked_add_in_is_ours_where_its_file_is(self, file, shown, kept):
        data = with_cells('<c r="A1"><f>[1]!PRICE_FLOOR(68,0.2)</f><v>5</v></c>')
        calculated = calculate(linked_to(data, file))
        assert [pytest.approx(shown)] == shows(calculated, 1)
        assert kept == len(calculated.kept)
        assert ({} if kept else {"PRICE_FLOOR": 1}) == calculated.sheets[0].ours

    def test_all_can_be_recalculated_on_demand(self):
        calculated = calculate(with_cells('<c r="A1"><f>MYMACRO(1)</f><v>5</v></c>'), recalculate_all=True)
        assert ["#NAME?"] == shows(calculated, 1)
        assert ((), 1) == (calculated.kept, len(calculated.errors))

    def test_each_cell_of_a_shared_formula_keeps_its_own_value(self):
        cells = [
            '<c r="A1"><f t="shared" ref="A1:A3" si="0">IFERROR(MYMACRO(B1),B1)</f><v>5</v></c>',
            '<c r="A2"><f t="shared" si="0"/><v>6</v></c>',
            '<c r="A3"><f t="shared" si="0"/></c><c r="B3"><v>7</v></c>',
        ]
        calculated = calculate(with_cells(*cells))
        assert [5, 6, 7] == shows(calculated, 3)
        assert ["=IFERROR(MYMACRO(B1),B1)", "=IFERROR(MYMACRO(B2),B2)"] == [
            cell.formula for cell in calculated.kept
        ]

    @pytest.mark.parametrize("mark", ["", ' cm="1"'])
    def test_an_array_keeps_all_its_values(self, mark):
        cells = [
            f'<c r="A1"{mark}><f t="array" ref="A1:A2">MYMACRO({{1;2}})</f><v>5</v></c>',
            '<c r="A2"><v>6</v></c>',
            '<c r="A3"><f>SUM(A1:A2)</f></c>',
        ]
        calculated = calculate(with_cells(*cells))
        assert [5, 6, 11] == shows(calculated, 3)
        assert all(cell.encode() in sheet_xml(calculated.data) for cell in cells[:2])

    def test_what_is_known_is_calculated_though_a_name_looks_strange(self):
        formulas = ["LET(f,LAMBDA(x,x+1),f(3))", '"MYMACRO("&amp;1', "_xlfn.SINGLE(PRICE_FLOOR(68,0.2))"]
        cells = [f'<c r="A{row}"><f>{formula}</f><v>1</v></c>' for row, formula in enumerate(formulas, 1)]
        calculated = calculate(with_cells(*cells))
        assert [4, "MYMACRO(1", 85] == shows(calculated, 3)
        assert () == calculated.kept


def bomb():
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts(simple()).items():
            archive.writestr(name, content)
        archive.writestr("xl/media/zeros.bin", bytes(100 << 20))
    return target.getvalue()


def crowd():
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for number in range(budget.LIMITS["parts"].most + 1):
            archive.writestr(f"{number}", b"")
    return target.getvalue()


def doubled():
    """A package with two parts of one name, of which each reader may take another."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile's own, about what is wanted here
        for name, content in parts(simple()).items():
            archive.writestr(name, content)
        archive.writestr("xl/worksheets/sheet1.xml", sheet_xml(simple(A1=1)))
    return target.getvalue()


def not_a_workbook():
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("photo.txt", "x")
    return target.getvalue()


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;">]>'

BAD = {
    "empty": (b"", "no .xlsx"),
    "text": (b"a,b\n1,2\n", "no .xlsx"),
    "truncated": (simple()[:-100], "beginning"),
    "half": (simple()[:2000], "beginning"),
    "old or encrypted": (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), "password"),
    "photos": (not_a_workbook(), "no workbook"),
    "bomb": (bomb(), "unpack"),
    "crowd": (crowd(), "parts"),
    "doubled": (doubled(), "must differ; xl/worksheets/sheet1.xml occurs twice"),
    "damaged sheet": (with_sheet(b"<worksheet><sheetData>"), '"Sheet"'),
    "entities in a sheet": (with_sheet(ENTITIES + sheet_xml(simple()).split(b"?>", 1)[-1]), "document type"),
    "entities in the workbook": (rebuilt(simple(), workbook=ENTITIES + b"<workbook/>"), "document type"),
    "sheet missing": (
        rebuilt(
            simple(), workbook=parts(simple())["xl/workbook.xml"].replace(b'r:id="rId1"', b'r:id="rId99"')
        ),
        '"Sheet"',
    ),
    "cdata": (
        with_sheet(sheet_xml(simple()).replace(b"PRICE_FLOOR(A1,0.2)", b"<![CDATA[1+1]]>")),
        "CDATA",
    ),
    "latin-1": (
        with_sheet(
            b'<?xml version="1.0" encoding="ISO-8859-1"?>'
            + sheet_xml(simple(A1='="é"')).decode().encode("latin-1")
        ),
        "UTF-8",
    ),
    "array": (
        with_sheet(
            sheet_xml(simple()).replace(
                b"</row>", b'<c r="C1"><f t="array" ref="C1:XFD1048576">1</f></c></row>'
            )
        ),
        "Sheet!C1, whose formula fills C1:XFD1048576",
    ),
    "shared with nobody": (
        with_sheet(
            sheet_xml(simple()).replace(b"</row>", b'<c r="C1"><f t="shared" si="9"/><v>7</v></c></row>')
        ),
        "Sheet!C1",
    ),
    "row": (with_sheet(sheet_xml(simple()).replace(b'<row r="1"', b'<row r="x"')), 'number "x"'),
    "utf-16": (with_sheet(sheet_xml(simple()).decode().encode("utf-16")), "UTF-8"),
}


def damaged():
    data = bytearray(simple())
    place = data.index(b"xl/worksheets/sheet1.xml") + 60
    data[place : place + 20] = bytes(20)
    return bytes(data)


BAD["damaged zip"] = (damaged(), "damaged")


class TestBadInput:
    @pytest.mark.parametrize(("data", "word"), BAD.values(), ids=BAD)
    def test_is_refused_with_the_name_of_the_file_and_nothing_written(self, tmp_path, data, word):
        source, target = tmp_path / "mine.xlsx", tmp_path / "out.xlsx"
        source.write_bytes(data)
        with pytest.raises(WorkbookError, match=r"mine\.xlsx") as refusal:
            calculate_file(source, target)
        assert word in str(refusal.value)
        assert [source] == list(tmp_path.iterdir())
        assert data == source.read_bytes()

    def test_a_missing_file_is_refused(self, tmp_path):
        with pytest.raises(ReadError, match=r"nowhere\.xlsx: there is no such file"):
            calculate_file(tmp_path / "nowhere.xlsx", tmp_path / "out.xlsx")

    def test_a_folder_is_refused(self, tmp_path):
        with pytest.raises(ReadError, match="folder"):
            calculate_file(tmp_path, tmp_path / "out.xlsx")

    def test_a_device_is_refused(self, tmp_path):
        os.mkfifo(tmp_path / "pipe.xlsx")
        with pytest.raises(ReadError, match="no ordinary file"):
            calculate_file(tmp_path / "pipe.xlsx", tmp_path / "out.xlsx")

    def test_a_file_that_may_not_be_read_is_refused(self, tmp_path, monkeypatch):
        (tmp_path / "secret.xlsx").write_bytes(simple())

        def refuse(*_):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("os.open", refuse)
        with pytest.raises(ReadError, match=r"secret\.xlsx: you have no permission"):
            calculate_file(tmp_path / "secret.xlsx", tmp_path / "out.xlsx")


class TestBadTarget:
    @pytest.fixture
    def path(self, tmp_path):
        path = tmp_path / "book.xlsx"
        path.write_bytes(simple())
        return path

    def refused(self, source, target, word):
        before = source.read_bytes()
        listing = sorted(source.parent.iterdir())
        with pytest.raises(files.FileError, match=re.escape(target.name)) as refusal:
            calculate_file(source, target)
        assert word in str(refusal.value)
        assert before == source.read_bytes()
        assert listing == sorted(source.parent.iterdir())

    @pytest.mark.parametrize(
        ("lock", "program"), [("~$book.xlsx", "Excel"), (".~lock.book.xlsx#", "LibreOffice")]
    )
    def test_a_workbook_that_is_open_is_refused(self, path, lock, program):
        (path.parent / lock).write_text("me")
        self.refused(path, path, program)

    def test_an_open_workbook_can_be_calculated_into_another(self, path):
        (path.parent / "~$book.xlsx").write_text("me")
        calculate_file(path, path.with_name("other.xlsx"))
        assert pytest.approx([85]) == values(path.with_name("other.xlsx").read_bytes(), "B1")

    def test_a_read_only_workbook_is_refused(self, path):
        path.chmod(0o444)
        self.refused(path, path, "read-only")

    def test_a_folder_is_refused(self, path):
        (path.parent / "out.xlsx").mkdir()
        self.refused(path, path.parent / "out.xlsx", "folder")

    def test_a_folder_that_is_not_there_is_refused(self, path):
        self.refused(path, path.parent / "nowhere" / "out.xlsx", "no folder")

    @pytest.mark.parametrize(
        ("fault", "word"),
        [
            (OSError(28, "No space left on device"), "no space"),
            (PermissionError(13, "Permission denied"), "no permission"),
            (OSError(30, "Read-only file system"), "read-only"),
        ],
    )
    @pytest.mark.parametrize("step", ["walkaway_xl.files.moves.exchange", "os.fsync"])
    def test_a_disk_that_refuses_leaves_the_original_whole(self, path, monkeypatch, step, fault, word):
        def refuse(*_):
            raise fault

        monkeypatch.setattr(step, refuse)
        self.refused(path, path, word)

    def test_a_kill_in_the_middle_leaves_the_original_whole(self, path):
        before = path.read_bytes()
        script = (
            "import os, signal, sys; from pathlib import Path; from walkaway_xl.hosts import embedded\n"
            "from walkaway_xl.files import moves\n"
            "moves.exchange = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
            "path = Path(sys.argv[1]); embedded.calculate_file(path, path)"
        )
        done = subprocess.run([sys.executable, "-c", script, str(path)], check=False)
        assert -signal.SIGKILL == done.returncode
        assert before == path.read_bytes()

    def test_the_file_keeps_its_permissions(self, path):
        path.chmod(0o640)
        calculate_file(path, path)
        assert 0o640 == path.stat().st_mode & 0o777
        assert pytest.approx([85]) == values(path.read_bytes(), "B1")

    def test_a_new_file_gets_the_permissions_of_any_other(self, path):
        calculate_file(path, path.with_name("out.xlsx"))
        (path.parent / "usual").touch()
        usual = (path.parent / "usual").stat().st_mode
        assert usual == path.with_name("out.xlsx").stat().st_mode

    def test_a_link_stays_a_link(self, path):
        link = path.with_name("link.xlsx")
        link.symlink_to(path)
        calculate_file(link, link)
        assert link.is_symlink()
        assert pytest.approx([85]) == values(path.read_bytes(), "B1")

    def test_a_link_that_leads_back_to_itself_is_refused(self, path):
        loop = path.with_name("loop.xlsx")
        loop.symlink_to(loop)
        self.refused(path, loop, "back to itself")

    def test_a_name_as_long_as_the_system_allows_can_be_written(self, path):
        target = path.with_name("x" * 250 + ".xlsx")
        calculate_file(path, target)
        assert [path, target] == sorted(path.parent.iterdir())

    def test_an_existing_file_is_replaced_only_when_asked(self, path):
        with pytest.raises(files.FileError, match="--force"):
            files.target(path)
        files.target(path, force=True)
        files.target(path.with_name("new.xlsx"))
