"""Exceptions: asked for, decided, honoured while they hold, and no longer when the line has changed."""

import json

import polars as pl
import pytest

from walkaway_xl.cli import main
from walkaway_xl.policy.rules import lint
from walkaway_xl.policy.toml import as_toml, example, from_toml

HEAD = "order,product,class,date,quantity,list_price,discount,cost"
LOW = "A-1,Desk,Furniture,2026-03-01,10,120,0.42,68"
GOOD = "A-2,Lamp,Furniture,2026-03-01,1,100,0,40"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "policy.toml").write_text(example())
    return tmp_path


@pytest.fixture
def check(folder, capsys):
    """Exit code, summary and checked lines of a book."""

    def ask(*lines, options=(), head=HEAD):
        book, out = folder / "book.csv", folder / "out.parquet"
        book.write_text("\n".join([head, *lines]) + "\n", "utf-8")
        command = ["check", str(book), "--policy", str(folder / "policy.toml"), "--out", str(out)]
        code = main([*command, "--json", "--force", *options])
        said = capsys.readouterr()
        return (
            code,
            json.loads(said.out) if said.out else said.err,
            pl.read_parquet(out) if code < 2 else None,
        )

    return ask


@pytest.fixture
def decided(folder, check):
    """The register that --ask begins for a line, with a decision in it."""

    def write(line=LOW, **changed):
        asked = folder / "asked.csv"
        code, _, _ = check(line, GOOD, options=["--ask", str(asked), "--group-by", "order"])
        assert 1 == code
        values = {
            "requested_by": "Key accounts",
            "decided_by": "Chief executive",
            "reason": "Clearance",
            "on": "2026-02-01",
            "until": "2026-03-31",
            **changed,
        }
        register = pl.read_csv(asked, infer_schema=False)
        register = register.with_columns(pl.lit(value, pl.String).alias(key) for key, value in values.items())
        register.write_csv(folder / "register.csv")
        return ["--exceptions", str(folder / "register.csv")]

    return write


def states(summary):
    return [one["state"] for one in summary["exceptions"]["register"]]


def test_what_is_asked_for_says_how_the_line_stood_and_holds_when_it_is_decided(check, decided, folder):
    options = decided()
    register = pl.read_csv(folder / "asked.csv", infer_schema=False).to_dicts()
    assert [("A-1", "Desk", "2026-03-01", "Chief executive")] == [
        tuple(row[key] for key in ("order", "product", "date", "needs")) for row in register
    ]
    assert (
        "quantity 10, list price 120.00, discount 42.0%, cost 68.00, floor 77.86"
        == register[0]["as_it_stood"]
    )
    code, summary, lines = check(LOW, GOOD, options=options)
    assert (0, ["VALID"]) == (code, states(summary))
    assert ["VALID", None] == lines["exception"].to_list()
    assert ["BELOW COST", "OK"] == lines["status"].cast(pl.String).to_list(), "an exception changes no status"
    assert summary["exceptions"]["excepted"]["shortfall"] == summary["all"]["shortfall"] > 0


@pytest.mark.parametrize(
    ("line", "state"),
    [
        (LOW.replace("0.42", "0.43"), "STALE"),
        (LOW.replace(",10,", ",11,"), "STALE"),
        (LOW.replace(",68", ",68.01"), "STALE"),
        (LOW.replace(",120,", ",120.0000,"), "VALID"),
        (LOW.replace("2026-03-01", "2026-04-01"), None),
        (LOW.replace("Desk", "Chair"), None),
    ],
)
def test_a_changed_line_needs_a_new_one(line, state, check, decided):
    code, summary, _ = check(line, GOOD, options=decided())
    assert (0 if state == "VALID" else 1, [state or "NO LINE"]) == (code, states(summary))


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        ({"until": "2026-02-28"}, "EXPIRED"),
        ({"on": "2026-03-02"}, "EXPIRED"),
        ({"until": "2026-03-01", "on": "2026-03-01"}, "VALID"),
        ({"decided_by": "Sales manager"}, "TOO JUNIOR"),
        ({"decided_by": "Somebody"}, "TOO JUNIOR"),
        ({"decided_by": None}, "INCOMPLETE"),
        ({"until": None}, "INCOMPLETE"),
        ({"decision": "declined"}, "DECLINED"),
        ({"decision": "approved"}, "VALID"),
    ],
)
def test_one_that_does_not_hold_is_listed_with_what_has_become_of_it(changed, state, check, decided):
    code, summary, lines = check(LOW, GOOD, options=decided(**changed))
    assert (0 if state == "VALID" else 1, [state]) == (code, states(summary))
    assert [state, None] == lines["exception"].to_list()
    named = [sentence for sentence in summary["remarks"] if "do not hold" in sentence]
    assert ([] if state == "VALID" else [f"Exceptions that do not hold: 1 {state}."]) == named


def test_the_day_is_that_of_the_line_or_the_one_that_is_given(check, decided):
    options = decided()
    assert 1 == check(LOW, GOOD, options=[*options, "--as-of", "2026-04-01"])[0]
    assert 0 == check(LOW, GOOD, options=[*options, "--as-of", "2026-03-31"])[0]
    register = options[1]
    text = pl.read_csv(register, infer_schema=False).drop("date")
    text.write_csv(register)
    undated = [line.replace("2026-03-01,", "") for line in (LOW, GOOD)]
    head = HEAD.replace("date,", "")
    code, said, _ = check(*undated, options=options, head=head)
    assert (2, True) == (code, "exceptions hold from day to day" in said and "--as-of" in said)
    assert 0 == check(*undated, options=[*options, "--as-of", "2026-03-31"], head=head)[0]


def test_exceptions_of_a_policy_are_written_and_read_again(check, folder, decided):
    decided()
    fingerprint = pl.read_csv(folder / "asked.csv", infer_schema=False)["fingerprint"][0]
    text = (
        example()
        + f"""
[[exception]]
line = {{order = "a-1 ", product = "DESK"}}
fingerprint = "{fingerprint.upper()}"
requested_by = "Key accounts"
decided_by = "Chief executive"
reason = "Clearance"
on = 2026-02-01
until = 2026-03-31
"""
    )
    (folder / "policy.toml").write_text(text)
    policy = from_toml(text.encode(), "policy.toml")
    assert () == lint(policy)
    assert policy == from_toml(as_toml(policy).encode(), "policy.toml")
    code, summary, _ = check(LOW, GOOD)
    assert (0, ["VALID"]) == (code, states(summary))


def test_a_quote_is_open_until_each_of_its_lines_has_one(check, decided):
    other = LOW.replace("Desk", "Chair")
    both = check(LOW, other, options=[*decided(), "--group-by", "order"])
    one = check(LOW, GOOD, options=[*decided(), "--group-by", "order"])
    assert (1, 1, 1) == (both[0], both[1]["quotes"]["open"], both[1]["quotes"]["below_floor"])
    assert (0, 0, 1) == (one[0], one[1]["quotes"]["open"], one[1]["quotes"]["below_floor"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("order,reason\nA-1,because\n", "a register has a column fingerprint"),
        ("fingerprint,reason\nabc,because\n", "columns that name the line"),
        (
            "order,fingerprint,until\nA-1,abc,31.3.2026\n",
            "register.csv:2: until must be a day; write 2026-01-31",
        ),
        ("order,fingerprint,decision\nA-1,abc,perhaps\n", 'decision must be "approved" or "declined"'),
        ("planet,fingerprint\nMars,abc\n", "planet"),
        ("order,fingerprint\nA-1,\n", "Exceptions: gap: order A-1 has no fingerprint"),
    ],
)
def test_a_register_that_cannot_be_meant_is_refused(text, words, check, folder):
    (folder / "register.csv").write_text(text)
    code, said, _ = check(LOW, GOOD, options=["--exceptions", str(folder / "register.csv")])
    assert 2 == code
    assert words in said


def test_a_register_is_a_file_of_exceptions_alone(check, folder):
    (folder / "register.toml").write_text(example())
    code, said, _ = check(LOW, GOOD, options=["--exceptions", str(folder / "register.toml")])
    assert (2, True) == (code, "a register holds [[exception]]s and nothing else" in said)


def test_lines_are_asked_for_by_what_names_them(check, folder):
    bare = [line.split(",", 2)[2] for line in (LOW, GOOD)]
    options = ["--ask", str(folder / "asked.csv")]
    code, said, _ = check(*bare, options=options, head=HEAD.split(",", 2)[2])
    assert (2, True) == (code, "--group-by COLUMN or --column product" in said)


def test_an_exception_is_one_of_the_currency_of_its_line(check, folder):
    policy = folder / "policy.toml"
    one = '[[exception]]\nfingerprint = "0"\nline = {{order = "A-{}"}}\n'
    policy.write_text(example() + one.format(1) + one.format(9))
    lines = [f"{LOW},EUR", f"{GOOD},USD"]
    by_currency = check(*lines, head=f"{HEAD},currency")[1]["by_currency"]
    assert {"EUR": ["INCOMPLETE", "NO LINE"], "USD": ["NO LINE"]} == {
        currency: states(summary) for currency, summary in by_currency.items()
    }


@pytest.mark.parametrize(
    ("kind", "named", "state"),
    [
        (pl.Float64, "1077", "VALID"),
        (pl.Float64, '"1077.0"', "VALID"),
        (pl.Decimal(10, 2), "1077", "VALID"),
        (pl.Int64, '"1077.0"', "VALID"),
        (pl.Int64, "1077", "VALID"),
        (pl.String, "1077", "VALID"),
        (pl.String, '"1077.0"', "NO LINE"),
        (pl.Float64, "1077.5", "NO LINE"),
    ],
)
def test_a_number_names_a_line_however_it_is_stored(kind, named, state, check, decided, folder, capsys):
    fingerprint = pl.read_csv(decided()[1], infer_schema=False)["fingerprint"][0]
    one = f'requested_by = "x"\ndecided_by = "Chief executive"\nreason = "y"\nfingerprint = "{fingerprint}"\n'
    one += f"on = 2026-01-01\nuntil = 2026-03-31\nline = {{order = {named}}}\n"
    (folder / "policy.toml").write_text(f"{example()}\n[[exception]]\n{one}")
    book = pl.read_csv((folder / "book.csv").read_bytes(), try_parse_dates=True).head(1)
    orders = pl.Series("order", ["1077"]).cast(pl.Int64).cast(kind)
    book.with_columns(orders).write_parquet(folder / "book.parquet")
    capsys.readouterr()
    main(["check", str(folder / "book.parquet"), "--policy", str(folder / "policy.toml"), "--json"])
    assert [state] == states(json.loads(capsys.readouterr().out))


def test_a_column_that_names_a_line_twice_is_refused(check, folder):
    twice = '[[exception]]\nline = {order = "A-1", "Or der" = "A-2"}\nfingerprint = "0"\n'
    (folder / "policy.toml").write_text(example() + twice)
    code, words, _ = check(LOW)
    assert (2, True) == (code, "names a column twice; name each of them once" in words)


@pytest.mark.parametrize(
    ("exception", "title"),
    [
        ('fingerprint = "a"', "Exceptions: gap"),
        ('line = {order = ["A", "B"]}\nfingerprint = "a"', "Exceptions: gap"),
        ('line = {order = "> 3"}\nfingerprint = "a"', "Exceptions: gap"),
        ('line = {order = "A", "Order " = "B"}\nfingerprint = "a"', "Exceptions: gap"),
        ('line = {order = "A"}\nfingerprint = "a"\non = 2026-02-01\nuntil = 2026-01-31', "Exceptions: days"),
        ('line = {order = "A"}\nfingerprint = "a"\ndecided_by = "Nobody"', "Exceptions: unknown signer"),
    ],
)
def test_lint_finds_what_is_wrong_with_one(exception, title):
    policy = from_toml(f"{example()}\n[[exception]]\n{exception}\n".encode(), "policy.toml")
    assert title in [fault.rule.title for fault in lint(policy)]


def test_two_decisions_for_the_same_days_are_one_too_many():
    one = '\n[[exception]]\nline = {order = "A"}\nfingerprint = "a"\nrequested_by = "x"\nreason = "y"\n'
    one += 'decided_by = "Chief executive"\non = 2026-01-01\nuntil = 2026-03-31\n'
    for other, titles in (
        (one, ["Exceptions: decided twice"]),
        (one.replace("2026-03-31", "2026-06-30").replace("2026-01-01", "2026-04-01"), []),
    ):
        policy = from_toml(f"{example()}{one}{other}".encode(), "policy.toml")
        assert titles == [fault.rule.title for fault in lint(policy)]
