"""Every private number and sentence, put where the other side could read it: is it found, or left behind?

    python -m tests.workbooks.leaking [FILLINGS]

fills every workbook in so many times (20), and puts each of its secrets on the page for the other side: as a
number, rounded, as a percentage, as a difference, in words; and into comments, names, charts, properties.
"""

import io
import random
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

from walkaway_xl import artefacts
from walkaway_xl.core.kinds import Unit
from walkaway_xl.workbooks import TEMPLATES, Template, deal_file, reading, sharing
from walkaway_xl.workbooks.filling import fill
from walkaway_xl.workbooks.named_cells import stored_cells
from walkaway_xl.workbooks.sharing import areas, secrets

BOOKS = [template for template in TEMPLATES if template.has_example]
SCALES = (0.013, 0.7, 1.0, 1.9, 240.0)
ONES = str.split(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
TENS = str.split("- - twenty thirty forty fifty sixty seventy eighty ninety")


@dataclass
class Account:
    """What was tried, and what got through."""

    tried: int = 0
    missed: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)


def filled(template: Template, seed: int) -> bytes:
    """A workbook with a deal like its example, all amounts of which were drawn anew."""
    draw = random.Random(f"{template.name} {seed}")
    draft = template.build()
    deal: dict[str, Any] = deal_file.read(template.deal)
    scale = draw.choice(SCALES)
    for name, value in deal.items():
        number = draft.inputs[name].kind.number
        if number is None or isinstance(value, bool) or not isinstance(value, int | float) or not value:
            continue
        if number.unit is Unit.MONEY and template.name != "multi_issue_contract":
            drawn = value * scale * draw.uniform(0.93, 1.07)
            deal[name] = round(drawn, 2 if drawn > 1 else 6)
        elif number.unit is Unit.SHARE and 0 < value < 0.9:
            deal[name] = round(value * draw.uniform(0.9, 1.1), 4)
        elif number.unit is Unit.NUMBER and draft.inputs[name].reference.sheet == "Start":
            deal[name] = round(value * draw.uniform(0.9, 1.1), 2)
    fill(draft, deal)
    return artefacts.stored(draft)


def said(number: float) -> str:
    """A number from 0 below a million in English words, with up to two decimals."""
    whole, decimals = f"{number:.2f}".rstrip("0").rstrip(".").partition(".")[::2]
    point = " point " + " ".join(ONES[int(digit)] for digit in decimals) if decimals else ""
    return _whole(int(whole)) + point


def _whole(number: int) -> str:
    if number < 20:
        return ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return TENS[tens] + (f"-{ONES[ones]}" if ones else "")
    size, word = (1000, "thousand") if number >= 1000 else (100, "hundred")
    many, rest = divmod(number, size)
    return f"{_whole(many)} {word}" + (f" {_whole(rest)}" if rest else "")


def forms(secret: secrets.Secret, known: set[float]) -> Iterator[Any]:
    """A private number as somebody may write it where the other side reads it."""
    value = abs(secret.value)
    if "%" in secret.number_format:
        if len(secrets.significant(f"{value:.4f}".rstrip("0"))) >= 2:
            yield from (f"at least {100 * value:.10g} %", f"{value:.10g} of it")
        return
    if len(secrets.significant(f"{value:.10g}")) < secrets.TELLING_DIGITS:
        return
    yield value
    yield f"never beyond {value:,.10g}"
    for rounded in (f"{value:.2f}", f"{float(f'{value:.3g}'):.10g}"):
        digits = secrets.significant(rounded)
        near = abs(float(rounded) - value) <= secrets.NEAR * value
        if len(digits.rstrip("0")) >= secrets.TELLING_DIGITS or (
            digits.endswith("0") and near and len(digits) > 2
        ):
            yield f"nie unter {rounded}"
    if 13 <= value < 10**6 and round(value, 2) == value:
        yield f"Not more than {said(value)}, please"
    if not secret.is_headline:
        return
    bases = [number for number in known if number > 0 and number != value]
    for base in sorted(bases):
        less, share = abs(value - base), abs(1 - value / base)
        # What both can work out from what they know is no secret.
        from_known = [(abs(one - other), one / other) for one in bases for other in bases]
        is_known = any(abs(less - apart) < 1e-6 for apart, _ in from_known)
        is_known_share = any(
            abs(share - known_share) < 1e-6
            for _, part in from_known
            for known_share in (abs(1 - part), abs(1 / part - 1), part)
        )
        for number, is_open, form in (
            (less, is_known, "{} from there"),
            (100 * share, is_known_share, "{} % off"),
        ):
            if not is_open and len(secrets.significant(f"{number:.2f}")) >= secrets.TELLING_DIGITS:
                yield form.format(f"{number:.2f}")


def try_book(name: str, data: bytes, account: Account) -> None:
    """Put every secret of a workbook on its page, and beside it."""
    formulas, values = reading.formulas_of(data), reading.values_of(data)
    try:
        account.alarms += [f"{name}: {leak}" for leak in sharing.leaks(formulas, values)]
    except sharing.ShareError:
        assert name == "deal_log", name  # it has no page for anybody else
        return
    private, names = areas.private(formulas), areas.named_spots(formulas)
    known = secrets.known(values, formulas)
    numbers = [
        each
        for each in secrets.numbers(values, private, names)
        if each.is_headline or each.value not in known
    ]
    planted = [(each.name, form) for each in numbers for form in forms(each, known)]
    for area in private:
        for cell in stored_cells(values[area.sheet], area) if area.size <= secrets.COMPARED else ():
            text = cell.value if isinstance(cell.value, str) else ""
            if len(secrets.words(text)) > 3 and len(text) > 20:
                planted += [(cell.coordinate, text), (cell.coordinate, f"You know: {text.upper()}!")]
    page = areas.pages(values)[0]
    sheet, calculated = values[page.area.sheet], formulas[page.area.sheet]
    places = [
        (row, column)
        for row in page.rows
        for column in page.columns
        if calculated.cell(row, column).data_type != "f"
        and type(sheet.cell(row, column)).__name__ != "MergedCell"
    ]
    for start in range(0, len(planted), len(places)):
        batch = dict(zip(places, planted[start:], strict=False))
        before = {place: sheet.cell(*place).value for place in batch}
        for place, (_, form) in batch.items():
            sheet.cell(*place).value = form
        told = {leak.address for leak in sharing.leaks(formulas, values)}
        for place, (secret, form) in batch.items():
            account.tried += 1
            if f"{sheet.title}!{sheet.cell(*place).coordinate}" not in told:
                account.missed.append(f"{name}: {secret} as {form!r}")
            sheet.cell(*place).value = before[place]
    _beside(name, values, page, [form for _, form in planted[:: max(1, len(planted) // 5)]], account)


def _beside(name: str, values: Workbook, page: areas.Page, planted: list[Any], account: Account) -> None:
    """Put secrets everywhere but into the cells of the page: nothing of it may be in the copy."""
    sheet = values[page.area.sheet]
    cell = sheet.cell(page.rows[3], page.columns[1])
    marks = [f"limit {form}" for form in planted]
    for number, mark in enumerate(marks):
        cell.comment = Comment(mark, mark)
        values.defined_names[f"note_{number}"] = DefinedName(
            f"note_{number}", attr_text=f'"{number}"', comment=mark
        )
        values.properties.keywords = values.properties.description = mark
        values.properties.creator = values.properties.lastModifiedBy = mark
        sheet.oddHeader.left.text = sheet.oddFooter.right.text = mark
        sheet.cell(page.area.bottom + 5, 2).value = mark
        chart = BarChart()
        chart.title = mark
        sheet.add_chart(chart, "C5")
        account.tried += 1
        with zipfile.ZipFile(io.BytesIO(sharing.public_copy(values))) as package:
            parts = b" ".join(map(package.read, package.namelist())).decode("utf-8")
        if mark in parts:
            account.missed.append(f"{name}: beside the page, {mark!r}")
        sheet._charts.clear()
    cell.comment = None


def main(fillings: int) -> int:
    """Try all of it, and say what was missed."""
    started = time.monotonic()
    account = Account()
    for template in BOOKS:
        for seed in range(fillings):
            try_book(template.name, filled(template, seed), account)
        print(f"{template.name}: {account.tried:,} tried, {len(account.missed)} missed", flush=True)
    for line in (*account.missed[:40], *account.alarms[:40]):
        print(" ", line)
    print(f"{len(account.alarms)} false alarms, {time.monotonic() - started:.0f} s")
    return int(bool(account.missed))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20))
