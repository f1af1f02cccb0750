"""Builds the extension: what LibreOffice must know of every function, and the part of the package it runs."""

from collections.abc import Callable, Mapping
from functools import partial
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from walkaway_xl import __version__, languages
from walkaway_xl.catalogue import Argument, Function
from walkaway_xl.core.phrasing import phrase, spoken_in
from walkaway_xl.files.zips import archive_of
from walkaway_xl.functions import CATALOGUE
from walkaway_xl.hosts.libreoffice.interface import (
    BLANK_WARNING,
    IDENTIFIER,
    INTERFACE,
    REBINDING,
    can_be_text,
)
from walkaway_xl.hosts.sources import FUNCTIONS, PACKAGE, sources
from walkaway_xl.hosts.uno_names import ADDIN, MODULE, uno_name

REGISTRY = "http://openoffice.org/2001/registry"
MANIFEST = "http://openoffice.org/2001/manifest"
DESCRIPTION = "http://openoffice.org/extensions/description/2006"

CATEGORY = "Walkaway"  # the heading in the function wizard
# What runs inside LibreOffice, beside the worksheet functions.
INSIDE = (
    "hosts/uno_names.py",
    "languages.py",
    *(
        f"hosts/libreoffice/{part}.py"
        for part in (
            "__init__",
            "interface",
            "addin",
            "blank_warning",
            "calc_language",
            "lone_cells",
            "rebinding",
        )
    ),
)

MEDIA_TYPES = {
    "walkaway.idl": "application/vnd.sun.star.uno-typelibrary;type=RDB",
    "walkaway_component.py": "application/vnd.sun.star.uno-component;type=Python",
    "addins.xcu": "application/vnd.sun.star.configuration-data",
    "jobs.xcu": "application/vnd.sun.star.configuration-data",
}


def extension() -> bytes:
    """The extension as an .oxt file; the same bytes each time."""
    return archive_of(dict(sorted(contents().items())))


def contents() -> Mapping[str, bytes]:
    """The parts of the extension by their path in it."""
    (component,) = sources(["hosts/libreoffice/component.py"]).values()
    made = {
        "META-INF/manifest.xml": _manifest(),
        "description.xml": _description(),
        "walkaway.idl": _interface().encode(),
        "addins.xcu": _addins(),
        "jobs.xcu": _jobs(),
        "walkaway_component.py": component,
    }
    inside = sources((*FUNCTIONS, *INSIDE))
    return made | _catalogues() | {f"pythonpath/{path}": data for path, data in inside.items()}


def _catalogues() -> dict[str, bytes]:
    """The translations, where the package looks for them."""
    compiled = sorted(languages.FOLDER.glob(f"*/LC_MESSAGES/{languages.DOMAIN}.mo"))
    return {
        f"pythonpath/{PACKAGE}/locale/{path.relative_to(languages.FOLDER).as_posix()}": path.read_bytes()
        for path in compiled
    }


# ---------------------------------------------------------------- the interface


def _interface() -> str:
    """The interface with a method for each function, in the language of type descriptions."""
    opened = " ".join(f"module {part} {{" for part in MODULE.split("."))
    closed = " ".join("};" for _ in MODULE.split("."))
    methods = (
        f"  {_result(function)} {uno_name(name)}({_parameters(function)});"
        for name, function in CATALOGUE.items()
    )
    return "\n".join([opened, f" interface {INTERFACE} {{", *methods, " };", closed, ""])


def _result(function: Function) -> str:
    # The space is needed: the language reads >> as one sign.
    return "any" if can_be_text(function) else "sequence< sequence<any> >"


def _parameters(function: Function) -> str:
    return ", ".join(f"[in] any {_parameter(argument)}" for argument in function.arguments)


def _parameter(argument: Argument) -> str:
    """The name of a parameter. The prefix keeps it from being a word of the language, as `first` or `any`."""
    return uno_name(f"the_{argument.name}")


# ---------------------------------------------------------------- configuration


def _addins() -> bytes:
    """Names and help of the function wizard."""
    root = _data("CalcAddIns")
    addin = _group(_node(_group(root, "AddInInfo"), ADDIN), "AddInFunctions")
    for name, function in CATALOGUE.items():
        node = _node(addin, uno_name(name))
        _property(node, "DisplayName", name, languages.ENGLISH)
        _said(node, "Description", partial(_help, function))
        _property(node, "Category", "Add-In")
        _property(node, "CategoryDisplayName", CATEGORY, languages.ENGLISH)
        _property(node, "CompatibilityName", name, languages.ENGLISH)
        parameters = _group(node, "Parameters")
        for argument in function.arguments:
            parameter = _node(parameters, _parameter(argument))
            _property(parameter, "DisplayName", argument.name, languages.ENGLISH)
            _said(parameter, "Description", partial(phrase, argument.help))
    return _written(root)


def _help(function: Function) -> str:
    """What the wizard says of a function, and of empty cells where it takes numbers."""
    takes_numbers = any(argument.kind.is_measured for argument in function.arguments)
    parts = [phrase(function.summary)]
    if takes_numbers:
        parts.append(phrase("An empty cell alone counts as 0: write A1:A1 in place of A1."))
    return " ".join(parts)


def _jobs() -> bytes:
    """The jobs that bind our names when a document has been loaded, and look at it when it is shown."""
    root = _data("Jobs")
    jobs, events = _group(root, "Jobs"), _group(root, "Events")
    for job, event_name in ((REBINDING, "OnLoadFinished"), (BLANK_WARNING, "OnLoad")):
        _property(_node(jobs, job), "Service", job)
        event = _node(events, event_name, operation="fuse")  # others have jobs there too
        _node(_group(event, "JobList"), job)
    return _written(root)


def _data(name: str) -> Element:
    return Element(
        "oor:component-data",
        {
            "xmlns:oor": REGISTRY,
            "xmlns:xs": "http://www.w3.org/2001/XMLSchema",
            "oor:name": name,
            "oor:package": "org.openoffice.Office",
        },
    )


def _group(parent: Element, name: str) -> Element:
    """A node that the schema has already."""
    return SubElement(parent, "node", {"oor:name": name})


def _node(parent: Element, name: str, operation: str = "replace") -> Element:
    return SubElement(parent, "node", {"oor:name": name, "oor:op": operation})


def _property(parent: Element, name: str, value: str, language: str | None = None) -> None:
    holder = SubElement(parent, "prop", {"oor:name": name})
    SubElement(holder, "value", {"xml:lang": language} if language else {}).text = value


def _said(parent: Element, name: str, words: Callable[[], str]) -> None:
    """A text in every language that there is."""
    holder = SubElement(parent, "prop", {"oor:name": name})
    for language in languages.languages():
        with spoken_in(languages.translation(language)):
            SubElement(holder, "value", {"xml:lang": language}).text = words()


# ---------------------------------------------------------------- the package itself


def _manifest() -> bytes:
    root = Element("manifest:manifest", {"xmlns:manifest": MANIFEST})
    for path, media_type in MEDIA_TYPES.items():
        SubElement(
            root,
            "manifest:file-entry",
            {"manifest:full-path": path, "manifest:media-type": media_type},
        )
    return _written(root)


def _description() -> bytes:
    root = Element("description", {"xmlns": DESCRIPTION})
    SubElement(root, "identifier", {"value": IDENTIFIER})
    SubElement(root, "version", {"value": __version__})
    SubElement(SubElement(root, "display-name"), "name", {"lang": languages.ENGLISH}).text = "walkaway_xl"
    return _written(root)


def _written(root: Element) -> bytes:
    indent(root)
    data: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return data
