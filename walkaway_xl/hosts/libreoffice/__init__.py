"""The worksheet functions in LibreOffice Calc: an extension that is built from the catalogue.

`extension` builds the .oxt on our side; `addin` and `rebinding` run inside LibreOffice, which starts them
from the few lines of `component`.
"""
