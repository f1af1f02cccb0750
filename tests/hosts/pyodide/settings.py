"""Runs inside Pyodide: tells how its Python was configured."""

import json
import sys
import sysconfig


def answer(names: list[str]) -> str:
    """Version of Python, the ending of its extension modules, and the settings of these names."""
    settings = sysconfig.get_config_vars()
    told = {name: settings.get(name) for name in names}
    return json.dumps([sys.version_info[:2], settings["EXT_SUFFIX"], told])
