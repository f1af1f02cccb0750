"""The worked example of the used-goods workbook: a car at 7,500 while its like stands elsewhere at 6,500."""

from datetime import date

from walkaway_xl.workbooks.price_book.book import Story
from walkaway_xl.workbooks.sections.alternatives import Alternative
from walkaway_xl.workbooks.sections.checklist import Gate, Inquiry, Signal
from walkaway_xl.workbooks.sections.log import Round
from walkaway_xl.workbooks.sections.messages import Building
from walkaway_xl.workbooks.sections.plan import Counterpart, Moves, Trade
from walkaway_xl.workbooks.sections.table_card import AgendaItem, Position
from walkaway_xl.workbooks.sections.walk_away import Setting

COMPARABLES = (
    ("Same model, dealer in Horn", 6900, 6, 84, 0),
    ("Same model, private, winter tyres", 6750, 7, 92, 150),
    ("Same engine, estate", 7200, 6, 71, 300),
    ("Same model, one owner", 7050, 5, 78, 0),
)

OPTIONS = (
    ("Heated seats", 150, "yes"),
    ("Tow bar, new", 250, "yes"),
    ("Full service record", 200, "no"),
)

REPAIRS = (
    ("Front brakes", 280, "Measured: 2 mm left"),
    ("Key with a broken switch", 120, "One of two"),
)

STORY = Story(
    us="Ana Ribeiro",
    them="Mr Kolb, private seller",
    item="Hatchback, 2019, 88,000 km",
    owner="Ana Ribeiro",
    meeting=date(2026, 5, 9),
    agreed_by="Call of 6 May",
    currency="EUR",
    unit="car",
    answer="Buy the other one in Linz on Saturday; the dealer holds it until noon",
    alternatives=(
        Alternative(
            "other supplier",
            "The same car in Linz, dealer",
            6500,
            0,
            1.00,
            None,
            6500,
            "Ask the dealer to hold it until Saturday",
            "Ana",
            date(2026, 5, 8),
        ),
        Alternative(
            "other supplier",
            "Estate car of a neighbour",
            6200,
            -500,
            0.60,
            7000,
            7400,
            "Ask whether he really sells",
            "Ana",
            date(2026, 5, 7),
        ),
        Alternative(
            "do nothing",
            "Repair the old car once more",
            7400,
            0,
            1.00,
            None,
            8600,
            "Get a fixed price from the garage",
            "Rui",
            date(2026, 5, 8),
        ),
        Alternative(
            "wait",
            "Look again in autumn",
            6300,
            -700,
            0.80,
            7300,
            7600,
            "Save two searches with an alert",
            "Ana",
            date(2026, 5, 7),
        ),
    ),
    settings=(Setting("Ana Ribeiro", 6500, "The same car stands in Linz at 6,500", date(2026, 5, 6)),),
    rounds=(
        Round(date(2026, 5, 7), 5600, 7900, "He wants the price of the advertisement."),
        Round(date(2026, 5, 8), 6050, 7500, "I named the brakes; he will not go lower on the phone."),
    ),
    next_step="Say thank you and drive to Linz; he may call back",
    counterpart=Counterpart(
        decider="He alone; the car is his wife's",
        alternatives="A trader offered him 5,800",
        interests="Have it gone before the insurance renews",
        deadline="End of May",
        low=5800,
        likely=6400,
        high=7300,
        target=7900,
    ),
    moves=Moves(
        opening=5600,
        reason="Brakes, one key, and what the trader pays",
        opener="He did, with the advertisement",
        reply="“For that price there are newer ones. What did the trader offer?”",
        reserve=0.25,
        firmness=0.6,
        offers=4,
        round_to=50,
    ),
    trades=(
        Trade("leave the winter tyres with the car", "pay in cash today", 250, 0),
        Trade("have the brakes done", "take it on Saturday", 280, 50),
        Trade("register it over", "come to the office with you", 60, 20),
    ),
    agenda=(
        AgendaItem("Walk round and under the car", "Rui", 20),
        AgendaItem("Drive, cold start first", "both", 20),
        AgendaItem("Papers and service record", "Mr Kolb", 10),
        AgendaItem("Price", "Ana", 15),
    ),
    positions=(
        Position("Payment", "Cash or transfer, today", "No waiting, no trader"),
        Position("Collection", "Saturday morning", "Your insurance ends with the month"),
    ),
    gates=(
        Gate("Relationship: do they answer openly?", 6, 5),
        Gate("Risk: is the car what it seems?", 6, 5),
        Gate("Value: is it worth the trip?", 5, 5),
    ),
    signals=(
        Signal("●", "Walks to the other side of the car", "Pause: let him speak", "both"),
        Signal("◆", "Asks for a coffee", "Break: talk alone", "Ana"),
        Signal("▲", "Looks at the phone", "Do not answer that question", "Rui"),
        Signal("■", "Closes the bonnet", "We leave: thank him", "Ana"),
    ),
    inquiries=(
        Inquiry("Accidents: does the paint gauge say one colour?", 0, 0.10),
        Inquiry("Engine: is the cold start clean and quiet?", 0, 0.08),
        Inquiry("Papers: do chassis number and owner agree?", 0, 0.03),
        Inquiry("Rust and brakes: an hour on the lift", 60, 0.20),
        Inquiry("Report of a test centre", 140, 0.15),
    ),
    building=Building(
        met="the long drive and the open bonnet",
        unmet="a price at which this car beats the other one",
        better_fit="a buyer from your village",
        door="you think again about the price",
        call_back=date(2026, 5, 16),
    ),
)
