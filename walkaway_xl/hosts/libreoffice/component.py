"""What LibreOffice loads from the extension; the package lies in the folder pythonpath beside it."""

import unohelper

from walkaway_xl.hosts.libreoffice.addin import AddIn
from walkaway_xl.hosts.libreoffice.blank_warning import BlankWarning
from walkaway_xl.hosts.libreoffice.interface import BLANK_WARNING, REBINDING
from walkaway_xl.hosts.libreoffice.rebinding import Rebinding
from walkaway_xl.hosts.uno_names import ADDIN

g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 (the name that the loader looks for)
g_ImplementationHelper.addImplementation(AddIn, ADDIN, ("com.sun.star.sheet.AddIn",))
g_ImplementationHelper.addImplementation(Rebinding, REBINDING, ("com.sun.star.task.Job",))
g_ImplementationHelper.addImplementation(BlankWarning, BLANK_WARNING, ("com.sun.star.task.Job",))
