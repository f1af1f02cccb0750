"""The worked example of the contract workbook: a hospital and the maker of its laboratory software."""

from datetime import date

from walkaway_xl.workbooks.price_book.book import Story
from walkaway_xl.workbooks.sections.alternatives import Alternative
from walkaway_xl.workbooks.sections.checklist import Gate, Inquiry, Signal
from walkaway_xl.workbooks.sections.log import Round
from walkaway_xl.workbooks.sections.messages import Building
from walkaway_xl.workbooks.sections.plan import Counterpart, Moves, Trade
from walkaway_xl.workbooks.sections.table_card import AgendaItem, Position
from walkaway_xl.workbooks.sections.walk_away import Setting

# Issue, worst, best, points, limit, red line, their points, what their offer says.
ISSUES = (
    ("Fee a year, thousands", 260, 190, 100, 250, "yes", 70, 228),
    ("Payment, days", 14, 60, 30, None, "no", 60, 30),
    ("Term, years", 5, 2, 40, 4, "no", 80, 3),
    ("Liability, times the fee", 0.5, 3, 60, 1, "yes", 50, 1),
    ("Answer to a failure, hours", 12, 2, 80, 8, "yes", 30, 6),
    ("Exit help, months", 0, 6, 30, None, "no", 10, 2),
)

# Package → the value of each issue.
PACKAGES = (
    ("Theirs", ()),  # taken from the table of issues
    ("Ours", (205, 45, 3, 2, 4, 4)),
    ("A", (215, 30, 4, 2, 4, 6)),
    ("B", (210, 14, 4, 1.5, 4, 4)),
    ("C", (222, 30, 3, 2.5, 3, 6)),
    ("D", (198, 14, 5, 1, 8, 0)),
    ("E", (235, 60, 2, 3, 2, 6)),
    ("BATNA", (236, 30, 3, 1, 6, 0)),
)

STORY = Story(
    us="St. Anne's Hospital",
    them="Labora Systems",
    item="Laboratory software, five sites",
    owner="Nora Feld",
    meeting=date(2026, 9, 17),
    agreed_by="Draft contract of 31 August",
    currency="Score",
    unit="100",
    answer="Sign with Medilab for three years; their contract is ready",
    alternatives=(
        Alternative(
            "other supplier",
            "Medilab, contract ready to sign",
            36.00,
            -1.00,
            0.95,
            28.00,
            26.00,
            "Ask for exit help in writing",
            "Nora",
            date(2026, 9, 9),
        ),
        Alternative(
            "do nothing",
            "Go on with the old system for a year",
            31.00,
            -4.00,
            1.00,
            None,
            18.00,
            "Get the price of another year of support",
            "Emil",
            date(2026, 9, 8),
        ),
        Alternative(
            "wait",
            "Tender again with two other hospitals",
            48.00,
            -9.00,
            0.60,
            27.00,
            22.00,
            "Call the two purchasing leads",
            "Nora",
            date(2026, 9, 10),
        ),
        Alternative(
            "make in-house",
            "Open-source core, own team",
            44.00,
            -14.00,
            0.50,
            27.00,
            12.00,
            "Ask IT for an honest plan",
            "Emil",
            date(2026, 9, 11),
        ),
    ),
    settings=(Setting("Nora Feld", 34.65, "Medilab's contract on our scale", date(2026, 9, 3)),),
    rounds=(
        Round(date(2026, 9, 4), 78.00, 31.00, "Their draft: five years, half a fee of liability."),
        Round(date(2026, 9, 8), 73.00, 39.00, "They gave on the term; we on payment."),
        Round(date(2026, 9, 11), 70.00, 44.95, "They gave on liability; we on the fee."),
    ),
    next_step="Offer package C: more liability and faster answers for a fee of 222",
    counterpart=Counterpart(
        decider="Head of sales; the board for liability above two fees",
        alternatives="A private chain that wants everything by March",
        interests="A reference hospital and a long term",
        deadline="Their financial year ends in October",
        low=44.00,
        likely=58.00,
        high=68.00,
        target=30.00,
    ),
    moves=Moves(
        opening=78.00,
        reason="The terms of the public tender that they have signed elsewhere",
        opener="They did, with their draft",
        reply="“We read your draft as a wish list. Here is ours, issue by issue.”",
        reserve=0.25,
        firmness=0.8,
        offers=6,
        round_to=0.5,
    ),
    trades=(
        Trade("answer failures within three hours", "sign for four years", 11.80, 11.80),
        Trade("raise liability to two fees", "pay within 14 days", 7.10, 3.10),
        Trade("help for six months at the end", "be their reference", 5.90, 0.50),
        Trade("keep the fee for the whole term", "train our own users", 4.00, 1.50),
    ),
    agenda=(
        AgendaItem("How the laboratory works at night", "Dr. Emil Roth", 15),
        AgendaItem("Answers to failures, and how they are measured", "both", 20),
        AgendaItem("Term, liability and exit", "Nora Feld", 30),
        AgendaItem("Fee and payment", "both", 20),
        AgendaItem("What is agreed, what is open", "both", 10),
    ),
    positions=(
        Position("Failures", "An answer within hours, day and night", "Patients wait for results"),
        Position("Term", "Three years, a fourth if both are content", "You can plan, we can leave"),
        Position("Liability", "In proportion to the fee", "Both can insure it"),
        Position("Exit", "Data in an open format, and help", "It costs little and builds trust"),
    ),
    gates=(
        Gate("Relationship: can we work with these people?", 7, 5),
        Gate("Risk: can we live with what may go wrong?", 6, 5),
        Gate("Value: is it worth the change?", 7, 5),
    ),
    signals=(
        Signal("●", "Opens the second folder", "Pause: stop talking and let them speak", "everyone"),
        Signal("◆", "Asks for the time", "Break: talk outside the room", "Nora"),
        Signal("▲", "Taps the draft contract", "Do not answer that question", "Emil"),
        Signal("■", "Closes both folders", "We leave: thank them and stand up", "Nora"),
    ),
    inquiries=(
        Inquiry("Will the data protection officer agree at all?", 0, 0.15),
        Inquiry("Do two of their hospitals confirm the answers?", 80, 0.20),
        Inquiry("Does it speak to our analysers?", 1200, 0.25),
    ),
    building=Building(
        met="the open answers about your other hospitals",
        unmet="somebody who answers at night",
        better_fit="a laboratory that works by day",
        door="you build a night desk",
        call_back=date(2027, 3, 1),
    ),
)
