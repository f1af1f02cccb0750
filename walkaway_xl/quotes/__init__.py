"""Whole quote books checked against a policy of margins, leakage, tiers and signatures.

The rules are the worksheet functions of the core, applied to batches of lines; here is what surrounds them:
the policy and its faults, columns under any name, files of three kinds, and the summary.
"""
