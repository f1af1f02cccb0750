"""Columns as people have them: whatever determines a line is read, compared and refused by name."""

import json
from pathlib import Path

import polars as pl
import pytest

from walkaway_xl.cli import main
from walkaway_xl.policy.toml import example
from walkaway_xl.quotes.columns import WAYS, _vocabulary, followed, mapped
from walkaway_xl.quotes.derivation import _HOW, derived
from walkaway_xl.quotes.heads import NUMBERS, OPEN, WORDS, split

LINES = Path(__file__).parents[2] / "walkaway_xl" / "examples" / "order_lines.csv"
CLEAN = {"OK": 180, "NEAR FLOOR": 6, "BELOW FLOOR": 47, "BELOW COST": 81}

LIST, OFF, QUANTITY, COST = map(pl.col, ("list_price", "discount", "quantity", "cost"))
NET = LIST * (1 - OFF)
SHAPES = {
    "net price": ({"Net price": NET}, "discount"),
    "net price beside the discount": ({"Net price": NET.round(2)}, ""),
    "percents": ({"Discount %": OFF * 100}, "discount"),
    "amount of a unit": ({"Discount per unit": LIST * OFF}, "discount"),
    "amount of the line": ({"Discount value": LIST * OFF * QUANTITY}, "discount"),
    "two discounts": ({"Discount 1": OFF * 0 + 0.05, "Discount 2": 1 - (1 - OFF) / 0.95}, "discount"),
    "list price from the discount": ({"Netto-VK": NET}, "list_price"),
    "extended amounts": (
        {
            "List value": LIST * QUANTITY,
            "Revenue": NET * QUANTITY,
            "COGS": COST * QUANTITY,
        },
        "list_price discount cost",
    ),
    "margin": ({"Margin %": (NET - COST) / NET * 100}, "cost"),
    "markup": ({"Markup %": (NET - COST) / COST * 100}, "cost"),
    "profit of a unit": ({"Unit margin": NET - COST}, "cost"),
    "profit of the line": ({"Profit": (NET - COST) * QUANTITY, "Sales": NET * QUANTITY}, "cost list_price"),
}


@pytest.fixture(scope="module")
def policy(tmp_path_factory):
    path = tmp_path_factory.mktemp("policy") / "policy.toml"
    path.write_text(example(), "utf-8")
    return str(path)


@pytest.fixture
def ask(policy, tmp_path, capsys):
    """Checks a frame as a text file, and gives back the exit code, the summary and what was refused."""

    def asked(frame, *options):
        path = tmp_path / "quotes.csv"
        frame.write_csv(path)
        code = main(["check", str(path), "--policy", policy, "--json", *options])
        said = capsys.readouterr()
        return code, json.loads(said.out) if said.out else {}, said.err

    return asked


@pytest.mark.parametrize("shape", SHAPES)
def test_the_verdicts_are_the_same_whatever_the_columns_are(shape, ask):
    columns, dropped = SHAPES[shape]
    frame = pl.read_csv(LINES).with_columns(**columns).drop(dropped.split())
    more = ["--surcharges"] if shape == "two discounts" else []
    code, summary, _ = ask(frame, *more)
    assert (1, 0) == (code, summary["rejected"])
    assert {word: amount["lines"] for word, amount in summary["by_status"].items()} == CLEAN


LINE = {"quantity": 2.0, "list_price": 100.0, "discount": 0.1, "cost": 60.0, "class": "Furniture"}


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"net_price": 85.0}, "net_price is 85; list_price 100, discount 0.1 make it 90"),
        ({"net_value": 170.0}, "net_value is 170; quantity 2, list_price 100, discount 0.1 make it 180"),
        ({"cost_value": 100.0}, "cost_value is 100; quantity 2, cost 60 make it 120"),
        ({"unit_discount": 20.0}, "unit_discount is 20; list_price 100, discount 0.1 make it 10"),
    ],
)
def test_a_line_that_contradicts_itself_is_rejected_with_both_numbers(more, words, ask):
    code, summary, _ = ask(pl.DataFrame(LINE | more))
    assert (2, 1) == (code, summary["rejected"])
    assert words in summary["first_rejects"][0]["reason"]
    code, summary, _ = ask(pl.DataFrame(LINE | more), "--column", f"{next(iter(more))}=-")
    assert (0, 0) == (code, summary["rejected"])


@pytest.mark.parametrize(
    ("list_price", "net", "is_right"),
    [
        (33.33, 29.99, True),  # 29.997
        (33.33, 29.98, False),
        (0.05, 0.04, True),  # 0.045
        (0.0512, 0.0461, True),  # 0.04608
        (0.0512, 0.0431, False),
    ],
)
def test_what_rounding_explains_is_no_contradiction(list_price, net, is_right, ask):
    frame = pl.DataFrame(LINE | {"list_price": list_price, "cost": 0.0, "net_price": net})
    assert (0 if is_right else 1) == ask(frame)[1]["rejected"]


def test_a_line_that_states_too_little_says_what_is_blank(ask):
    frame = pl.DataFrame(LINE | {"net_price": None}, strict=False).drop("discount")
    reason = ask(frame)[1]["first_rejects"][0]["reason"]
    assert "net_price is blank, so that there is no discount" == reason


def test_a_line_takes_the_column_that_it_has(ask):
    rows = [{"discount": 0.1, "net_price": None}, {"discount": None, "net_price": 90.0}]
    code, summary, _ = ask(pl.DataFrame([LINE | row for row in rows]))
    assert (0, 0, 0.1) == (code, summary["rejected"], pytest.approx(summary["all"]["blended_discount"]))


class TestUnits:
    def test_percents_of_a_head_without_the_sign_are_asked_about_with_amounts(self, ask):
        code, _, said = ask(pl.DataFrame(LINE | {"discount": 10.0}))
        assert 2 == code
        for option in ("--discounts-in percent", "--discounts-in share", "unit_discount=discount"):
            assert option in said
        assert 0 == ask(pl.DataFrame(LINE | {"discount": 10.0}), "--discounts-in", "percent")[0]
        assert 0 == ask(pl.DataFrame(LINE | {"discount": 10.0}), "--column", "unit_discount=discount")[0]

    def test_a_head_of_percents_over_shares_is_taken_for_shares(self, ask):
        frame = pl.DataFrame(LINE).rename({"discount": "Discount %"})
        assert 0.1 == pytest.approx(ask(frame)[1]["all"]["blended_discount"])

    def test_percents_that_go_on_as_shares_are_asked_about(self, ask, monkeypatch):
        monkeypatch.setattr("walkaway_xl.quotes.opening.LOOKED_AT", 2)
        frame = pl.DataFrame([LINE | {"discount": value} for value in (5.0, 5.0, 0.1, 0.1, 0.1)])
        code, _, said = ask(frame.rename({"discount": "Discount %"}))
        assert (2, True) == (code, "begins with percents" in said)

    def test_a_markup_above_1_is_asked_about(self, ask):
        frame = pl.DataFrame(LINE | {"markup": 1.5}).drop("cost")
        code, _, said = ask(frame)
        assert (2, True) == (code, "1.5 is 150 %" in said)
        assert 0 == ask(frame, "--margins-in", "share")[0]

    def test_negative_amounts_are_refused_with_the_options_that_read_them(self, ask):
        frame = pl.DataFrame(LINE | {"unit_discount": -10.0}).drop("discount")
        code, _, said = ask(frame)
        assert (2, True) == (code, "--negative-discounts" in said)
        assert 0 == ask(frame, "--negative-discounts")[0]


class TestHeads:
    @pytest.mark.parametrize(
        "head",
        [
            "List price,Net price,Unit cost,Qty,Category,Currency",
            "Listenpreis (EUR),Rabatt %,Einstandspreis,Menge,Warengruppe,Währung",
            "Prix catalogue,Remise %,Prix de revient,Quantité,Famille,Devise",
            "Precio de lista,Descuento %,Coste unitario,Cantidad,Familia,Moneda",
            "Prezzo di listino,Sconto %,Costo unitario,Quantità,Categoria,Valuta",
            "Preço de tabela,Desconto %,Custo unitário,Quantidade,Família,Moeda",
            "PR00,NETWR,WAVWR,KWMENG,MATKL,WAERK",
            "ListPrice,TotalPrice,Unit Cost,Quantity,Product Family,CurrencyIsoCode",
            "List Price,ExtendedAmount,Current Cost,Quantity,Category,TransactionCurrencyId",
        ],
    )
    def test_are_read_in_six_languages_and_three_exports(self, head):
        columns = mapped(head.split(","), {}, "book")
        assert {"list_price", "discount", "cost", "quantity"} <= followed(columns.numbers)
        assert None not in (columns.product_class, columns.currency)

    def test_a_word_means_one_thing(self):
        roles = {}
        for role, words in _vocabulary().items():
            for word in words:
                roles.setdefault(word, []).append(role)
        assert {} == {word: several for word, several in roles.items() if len(several) > 1}

    def test_an_open_head_lists_what_it_could_be_where_it_could_help(self, ask):
        frame = pl.DataFrame(LINE).rename({"list_price": "Price"})
        code, _, said = ask(frame)
        assert (2, True, True) == (code, "list_price=Price" in said, "net_price=Price" in said)
        code, *_ = ask(frame, "--column", "list_price=Price")
        assert 0 == code
        assert 0 == ask(pl.DataFrame(LINE | {"Amount": 1.0}))[0], "it is not needed"

    def test_what_is_missing_is_refused_with_what_could_stand_in_its_place(self, ask):
        code, _, said = ask(pl.DataFrame(LINE).drop("cost"))
        assert (2, True) == (code, "no column holds cost, nor cost_value, quantity together" in said)

    def test_open_words_lead_to_roles_and_none_of_them_is_sure(self):
        sure = {word for words in _vocabulary().values() for word in words}
        for words, roles in OPEN.items():
            assert set(roles.split()) <= set(NUMBERS)
            assert [] == [word for word in split(words) if word in sure]
        assert not set(NUMBERS) & set(WORDS)


def test_every_way_is_calculated():
    assert set(_HOW) == {(role, *way) for role, ways in WAYS.items() for way in ways}


def test_a_list_price_of_0_is_what_is_wrong_with_a_line():
    four = {"net_price": [5.0], "list_price": [0.0], "cost": [1.0], "quantity": [1.0]}
    done = derived({role: pl.Series(values).to_numpy() for role, values in four.items()})
    assert 0 == done.numbers["discount"][0]
