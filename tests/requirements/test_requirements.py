"""What is installed is pinned, known and free to use: lock files, bill of materials, licences."""

import importlib.metadata
import json
import re

import pytest
from packaging.requirements import Requirement

from tests.requirements import bill, lock

LICENCES, ALLOWED = bill.TABLE["licences"], bill.TABLE["allowed"]
PINNED = {extra: list(lock.pins(extra)) for extra in lock.EXTRAS}
PACKAGES = sorted({pin.name for pins in PINNED.values() for pin in pins})
CLASSIFIERS = {
    "Apache Software License": {"Apache-2.0"},
    "BSD License": {"BSD-2-Clause", "BSD-3-Clause"},
    "MIT License": {"MIT"},
    "Mozilla Public License 2.0 (MPL 2.0)": {"MPL-2.0"},
    "Public Domain": {"LicenseRef-Public-Domain"},
    "Python Software Foundation License": {"PSF-2.0"},
}


def terms(expression):
    """The licences in an expression."""
    return set(re.split(r" AND | OR ", expression))


def names(requirements):
    """Which packages some requirements ask for, on any system."""
    return {Requirement(line).name.lower().replace("_", "-") for line in requirements}


@pytest.mark.parametrize("extra", lock.EXTRAS)
def test_every_requirement_is_pinned_in_a_version_that_fits(extra):
    project = lock.project()
    lines = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    lines += project["project"]["optional-dependencies"][extra]
    wanted = [Requirement(line) for line in lines if not line.startswith(lock.PACKAGE)]
    versions = {
        pin.name: [other.version for other in PINNED[extra] if other.name == pin.name]
        for pin in PINNED[extra]
    }

    assert {} == {
        requirement.name: versions.get(requirement.name)
        for requirement in wanted
        if not all(map(requirement.specifier.contains, versions.get(requirement.name, ["no version"])))
    }


@pytest.mark.parametrize("extra", lock.EXTRAS)
def test_every_line_of_a_lock_file_is_a_version_with_hashes(extra):
    text = (lock.FOLDER / f"{extra}.txt").read_text("utf-8")

    assert text.count("==") - text.count("== '") == len(PINNED[extra])
    assert all(pin.hashes for pin in PINNED[extra])
    assert "://" not in text  # whose registry it was is nobody's business


def test_the_lock_files_agree():
    versions = {}
    for pins in PINNED.values():
        for pin in pins:
            versions.setdefault((pin.name, pin.marker), set()).add((pin.version, pin.hashes))

    assert {1} == {len(different) for different in versions.values()}


def test_the_bill_of_materials_is_that_of_the_lock_file():
    assert bill.bill() == bill.PATH.read_text("utf-8")

    content = json.loads(bill.bill())
    parts = {component["bom-ref"] for component in content["components"]}
    assert {bill.reference(pin) for pin in PINNED[bill.EXTRA]} == parts
    assert {"required", "optional", "excluded"} == {component["scope"] for component in content["components"]}
    (itself,) = (entry for entry in content["dependencies"] if lock.PACKAGE in entry["ref"])
    assert names(lock.project()["project"]["dependencies"]) < {
        re.match("pkg:pypi/(.*)@", part)[1] for part in itself["dependsOn"]
    }


def test_every_package_has_a_licence_and_no_licence_is_left_over():
    assert sorted(LICENCES) == PACKAGES


@pytest.mark.parametrize("package", PACKAGES)
def test_every_licence_is_allowed_where_it_is_used(package):
    allowed = {*ALLOWED["everywhere"]}
    if package not in {pin.name for pin in PINNED["quotes"]}:
        allowed |= {*ALLOWED["in_tests"]}

    assert terms(LICENCES[package]) <= allowed


def is_stated(package, metadata):
    """Whether a package says that it stands under the licence of our table; what it says, if not."""
    if expression := metadata.get("License-Expression"):
        return expression == LICENCES[package] or expression
    stated = [
        line.rpartition(" :: ")[2] for line in metadata.get_all("Classifier") or () if "License ::" in line
    ]
    if not stated:
        return metadata.get("License") == LICENCES[package] or metadata.get("License")
    return all(CLASSIFIERS.get(line, set()) & terms(LICENCES[package]) for line in stated) or stated


def test_every_package_that_is_installed_says_the_same_of_its_licence():
    installed = {
        metadata.name.lower().replace("_", "-"): metadata for metadata in importlib.metadata.distributions()
    }
    stated = {
        package: is_stated(package, installed[package].metadata)
        for package in PACKAGES
        if package in installed
    }
    differing = {package: words for package, words in stated.items() if words is not True}

    assert differing.keys() == bill.TABLE["declared_otherwise"].keys(), differing


def test_what_docutils_has_under_the_gpl_is_not_installed():
    assert [] == [file for file in importlib.metadata.files("docutils") if file.suffix == ".el"]
