"""Nothing that a file, a path or a name holds speaks to the terminal: it is shown escaped."""

import contextlib
import json
import os
import re
import subprocess
import sys
import warnings

import pytest
from openpyxl import Workbook, load_workbook

from walkaway_xl.cli import main
from walkaway_xl.core.texts import visible
from walkaway_xl.policy.toml import example

PAYLOADS = [
    chr(code)
    for code in (
        *(code for code in range(0x20) if code != 0x0A),
        *range(0x7F, 0xA0),
        0xAD,
        0x061C,
        *range(0x200B, 0x2010),
        *range(0x2028, 0x202F),
        *range(0x2060, 0x2070),
        0x3164,
        0xFEFF,
        0xE0041,
    )
]
ALL = "".join(PAYLOADS) + "\n"
HARMFUL = re.compile(f"[{re.escape(''.join(PAYLOADS))}]")
FORGED = "walkaway-xl: all is well"
IN_A_SHEET = "".join(letter for letter in ALL if letter >= " ")  # a workbook holds no others
shown = pytest.mark.parametrize("payload", PAYLOADS, ids=lambda letter: f"U+{ord(letter):04X}")


def spoken(capsys):
    """What was said, in which nothing is harmful and no line is another's."""
    told = "".join(capsys.readouterr())
    assert HARMFUL.findall(told) == []
    assert not any(line.startswith(FORGED) for line in told.splitlines())
    return told


def policy_of(folder, more=""):
    path = folder / "policy.toml"
    path.write_text(example() + more, encoding="utf-8")
    return str(path)


def quoted(text):
    """A text as TOML writes it."""
    return '"' + "".join(f"\\U{ord(letter):08x}" for letter in text) + '"'


def lines_of(folder, name, head="class", price="list"):
    path = folder / "lines.csv"
    cells = (f'"{text}",100,0.1,68,1\n' for text in (name, "Furniture"))
    path.write_text(f'"{head}",{price},discount,cost,qty\n' + "".join(cells), encoding="utf-8", newline="")
    return str(path)


class TestEachPayload:
    @shown
    def test_in_a_key_of_a_policy(self, payload, tmp_path, capsys):
        policy = policy_of(tmp_path, f"\n{quoted(f'key{payload}')} = 1\n")
        assert main(["policy", "lint", policy]) != 0
        assert visible(payload) in spoken(capsys)

    @shown
    def test_in_a_class_without_a_rule(self, payload, tmp_path, capsys):
        name = f"Desk{payload}s"
        assert main(["check", lines_of(tmp_path, name), "--policy", policy_of(tmp_path)]) == 2
        assert "Desk" in spoken(capsys)

    @shown
    def test_in_the_head_of_a_history(self, payload, tmp_path, capsys):
        lines = lines_of(tmp_path, "Furniture", head=f"desk{payload}s", price="prices")
        assert main(["guide", lines, "--policy", policy_of(tmp_path)]) == 2
        assert visible(payload) in spoken(capsys) or payload in "\r\0"  # which end a name for the reader

    @shown
    def test_in_a_path(self, payload, capsys):
        assert main(["review", f"no{payload}book.xlsx"]) == 2
        assert visible(payload) in spoken(capsys) or payload == "\0"  # which no path holds


class TestAllPayloads:
    def test_a_line_break_begins_no_line_of_its_own(self, tmp_path, capsys):
        policy = policy_of(tmp_path, f"\n{quoted(f'key{ALL}{FORGED}')} = 1\n")
        assert main(["policy", "lint", policy]) != 0
        spoken(capsys)
        assert main(["review", f"no\n{FORGED}"]) == 2
        spoken(capsys)
        lines = lines_of(tmp_path, f"Desk\n{FORGED}")
        for options in ([], ["--group-by", "class"], ["--json"]):
            main(["check", lines, "--policy", policy_of(tmp_path), *options])
            spoken(capsys)
        main(["guide", lines, "--policy", policy_of(tmp_path), "--by", "class"])
        spoken(capsys)
        main(["new", "seller_price", "--set", f"x\n{FORGED}=1", "--out", str(tmp_path / "x.xlsx")])
        spoken(capsys)

    def test_json_stays_what_it_was(self, tmp_path, capsys):
        name = f"Tab\u202e\x9bles{IN_A_SHEET}"
        policy = policy_of(tmp_path, f"\n[[class]]\nname = {quoted(name)}\nmin_margin = 0.1\n")
        assert main(["check", lines_of(tmp_path, name), "--policy", policy, "--json"]) in (0, 1)
        told = capsys.readouterr().out
        assert HARMFUL.findall(told) == []
        assert name.strip() in json.dumps(json.loads(told), ensure_ascii=False)

    @pytest.mark.parametrize("command", ["calc", "review", "share", "check", "lint"])
    def test_of_a_workbook(self, command, tmp_path, capsys):
        book = Workbook()
        sheet = book.active
        sheet.title = f"S{IN_A_SHEET[:20]}"
        sheet.append([f"class{IN_A_SHEET}", "list", "discount", "cost", "qty"])
        sheet.append([IN_A_SHEET, 100, 0.1, f"6{IN_A_SHEET}", "=1/0"])
        sheet["G1"] = f'=WALKAWAY_PRICE("{IN_A_SHEET}",1,2)'
        path = tmp_path / f"book{IN_A_SHEET[:30]}.xlsx"
        book.save(path)
        asked = {
            "lint": ["policy", "lint", str(path)],
            "check": ["check", str(path), "--policy", policy_of(tmp_path)],
        }
        assert main(asked.get(command, [command, str(path)])) != 0
        assert "\\u" in spoken(capsys) or command in ("review", "share")  # which name nothing of this one

    @pytest.mark.parametrize("command", ["review", "share"])
    def test_of_a_workbook_that_was_filled_in(self, command, tmp_path, capsys):
        path = tmp_path / "book.xlsx"
        assert main(["new", "seller_price", "--example", "--out", str(path)]) == 0
        with warnings.catch_warnings(action="ignore"):  # of what openpyxl does not know
            book = load_workbook(path)
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and not cell.value.startswith("="):
                        cell.value += IN_A_SHEET
        book.save(path)
        capsys.readouterr()
        main([command, str(path)])
        spoken(capsys)

    def test_of_a_deal_file_and_an_option(self, tmp_path, capsys):
        deal = tmp_path / "deal.toml"
        deal.write_text(f"{quoted(ALL)} = {quoted(ALL)}\n", encoding="utf-8")
        out = ["--out", str(tmp_path / "x.xlsx")]
        assert main(["new", "seller_price", "--from", str(deal), *out]) == 2
        assert "\\u" in spoken(capsys)
        with pytest.raises(SystemExit):
            main(["new", "--set", ALL.replace("\n", "").replace("\0", "")])
        assert "\\u" in spoken(capsys)

    def test_a_fault_of_ours_is_shown_as_everything_else(self, monkeypatch, capsys):
        def fail():
            raise RuntimeError(ALL)

        monkeypatch.setattr("walkaway_xl.pages.terminal.overview", fail)
        assert main(["functions"]) == 2
        spoken(capsys)


@pytest.mark.skipif(sys.platform == "win32", reason="has no pseudo-terminal")
def test_a_question_in_a_terminal_is_shown_as_everything_else(tmp_path):
    """It is not printed as a line, but is screened like one."""
    lines = tmp_path / "lines.csv"
    lines.write_text(
        "class,qty,list,unit list\x1bprice,discount,cost\nFurniture,1,120,60,0.1,68\n", encoding="utf-8"
    )
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "walkaway_xl", "check", str(lines), "--policy", policy_of(tmp_path)]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        os.write(ours, b"1\n")
        screen = b""
        with contextlib.suppress(OSError):
            while data := os.read(ours, 1 << 16):
                screen += data
    os.close(ours)
    assert process.returncode in (0, 1)
    assert "Which is meant?" in screen.decode()
    assert "\\u001b" in screen.decode()
    assert b"\x1bprice" not in screen  # else an escape is that of the line which says what is being done


def test_what_people_write_is_left_as_it_is():
    written = "Crème brûlée — 1 234,50 € · −5 % «ok» 日本語 ‘ёж’ 👍"
    assert written == visible(written)
    assert "a\nb" == visible("a\nb", lines=True)
    assert r"a\u000ab" == visible("a\nb")
