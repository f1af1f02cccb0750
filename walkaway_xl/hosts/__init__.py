"""Adapters: what each spreadsheet program needs to call the worksheet functions. None imports another."""
