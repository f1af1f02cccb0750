"""A strip of four zones, from where one leaves to what one hopes for, with offers above and limits below."""

from collections.abc import Mapping
from dataclasses import dataclass

from walkaway_xl.sheets import charts, style
from walkaway_xl.sheets.cell_writing import Formula
from walkaway_xl.workbooks.sections.context import Context

MIDDLE, UPPER, LOWER = 0.5, 0.86, 0.14
UPPER_TIP, LOWER_TIP = 0.63, 0.37
# Where the marks stand on a strip that shows itself before anything is known; a buyer's is the mirror image.
SAMPLE = {"walkaway": 0.38, "near": 0.41, "want": 0.66, "offer": 0.2, "our_offer": 0.8}


@dataclass(frozen=True)
class _Zone:
    """One zone: what it says, how much room that takes, its colours, and the ends that it runs between."""

    words: str
    room: float
    colour: str
    pale: str
    ink: str
    ends: tuple[str, str]


def draw(
    context: Context, figures: Mapping[str, str], names: Mapping[str, str], inner_edge: float
) -> charts.Canvas:
    """Draw the strip; `names` are the words of the four marks, `inner_edge` is the room at both ends."""
    area, side = context.data, context.side
    rises = side.best == "MAX"
    walkaway, want, offer, ours = (figures[key] for key in ("walkaway", "want_counted", "offer", "our_offer"))
    marks = f"{walkaway},{want},{offer},{ours}"
    area.title("Price strip · positions")
    area.columns("What", "Position", "Before anything is known")

    def cell(label: str, formula: str) -> str:
        return area.reference(f"C{area.write(label, Formula(formula))}")

    edge = area.reference(f"C{area.write('Room at each end', inner_edge)}")
    gap = area.reference(f"C{area.write('Gap between zones', 0.0012, number_format='0.0000')}")
    is_live = cell("The walk-away is known", f"COUNT({walkaway})")
    low = cell("Smallest mark", f"MIN({marks})")
    high = cell("Largest mark", f"MAX({marks})+(MAX({marks})=MIN({marks}))")

    def position(label: str, ref: str, key: str, missing: str = f"{charts.NOWHERE}") -> str:
        sample = SAMPLE[key] if rises else 1 - SAMPLE[key]
        row = area.row
        place = f"{edge}+(1-{edge}-{edge})*({ref}-{low})/({high}-{low})"
        live = f"IF(COUNT({ref})=0,{missing},{place})"
        area.write(label, Formula(f"CHOOSE(1+{is_live},D{row},{live})"), sample)
        return area.reference(f"C{row}")

    best_end, worst_end = ("1", "0") if rises else ("0", "1")
    at_walk = position("Walk-away", walkaway, "walkaway")
    at_want = position("What you hope for", want, "want", best_end)
    near_row = area.row
    span = f"({high}-{low})"
    buffer = f"(1-{edge}-{edge})*N({figures['buffer_applied']})/{span}"
    toward = "+" if rises else "-"
    area.write(
        "End of the buffer",
        Formula(f"CHOOSE(1+{is_live},D{near_row},{at_walk}{toward}{buffer})"),
        SAMPLE["near"] if rises else 1 - SAMPLE["near"],
    )
    at_near = area.reference(f"C{near_row}")
    at_offer, at_ours = position("Their offer", offer, "offer"), position("Our offer", ours, "our_offer")
    canvas = charts.Canvas(area, "Price strip · marks", 0, 1, inner=(0, 0, 1, 1))
    leave, close, good, hope = style.ZONES
    pale = style.PALE_ZONES
    zones = (
        _Zone("✖  leave", 0.065, leave, pale[0], style.INK, (worst_end, at_walk)),
        _Zone("▲", 0.012, close, pale[1], style.INK, (at_walk, at_near)),
        _Zone("●  good enough", 0.11, good, pale[2], style.ON_GOOD, (at_near, at_want)),
        _Zone("★  what you hope for", 0.155, hope, pale[3], style.WHITE, (at_want, best_end)),
    )
    for zone in zones:
        left, right = zone.ends if rises else zone.ends[::-1]
        for state, colour in ((1, zone.colour), (0, zone.pale)):
            shown = f"AND({is_live}={state},{right}>{left})"
            start, end = (
                Formula(f"IF({shown},{spot},{charts.NOWHERE})")
                for spot in (f"{left}+{gap}", f"{right}-{gap}")
            )
            canvas.bar("Zone", start, end, MIDDLE, colour, 19)
        room = area.reference(f"C{area.write('Room that its words take', zone.room)}")
        for state, colour in ((1, zone.ink), (0, style.SLATE)):
            fits = f"AND({is_live}={state},{right}-{left}>{room})"
            canvas.text(
                Formula(f'IF({fits},"{zone.words}"," ")'),
                Formula(f"IF({is_live}={state},AVERAGE({left},{right}),{charts.NOWHERE})"),
                MIDDLE,
                "ctr",
                colour,
                10,
                True,
            )
    to_hope, to_leave = ("r", "l") if rises else ("l", "r")
    for mark, ref, spot, height, tip, colour, grows, symbol in (
        ("offer", offer, at_offer, UPPER, UPPER_TIP, style.INK, to_leave, "circle"),
        ("our_offer", ours, at_ours, UPPER, UPPER_TIP, style.ACCENT, to_hope, "circle"),
        ("walkaway", walkaway, at_walk, LOWER, LOWER_TIP, style.NEGATIVE_TEXT, to_leave, "diamond"),
        ("want", want, at_want, LOWER, LOWER_TIP, style.ZONES[-1], to_hope, "diamond"),
    ):
        name = names[mark]
        number = f'"{name}  "&{context.words(ref)}'
        live = f"AND({is_live}=1,COUNT({ref})=1)"
        for shown, text, ink, bold in (
            (live, Formula(_beside(f'IF({live},{number}," ")', grows)), colour, True),
            (f"{is_live}=0", _beside(name, grows, quote=False), style.PALE_WORDS, False),
        ):
            place = Formula(f"IF({shown},{spot},{charts.NOWHERE})")
            canvas.line("Stem", (place, height), (place, tip), ink, 1.5)
            canvas.dot(text, place, height, ink, size=10, side=grows, bold=bold, symbol=symbol)
    return canvas


def _beside(text: str, grows: str, *, quote: bool = True) -> str:
    """A label with room between it and its mark."""
    room = charts.FIXED_SPACE * 2
    if quote:
        return f'"{room}"&{text}' if grows == "r" else f'{text}&"{room}"'
    return f"{room}{text}" if grows == "r" else f"{text}{room}"
