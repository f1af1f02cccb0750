"""Native charts of a checked workbook, each of a table in the book, so that a reader can change it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from walkaway_xl.core.texts import shortened
from walkaway_xl.sheets import style

WIDTH, HEIGHT, ROWS = 360, 240, 13  # pixels of a chart, and rows of a sheet that it covers
BARS = 8  # at most, so that their names can be read
AMOUNT = style.bare_format("#,##0")
LONGEST_TITLE = 45  # letters; of more, programs make two lines


class Column(NamedTuple):
    """A column of a table in a sheet: its place, and the rows of its first and its last cell."""

    sheet: str
    place: int
    first: int
    last: int

    @property
    def cells(self) -> list[Any]:
        """As charts name them."""
        return [self.sheet, self.first, self.place, self.last, self.place]

    def cut(self, most: int) -> "Column":
        """Its first cells."""
        return self._replace(last=min(self.last, self.first + most - 1))


def bars(book: Any, title: str, names: Column, values: Column, least: float = 0) -> Any:
    """Lying bars, the first on top; where the least is below 0, there is room for its figure."""
    chart = book.add_chart({"type": "bar"})
    labels = {"value": True, "num_format": AMOUNT, "font": _font()}
    chart.add_series({**_series(names.cut(BARS), values.cut(BARS), style.INK), "data_labels": labels})
    chart.set_y_axis({"reverse": True, "num_font": _font(), "label_position": "low"})
    end = {"min": 2.2 * least} if least < 0 else {}
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, **end})
    chart.set_plotarea({"layout": {"x": 0.44, "y": 0.14, "width": 0.46, "height": 0.82}})  # room for names
    return _dressed(chart, title)


def columns(book: Any, title: str, names: Column, values: Column) -> Any:
    """Standing columns, as time passes."""
    chart = book.add_chart({"type": "column"})
    chart.add_series(_series(names, values, style.INK))
    chart.set_x_axis({"num_font": {**_font(), "rotation": -45}, "label_position": "low"})
    chart.set_y_axis({"num_font": _font(), "num_format": AMOUNT, "major_gridlines": {"visible": False}})
    return _dressed(chart, title)


def place(sheet: Any, row: int, charts: Sequence[Any]) -> None:
    """Put charts beside one another below a row."""
    for number, chart in enumerate(charts):
        spot = {"x_offset": number * (WIDTH + 10), "object_position": 2}
        sheet.insert_chart(row, 1, chart, spot)


def _series(names: Column, values: Column, colour: str) -> dict[str, Any]:
    fill = {"color": f"#{colour}"}
    return {"categories": names.cells, "values": values.cells, "fill": fill, "gap": 40}


def _font() -> dict[str, Any]:
    return {"name": style.FACE, "size": 8}


def _dressed(chart: Any, title: str) -> Any:
    name = shortened(title.lstrip("="), LONGEST_TITLE)  # behind which the library expects a cell
    chart.set_title({"name": name, "name_font": {**_font(), "size": 11}})
    chart.set_legend({"none": True})
    chart.set_size({"width": WIDTH, "height": HEIGHT})
    return chart
