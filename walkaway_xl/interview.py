"""Which workbook fits: two questions in a terminal, and the names that head the workbook."""

from walkaway_xl.asking import Ask
from walkaway_xl.asking import choose as chosen
from walkaway_xl.core.phrasing import later, phrase
from walkaway_xl.workbooks import TEMPLATES, Template

PEOPLE = (
    ("seller", later("I sell something")),
    ("buyer", later("I buy something")),
    ("candidate", later("I talk about a job for me")),
)
HEADINGS = ("item", "them")


def choose(answer: Ask) -> Template:
    """The workbook that fits, by who somebody is and what it is about.

    Parameters
    ----------
    answer : callable
        Shows a question and gives back what was typed, as `input` does.
    """
    who = PEOPLE[chosen(answer, phrase("Who are you?"), [phrase(words) for _, words in PEOPLE])][0]
    fitting = [template for template in TEMPLATES if template.has_example and template.who in (who, "")]
    choices = [f"{phrase(template.title)}. {phrase(template.summary)}" for template in fitting]
    return fitting[chosen(answer, phrase("What is it about?"), choices)]


def heading(answer: Ask, template: Template) -> dict[str, str]:
    """What it is about and with whom, by the names of the workbook's inputs; blanks are left out."""
    inputs = template.build().inputs
    answers = {
        name: answer(phrase("{label} (Enter leaves it blank): ", label=inputs[name].label)).strip()
        for name in HEADINGS
        if name in inputs
    }
    return {name: text for name, text in answers.items() if text}
