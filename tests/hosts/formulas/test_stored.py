"""What a file holds keeps within Excel's limits, and a reader of it makes of it what was printed."""

import re

import pytest
from openxml_audit import OpenXmlValidator

from tests.hosts.formulas.answers import stored, typed
from tests.hosts.formulas.stored_reader import Reader, RefusedError
from walkaway_xl import artefacts
from walkaway_xl.hosts.formulas import book_names, function_workbook, host
from walkaway_xl.hosts.formulas.lambdas import FORMULAS

NAMES = {name.name: name for name in book_names.names_of(FORMULAS.values())}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_read_from_a_file_is_what_was_printed(name):
    assert NAMES[name].typed == typed()[name]


def test_names_are_such_as_excel_takes():
    assert len({name.lower() for name in NAMES}) == len(NAMES)
    assert all(len(name) <= 255 for name in NAMES)
    assert all(re.fullmatch(r"[A-Z_][A-Z0-9_]*", name) for name in NAMES)
    assert not [name for name in NAMES if re.fullmatch(r"[A-Z]{1,3}[0-9]+|R[0-9]*C?[0-9]*|C[0-9]*", name)]


def test_there_is_room_left():
    """A formula that has grown near the limit is better cut in two before it is refused."""
    longest = max(stored().values(), key=len)

    assert len(longest) < 7000, longest[:60]


def test_an_auditor_of_the_format_finds_nothing(tmp_path):
    path = tmp_path / "functions.xlsx"
    path.write_bytes(artefacts.stored(function_workbook.build(), host))
    found = OpenXmlValidator().validate(path).errors

    # openpyxl writes every text into its cell; Excel reads that, and collects the texts when it saves.
    assert [] == [str(problem) for problem in found if "inline-string" not in problem.description]


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        ("LAMBDA(_xlpm.a,_xlpm.a)", "LAMBDA is no function of Excel in this spelling"),
        ("_xlfn.LAMBDA(_xlpm.a,_xlpm.b)", "b is bound nowhere"),
        ("_xlfn.LAMBDA(_xlpm.a,a)", "a is no name of the workbook"),
        ("_xlfn.LAMBDA(_xlpm.a,_xlop.a)", "_xlop.a is no name of the workbook"),
        ("_xlfn.LAMBDA(_xlop.a,_xlpm.b,_xlpm.b)", "must be given, behind one that may be left out"),
        ("_xlfn.LAMBDA(_xlpm.a,_xlpm.A,_xlpm.a)", "bound twice"),
        *(
            (f"_xlfn.LAMBDA(_xlpm.{name},1)", "is no name for a parameter")
            for name in ("p1", "abc1048576", "r", "C", "r1c1", "RC", "a.b")
        ),
        ("_xlfn.LET(_xlpm.a,_xlpm.b,_xlpm.b,1,_xlpm.a)", "b is bound nowhere"),  # used before it is bound
        ("_xlfn.LET(_xlpm.a,_xlfn.LET(_xlpm.b,1,_xlpm.b),_xlpm.b)", "b is bound nowhere"),  # bound elsewhere
        ("_xlfn.LET(_xlpm.lower,1,LOWER(_xlpm.lower))", "names that hide functions"),
        ("_xlfn.SUM(1)", "no function of Excel in this spelling"),
        ("SEQUENCE(3)", "no function of Excel in this spelling"),
        ("_xlfn.FILTER({1},{1})", "no function of Excel in this spelling"),  # it is _xlfn._xlws.FILTER
        ("WF_UNKNOWN(1)", "no function of Excel in this spelling"),
        ("SUM({1,SUM(1)})", "in an array of constants"),
        ("SUM(1", "expected before"),
        ("SUM(1))", "more behind the end"),
        (f'"{"a" * 256}"', "a text of more than 255 characters"),
        ("ABS(" * 65 + "1" + ")" * 65, "functions 65 deep"),
        (f"SUM({','.join('1' * 256)})", "256 arguments"),
        ("1+" * 4096 + "1", "8193 characters"),
        (f"_xlfn.LAMBDA({''.join(f'_xlpm.a_{n},' for n in range(254))}1)", "254 parameters"),
    ],
)
def test_the_reader_refuses_what_excel_would(formula, reason):
    with pytest.raises(RefusedError, match=re.escape(reason)):
        Reader(formula, {"WF_SIDE"}).typed()


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("_xlfn.LAMBDA(_xlpm.a,_xlop.b,_xlfn.ISOMITTED(_xlpm.b))", "LAMBDA(a,[b],ISOMITTED(b))"),
        ("_xlfn.LET(_xlpm.f,_xlfn.LAMBDA(_xlpm.x,-_xlpm.x^2),_xlpm.f(3))", "LET(f,LAMBDA(x,-x^2),f(3))"),
        ('_xlfn._xlws.SORT({1;-2},{TRUE},"no ""_xlpm.a""")', 'SORT({1;-2},{TRUE},"no ""_xlpm.a""")'),
        ("_xlfn.TAKE(WF_SIDE(1),,1E-9)&#N/A", "TAKE(WF_SIDE(1),,1E-9)&#N/A"),
    ],
)
def test_the_reader_shows_what_excel_would(formula, shown):
    assert shown == Reader(formula, {"WF_SIDE"}).typed()
