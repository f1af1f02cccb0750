"""How much a workbook asks, and on how many sheets: what people finish is short."""

import re

import pytest

from walkaway_xl.sheets.draft import Draft
from walkaway_xl.workbooks import TEMPLATES, template

PRICE_BOOKS = [one.name for one in TEMPLATES if "gates.1.score" in one.build().inputs]
QUESTIONS = {"used_goods": 90}
SHEETS = {"used_goods": 5, "deal_log": 5}
ROOM = {"alternatives": 8, "rounds": 10}
NUMBER = re.compile(r"\.\d+(?=\.|$)")


def questions(draft: Draft) -> set[str]:
    """What is asked, a row or column that repeats counted once."""
    return {NUMBER.sub("", name) for name in draft.inputs}


@pytest.mark.parametrize("name", PRICE_BOOKS)
def test_no_more_is_asked_than_people_finish(name: str) -> None:
    draft = template(name).build()
    assert len(questions(draft)) <= QUESTIONS.get(name, 150)
    for table, rows in ROOM.items():
        numbers = {int(key.split(".")[1]) for key in draft.inputs if key.startswith(f"{table}.")}
        assert rows <= len(numbers), table


@pytest.mark.parametrize("name", [one.name for one in TEMPLATES if one.has_example])
def test_there_are_no_more_sheets_than_one_finds_the_way_in(name: str) -> None:
    assert len(template(name).build().workbook.sheetnames) <= SHEETS.get(name, 7)


@pytest.mark.parametrize("name", PRICE_BOOKS)
def test_switches_stand_on_the_last_sheet_only(name: str) -> None:
    *others, last = template(name).build().workbook.worksheets

    def switches(sheet):
        return [
            cell.coordinate
            for row in sheet.iter_rows()
            for cell in row
            if cell.value == "0 / 1" or str(cell.value).startswith("=--")
        ]

    assert {sheet.title: [] for sheet in others} == {sheet.title: switches(sheet) for sheet in others}
    assert switches(last)
