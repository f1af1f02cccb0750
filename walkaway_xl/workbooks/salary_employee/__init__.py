"""The workbook of somebody who has the job: a raise, a pay cut, a transfer, a layoff."""

from dataclasses import replace

from walkaway_xl.sheets.draft import Draft
from walkaway_xl.workbooks import salary_candidate
from walkaway_xl.workbooks.price_book import assembly
from walkaway_xl.workbooks.salary_employee import employee_questions


def build() -> Draft:
    """Build the workbook, blank."""
    return assembly.build(BOOK)


BOOK = replace(
    salary_candidate.BOOK,
    name="salary_employee",
    title="Your job and its pay: preparation",
    wording=employee_questions.WORDING,
    fields=employee_questions.fields,
    items=employee_questions.ITEMS,
    flags=employee_questions.FLAGS,
    gates=employee_questions.GATES,
    kinds=("other employer", "do nothing", "wait"),
    is_cost_of_option=True,
    own_words=(("What it is about", employee_questions.CASES),),
)
