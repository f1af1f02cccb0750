"""The reference of the worksheet functions, written from their entries: for the terminal, and as pages."""
