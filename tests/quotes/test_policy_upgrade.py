"""A policy says its format, and an older one is brought up to date line by line."""

import tomllib

import pytest

from walkaway_xl import formats
from walkaway_xl.cli import main
from walkaway_xl.policy import fields
from walkaway_xl.policy.model import PolicyError
from walkaway_xl.policy.policy_upgrade import upgraded
from walkaway_xl.policy.toml import example, from_toml

SIGNER = '[[signer]]\nname = "Manager"\ndiscount = 0.1\nmargin = 0.25\nprice = 0.9\n'
OLDER = f"""\
# ours
warn = 0.05  # as agreed in spring
patience = 3
[leakage]
rebate = 0.01
gone = "with the wind"

{SIGNER}was = 1
[[rule]]
when.region = "West"
min_margin = 0.1

[other]
a = 1
b = [
  2,
]
"""
FORMAT = f"format = {fields.current_format()}"


def test_its_number_is_written_and_read():
    assert FORMAT in example()
    assert from_toml(example().encode(), "a") == from_toml(example().replace(FORMAT, "").encode(), "a")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("999", "p.toml:1: this policy has format 999"),
        ("0", "p.toml:1: format must be a whole number from 1 on; write format = "),
        ("true", "must be a whole number"),
        ('"1"', "must be a whole number"),
    ],
)
def test_of_a_newer_version_and_what_is_none_is_refused(number, said):
    with pytest.raises(PolicyError, match=said):
        from_toml(f"format = {number}\n{SIGNER}".encode(), "p.toml")


def test_has_a_new_number_where_something_else_is_asked():
    asked = list(fields.asked())
    assert fields.current_format() + 1 == formats.number(formats.POLICY, [*asked, ".patience"])
    assert fields.current_format() == formats.number(formats.POLICY, reversed(asked))


class TestOlderOne:
    def test_keeps_its_lines_and_what_nobody_asks_as_comments(self):
        new, left = upgraded(OLDER.encode(), "p.toml")
        text = new.decode()
        assert text.startswith(FORMAT)
        kept = [line for line in text.splitlines()[1:] if line in OLDER.splitlines()]
        gone = ["patience = 3", 'gone = "with the wind"', "was = 1", "[other]", "a = 1", "b = [", "  2,", "]"]
        assert [line for line in OLDER.splitlines() if line not in gone] == kept
        assert [f"# {line}" for line in gone] == [
            line for line in text.splitlines() if line.startswith("# ")
        ][1:]
        assert 4 == len(left)
        assert "leakage.gone: 'with the wind'; no policy states it any more" in left
        policy = from_toml(new, "p.toml")
        assert (0.05, 0.01, 1) == (policy.warn, policy.rebate, len(policy.rules))

    def test_that_is_current_says_the_same_as_before(self):
        new, left = upgraded(example().encode(), "p.toml")
        assert (tomllib.loads(example()), ()) == (tomllib.loads(new.decode()), left)

    def test_keeps_the_line_ends_of_windows(self):
        new, _ = upgraded(b"\xef\xbb\xbf" + SIGNER.replace("\n", "\r\n").encode(), "p.toml")
        assert new.count(b"\r\n") == new.count(b"\n") == SIGNER.count("\n") + 1

    def test_whose_lines_cannot_be_told_apart_is_refused_with_what_helps(self):
        text = f'patience = """\nwarn = 0.05\n"""\n{SIGNER}'
        with pytest.raises(PolicyError, match="take out patience"):
            upgraded(text.encode(), "p.toml")

    def test_that_states_what_no_policy_can_is_refused_with_its_line(self):
        with pytest.raises(PolicyError, match=r"p.toml:\d+: warn must"):
            upgraded(f"warn = -1\n{SIGNER}".encode(), "p.toml")


def test_the_command_keeps_the_old_file_and_ends_with_3_where_something_is_left(tmp_path, capsys):
    path = tmp_path / "policy.toml"
    path.write_text(OLDER, "utf-8")
    assert 3 == main(["upgrade", str(path)])
    assert OLDER == path.read_text("utf-8")
    assert "policy.toml still holds this:" in capsys.readouterr().out
    assert 0 == main(
        ["upgrade", str(tmp_path / "policy_upgraded.toml"), "--out", str(tmp_path / "third.toml")]
    )
    assert 2 == main(["upgrade", str(path), "--host", "lite", "--force"])
