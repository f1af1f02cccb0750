"""The language of LibreOffice's menus, which our texts in it have too. Runs inside LibreOffice only."""

from typing import Any

from com.sun.star.beans import PropertyValue

from walkaway_xl.core.phrasing import speak
from walkaway_xl.languages import languages, translation


def speak_as_calc(context: Any) -> None:
    """Say everything in the language of the menus, or else of its country's neighbours; else in English."""
    create = context.ServiceManager.createInstanceWithContext
    provider = create("com.sun.star.configuration.ConfigurationProvider", context)
    place = PropertyValue(Name="nodepath", Value="/org.openoffice.Setup/L10N")
    settings = provider.createInstanceWithArguments(
        "com.sun.star.configuration.ConfigurationAccess", (place,)
    )
    asked = settings.getByName("ooLocale")  # de, pt-BR
    for language in (asked, asked.partition("-")[0]):
        if language in languages():
            speak(translation(language))
            return
