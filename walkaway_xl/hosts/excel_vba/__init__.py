"""The add-in file of Excel on Windows: its VBA, its ribbon and its package, assembled without Excel.

The .bas files are the parts that are written by hand; `modules` writes the others from the catalogue. What
they call over COM is :mod:`walkaway_xl.hosts.excel_com`.
"""
