"""No code of ours writes a file, or gives it its name, but through `walkaway_xl.files`."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "walkaway_xl"
LAYER = PACKAGE / "files"
WRITERS = {
    "write_text",
    "write_bytes",
    "touch",
    "save",
    "rename",
    "renames",
    "link",
    "symlink",
    "copy",
    "copy2",
    "copyfile",
    "move",
    "mkdir",
    "makedirs",
    "mkdtemp",
    "mkstemp",
    "fdopen",
    "NamedTemporaryFile",
    "hardlink_to",
    "symlink_to",
}
OWNERS_OF_OTHERS = {"copy"}  # a module, whose `copy` copies objects
# Where, what, and why it is no file of a person's.
EXCEPTIONS = {
    ("commands/console.py", "os.open"): "the device that takes whatever is written",
    ("excel_hour/session.py", "mkdir"): "in the scratch folder",
    ("excel_hour/session.py", "write_bytes"): "in the scratch folder",
    ("hosts/excel_vba/addin_file.py", "save"): "in the scratch folder, by the library that writes VBA",
    ("hosts/libreoffice/calc_installation.py", "write_bytes"): "in the scratch folder",
    ("hosts/libreoffice/calc_printing.py", "write_bytes"): "in the scratch folder",
    ("quotes/engines/local.py", "rename"): "columns of a table",
    ("quotes/quote_sources.py", "mkdir"): "in the scratch folder",
    ("quotes/quote_sources.py", "open"): "in the scratch folder",
    ("quotes/text_form.py", "open"): "in the scratch folder",
    ("sheets/table.py", "link"): "cells of a table",
    ("quotes/text_files.py", "rename"): "columns of a table",
    ("ribbon.py", "write_bytes"): "in the scratch folder",
}


def writes(tree):
    """Calls that make or change a file, by their names."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        function = call.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        owner = getattr(function.value, "id", "") if isinstance(function, ast.Attribute) else ""
        if name == "open" and owner == "os":
            yield "os.open"
        elif name == "open" and not only_reads(call):
            yield "open"
        elif name == "replace" and (owner == "os" or (len(call.args) == 1 and not call.keywords)):
            yield "replace"
        elif name == "TemporaryDirectory" and not any(each.arg == "dir" for each in call.keywords):
            yield "TemporaryDirectory"
        elif name == "copy" and not call.args:  # of an array
            continue
        elif name in WRITERS and owner not in OWNERS_OF_OTHERS and isinstance(function, ast.Attribute):
            yield name


def only_reads(call):
    """Whether a call of `open` names no mode that writes."""
    texts = [each.value for each in (*call.args, *(word.value for word in call.keywords)) if is_text(each)]
    modes = [text for text in texts if set(text) <= set("rwaxbt+")]
    return not any(set(mode) & set("wax+") for mode in modes)


def is_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_files_are_written_in_one_layer():
    written = {
        (path.relative_to(PACKAGE).as_posix(), name)
        for path in PACKAGE.rglob("*.py")
        if LAYER not in path.parents
        for name in writes(ast.parse(path.read_text("utf-8")))
    }
    assert set(EXCEPTIONS) == written


@pytest.mark.parametrize(
    "line",
    [
        'open(path, "w")',
        'path.open("ab")',
        'path.open(mode="x")',
        "path.write_bytes(data)",
        "os.replace(one, other)",
        "path.replace(other)",
        "os.open(path, flags)",
        "book.save(path)",
        "shutil.copy(one, other)",
        "tempfile.TemporaryDirectory()",
    ],
)
def test_what_writes_is_seen(line):
    assert list(writes(ast.parse(line)))


@pytest.mark.parametrize(
    "line",
    [
        "open(path)",
        'path.open("rb")',
        'text.replace("a", "b")',
        "dataclasses.replace(one, name=2)",
        "numbers.copy()",
        "copy.copy(cell)",
    ],
)
def test_what_only_reads_is_passed_over(line):
    assert [] == list(writes(ast.parse(line)))
