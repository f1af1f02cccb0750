"""Text files as programs write them: the same lines, whatever stands between and around them."""

import json
from pathlib import Path

import polars as pl
import pytest

from walkaway_xl.cli import main
from walkaway_xl.policy.toml import example

LINES = Path(__file__).parents[2] / "walkaway_xl" / "examples" / "order_lines.csv"
CLEAN = {"OK": 180, "NEAR FLOOR": 6, "BELOW FLOOR": 47, "BELOW COST": 81}
PRICES = ("list_price", "discount", "cost")


@pytest.fixture(scope="module")
def policy(tmp_path_factory):
    path = tmp_path_factory.mktemp("policy") / "policy.toml"
    path.write_text(example(), "utf-8")
    return str(path)


@pytest.fixture
def ask(policy, tmp_path, capsys):
    """Checks bytes as a text file, and gives back the exit code, the summary and what was refused."""

    def asked(data, *options, name="quotes.csv"):
        path = tmp_path / name
        path.write_bytes(data)
        code = main(["check", str(path), "--policy", policy, "--json", *options])
        said = capsys.readouterr()
        return code, json.loads(said.out) if said.out else {}, said.err

    return asked


FRAME = pl.read_csv(LINES, infer_schema=False).with_columns(
    product=pl.col("product").str.replace_all("[“”]", "'") + " Größe"
)
TEXT = FRAME.write_csv()


def german(number):
    whole, _, rest = number.partition(".")
    return f"{int(whole):,}".replace(",", ".") + (f",{rest}" if rest else "")


GERMAN = FRAME.with_columns(
    pl.Series(name, [german(cell) for cell in FRAME[name]]) for name in PRICES
).rename({"list_price": "Listenpreis", "discount": "Rabatt", "cost": "Einstandspreis", "quantity": "Menge"})
FORMS = {
    "UTF-8 with a mark": TEXT.encode("utf-8-sig"),
    "UTF-16 with a mark": TEXT.encode("utf-16"),
    "UTF-16 without one": TEXT.encode("utf-16-le"),
    "Windows-1252": TEXT.encode("cp1252", "replace"),
    "an old Mac": TEXT.replace("\n", "\r").encode("mac_roman", "replace"),
    "DOS": TEXT.replace("\n", "\r\n").encode("cp850", "replace"),
    "tabs": FRAME.write_csv(separator="\t").encode(),
    "strokes": FRAME.write_csv(separator="|").encode(),
    "German Excel": GERMAN.write_csv(separator=";", line_terminator="\r\n").encode("cp1252", "replace"),
    "a line that says the separator": b"sep=;\r\n" + FRAME.write_csv(separator=";").encode(),
    "titles above the heads": b"Orders of May\n\nBy;Miller, A.;2026\n"
    + GERMAN.write_csv(separator=";").encode(),
    "a separator at the end of each line": "\n".join(f"{line}," for line in TEXT.splitlines()).encode(),
    "one at the end of all but the heads": TEXT.replace("\n", ",\n").replace(",\n", "\n", 1).encode(),
    "a second head of the same name": TEXT.replace("\n", ",EUR,EUR\n")
    .replace("EUR,EUR", "Curr,Curr", 1)
    .encode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_verdicts_are_the_same_however_the_file_is_written(form, ask, tmp_path):
    out = tmp_path / "out.csv"
    code, summary, _ = ask(FORMS[form], "--out", str(out))
    assert (1, 0, 0) == (code, summary["rejected"], summary["left_out"]["rows"])
    assert {word: amount["lines"] for word, amount in summary["by_status"].items()} == CLEAN
    assert FRAME["product"].to_list() == pl.read_csv(out, infer_schema=False)["product"].to_list()


HEAD = "class,product,quantity,list_price,discount,cost\n"


class TestNumbers:
    @pytest.mark.parametrize(
        ("price", "value"),
        [("1,234.50", 1234.5), ("120.00-", -120), ("(120.00)", -120), ("−5", -5), ("1 234.50", 1234.5)],
    )
    def test_are_read_as_programs_write_them(self, price, value, ask):
        line = f'Furniture,Desk,1,"{price}",0.25,0\n'
        summary = ask(f"{HEAD}{line}".encode())[1]
        if value < 0:
            assert f"list_price must be above 0; it is −{-value:g}" in summary["first_rejects"][0]["reason"]
        else:
            assert value == summary["all"]["list_value"]

    def test_a_sign_that_could_be_either_is_left_to_the_options(self, ask):
        code, _, said = ask(f"{HEAD}Furniture,Desk,1,1.200,0,600\n".encode())
        assert (2, True) == (code, "have two readings" in said)

    def test_a_file_of_two_notations_is_read_in_none_of_them(self, ask):
        rows = 'Furniture,Desk,1,"120,5",0.25,60.5\nFurniture,Desk,1,120.5,0.25,60.5\n'
        assert 1 == ask(f"{HEAD}{rows}".encode())[1]["rejected"]


def test_inches_in_a_cell_without_quotes_are_text(ask, tmp_path):
    out = tmp_path / "out.csv"
    rows = 'Furniture,Pipe 3" steel,1,100,0.1,60\nFurniture,"Tube, 5"" steel",1,100,0.1,60\n'
    assert 0 == ask(f"{HEAD}{rows}".encode(), "--out", str(out))[0]
    assert ['Pipe 3" steel', 'Tube, 5" steel'] == pl.read_csv(out)["product"].to_list()


def test_options_say_what_cannot_be_seen(ask):
    rows = "a;b;c;d;e;f\nFurniture;Müller;1;100;0,1;80\n".encode("cp850")
    columns = {"class": "a", "product": "b", "quantity": "c", "list_price": "d", "discount": "e", "cost": "f"}
    more = [word for role, name in columns.items() for word in ("--column", f"{role}={name}")]
    code, summary, _ = ask(rows, *more, "--encoding", "cp850", "--separator", ";", "--head", "1")
    assert (1, "Müller") == (code, summary["worst"][0]["product"])
    for option, words in (("--encoding=klingon", "there is no such encoding"), ("--head=9", "is empty")):
        assert words in ask(rows, *more, option)[2]
