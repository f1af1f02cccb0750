"""The bill of materials: what an installation of the package is made of, as CycloneDX."""

import json
import tomllib
from pathlib import Path
from typing import Any

from tests.requirements.lock import BUILD, FOLDER, PACKAGE, Pin, pins, project

PATH = FOLDER / "walkaway_xl.cdx.json"
EXTRA = "quotes"  # what install.py installs
TABLE = tomllib.loads((Path(__file__).with_name("licences.toml")).read_text("utf-8"))


def bill() -> str:
    """The bill, made from the lock file."""
    metadata, materials = project()["project"], list(pins(EXTRA))
    itself = f"pkg:pypi/{PACKAGE}@{metadata['version']}"
    base = _needed_by_the_base(materials, metadata["dependencies"])
    needs = {
        itself if parent == PACKAGE else purl: [reference(pin) for pin in materials if parent in pin.parents]
        for parent, purl in ((PACKAGE, itself), *((pin.name, reference(pin)) for pin in materials))
    }
    content = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "lifecycles": [{"phase": "pre-build"}],
            "component": {
                "type": "application",
                "bom-ref": itself,
                "name": PACKAGE,
                "version": metadata["version"],
                "licenses": [{"license": {"id": metadata["license"]}}],
                "purl": itself,
            },
        },
        "components": [_component(pin, base) for pin in materials],
        "dependencies": [{"ref": ref, "dependsOn": sorted(others)} for ref, others in sorted(needs.items())],
    }
    return json.dumps(content, indent=2) + "\n"


def reference(pin: Pin) -> str:
    """A version of a package, as everybody refers to it."""
    return f"pkg:pypi/{pin.name}@{pin.version}"


def _needed_by_the_base(materials: list[Pin], requirements: list[str]) -> set[str]:
    """Packages that an installation without extras has."""
    base = {pin.name for pin in materials if any(line.startswith(f"{pin.name}>") for line in requirements)}
    while more := {pin.name for pin in materials if base & set(pin.parents)} - base:
        base |= more
    return base


def _component(pin: Pin, base: set[str]) -> dict[str, Any]:
    component = {
        "type": "library",
        "bom-ref": reference(pin),
        "name": pin.name,
        "version": pin.version,
        "scope": "required" if pin.name in base else "excluded" if pin.parents == (BUILD,) else "optional",
        "licenses": [{"expression": TABLE["licences"][pin.name]}],
        "purl": reference(pin),
    }
    if pin.marker:
        component["properties"] = [{"name": "walkaway-xl:where", "value": pin.marker}]
    return component
