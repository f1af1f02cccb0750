"""Bringing the worksheet functions into the spreadsheet programs of this machine, and taking them away again.

What would be done is a plan, a list of steps; a plan is carried out whole or not at all.
"""
