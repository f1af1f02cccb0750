"""Pyodide under Node: a real one, in which the tests run what xlwings Lite runs."""
