"""A policy: what its file may say, where a fault stands, and that the Policy sheet agrees."""

import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example as for_instance
from hypothesis import given
from hypothesis import strategies as st

from walkaway_xl.cli import main
from walkaway_xl.policy import EXAMPLE, Policy, ProductClass, Signer, Tier, rules
from walkaway_xl.policy.fields import schema
from walkaway_xl.policy.model import PolicyError
from walkaway_xl.policy.rules import lint
from walkaway_xl.policy.toml import as_toml, example, from_toml
from walkaway_xl.quotes.policy_files import as_file, read_policy
from walkaway_xl.workbooks.discount_floor_sheet import policy_sheet as sheet

WORKSHEET = Path(__file__).parents[2] / "templates" / "discount_floor_sheet_example.xlsx"
WORDS = {rule.title: rule.remedy for rule in rules.RULES if rule is not rules.EMPTY}


def stated(text: str) -> Policy:
    return from_toml(text.encode(), "policy.toml")


def changed(old: str, new: str) -> str:
    """The example with one thing otherwise."""
    assert 1 <= example().count(old), old
    return example().replace(old, new, 1)


class TestFile:
    def test_what_is_written_is_read_again(self):
        assert EXAMPLE == stated(example())

    @given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
    @for_instance("\x7f")
    @for_instance("\x85\u2028\ufeff\\")
    def test_a_name_may_hold_any_sign(self, name):
        policy = replace(EXAMPLE, classes=(ProductClass(name, 0.1),))
        text = as_toml(policy, (f"Guidance of {name}",))
        assert policy == stated(text)
        assert str(text.split("\n").index("[[class]]") + 1) == stated(text).classes[0].place

    def test_the_example_is_the_policy_of_the_worksheet(self):
        on_sheet = read_policy(WORKSHEET)
        rounded = Policy(**{**vars(on_sheet), "price_step": EXAMPLE.price_step})
        assert EXAMPLE == rounded, "a sheet does not round"
        assert () == lint(on_sheet)

    @pytest.mark.parametrize(
        ("old", "new", "line", "words"),
        [
            (
                "min_margin = 0.1 ",
                "min_margin = 15 ",
                22,
                "min_margin must be below 1; it is 15. Write 0.15, not 15.",
            ),
            ("rebate = 0.01", "rebat = 0.01", 11, "did you mean rebate?"),
            ("[[tier]]", "[[teir]]", 58, "did you mean tier?"),
            (
                "terms_days = 30",
                'terms_days = "30"',
                14,
                'terms_days must be a number; it is "30".',
            ),
            (
                "terms_days = 30",
                "terms_days = -1",
                14,
                "terms_days must be zero or more; it is −1.",
            ),
            ("rate = 0.08", "rate = nan", 13, "rate must be a number; it is"),
            ("rate = 0.08", "rate = inf", 13, "rate must be a finite number; it is infinite."),
            ("discount = 0.3", "discount = true", 47, "discount must be a number; it is TRUE."),
        ],
    )
    def test_what_cannot_be_meant_is_refused_by_its_line(self, old, new, line, words):
        with pytest.raises(PolicyError, match=rf"policy\.toml:{line}: .*{re.escape(words)}"):
            stated(changed(old, new))

    def test_the_margin_is_of_the_invoice_or_net_of_leakage_and_nothing_else(self):
        net = changed('margin_basis = "invoice"', 'margin_basis = "net"')
        assert "net" == stated(net).margin_basis
        assert stated(net) == stated(as_toml(stated(net)))
        with pytest.raises(
            PolicyError, match='toml:6: margin_basis must be "invoice" or "net"; it is "gross"'
        ):
            stated(net.replace('"net"', '"gross"'))

    def test_a_sheet_holds_the_basis_of_the_margin(self, tmp_path):
        path, policy = tmp_path / "policy.xlsx", replace(EXAMPLE, margin_basis="net")
        path.write_bytes(as_file(policy, path, ""))
        assert replace(policy, price_step=None) == read_policy(path)

    def test_lines_end_where_toml_ends_them(self):
        with pytest.raises(PolicyError, match="toml:2: "):
            stated("# one\u2028line\nwarn = 15\n")

    def test_text_that_is_no_toml_is_refused_by_its_line(self):
        with pytest.raises(PolicyError, match="line 3"):
            stated("warn = 0.02\n\nfixed_cost = \n")

    def test_the_schema_knows_every_key_of_the_example(self):
        import tomllib

        properties, policy = schema()["properties"], tomllib.loads(example())
        assert set() == set(policy) - set(properties)
        for table in ("class", "signer", "tier"):
            keys = {key for row in policy[table] for key in row}
            assert set() == keys - set(properties[table]["items"]["properties"])


class TestLint:
    @pytest.mark.parametrize(
        ("old", "new", "rule", "place", "words"),
        [
            ('name = "Technology"\n', "", rules.CLASS_GAP, "28", "has no name"),
            ("min_margin = 0.12\n", "", rules.CLASS_GAP, "28", "Technology has no margin"),
            ('"Technology"', '"furniture "', rules.CLASS_TWICE, "20", "more than once"),
            ("min_margin = 0.12", "min_margin = 0.98", rules.CLASS_REACH, "28", "98.0%"),
            (
                "margin = 0.2\n",
                "",
                rules.SIGNER_GAP,
                "39",
                "Sales manager has no limit for margin, and Sales director has one",
            ),
            ("discount = 0.2\n", "discount = 0.1\n", rules.SIGNER_OVERLAP, "39", "share the discount 10%"),
            (
                "discount = 0.3\n",
                "discount = 0.15\n",
                rules.SIGNER_ORDER,
                "45",
                "Sales manager, who is more junior, may sign a discount of 20%, Sales director only 15%",
            ),
            ("margin = 0.15\nprice", "margin = 0.14\nprice", rules.SIGNER_BEYOND, "45", "15%"),
            ("quantity = 25\n", "", rules.TIER_GAP, "66", "no quantity"),
            ("quantity = 25\n", "quantity = 10\n", rules.TIER_OVERLAP, "66", "begin at 10"),
            ("discount = 0.04\n", "discount = 0.01\n", rules.TIER_ORDER, "66", "1.0%"),
            # Worked by hand: 9 at full price are 9.00, 10 at 20 % off are 8.00.
            ("discount = 0.02\n", "discount = 0.2\n", rules.TIER_CLIFF, "62", "9 units cost more than 10"),
        ],
    )
    def test_finds_each_fault_with_its_line(self, old, new, rule, place, words):
        faults = [fault for fault in lint(stated(changed(old, new))) if fault.rule is rule]
        assert [place] == [fault.place for fault in faults][:1]
        assert words in faults[0].words
        assert faults[0].words.endswith(rule.remedy)

    def test_a_margin_net_of_leakage_leaves_a_price_where_one_of_the_invoice_does_not(self):
        """95 % of what 10 % leakage leaves is 85.5 % of the invoice; of the invoice, 105 % would go."""
        policy = replace(EXAMPLE, rebate=0.1, rate=0.0, classes=(ProductClass("Pens", 0.95),))
        broken_rules = [
            [fault.rule for fault in lint(replace(policy, margin_basis=basis))]
            for basis in ("invoice", "net")
        ]
        assert [True, False] == [rules.CLASS_REACH in broken for broken in broken_rules]

    def test_faults_come_in_the_order_of_their_lines(self):
        """From the top of the file: line 9 before 10 and 12 before 100, whatever kind of fault each is."""
        broken = Policy(
            classes=(ProductClass("Pens", None, place="100"), ProductClass("Toys", 1.0, place="9")),
            signers=(Signer("A", 0.1, None, 0.9, place="12"), Signer(None, 0.1, 0.2, 0.8, place="10")),
            tiers=(Tier(1, None, place="2"),),
        )
        assert ["2", "9", "10", "12", "100"] == list(dict.fromkeys(fault.place for fault in lint(broken)))

    def test_an_empty_policy_has_no_class_and_no_signer(self):
        assert [rules.EMPTY] * 2 == [fault.rule for fault in lint(Policy())]

    def test_exit_code_and_place(self, tmp_path, capsys):
        path = tmp_path / "policy.toml"
        path.write_text(changed("margin = 0.15\nprice", "margin = 0.14\nprice"))
        assert 1 == main(["policy", "lint", str(path)])
        assert f"{path}:45: Signers: limit beyond the floor" in capsys.readouterr().out
        path.write_text(example())
        assert 0 == main(["policy", "lint", str(path)])


def test_the_sheet_finds_the_same_faults_in_the_same_words(tmp_path):
    """Several faults of each kind on one sheet; the embedded engine counts them there."""
    broken = Policy(
        classes=(
            ProductClass("Furniture", 0.10),
            ProductClass("Furniture", 0.20),
            ProductClass("Toys", None),
            ProductClass("Pens", 0.99),
        ),
        signers=(
            Signer("A", 0.10, 0.25, 0.90),
            Signer("B", 0.10, 0.30, 0.90),
            Signer("C", 0.30, None, 0.65),
            Signer("D", 0.20, 0.15, 0.70),
        ),
        tiers=(Tier(1, 0.0), Tier(1, 0.02), Tier(20, 0.01), Tier(None, 0.5)),
        rebate=0.01,
        warn=0.05,
    )
    path = tmp_path / "broken.xlsx"
    path.write_bytes(as_file(broken, path, ""))
    book = openpyxl.load_workbook(path, data_only=True, read_only=True)
    rows = book["Policy"].iter_rows(min_row=sheet.LINT_HEAD + 1, min_col=7, max_col=9, values_only=True)
    counted = {title: (count, words) for title, count, words in rows if title in WORDS}

    assert set(counted) == {rule.title for rule in rules.RULES if rule.on_sheet}
    assert broken == read_policy(path)
    titles = [fault.rule.title for fault in lint(read_policy(path))]
    assert {title: count for title, (count, _) in counted.items()} == {
        title: titles.count(title) for title in counted
    }
    assert {title for title in counted if title in titles} == {
        title for title, (_, words) in counted.items() if words.endswith(WORDS[title])
    }
