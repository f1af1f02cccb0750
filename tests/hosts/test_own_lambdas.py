"""Whether a LAMBDA that a workbook has under one of our names is ours."""

import pytest
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

from tests.books import saved
from walkaway_xl.files import packages
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts import own_lambdas
from walkaway_xl.hosts.formulas.lambdas import FORMULAS, typed_formula
from walkaway_xl.hosts.formulas.spelling import stored


@pytest.mark.parametrize("name", FORMULAS)
def test_each_formula_of_ours_is_ours_and_of_no_other_function(name):
    parameters = [own_lambdas.parameter(argument) for argument in CATALOGUE[name].arguments]
    alike = {
        other
        for other, function in CATALOGUE.items()
        if [own_lambdas.parameter(argument) for argument in function.arguments] == parameters
    }
    for formula in (typed_formula(FORMULAS[name]), stored(typed_formula(FORMULAS[name]))):
        assert alike == {other for other, entry in CATALOGUE.items() if own_lambdas.is_ours(entry, formula)}


@pytest.mark.parametrize(
    "formula",
    [
        "_xlfn.LAMBDA(_xlpm.cost,_xlpm.margin,_xlpm.cost/(1-_xlpm.margin))",
        "_xlfn.LAMBDA(_xlpm.x,_xlpm.x)",
        "_xlfn.LAMBDA(1)",
        "Sheet!$A$1",
        "",
    ],
)
def test_another_formula_is_not(formula):
    assert not own_lambdas.is_ours(CATALOGUE["PRICE_FLOOR"], formula)


def test_only_a_lambda_of_somebody_else_is_foreign():
    workbook = Workbook()
    for name, text in {
        "PRICE_FLOOR": "_xlfn.LAMBDA(_xlpm.x,_xlpm.x*2)",
        "Zopa": "_xlfn.LAMBDA(_xlpm.x,_xlpm.x*2)",
        "DISCOUNT_MAX": stored(typed_formula(FORMULAS["DISCOUNT_MAX"])),
        "WALKAWAY_GAP": "Sheet!$A$1",
        "other": "_xlfn.LAMBDA(_xlpm.x,_xlpm.x*2)",
    }.items():
        workbook.defined_names[name] = DefinedName(name, attr_text=text)
    assert {"PRICE_FLOOR", "ZOPA"} == own_lambdas.foreign(packages.opened(saved(workbook)))
