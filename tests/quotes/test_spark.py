"""A cluster says what this machine says, to the last bit: Spark with two workers against Polars."""

import gzip
import importlib.util
import json
import shutil
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from tests.sampling import one_in
from walkaway_xl.cli import main
from walkaway_xl.languages import PSEUDO
from walkaway_xl.policy.toml import example
from walkaway_xl.quotes.engines import ENGINES

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(
        importlib.util.find_spec("pyspark") is None or shutil.which("java") is None,
        reason="needs the extra spark, and Java 17",
    ),
    pytest.mark.filterwarnings(
        "ignore::ResourceWarning", "ignore::DeprecationWarning", "ignore::FutureWarning"
    ),
]


AS_OF = ["--as-of", "2026-01-31"]


@pytest.fixture(scope="module")
def small_session(tmp_path_factory):
    """Spark as is quickest for little data: without a page of its own, and compiled no further than needed."""
    settings = tmp_path_factory.mktemp("settings")
    (settings / "spark-defaults.conf").write_text("spark.ui.enabled false\nspark.sql.shuffle.partitions 4\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_CONF_DIR", str(settings))
        patch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory, small_session):
    """Two files of lines with everything that makes a difference, and a policy."""
    folder = tmp_path_factory.mktemp("spark")
    more = '\n[[class]]\nname = "Furnitures"\nmin_margin = 0.1\n\n[[class]]\nname = "*"\nmin_margin = -0.2\n'
    more += '\n[[rule]]\nname = "Much"\nwhen = {order = ["A", "b"], qty = ">= 400"}\n'
    more += "min_net = 20\nfreight = 0.03\n"
    more += '\n[[quote]]\nname = "Much"\nwhen = {order = ["A", "b", 7, 8, 9, 10, 11, 12], lines = ">= 3", '
    more += 'list = "> 0"}\n'
    more += 'min_margin = 0.4\nof = {qty = ">= 500"}\nmax_share = 0.5\nmax_terms_days = 60\n'
    more += '\n[[exception]]\nline = {order = "a"}\nfingerprint = "0"\nrequested_by = "x"\nreason = "y"\n'
    more += 'decided_by = "Chief executive"\non = 2026-01-01\nuntil = 2026-12-31\n'
    more += '\n[[cost_version]]\nname = "Dearer"\nwhen = {qty = "> 700"}\nchange = 0.07\n'
    more += '\n[[list_version]]\nname = "July"\nwhen = {class = "technology"}\n'
    more += "change = 0.03\n"
    (folder / "policy.toml").write_text(example() + more, "utf-8")
    (folder / "plain.toml").write_text(example(), "utf-8")
    (folder / "lines").mkdir()
    for number in (1, 2):
        lines(number, 2_000).write_parquet(folder / "lines" / f"{number}.parquet", row_group_size=700)
    yield folder
    from pyspark.sql import SparkSession

    session = SparkSession.getActiveSession()
    if session is not None:
        session.stop()


def lines(seed, count):
    """Prices over twelve orders of magnitude, discounts at the limits, blanks, and numbers that are none."""
    draw = np.random.default_rng(seed)
    price = np.round(10.0 ** draw.uniform(-3, 9, count), 4)
    odd = draw.choice([np.nan, 0.0, -1.0, np.inf, 15.0], count)
    classes = ["Furniture", "technology ", "Office Supplies", "Toys", None, "#N/A"]
    return pl.DataFrame(
        {
            "order": draw.choice(["A", "B", "ä", "", None, *map(str, range(60))], count).tolist(),
            "Class": draw.choice(classes, count, p=[0.4, 0.3, 0.2, 0.05, 0.04, 0.01]).tolist(),
            "qty": draw.integers(0, 1000, count),
            "list": np.where(draw.random(count) < 0.02, odd, price),
            "discount": draw.choice([0.0, 0.1, 0.2, 0.3, 0.6, 1.0, -0.05, 1 / 3], count),
            "cost": np.where(draw.random(count) < 0.02, odd, price * draw.uniform(0.2, 1.1, count)),
            "terms": draw.choice([0, 30, 90, None], count).tolist(),
        }
    )


def checked(folder, capsys, options, *engine):
    """Exit code, summary, and the three tables that a check leaves."""
    out = folder / (engine[1] if engine else "polars.parquet")
    command = ["check", str(folder / "lines"), "--policy", str(folder / "policy.toml"), "--json", "--reasons"]
    command += [
        *options,
        "--force",
        *AS_OF,
        "--by",
        "order",
        "--what-if",
        "min_margin=0.3",
        "--what-if",
        "rebate=0.05",
        "--what-if",
        "list_version:July.change=-0.1",
    ]
    code = main([*command, "--group-by", "order", "--out", str(out), *engine])
    return code, capsys.readouterr().out, out


@pytest.mark.parametrize("options", one_in(2, [(), ("--surcharges",)]))
def test_both_engines_give_the_same_to_the_last_bit(options, folder, capsys):
    code, text, local = checked(folder, capsys, options)
    spark_code, spark_text, cluster = checked(
        folder, capsys, options, "--engine", "spark", "--master", "local[2]"
    )

    assert (2, text) == (code, spark_text), "the summary"
    summary = json.loads(text)
    assert {"Furnitures": []} == summary["classes_without_lines"], "Furniture has a rule of its own"
    assert {"Toys", "(blank)"} == summary["classes_under_*"].keys()
    assert bool(options) == (summary["surcharges"] > 0)
    assert summary["lines_by_rule"]["Much"] > 50
    assert summary["loss_leaders"]["lines"] > 0
    assert ["STALE"] == [one["state"] for one in summary["exceptions"]["register"]]
    assert {"A", "(blank)"} < summary["by"]["order"].keys()
    assert summary["what_if"]["crossing"]["falls_below"]["lines"] > 10
    assert code == spark_code
    by_file = pl.read_parquet(local).drop("file")
    spark_lines = pl.read_parquet(cluster / "*.parquet", glob=True)
    words = [pl.col(pl.Enum).cast(pl.String)]
    assert len(by_file) > 3_000
    assert_frame_equal(
        by_file.with_columns(words).sort(pl.all()),
        spark_lines.sort(pl.all()),
        check_exact=True,
        check_dtypes=False,
    )
    totals = pl.read_parquet(folder / "polars_by_order.parquet").with_columns(words)
    assert totals["not_kept"].count() > 5
    assert_frame_equal(
        totals, pl.read_parquet(f"{cluster}_by_order/*.parquet"), check_exact=True, check_dtypes=False
    )
    rejects = pl.read_csv(folder / "polars_rejects.csv").select("file", "row", "why").sort(pl.all())
    spark_rejects = pl.read_parquet(f"{cluster}_rejects/*.parquet")
    assert len(rejects) > 100
    assert rejects.rows() == spark_rejects.select("__file", "__row", "why").sort(pl.all()).rows()


GERMAN = (
    "Angebote vom Mai",
    "",
    "Auftrag;Warengruppe;Artikel;Menge;Listenpreis;Rabatt;Einstandspreis;Währung;Datum",
    "A-1;Furniture;Desk;2;1.200,50 €;25 %;680,00;EUR;2024-03-01",
    "A-1;Technology;Screen;1;250,00;0,2;190,00;EUR;2024-03-01",
    "A-2;Furniture;Lamp;3;60,00;0;30,00;JPY;2024-03-02",
    "A-2;Furniture;Lamp;-3;60,00;0;30,00;JPY;2024-03-02",
    "A-3;Office Supplies;Pen;x;4,00;0,5;2,50;;2024-03-02",
    "Summe;;;3;;;;;",
)
PROFILE = '[file]\nseparator = ";"\n[columns]\nlist_price = "Listenpreis"\ndiscount = "Rabatt"\n'
PROFILE += 'cost = "Einstandspreis"\nquantity = "Menge"\nclass = "Warengruppe"\nproduct = "Artikel"\n'
PROFILE += 'currency = "Währung"\ndate = "Datum"\n'


@pytest.fixture(scope="module")
def german(folder):
    """Two files of text as German Excel saves them, one of them packed; rates, and a profile."""
    place = folder / "german"
    place.mkdir()
    text = "\n".join(GERMAN).encode("cp1252")
    (place / "1.csv").write_bytes(text)
    (place / "2.csv.gz").write_bytes(
        gzip.compress(text.replace(b"A-", b"B-").replace(b"Summe;;;3", b"Summe;;;9"))
    )
    (folder / "rates.csv").write_text("currency,rate\nEUR,1\nJPY,0.006\n")
    (folder / "profile.toml").write_text(PROFILE, "utf-8")
    return place


@pytest.mark.parametrize(
    "options",
    one_in(
        4,
        [
            ("--profile", "profile.toml", "--returns", "net", "--rates", "rates.csv"),
            ("--profile", "profile.toml", "--returns", "net"),
            (),
            ("--currency", "EUR"),
        ],
    ),
)
def test_both_engines_read_text_alike(options, german, folder, capsys):
    options = [str(folder / word) if word.endswith((".csv", ".toml")) else word for word in options]
    command = ["check", str(german), "--policy", str(folder / "plain.toml"), "--json", "--force"]
    local, cluster = folder / "text.parquet", folder / "text_spark"
    ends = []
    for more in (["--out", str(local)], ["--out", str(cluster), "--engine", "spark", "--master", "local[2]"]):
        code = main([*command, *options, "--group-by", "Auftrag", *more])
        ends.append((code, capsys.readouterr().out))
    assert ends[0] == ends[1]
    summary = json.loads(ends[0][1])
    words = [pl.col(pl.Enum).cast(pl.String)]
    for end in ("", "_by_auftrag"):
        one = pl.read_parquet(folder / f"text{end}.parquet").with_columns(words).drop("file", strict=False)
        other = pl.read_parquet(f"{cluster}{end}/*.parquet")
        assert_frame_equal(one.sort(pl.all()), other.sort(pl.all()), check_exact=True, check_dtypes=False)
    assert 2 <= summary["left_out"]["rows"]
    for name in ("left_out", *(("rejects",) if summary["rejected"] else ())):
        here = pl.read_csv(folder / f"text_{name}.csv").select("file", "row", "why").sort(pl.all())
        there = pl.read_parquet(f"{cluster}_{name}/*.parquet").select("__file", "__row", "why").sort(pl.all())
        assert here.rows() == there.rows()


def test_what_a_text_leaves_open_is_said_as_on_this_machine(german, folder, capsys):
    (folder / "open").mkdir(exist_ok=True)
    (folder / "open" / "1.csv").write_text("class,quantity,list,discount,cost\nFurniture,1,1.200,0,600\n")
    said = []
    for more in ([], ["--engine", "spark", "--master", "local[2]"]):
        source = folder / "open" / ("1.csv" if not more else "")
        assert 2 == main(["check", str(source), "--policy", str(folder / "plain.toml"), *more])
        said.append(capsys.readouterr().err.replace(f"file:{folder}", str(folder)))
    assert "have two readings" in said[0]
    assert said[0] == said[1]


def test_several_currencies_of_parquet_are_never_added_up(folder, capsys):
    (folder / "money").mkdir()
    for number, name in ((1, "EUR"), (2, "JPY")):
        held = lines(number, 100).with_columns(currency=pl.lit(name))
        held.write_parquet(folder / "money" / f"{number}.parquet")
    said = []
    for more in ([], ["--engine", "spark", "--master", "local[2]"]):
        main(["check", str(folder / "money"), "--policy", str(folder / "plain.toml"), "--json", *more])
        said.append(json.loads(capsys.readouterr().out))
    assert {"EUR", "JPY"} == said[0]["by_currency"].keys()
    assert said[0] == said[1]


def test_a_workbook_is_refused_by_its_name(folder, capsys):
    (folder / "book.xlsx").write_bytes(b"PK")
    command = ["check", str(folder / "book.xlsx"), "--policy", str(folder / "policy.toml")]
    assert 2 == main([*command, "--engine", "spark", "--master", "local[2]"])
    assert "check a workbook without --engine spark" in capsys.readouterr().err


def test_workers_say_why_in_the_language_of_who_asks(folder, capsys):
    out = folder / "said"
    command = ["check", str(folder / "lines"), "--policy", str(folder / "plain.toml"), "--out", str(out)]
    main(["--language", PSEUDO, *command, "--engine", "spark", "--master", "local[2]"])
    reasons = set(pl.read_parquet(f"{out}_rejects/*.parquet")["why"])
    assert reasons
    assert all(reason.startswith("⟦") for reason in reasons), reasons


def test_both_engines_give_the_same_guidance(folder, capsys):
    command = ["guide", str(folder / "lines"), "--policy", str(folder / "policy.toml"), "--json"]
    command += ["--by", "Class", "--by", "order"]
    assert 0 == main(command)
    guidance = capsys.readouterr().out
    assert 0 == main([*command, "--engine", "spark", "--master", "local[2]"])
    assert guidance == capsys.readouterr().out


@pytest.mark.parametrize(
    ("option", "value"),
    [("audience", ["sales"]), ("strict", []), ("sheet", ["Lines"])],
)
def test_an_option_that_workers_cannot_do_is_refused_and_named_in_the_docs(option, value, folder, capsys):
    command = [
        "check",
        str(folder / "lines"),
        "--policy",
        str(folder / "policy.toml"),
        *AS_OF,
        "--engine",
        "spark",
    ]
    assert 2 == main([*command, f"--{option}", *value])
    (difference,) = filter(lambda difference: difference.option == option, ENGINES["spark"].differences)
    assert difference.refusal in capsys.readouterr().err
    docs = (Path(__file__).parents[2] / "docs" / "quotes.md").read_text("utf-8")
    assert f"`--{option}`" in docs.split("## On a cluster")[1]


def test_negative_discounts_are_refused_and_read_if_said_so(folder, capsys):
    (folder / "negative").mkdir()
    for number in (1, 2):
        taken = lines(number, 50).with_columns(pl.lit(-0.1 * (number - 1)).alias("discount"))
        taken.write_parquet(folder / "negative" / f"{number}.parquet")
    command = ["check", str(folder / "negative"), "--policy", str(folder / "policy.toml"), *AS_OF, "--json"]
    spark = ["--engine", "spark", "--master", "local[2]"]
    assert 2 == main([*command, *spark, "--out", str(folder / "refused")])
    assert "column discount has negative ones only, down to −0.1" in capsys.readouterr().err
    assert not (folder / "refused").exists()
    summaries = []
    for engine in ([], spark):
        assert 2 == main([*command, *engine, "--negative-discounts"])
        summaries.append(capsys.readouterr().out)
    assert summaries[0] == summaries[1]
    assert 0 < json.loads(summaries[0])["all"]["blended_discount"] < 0.1


def test_a_folder_that_exists_and_one_without_lines_are_refused(folder, capsys):
    command = [
        "check",
        str(folder / "lines"),
        "--policy",
        str(folder / "policy.toml"),
        *AS_OF,
        "--engine",
        "spark",
    ]
    (folder / "there").mkdir()
    assert 2 == main([*command, "--out", str(folder / "there")])
    assert "--force" in capsys.readouterr().err
    command[1] = str(folder / "there")
    assert 2 == main(command)
    assert "Spark finds no Parquet files here" in capsys.readouterr().err
