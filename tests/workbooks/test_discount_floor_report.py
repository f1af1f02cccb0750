"""The report: what the calculated sheet says, in data and in a terminal."""

import re
from io import BytesIO

import pytest
from openpyxl import Workbook

from tests.workbooks.calculated import calculate, saved
from walkaway_xl.workbooks.discount_floor_sheet import build
from walkaway_xl.workbooks.discount_floor_sheet import report as floor_report
from walkaway_xl.workbooks.discount_floor_sheet.report import FloorReport
from walkaway_xl.workbooks.package import finished


@pytest.fixture(scope="module")
def data() -> bytes:
    return finished(build(True), calculate)


@pytest.fixture(scope="module")
def report(data) -> FloorReport:
    return floor_report.report(data)


def test_statuses_add_up_to_the_quote(report):
    assert len(report.lines) == sum(line.lines for line in report.by_status)
    assert report.revenue == pytest.approx(sum(line.revenue for line in report.by_status))
    assert 0 == next(line.lines for line in report.by_status if line.status == "NOT READY")


def test_revenue_below_floor_is_that_of_the_two_bad_statuses(report):
    bad = sum(line.revenue for line in report.by_status if line.status.startswith("BELOW"))
    assert report.revenue_below_floor == pytest.approx(bad)


def test_blended_discount_is_weighted_by_list_value(report):
    assert report.blended_discount == pytest.approx(1 - report.revenue / report.list_value)


def test_the_worst_lines_come_first(report):
    headroom = [line.headroom for line in report.worst]
    assert 10 == len(headroom)
    assert sorted(headroom) == headroom
    assert min(line.headroom for line in report.lines) == headroom[0]


def test_headroom_is_what_is_left_of_the_maximum_discount(report):
    for line in report.lines:
        assert line.headroom == pytest.approx(line.max_discount - line.discount)


def test_the_table_fits_a_terminal_and_has_a_real_minus(report):
    told = floor_report.told(report)
    assert max(map(len, told.splitlines())) <= 100
    assert not re.search(r"-\d+\.\d", told)
    assert "−" in told
    for word in ("OK", "NEAR FLOOR", "BELOW FLOOR", "BELOW COST", "Revenue below floor", "Who signs"):
        assert word in told


def test_a_file_is_read_like_its_bytes(data, report, tmp_path):
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(data)
    assert report == floor_report.report(path)


def test_a_blank_sheet_has_a_report_without_lines():
    report = floor_report.report(finished(build(False), calculate))
    assert ((), 0.0, None, "NOT READY") == (report.lines, report.revenue, report.margin, report.status)
    assert "All lines" in floor_report.told(report)


def test_another_workbook_is_refused():
    other = BytesIO()
    Workbook().save(other)
    with pytest.raises(ValueError, match="no discount floor sheet"):
        floor_report.report(other.getvalue())


def test_a_sheet_without_stored_values_is_refused():
    with pytest.raises(ValueError, match="Calculate it first"):
        floor_report.report(saved(build(False)))
