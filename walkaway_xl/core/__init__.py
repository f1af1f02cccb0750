"""The worksheet functions themselves: pure NumPy, one module a family."""
