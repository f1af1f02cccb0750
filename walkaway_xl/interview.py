"""Which workbook fits, and the questions of its first screen, in a terminal."""

from walkaway_xl.asking import AmbiguityError, Ask
from walkaway_xl.asking import choose as chosen
from walkaway_xl.core.errors import InputError
from walkaway_xl.core.phrasing import later, phrase
from walkaway_xl.sheets.draft import Draft
from walkaway_xl.workbooks import TEMPLATES, Template, filling
from walkaway_xl.workbooks.sections import questions

PEOPLE = (
    ("seller", later("I sell something")),
    ("buyer", later("I buy something")),
    ("candidate", later("I talk about a job for me")),
)
HEADINGS = ("item", "them")
FIRST_OFFER = "offer_now"
"""An input of the first screen of every workbook that begins with the eight questions."""


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


def answers(answer: Ask, template: Template) -> dict[str, str]:
    """What somebody answers to the questions of the first screen, by the names of the workbook's inputs.

    A blank answer leaves its question open; one that the cell would not take is asked again. Of a workbook
    without these questions only what it is about and with whom is asked.

    Parameters
    ----------
    answer : callable
        Shows a question and gives back what was typed, as `input` does.
    template : Template
        The workbook.
    """
    draft = template.build()
    names = [name for name in HEADINGS if name in draft.inputs]
    if FIRST_OFFER in draft.inputs:
        screen = draft.inputs[FIRST_OFFER].reference.sheet
        names = [
            name
            for name, asked in draft.inputs.items()
            if asked.reference.sheet == screen and asked.reference.first_row <= questions.DEADLINE
        ]
    given = {
        name: accepted(
            answer, draft, name, phrase("{label} (Enter leaves it blank): ", label=draft.inputs[name].label)
        )
        for name in names
    }
    return {name: text for name, text in given.items() if text}


def accepted(answer: Ask, draft: Draft, name: str, question: str) -> str:
    """What is typed, once its cell takes it.

    Parameters
    ----------
    answer : callable
        Shows a question and gives back what was typed, as `input` does.
    draft : Draft
        The workbook.
    name : str
        The input.
    question : str
        What is asked; a blank answer leaves it open.
    """
    typed = answer(question).strip()
    while typed:
        try:
            filling.accepted(draft, name, typed, called=name.rpartition(".")[2])
        except AmbiguityError as open_question:
            meanings = open_question.meanings
            meant = chosen(answer, open_question.question, [meaning.words for meaning in meanings])
            typed = meanings[meant].arguments[-1].partition("=")[2]
        except InputError as refused:
            typed = answer(f"{refused}\n{question}").strip()
        else:
            break
    return typed
