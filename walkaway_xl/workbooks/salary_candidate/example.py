"""The worked example of the candidate's workbook: an engineer, a new employer, and another offer."""

from datetime import date

from walkaway_xl.workbooks.price_book.book import Story
from walkaway_xl.workbooks.sections.alternatives import Alternative
from walkaway_xl.workbooks.sections.checklist import Gate, Inquiry, Signal
from walkaway_xl.workbooks.sections.log import Round
from walkaway_xl.workbooks.sections.messages import Building
from walkaway_xl.workbooks.sections.plan import Counterpart, Moves, Trade
from walkaway_xl.workbooks.sections.table_card import AgendaItem, Position
from walkaway_xl.workbooks.sections.walk_away import Setting

# Key of a row of the packages → now, this offer, the other offer.
PACKAGES: dict[str, tuple[float, float, float]] = {
    "base": (84000, 92000, 90000),
    "bonus": (0.08, 0.12, 0.10),
    "payout": (0.9, 0.8, 0.8),
    "signing": (0, 8000, 0),
    "clawback": (0, 24, 0),
    "equity": (0, 40000, 60000),
    "years": (4, 4, 4),
    "haircut": (0, 0.5, 0.6),
    "vest_1": (0.25, 0.05, 0.25),
    "vest_2": (0.25, 0.15, 0.25),
    "vest_3": (0.25, 0.40, 0.25),
    "vest_4": (0.25, 0.40, 0.25),
    "benefits": (4200, 5200, 4800),
    "commute": (1800, 3400, 2600),
    "index": (1.0, 1.03, 1.0),
}

STORY = Story(
    us="Lea Winter",
    them="Korvex Systems",
    item="Lead engineer, test automation",
    owner="Lea Winter",
    meeting=date(2026, 6, 11),
    agreed_by="Call of 2 June",
    currency="EUR",
    unit="year",
    answer="Take the offer of Brandt Automation; they have asked for an answer by the 19th",
    alternatives=(
        Alternative(
            "other",
            "Brandt Automation, written offer",
            105400,
            -2500,
            0.90,
            92000,
            92000,
            "Ask for a week more to decide",
            "Lea",
            date(2026, 6, 8),
        ),
        Alternative(
            "do nothing",
            "Stay, with what I have now",
            92450,
            1500,
            1.00,
            None,
            88000,
            "Ask my manager about the lead role",
            "Lea",
            date(2026, 6, 5),
        ),
        Alternative(
            "wait",
            "Apply again after the summer",
            108000,
            -4000,
            0.50,
            92450,
            92450,
            "Tell two recruiters",
            "Lea",
            date(2026, 6, 9),
        ),
        Alternative(
            "other",
            "Freelance for two clients",
            118000,
            -16000,
            0.60,
            90000,
            78000,
            "Ask Jan for his day rates",
            "Lea",
            date(2026, 6, 10),
        ),
    ),
    settings=(
        Setting("Lea Winter", 101810, "Brandt's offer, worth it with a chance of 90 %", date(2026, 6, 3)),
    ),
    rounds=(
        Round(date(2026, 6, 4), 122000, 103500, "They named a base of 88,000 first."),
        Round(date(2026, 6, 8), 118500, 106400, "They added the signing bonus."),
    ),
    next_step="Ask for a base of 96,000, and for the claw-back to end after twelve months",
    counterpart=Counterpart(
        decider="Head of engineering; HR must agree to the base",
        alternatives="A second candidate without test experience",
        interests="Somebody who starts before the audit in September",
        deadline="Offer stands until 15 June",
        low=106000,
        likely=114000,
        high=120000,
        target=101000,
    ),
    moves=Moves(
        opening=122000,
        reason="Pay of lead engineers in the survey, and the audit that I have passed twice",
        opener="They did; I set their number aside",
        reply="“Let us talk about the role first. The survey says 110,000 to 122,000.”",
        reserve=0.25,
        firmness=1.0,
        offers=5,
        round_to=500,
    ),
    trades=(
        Trade("raise the base to 96,000", "start on 1 August", 4200, 800),
        Trade("end the claw-back after 12 months", "stay reachable for the audit", 2500, 300),
        Trade("two days a week at home", "be there in the audit weeks", 2400, 400),
        Trade("put the lead title in the contract", "lead the team from the first day", 1500, 500),
        Trade("review the pay after six months", "take the lower bonus this year", 2000, 900),
    ),
    agenda=(
        AgendaItem("The role and the first six months", "Head of engineering", 20),
        AgendaItem("What I bring: two audits, one team", "Lea Winter", 15),
        AgendaItem("The package", "both", 20),
        AgendaItem("Start, and what is still open", "both", 10),
    ),
    positions=(
        Position("Start", "1 August", "In time for the audit"),
        Position("Title", "Lead engineer", "The team needs one voice"),
        Position("Place", "Three days a week in the office", "Rig work there, reports at home"),
    ),
    gates=(
        Gate("Relationship: would I work for these people?", 8, 5),
        Gate("Risk: can I live with what may go wrong?", 6, 5),
        Gate("Value: is it worth the change?", 7, 5),
    ),
    signals=(
        Signal("●", "Takes a sip of water", "Pause: let them speak", "Lea"),
        Signal("◆", "“May I think about that until tomorrow?”", "Break: no answer today", "Lea"),
        Signal("▲", "Looks at the notes", "Do not answer that question", "Lea"),
        Signal("■", "Thanks them for the open talk", "I leave: stand up", "Lea"),
    ),
    inquiries=(
        Inquiry("Was the bonus paid in the last two years?", 0, 0.20),
        Inquiry("May I read the equity agreement?", 0, 0.15),
        Inquiry("A lawyer's look at the contract", 250, 0.10),
    ),
    building=Building(
        met="the open talk about the team",
        unmet="a package that pays for the risk of a change",
        better_fit="somebody who is looking for a first lead role",
        door="the role grows",
        call_back=date(2026, 10, 1),
    ),
)
