"""Damaged files, made at random from whole ones, and what every command does with them.

`python -m tests.fuzzing --seeds 5000` runs as many as one likes. A file that fails goes into `corpus/`, where
the tests try it again for ever.
"""
