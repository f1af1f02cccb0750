"""xlwings Lite: the one main.py that it runs, made of the sources, and workbooks that carry it.

What runs in it is :mod:`walkaway_xl.hosts.excel_lite`.
"""
