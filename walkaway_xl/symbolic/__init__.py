"""The core run on symbols: it writes down what it calculates, and that is printed as a formula.

`tracing.py` runs it, on numbers that are not there yet (`symbols.py`); `expressions.py` keeps them simple.
`printing.py` prints what comes of it for programs that have LET and LAMBDA, `native.py` for every program.
"""
