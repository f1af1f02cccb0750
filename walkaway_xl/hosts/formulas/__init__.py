"""The worksheet functions as LAMBDA names of a plain workbook: no macro, no add-in, no Python.

A function whose cells answer one by one is traced: the core itself, run on symbols, writes its formula down.
A function of tables has its formula in its entry. Both stand behind the same door, which is generated.
"""
