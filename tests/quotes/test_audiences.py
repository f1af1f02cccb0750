"""What a reader must not see is in nothing that he gets: planted values are looked for in every output."""

import io
import json
import zipfile
from fractions import Fraction

import polars as pl
import pytest

from walkaway_xl.cli import main
from walkaway_xl.quotes.audiences import AUDIENCES, COLUMNS, QUOTE_COLUMNS, Secret
from walkaway_xl.quotes.checked_batch import NUMBERS, THEN
from walkaway_xl.quotes.heads import NUMBERS as ROLES
from walkaway_xl.quotes.totals_by_quote import TOTALS

# Of the price 0.8 is left after a margin of 18 % and a rebate of 2 %: floors are costs / 0.8.
POLICY = """
warn = 0.01
[leakage]
rebate = 0.02
[[class]]
name = "*"
min_margin = 0.18
[[rule]]
name = "Plantedrule"
when = {region = "West"}
min_margin = 0.18
[[signer]]
name = "Plantedsigner"
discount = 0.99
margin = -9
price = 0.01
"""
HEAD = "order,region,customer,product,quantity,list_price,discount,cost,secret_note,purchase_price"
# A loss, a line below floor, two that keep it; what is planted stands in no other column.
LINES = [
    "Q1,West,Plantedcustomer,Desk,3,1000,0.5,713.37,Plantednote,611.23",
    "Q1,East,Plantedcustomer,Lamp,7,400,0.1,311.71,Plantednote,299.17",
    "Q2,East,Plantedcustomer,Chair,2,900,0.1,417.43,Plantednote,399.31",
    "Q2,West,Plantedcustomer,Table,5,800,0,333.19,Plantednote,301.73",
]
COSTS = ["713.37", "311.71", "417.43", "333.19", "611.23", "299.17", "399.31", "301.73"]
BAD = "Q3,East,Plantedcustomer,Stool,1,100,0,-919.19,Plantednote,1"
WORDS = ["Plantednote", "Plantedcustomer", "Plantedrule", "planted_policy", "book.csv"]


def of_line(line):
    _, _, _, _, quantity, listed, discount, cost, *_ = line.split(",")
    net = Fraction(listed) * (1 - Fraction(discount))
    floor = Fraction(cost) * 10 / 8
    return Fraction(quantity), net, Fraction(cost), floor


def spelled(value, digits):
    """A number as the outputs may write it."""
    rounded = f"{float(value):,.{digits}f}"
    return {rounded, rounded.replace(",", "")}


def margins():
    """What each line earns of its price, and all of them together, as a share and in percent."""
    parts = [(q * (net * Fraction(98, 100) - cost), q * net) for q, net, cost, _ in map(of_line, LINES)]
    shares = [earned / revenue for earned, revenue in parts]
    shares.append(sum(earned for earned, _ in parts) / sum(revenue for _, revenue in parts))
    earned = sum(earned for earned, _ in parts)
    return set().union(*(spelled(share, 5) | spelled(100 * share, 2) for share in shares), spelled(earned, 0))


def floors():
    values = [floor for *_, floor in map(of_line, LINES)]
    short = [quantity * (floor - net) for quantity, net, _, floor in map(of_line, LINES) if floor > net]
    sums = set().union(*(spelled(value, 0) for value in [*short, sum(short)]))
    return set().union(*(spelled(value, 2) for value in [*values, *short])) | sums


SECRETS = {
    "sales": [*COSTS, "919.19", *WORDS, "BELOW COST", *margins()],
    "customer": [
        *COSTS,
        "919.19",
        *WORDS,
        "BELOW",
        "NEAR FLOOR",
        "Plantedsigner",
        "floor",
        *margins(),
        *floors(),
    ],
}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """Everything that a check leaves for a reader, as text."""
    folder = tmp_path_factory.mktemp("audiences")
    (folder / "book.csv").write_text("\n".join([HEAD, *LINES, BAD]) + "\n", "utf-8")
    (folder / "planted_policy.toml").write_text(POLICY, "utf-8")

    def made(audience, capsys):
        held = {}
        command = [
            "check",
            str(folder / "book.csv"),
            "--policy",
            str(folder / "planted_policy.toml"),
            "--force",
        ]
        command += ["--audience", audience, "--group-by", "order", "--by", "region", "--column", "cost=cost"]
        own = folder / audience
        own.mkdir(exist_ok=True)
        for kind in (".xlsx", ".csv", ".parquet"):
            report = ["--report", str(own / "report.html"), "--across", "region"]
            assert 2 == main(
                [*command, "--out", str(own / f"lines{kind}"), *(report if kind == ".csv" else [])]
            )
            held[f"terminal {kind}"] = capsys.readouterr().out.replace(str(folder), "")
        assert 2 == main([*command, "--json"])
        held["json"] = capsys.readouterr().out
        for path in sorted(own.iterdir()):
            held[path.name] = text_of(path)
        return held

    return made


def text_of(path):
    if path.suffix == ".parquet":
        frame = pl.read_parquet(path)
        return json.dumps(frame.to_dict(as_series=False), default=str) + " ".join(frame.columns)
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            return " ".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return path.read_text("utf-8")


def without_our_own(name, text):
    """A page without its style and its script, which are the same for all."""
    for tag in ("style", "script") if name.endswith(".html") else ():
        while f"<{tag}>" in text:
            before, _, rest = text.partition(f"<{tag}>")
            text = before + rest.partition(f"</{tag}>")[2]
    return text


@pytest.mark.parametrize("audience", SECRETS)
def test_nothing_that_is_kept_from_a_reader_is_in_what_he_gets(audience, outputs, capsys):
    held = outputs(audience, capsys)
    assert {"report.html", "lines.csv", "lines.xlsx", "lines.parquet", "lines_by_order.csv"} < set(held)
    assert not any("rejects" in name or "left_out" in name for name in held), "reasons may say anything"
    for name, text in held.items():
        plain = without_our_own(name, text)
        secrets = SECRETS[audience]
        if name.endswith(".xlsx"):
            secrets = [
                word for word in secrets if len(word) > 5
            ]  # which numbers of styles and places are not
        assert [] == [secret for secret in secrets if secret in plain], name
        assert "9640" in plain.replace(",", "") or "report" not in name, "what is sold is there"


def test_whoever_sees_everything_gets_what_is_kept_from_others(outputs, capsys):
    """Else a search that finds nothing would prove nothing."""
    held = outputs("finance", capsys)
    everything = " ".join(without_our_own(name, text) for name, text in held.items())
    missing = [secret for secret in {*SECRETS["sales"], *SECRETS["customer"]} if secret not in everything]
    assert len(missing) < len(SECRETS["customer"]) / 2
    for secret in (*COSTS, *WORDS, "BELOW COST", "Plantedsigner", "919.19"):
        assert secret in everything
    assert "lines_rejects.csv" in held


def test_sales_sees_floors_and_signers_and_the_customer_sees_prices(outputs, capsys):
    sales, customer = outputs("sales", capsys), outputs("customer", capsys)
    lines = pl.read_csv(io.StringIO(sales["lines.csv"]))
    assert ["BELOW FLOOR", "BELOW FLOOR", "OK", "OK"] == lines["status"].to_list()
    assert {"floor", "shortfall", "signer", "region", "order"} < set(lines.columns)
    lines = pl.read_csv(io.StringIO(customer["lines.csv"]))
    assert {"order", "region", "product", "quantity", "list_price", "discount", "net_price"} == set(
        lines.columns
    )
    assert {"all", "by_segment", "by"} == json.loads(customer["json"]).keys()
    assert "Plantedsigner" in sales["report.html"]


def test_everything_that_a_check_knows_is_declared():
    added = {
        *NUMBERS,
        *THEN,
        "shortfall",
        "status",
        "signer",
        "rule",
        "reason",
        "loss_leader",
        "tier_discount",
    }
    assert set(ROLES) | added | {"target", "stretch", "asked", "product", "class", "date"} <= set(COLUMNS)
    assert set(TOTALS) == set(QUOTE_COLUMNS)
    assert AUDIENCES["finance"].secrets == set(Secret)
    assert [[word.word for word in words] for words in AUDIENCES["sales"].statuses][-1] == [
        "BELOW FLOOR",
        "BELOW COST",
    ]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--segment", "cost"), "column cost is kept from customer"),
        (("--by", "cost"), "column cost is kept from customer"),
        (("--what-if", "min_margin=0.2"), "--what-if shows what is kept from customer"),
        (("--reasons",), "--reasons shows what is kept from customer"),
    ],
)
def test_what_would_show_it_in_words_is_refused(options, words, tmp_path, capsys):
    (tmp_path / "book.csv").write_text("\n".join([HEAD, *LINES]) + "\n", "utf-8")
    (tmp_path / "policy.toml").write_text(POLICY, "utf-8")
    command = ["check", str(tmp_path / "book.csv"), "--policy", str(tmp_path / "policy.toml")]
    assert 2 == main([*command, "--column", "cost=cost", "--audience", "customer", *options])
    assert words in capsys.readouterr().err
