"""A clean book of quotes disguised in ten ways: `python -m tests.quotes.disguises ORDER_LINES.csv`.

Counts the lines whose verdict differs from that of the clean book. Two of the ways need LibreOffice.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl
import xlsxwriter

from walkaway_xl.policy.toml import example

Disguise = Callable[
    [pl.DataFrame, Path], tuple[Path, list[str]]
]  # the lines and a folder: a file and options
VERDICT = ("line", "status", "signer")
TAKEN_OFF = pl.col("list_price") * (1 - pl.col("discount"))


def clean(lines: pl.DataFrame, folder: Path) -> tuple[Path, list[str]]:
    """As they are."""
    path = folder / "clean.csv"
    lines.write_csv(path)
    return path, []


def net_prices(lines: pl.DataFrame, folder: Path) -> tuple[Path, list[str]]:
    """The net price in place of the discount."""
    return clean(lines.with_columns(TAKEN_OFF.alias("Net Price")).drop("discount"), folder)


def percents(lines: pl.DataFrame, folder: Path) -> tuple[Path, list[str]]:
    """Discounts as whole percents."""
    whole = (pl.col("discount") * 100).round(6).alias("Discount %")
    return clean(lines.with_columns(whole).drop("discount"), folder)


def german(lines: pl.DataFrame, folder: Path) -> tuple[Path, list[str]]:
    """As Excel saves a text file in Germany."""
    heads = {"quantity": "Menge", "list_price": "Listenpreis", "discount": "Rabatt", "cost": "Kosten"}
    text = lines.rename(heads).write_csv(separator=";", decimal_comma=True)
    path = folder / "german.csv"
    path.write_bytes(text.encode("cp1252", "replace"))
    return path, []


def converted(kind: str) -> Disguise:
    """As LibreOffice saves a workbook of another kind."""

    def disguise(lines: pl.DataFrame, folder: Path) -> tuple[Path, list[str]]:
        book, _ = workbook(lines, folder, [])
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(book)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return folder / f"book.{kind}", []

    return disguise


def workbook(lines: pl.DataFrame, folder: Path, above: list[list[str]]) -> tuple[Path, list[str]]:
    """A workbook, with titles above its heads."""
    path = folder / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([*above, lines.columns, *lines.iter_rows()]):
            sheet.write_row(number, 0, row)
    return path, []


def titles_and_totals(lines: pl.DataFrame, folder: Path) -> tuple[Path, list[str]]:
    """A report with titles, and a row of totals below."""
    total = pl.DataFrame([{"order": "Grand total", "quantity": lines["quantity"].sum()}])
    whole = pl.concat([lines, total], how="diagonal_relaxed")
    return workbook(whole, folder, [["Orders"], ["All regions, 2014 to 2017"], []])


def all_text(lines: pl.DataFrame, folder: Path) -> tuple[Path, list[str]]:
    """Every number a text, as some programs export a workbook."""
    return workbook(lines.with_columns(pl.all().cast(pl.String)), folder, [])


def returns(lines: pl.DataFrame, folder: Path) -> tuple[Path, list[str]]:
    """Every tenth line came back: one more line of a negative quantity."""
    back = lines.gather_every(10).with_columns(-pl.col("quantity"), -pl.col("line"))
    return clean(pl.concat([lines, back]), folder)


def two_currencies(lines: pl.DataFrame, folder: Path) -> tuple[Path, list[str]]:
    """Every second line in yen."""
    is_yen = pl.col("line") % 2 == 0
    yen = [
        pl.when(is_yen).then(pl.col(name) * 128).otherwise(name).alias(name)
        for name in ("list_price", "cost")
    ]
    named = pl.when(is_yen).then(pl.lit("JPY")).otherwise(pl.lit("USD")).alias("Currency")
    return clean(lines.with_columns(*yen, named), folder)


def extended_amounts(lines: pl.DataFrame, folder: Path) -> tuple[Path, list[str]]:
    """Amounts of the whole quantity."""
    whole = {"List value": pl.col("list_price"), "Net value": TAKEN_OFF, "Cost value": pl.col("cost")}
    amounts = [(amount * pl.col("quantity")).alias(name) for name, amount in whole.items()]
    return clean(lines.with_columns(amounts).drop("list_price", "discount", "cost"), folder)


DISGUISES: Mapping[str, Disguise] = {
    "net prices": net_prices,
    "whole percents": percents,
    "German CSV": german,
    ".xls": converted("xls"),
    ".ods": converted("ods"),
    "titles and totals": titles_and_totals,
    "all text": all_text,
    "returns mixed in": returns,
    "two currencies": two_currencies,
    "extended amounts": extended_amounts,
}


def verdicts(disguise: Disguise, lines: pl.DataFrame, folder: Path) -> pl.DataFrame:
    """The verdict of each line that was sold."""
    folder.mkdir()
    path, options = disguise(lines, folder)
    policy, out = folder / "policy.toml", folder / "out.parquet"
    policy.write_text(example(), "utf-8")
    command = [sys.executable, "-m", "walkaway_xl", "check", str(path), "--policy", str(policy), "--json"]
    command += ["--column", "class=category", "--out", str(out), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode > 1:
        print(done.stderr)
    checked = pl.read_parquet(out).select(VERDICT)
    return (
        checked.with_columns(pl.col("line").cast(pl.Float64).cast(pl.Int64))
        .filter(pl.col("line") > 0)
        .sort("line")
    )


def main(path: str) -> int:
    """Disguise it in all ways, and count."""
    lines = pl.read_csv(path)
    differing = 0
    with tempfile.TemporaryDirectory() as place:
        expected = verdicts(clean, lines, Path(place) / "clean")
        for name, disguise in DISGUISES.items():
            checked = verdicts(disguise, lines, Path(place) / name)
            unlike = len(lines) - len(expected.join(checked, on=VERDICT, how="semi", nulls_equal=True))
            differing += unlike
            print(f"{name:<20}{len(checked):>8,} lines, {unlike} differ", flush=True)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
