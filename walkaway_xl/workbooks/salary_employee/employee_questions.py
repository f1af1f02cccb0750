"""What is asked of somebody who has the job: what changes, what a no leads to, and red flags."""

from collections.abc import Sequence
from dataclasses import replace

from walkaway_xl.sheets.cell_writing import Formula
from walkaway_xl.sheets.form import Field
from walkaway_xl.sheets.word_list import WordList
from walkaway_xl.workbooks.salary_candidate import candidate_questions
from walkaway_xl.workbooks.sections.checklist import Flag, Gate, Item
from walkaway_xl.workbooks.sections.questions import (
    DEADLINE,
    INSTEAD,
    NOTHING_TO_JUDGE,
    RESTART,
    THEIRS,
    WITHOUT,
)

CASES = WordList("case", ("a raise", "a pay cut", "a transfer", "a layoff"))

WORDING = replace(
    candidate_questions.WORDING,
    title="Talking about the job you have",
    verb="Your job:",
    groups=("What is to change", "If you say no", "Your own numbers"),
    what="What is it about?",
    cases=CASES,
    questions=(
        "What would you get, a year in all?",
        "What will you do if you say no?",
        "What is that worth to you, a year in all?",
        "What do you have if that fails too?",
        "What would leaving cost you?",
        "What do you hope for?",
        "What is the least you can live on?",
        "By when must you answer?",
    ),
    by_case={
        THEIRS: (
            "What pay do they offer you now, a year?",
            "What pay would be left after the cut, a year?",
            "What would the new place pay, a year?",
            "What do their terms give you for a year?",
        ),
        INSTEAD: (
            "Where could you go instead?",
            "What will you do if you refuse the cut?",
            "What will you do if you refuse to move?",
            "What will you do if you refuse their terms?",
        ),
        WITHOUT: (
            "What is staying as you are worth?",
            "What do you have if that fails too?",
            "What do you have if that fails too?",
            "What do you have if that fails too?",
        ),
        RESTART: (
            "What would changing jobs cost you?",
            "What would leaving cost you?",
            "What would leaving cost you?",
            "What would leaving cost you?",
        ),
        DEADLINE: (
            "When will you talk about it?",
            "By when do they want your answer?",
            "By when do they want your answer?",
            "By when must you sign their terms?",
        ),
    },
    without_hint="your pay, or benefits for a year",
    restart_hint="once: a move, weeks unpaid",
    overline="Verdict on what they offer",
    walkaway="Say no below",
    restart="less the cost of leaving",
    without_reason="Without a yes you have more than that",
    going_without="No agreement: what you have then",
    first_step="Choose what it is about, then answer question 1: what would you get, a year in all?",
    due="to be answered by",
    issues="Pay, hours, place, an end date, notice, severance …",
    met="For example: the years and the trust.",
    door="For example: the budget of the team changes.",
    meanings={
        **candidate_questions.WORDING.meanings,
        "WALK AWAY": (
            "At this you are better off saying no.",
            "Say no, calmly and in writing, and say what would make it a yes.",
        ),
        "TOO CLOSE": (
            "Hardly better than saying no.",
            "Ask for one more thing before you say yes: an end date, fewer hours, a bonus later.",
        ),
        "ACCEPTABLE": (
            "More than the least you would take, short of what you hope for.",
            "Keep trading. Ask what they can change, and on which day it is looked at again.",
        ),
        "NO OFFER YET": (
            NOTHING_TO_JUDGE,
            "Write what they offer into question 1 as soon as you have it in writing.",
        ),
    },
)


def fields(per_unit: Formula, volume_unit: Formula) -> Sequence[tuple[str, Sequence[Field]]]:
    """The inputs of part 1, by heading: those of a candidate, worded for a job that one has."""
    worded = {
        "income": ("Income if you leave", "A month: benefits, a partner's pay."),
        "advantage": (
            "Staying is better than the alternative by",
            "Apart from pay: people, place, what you learn. Negative if it is worse.",
        ),
    }
    return candidate_questions.fields_worded(per_unit, worded, "How long you can say no")


ITEMS = (
    *candidate_questions.PACKAGE_ITEMS,
    Item("Contract, notice and protection are read", 3, True),
    Item("A lawyer, the union or the works council was asked", 2, False),
    *candidate_questions.SEEN_ITEMS,
)


FLAGS = (
    Flag("They lied", "RUN"),
    Flag("They ask you to sign that you leave of your own will", "RUN"),
    Flag("They threaten you or are abusive", "WALK AWAY"),
    Flag("They will not put it in writing", "WALK AWAY"),
    Flag("They take back what was promised", "WALK AWAY"),
    Flag("They press you to sign today", "CAUTION"),
    Flag("The change is “for now”, without a date", "CAUTION"),
    Flag("Others in your place were asked for less", "CAUTION"),
)

GATES = (
    Gate("Relationship: can I still work for these people?"),
    Gate("Risk: can I live with what may come next?"),
    Gate("Value: is it worth staying for?"),
)
