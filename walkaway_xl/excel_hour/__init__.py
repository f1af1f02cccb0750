"""What only a machine with Excel can show, tried in an Excel of its own and written into one report.

`hour.py` goes through `excel_steps.py`, each in a hidden Excel that it starts and ends; `session.py` is that
Excel, `dialogs.py` sees what Excel asks meanwhile, `comparing.py` holds cells to what a file stores, and
`excel_report.py` writes down what was seen, without paths and names.
"""
