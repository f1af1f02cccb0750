"""Putting something into the programs of a machine, and taking it out again: steps and Windows' registry.

What would be done is a plan, a list of steps; a plan is carried out whole or not at all.
"""
