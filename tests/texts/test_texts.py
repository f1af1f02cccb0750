"""Every text that a person reads is in the catalogue: the pseudo-language shows what is not."""

import contextlib
import csv
import pickle
import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.formula.tokenizer import Token, Tokenizer

from tests.sampling import one_in
from tests.texts import __main__ as translators
from tests.texts.collecting import as_messages
from tests.texts.translating import translated
from walkaway_xl import cells, languages
from walkaway_xl.artefacts import workbook
from walkaway_xl.cli import COMMANDS, main
from walkaway_xl.core.phrasing import phrase, phrase_count, spoken, spoken_in
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.functions.explanation import walkaway_explain
from walkaway_xl.languages import ENGLISH, PSEUDO, VARIABLE, LanguageError, Pseudo, translation
from walkaway_xl.policy.toml import example
from walkaway_xl.quotes import policy_files
from walkaway_xl.sheets.cell_writing import tab_title
from walkaway_xl.sheets.spoken_formula import said
from walkaway_xl.workbooks import TEMPLATES

ROOT = Path(__file__).parents[2]
BAD_INPUT = ROOT / "tests" / "catalogue" / "bad_input.csv"
# Two words of plain letters: the pseudo-language leaves an accent on nearly every word that it says.
SENTENCE = re.compile(r"(?<![\w-])[A-Za-z][a-z]+(?: [a-z]{2,})+(?![\w-])")
# What is the same in every language.
VERBATIM = re.compile(
    r"walkaway-xl(?: [a-z]+)*|[A-Z]+(?:_[A-Z]+)+|--[a-z-]+(?: \w+)?|\w+(?:_\w+)+|https?://\S+|'[^']*'|\"[^\"]*\""
)


class Listening(Pseudo):
    """The pseudo-language, which keeps what it is asked for."""

    def __init__(self) -> None:
        self.heard: set[str] = set()

    def gettext(self, message: str, /) -> str:
        self.heard.add(message)
        return super().gettext(message)


@pytest.fixture(scope="module")
def catalogue() -> set[str]:
    """The messages of the catalogue."""
    return as_messages()


@pytest.fixture
def pseudo() -> Iterator[Listening]:
    """Everything in the pseudo-language, while a test lasts."""
    listening = Listening()
    with spoken_in(listening):
        yield listening


def _flat(answer: object) -> list[object]:
    if hasattr(answer, "tolist"):
        answer = answer.tolist()
    if isinstance(answer, list | tuple):
        return [cell for row in answer for cell in _flat(row)]
    return [answer]


EXAMPLES = {
    text
    for function in CATALOGUE.values()
    for worked in function.examples
    for text in _flat([worked.arguments, worked.gives])
    if isinstance(text, str) and " " in text
}
# What comes from a policy, a deal, an example or Python itself.
DATA = re.compile(
    "|".join(map(re.escape, sorted(EXAMPLES, key=len, reverse=True))) + "|"
    r"(Account|Sales|Chief) (manager|director|executive)|Nobody may sign|Office Supplies"
    r"|\([\w ]+\(at [\w ,]+\)|Expected [^;]*"
)


def plain(text: str) -> list[str]:
    """The sentences of a text that are in plain English."""
    return SENTENCE.findall(VERBATIM.sub("", DATA.sub("", text)))


class TestPhrase:
    def test_english_needs_no_translation(self) -> None:
        assert spoken() is None
        assert "cost must be above 0" == phrase("{name} must be above {least}", name="cost", least=0)
        assert ["1 line", "2 lines", "1,500 lines", "0 lines"] == [
            phrase_count("{count} line", "{count} lines", count) for count in (1, 2, 1500, 0)
        ]

    def test_braces_of_a_value_stay(self) -> None:
        assert "it is {x}" == phrase("it is {got}", got="{x}")

    def test_the_pseudo_language_leaves_placeholders(self) -> None:
        with spoken_in(Pseudo()):
            assert "⟦à 7 šhéét⟧" == phrase("a {count} sheet", count=7)
            assert "⟦2 lîñéš⟧" == phrase_count("{count} line", "{count} lines", 2)

    def test_an_unknown_language_is_refused_with_those_that_there_are(self) -> None:
        with pytest.raises(LanguageError, match="there is no language xx; there is en"):
            translation("xx")

    def test_a_language_is_read_from_its_catalogue(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A translator's file, spoken by the commands, and by another process that is handed the language."""
        translated(
            tmp_path,
            "de",
            'msgid "{path}: there is no such file"\nmsgstr "Die Datei {path} fehlt."\n\n'
            'msgid "{count} line"\nmsgid_plural "{count} lines"\n'
            'msgstr[0] "{count} Zeile"\nmsgstr[1] "{count} Zeilen"\n',
        )
        monkeypatch.setattr(languages, "FOLDER", tmp_path)
        assert (ENGLISH, "de") == languages.languages()
        policy = tmp_path / "policy.toml"
        policy.write_text(example(), "utf-8")
        missing = ["check", "nowhere.csv", "--policy", str(policy)]
        assert 2 == main(["--language", "de", *missing])
        assert "walkaway-xl: Die Datei nowhere.csv fehlt.\n" == capsys.readouterr().err
        monkeypatch.setenv(VARIABLE, "de")
        assert 2 == main(missing)
        assert "fehlt" in capsys.readouterr().err
        for german in (translation("de"), pickle.loads(pickle.dumps(translation("de")))):
            with spoken_in(german):
                assert "Die Datei x fehlt." == phrase("{path}: there is no such file", path="x")
        with spoken_in(translation("de")):
            assert "2 Zeilen" == phrase_count("{count} line", "{count} lines", 2)
        assert spoken() is None


class TestCatalogue:
    def test_what_translators_begin_with_is_current(self) -> None:
        written = translators.TEMPLATE.read_bytes()
        assert written == translators.as_template(), "python -m tests.texts writes it"

    def test_no_value_has_a_name_of_the_code_alone(self, catalogue: set[str]) -> None:
        names = {name for message in catalogue for name in re.findall(r"\{(\w*)\}", message)}
        assert {"", "_", "text_", "name__"}.isdisjoint(names)


class TestRefusals:
    def test_of_bad_input_are_in_the_catalogue(self, pseudo: Listening, catalogue: set[str]) -> None:
        with BAD_INPUT.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert rows
        for function in CATALOGUE.values():
            for place, argument in enumerate(function.arguments):
                for bad in (-1e9, 1e9, "never", True, [1, 2, 3]):
                    given = list(function.examples[0].arguments)
                    given += [cells.LEFT_OUT] * (place + 1 - len(given))
                    given[place] = bad
                    answer = cells.evaluate(function, [cells.LEFT_OUT if g is None else g for g in given])
                    for error in _errors(answer):
                        assert [] == plain(error.reason or ""), (function.name, argument.name, bad)
        assert pseudo.heard <= catalogue | {""}

    def test_are_explained_in_the_language(self, pseudo: Listening, catalogue: set[str]) -> None:
        for function in CATALOGUE.values():
            if function.name != "WALKAWAY_EXPLAIN":
                for worked in function.examples:
                    given = [text for text in _flat([*worked.arguments]) if isinstance(text, str) and text]
                    for sentence in _flat(walkaway_explain(function.name, *worked.arguments)):
                        shown = str(sentence)
                        for text in given:
                            shown = shown.replace(text, "").replace(text.lower(), "")
                        assert [] == plain(shown), (function.name, sentence)
        assert pseudo.heard <= catalogue | {""}


def _errors(answer: object) -> Iterator[cells.CellError]:
    for cell in _flat(answer):
        if isinstance(cell, cells.CellError):
            yield cell


class TestCommandLine:
    @pytest.mark.parametrize("command", ["", *COMMANDS])
    def test_helps_are_in_the_catalogue(
        self,
        command: str,
        catalogue: set[str],
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        listening = Listening()
        monkeypatch.setattr(languages, "Pseudo", lambda: listening)
        monkeypatch.setenv("COLUMNS", "1000")
        with pytest.raises(SystemExit):
            main(["--language", PSEUDO, *filter(None, [command]), "--help"])
        shown = capsys.readouterr().out
        assert "⟦" in shown
        assert [] == plain(shown)
        assert listening.heard <= catalogue

    @pytest.mark.parametrize(
        "arguments",
        [
            ["check"],
            ["chekc"],
            ["check", "nowhere.csv", "--policy", "policy.toml"],
            ["check", "empty.csv", "--policy", "policy.toml"],
            ["check", "odd.csv", "--policy", "policy.toml"],
            ["check", "bad.csv", "--policy", "policy.toml"],
            ["check", "bad.csv", "--policy", "bad.toml"],
            ["check", "bad.csv", "--policy", "empty.toml"],
            ["check", "bad.csv", "--policy", "policy.toml", "--decimal", ",", "--thousands", ","],
            ["check", "lines.csv", "--policy", "policy.toml"],
            ["check", "lines.csv", "--policy", "policy.toml", "--out", "out.txt"],
            ["guide", "lines.csv", "--percentiles", "0.9", "0.5", "0.1"],
            ["guide", "lines.csv"],
            ["policy", "lint", "empty.toml"],
            ["policy", "lint", "faulty.toml"],
            ["policy", "lint", "policy.toml"],
            ["calc", "bad.csv"],
            ["review", "bad.csv"],
            ["share", "bad.csv"],
            ["new", "nothing"],
            ["new", "used_goods", "--set", "budget=1,234"],
            ["new", "used_goods", "--set", "budgte=1"],
            ["new", "used_goods", "--set", "budget=many"],
            ["functions", "price_flor"],
            ["functions"],
            ["functions", "price_floor"],
        ],
        ids=" ".join,
    )
    def test_messages_are_in_the_catalogue(
        self,
        arguments: list[str],
        catalogue: set[str],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        head = "order,category,product,quantity,list_price,discount,cost\n"
        for name, text in {
            "empty.csv": "",
            "odd.csv": "a;b\n1;2\n",
            "bad.csv": head
            + "A,Furniture,Desk,2,1.234.5,0.1,68\nA,Lamps,Desk,2,120,,68\nA,Furniture,Desk,2,120,-5,#N/A\n",
            "lines.csv": head + "A,Furniture,Desk,2,120,0.6,68\nB,Furniture,Desk,2,120,0.1,68\n",
            "policy.toml": example(),
            "bad.toml": "[[class]\n",
            "empty.toml": "warn = 0.02\n",
            "faulty.toml": example().replace("min_margin = 0.15", "min_margin = 0.99"),
        }.items():
            (tmp_path / name).write_text(text, "utf-8")
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("COLUMNS", "1000")
        listening = Listening()
        monkeypatch.setattr(languages, "Pseudo", lambda: listening)
        with contextlib.suppress(SystemExit):
            main(["--language", PSEUDO, *arguments])
        shown = "".join(capsys.readouterr())
        assert "⟦" in shown
        assert [] == [found for line in shown.splitlines() for found in plain(line)]
        assert listening.heard <= catalogue | {""}


class TestWorkbooks:
    @pytest.mark.parametrize("template", one_in(3, TEMPLATES), ids=lambda template: template.name)
    def test_blank_ones_say_nothing_in_plain_english(self, template, pseudo: Listening, catalogue) -> None:
        draft = template.build()
        for sheet in draft.workbook:
            for row in sheet.iter_rows():
                for cell in row:
                    where = f"{sheet.title}!{cell.coordinate}"
                    if cell.data_type == "s" and not cell.value.startswith("="):
                        assert [] == plain(cell.value), where
                    if cell.data_type == "f":
                        for text in _literals(cell.value):
                            assert [] == plain(text), where
            for rule in sheet.data_validations.dataValidation:
                for text in (rule.promptTitle, rule.prompt, rule.errorTitle, rule.error):
                    assert [] == plain(text or ""), (sheet.title, rule.sqref)
            assert [] == plain(sheet.oddFooter.center.text or "")
        for notes in draft.chart_notes.values():
            assert [] == [found for note in notes for found in plain(f"{note.name} {note.description}")]
        assert pseudo.heard <= catalogue

    @pytest.mark.parametrize(
        "template",
        one_in(7, [template for template in TEMPLATES if template.has_example]),
        ids=lambda template: template.name,
    )
    @pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
    def test_calculate_the_same_in_every_language(self, template) -> None:
        """The example, filled in from the same file: each number, and where there is one, as in English."""
        english = openpyxl.load_workbook(ROOT / "templates" / f"{template.name}_example.xlsx", data_only=True)
        with spoken_in(Pseudo()):
            data = workbook(template, example=True)
        other = openpyxl.load_workbook(BytesIO(data), data_only=True)
        for sheet, twin in zip(english, other, strict=True):
            assert [] == plain(twin.title)
            assert twin.title != sheet.title
            for row in sheet.iter_rows():
                for cell in row:
                    beside = twin[cell.coordinate].value
                    if isinstance(cell.value, int | float) or isinstance(beside, int | float):
                        assert cell.value == beside, f"{sheet.title}!{cell.coordinate}"
                    assert (cell.value in (None, "")) == (beside in (None, "")), cell.coordinate


def test_a_policy_is_read_from_its_sheet_whatever_the_tab_says(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    template = next(template for template in TEMPLATES if template.name == "discount_floor_sheet")
    with spoken_in(Pseudo()):
        path.write_bytes(workbook(template, example=True))
    english = policy_files.read_policy(ROOT / "templates" / "discount_floor_sheet_example.xlsx")
    assert replace(english, source="") == replace(policy_files.read_policy(path), source="")


@pytest.mark.parametrize(
    ("name", "tab"),
    [
        ("For them", "For them"),
        ("What: [all] of it?", "What all of it"),
        ("Prices and everything that comes on top", "Prices"),
        ("x" * 40, "x" * 31),
    ],
)
def test_a_tab_holds_what_the_file_format_takes(name: str, tab: str) -> None:
    assert tab == tab_title(name)
    assert tab == openpyxl.Workbook().create_sheet(tab).title


def _literals(formula: object) -> Iterator[str]:
    for token in Tokenizer(str(getattr(formula, "text", formula))).items:
        if token.type == Token.OPERAND and token.subtype == Token.TEXT and not token.value.startswith('"#'):
            yield token.value[1:-1]


class TestFormulas:
    """A sentence in a formula is one text, and what only the program reads stays as it is."""

    @pytest.mark.parametrize(
        ("formula", "in_pseudo"),
        [
            ('"all "&FIXED(A1,0)&" rows"', '"⟦àll "&FIXED(A1,0)&" röwš⟧"'),
            ('IF(A1="",""," with "&A1)', 'IF(A1="","","⟦ wîth "&A1&"⟧")'),
            ('WALKAWAY_CHECK(A1,A2,"seller")', 'WALKAWAY_CHECK(A1,A2,"seller")'),
            ('COUNTIF(A1:A9,"?*")&" red lines"', '"⟦"&COUNTIF(A1:A9,"?*")&" réd lîñéš⟧"'),
            ('HYPERLINK("#\'Start\'!A1","‹  Start")', 'HYPERLINK("#\'Start\'!A1","⟦‹  Štàrt⟧")'),
            ('A1&" / "&A2', 'A1&" / "&A2'),
        ],
    )
    def test_are_said(self, formula: str, in_pseudo: str) -> None:
        with spoken_in(Pseudo()):
            assert in_pseudo == said(formula)

    def test_may_have_their_values_in_another_order(self) -> None:
        class Turned:
            def gettext(self, message: str, /) -> str:
                return {"{value} of {number} rows": "von {number} Zeilen {value}"}[message]

            def ngettext(self, one: str, many: str, count: int, /) -> str:
                raise AssertionError

        with spoken_in(Turned()):
            assert '"von "&SUM(B1)&" Zeilen "&A1' == said('A1&" of "&SUM(B1)&" rows"')
