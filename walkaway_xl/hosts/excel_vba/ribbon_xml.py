"""The ribbon's tab: five buttons, as customUI of Excel 2010 and later."""

from collections.abc import Iterable
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from walkaway_xl.hosts.contract import Offered

NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"


class Button(NamedTuple):
    """A button; `pressed` is the procedure of the add-in that it calls."""

    label: str
    tip: str
    picture: str  # one of Excel's own
    pressed: str


NEW = Button(
    "New workbook", "Prepare a negotiation in a new workbook; it is saved where you say.", "FileNew", "New"
)
BUTTONS = (
    Button(
        "Check offers",
        "Write a check beside the offers that are selected: which is worth accepting?",
        "AcceptInvitation",
        "Check",
    ),
    Button(
        "Explain cell",
        "Say in a sentence how the answer in this cell came about.",
        "FunctionWizard",
        "Explain",
    ),
    Button("Help", "Open the tour of the worksheet functions, with every example live.", "Help", "Help"),
    Button(
        "Doctor", "Ask whether the functions answer, and what helps if they do not.", "AddInManager", "Doctor"
    ),
)


def ribbon(choices: Iterable[Offered]) -> bytes:
    """The tab as the part customUI14.xml of a package."""
    root = Element("customUI", {"xmlns": NAMESPACE})
    tabs = SubElement(SubElement(root, "ribbon"), "tabs")
    tab = SubElement(tabs, "tab", {"id": "walkaway", "label": "Walkaway"})
    group = SubElement(tab, "group", {"id": "walkawayGroup", "label": "Know your walk-away"})
    gallery = SubElement(group, "gallery", {**_attributes(NEW), "columns": "1"})
    for choice in choices:
        texts = {"label": choice.title, "screentip": choice.title, "supertip": choice.summary}
        SubElement(gallery, "item", {"id": choice.name, **texts})
    for button in BUTTONS:
        SubElement(group, "button", _attributes(button))
    indent(root)
    part: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return part


def _attributes(button: Button) -> dict[str, str]:
    name = f"Walkaway{button.pressed}"
    return {
        "id": name[0].lower() + name[1:],
        "label": button.label,
        "size": "large",
        "imageMso": button.picture,
        "screentip": button.label,
        "supertip": button.tip,
        "onAction": name,
    }
