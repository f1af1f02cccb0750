"""The ribbon's tab and the menu of a cell, as customUI of Excel 2010 and later."""

from collections.abc import Iterable
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from walkaway_xl.core.choices import Side
from walkaway_xl.functions import FAMILIES
from walkaway_xl.hosts.contract import Offered

NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"
CELL_MENUS = ("ContextMenuCell", "ContextMenuListRange")  # of a cell, and of a cell in a table


class Button(NamedTuple):
    """A button; `pressed` is the procedure of the add-in that it calls."""

    label: str
    tip: str
    picture: str  # one of Excel's own
    pressed: str


class Choice(NamedTuple):
    """A line of a menu; its tag says to the procedure which it was."""

    label: str
    tip: str
    tag: str


NEW = Button(
    "New workbook", "Prepare a negotiation in a new workbook; it is saved where you say.", "FileNew", "New"
)
LOG = Button(
    "Log deal",
    "Write the workbook of talks that ended into the deal log beside it; only how they ended is asked.",
    "SheetRowsInsert",
    "Log",
)
CHECK = Button(
    "Check offers",
    "Write a check beside the offers that are selected: which is worth accepting?",
    "AcceptInvitation",
    "Check",
)
EXPLAIN = Button(
    "Explain cell", "Say in a sentence how the answer in this cell came about.", "FunctionWizard", "Explain"
)
INSERT = Button(
    "Insert function",
    "Write a function with a worked example here: a cell for each argument, and words in a list.",
    "NameUseInFormula",
    "Insert",
)
OTHERS = (
    Button("Help", "Open the tour of the worksheet functions, with every example live.", "Help", "Help"),
    Button(
        "Doctor", "Ask whether the functions answer, and what helps if they do not.", "AddInManager", "Doctor"
    ),
    Button(
        "Recover",
        "Start Python again where it did not answer, and calculate every open workbook.",
        "CalculateNow",
        "Recover",
    ),
    Button(
        "Bind on opening",
        "Switch on or off that workbooks made elsewhere find this add-in when they are opened.",
        "EditLinks",
        "Links",
    ),
)
LARGE = {"size": "large"}  # which only the tab has room for
SIDES = tuple(Choice(f"As {side.value}", f"You are the {side.value}.", str(side.value)) for side in Side)


def ribbon(choices: Iterable[Offered]) -> bytes:
    """The tab and the menus as the part customUI14.xml of a package."""
    root = Element("customUI", {"xmlns": NAMESPACE})
    tabs = SubElement(SubElement(root, "ribbon"), "tabs")
    tab = SubElement(tabs, "tab", {"id": "walkaway", "label": "Walkaway"})
    group = SubElement(tab, "group", {"id": "walkawayGroup", "label": "Know your walk-away"})
    gallery = SubElement(group, "gallery", {**_attributes(NEW), **LARGE, **_calls(NEW), "columns": "1"})
    for choice in choices:
        texts = {"label": choice.title, "screentip": choice.title, "supertip": choice.summary}
        SubElement(gallery, "item", {"id": choice.name, **texts})
    SubElement(group, "button", {**_attributes(LOG), **LARGE, **_calls(LOG)})
    _add_sides(SubElement(group, "menu", {**_attributes(CHECK), **LARGE}))
    SubElement(group, "button", {**_attributes(EXPLAIN), **LARGE, **_calls(EXPLAIN)})
    _add_functions(SubElement(group, "menu", {**_attributes(INSERT), **LARGE}))
    for button in OTHERS:
        SubElement(group, "button", {**_attributes(button), **LARGE, **_calls(button)})
    menus = SubElement(root, "contextMenus")
    for place in CELL_MENUS:
        own = SubElement(menus, "contextMenu", {"idMso": place})
        menu = SubElement(own, "menu", {"id": f"walkaway{place}", "label": "Walkaway"})
        _add_sides(
            SubElement(menu, "menu", _attributes(CHECK._replace(label="Check this offer"), place)), place
        )
        explain = EXPLAIN._replace(label="Explain this cell")
        SubElement(menu, "button", {**_attributes(explain, place), **_calls(explain)})
        _add_functions(SubElement(menu, "menu", _attributes(INSERT, place)), place)
    indent(root)
    part: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return part


def _add_sides(menu: Element, place: str = "") -> None:
    for choice in SIDES:
        _add_choice(menu, CHECK, choice, place)


def _add_functions(menu: Element, place: str = "") -> None:
    """A menu for each family, with its functions."""
    for family in FAMILIES:
        within = SubElement(menu, "menu", {"id": f"walkaway{place}{family.name}", "label": family.title})
        for function in family.functions:
            _add_choice(within, INSERT, Choice(function.name, function.summary, function.name), place)


def _add_choice(menu: Element, button: Button, choice: Choice, place: str) -> None:
    SubElement(
        menu,
        "button",
        {
            "id": f"walkaway{place}{button.pressed}{choice.tag}",
            "label": choice.label,
            "screentip": choice.label,
            "supertip": choice.tip,
            "tag": choice.tag,
            **_calls(button),
        },
    )


def _attributes(button: Button, place: str = "") -> dict[str, str]:
    return {
        "id": f"walkaway{place}{button.pressed}",
        "label": button.label,
        "imageMso": button.picture,
        "screentip": button.label,
        "supertip": button.tip,
    }


def _calls(button: Button) -> dict[str, str]:
    return {"onAction": f"Walkaway{button.pressed}"}
