"""Sections that several templates share, one module each."""
