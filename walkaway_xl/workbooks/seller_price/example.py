"""The worked example of the seller's workbook: a foundry and its largest customer for pump housings."""

from datetime import date

from walkaway_xl.workbooks.price_book.book import Story
from walkaway_xl.workbooks.sections.alternatives import Alternative
from walkaway_xl.workbooks.sections.checklist import Gate, Inquiry, Signal
from walkaway_xl.workbooks.sections.log import Round
from walkaway_xl.workbooks.sections.messages import Building
from walkaway_xl.workbooks.sections.plan import Counterpart, Moves, Trade
from walkaway_xl.workbooks.sections.table_card import AgendaItem, Position
from walkaway_xl.workbooks.sections.walk_away import Setting

ANSWER = "Sell two thirds of the volume to Dalby Pumps and run the small line on one shift"

ALTERNATIVES = (
    Alternative(
        "other buyer",
        "Dalby Pumps, part of the volume",
        56.40,
        -1.20,
        0.75,
        46.00,
        45.00,
        "Get a written offer",
        "Ruth",
        date(2026, 2, 18),
    ),
    Alternative(
        "other buyer",
        "Spare-parts dealers, small lots",
        58.00,
        -6.50,
        0.90,
        44.00,
        43.00,
        "Ask three dealers for a yearly quantity",
        "Tom",
        date(2026, 2, 20),
    ),
    Alternative(
        "make in-house",
        "Sell machined pump heads ourselves",
        63.00,
        -11.00,
        0.60,
        44.00,
        38.00,
        "Price the missing milling fixture",
        "Inga",
        date(2026, 2, 23),
    ),
    Alternative(
        "wait",
        "Tender of the water board in May",
        57.00,
        -2.00,
        0.50,
        44.00,
        44.00,
        "Ask who writes the specification",
        "Ruth",
        date(2026, 2, 24),
    ),
    Alternative(
        "do nothing",
        "Leave the line idle for a year",
        43.50,
        0.00,
        1.00,
        None,
        41.00,
        "Offer the line's crew to the night shift",
        "Inga",
        date(2026, 2, 20),
    ),
    Alternative(
        "other",
        "Rent the line out to Marsh Foundry",
        47.00,
        0.00,
        0.80,
        43.50,
        42.00,
        "Check the lease for a no-sublet clause",
        "Tom",
        date(2026, 2, 19),
    ),
)

LADDER = (
    (0.10, "Key account manager"),
    (0.16, "Sales director"),
    (0.24, "Managing director"),
    (0.30, "Board"),
)

SETTINGS = (Setting("Ruth Amery", 51.50, "First valuation of the alternatives", date(2026, 2, 10)),)

ROUNDS = (
    Round(date(2026, 2, 12), 62.40, 47.50, "They opened with last year's price less 9 %."),
    Round(date(2026, 2, 16), 61.20, 51.90, "We offered call-off stock; they dropped the rebate talk."),
    Round(date(2026, 2, 19), 60.30, 54.10, "They asked for 45 days instead of 60."),
    Round(date(2026, 2, 23), 59.80, 54.80, "Smaller steps on both sides."),
)

NEXT_STEP = "Offer a two-year volume for 58; ask who else must agree"

COUNTERPART = Counterpart(
    decider="Purchasing lead P. Novak; the plant manager must agree",
    alternatives="A second foundry, not yet approved for pressure parts",
    interests="No line stop in summer, one certificate for every batch",
    deadline="Their stock lasts until the end of April",
    low=51.00,
    likely=56.50,
    high=60.00,
    target=50.00,
)

MOVES = Moves(
    opening=62.40,
    reason="Tooling is paid, scrap below 0.4 %, and no line stop in six years",
    opener="We do: we know the cost of a new approval better than they",
    reply="“That is far from what we can do. Let us look at what you need.”",
    reserve=0.25,
    firmness=0.8,
    offers=8,
    round_to=0.10,
)

TRADES = (
    Trade("commit to two years", "hold the price for both years", 1.40, 0.80),
    Trade("pay within 30 days", "take 0.5 % off the invoice", 0.33, 0.29),
    Trade("order full pallets only", "pay the freight to the new plant", 0.45, 0.35),
    Trade("give us the spare-parts order", "keep a month of call-off stock", 0.90, 0.60),
    Trade("name us in their tender", "send an engineer for two days", 0.20, 0.25),
)

AGENDA = (
    AgendaItem("What has changed since last year", "P. Novak", 15),
    AgendaItem("Quality and delivery record", "Inga Holt", 15),
    AgendaItem("Volume and call-off plan", "both", 20),
    AgendaItem("Price and terms", "Ruth Amery", 30),
    AgendaItem("What is agreed, what is open", "both", 10),
)

POSITIONS = (
    Position("Volume", "Two-year frame, 18,000 a year", "Lets us book furnace time and hold the price"),
    Position("Delivery", "Weekly call-off, five working days", "Your stock can fall by a third"),
    Position("Payment", "30 days", "Both sides see the true price"),
    Position("Quality", "One certificate for each batch", "No incoming inspection on your side"),
)

GATES = (
    Gate("Relationship: can we work with these people?", 8, 5),
    Gate("Risk: can we live with what may go wrong?", 7, 5),
    Gate("Value: is it worth the effort?", 6, 5),
)

SIGNALS = (
    Signal("●", "Puts the cap on the pen", "Pause: stop talking and let them speak", "everyone"),
    Signal("◆", "Asks for the page with the drawings", "Break: talk outside the room", "Ruth, Inga"),
    Signal("▲", "Moves the water glass to the left", "Do not answer that question", "Tom"),
    Signal("■", "Closes the folder", "We leave: thank them and stand up", "Ruth"),
)

INQUIRIES = (
    Inquiry("Can the second foundry be approved before May?", 400, 0.20),
    Inquiry("Will they sign for two years at all?", 50, 0.25),
    Inquiry("Does the new alloy need a new pressure test?", 1500, 0.10),
)

BUILDING = Building(
    met="your offer on call-off quantities",
    unmet="a price that pays for the pressure tests",
    better_fit="a foundry for general castings",
    door="your plans for certified parts change",
    call_back=date(2026, 5, 4),
)

STORY = Story(
    us="Brightmoor Castings",
    them="Lakeside Hydraulics",
    item="PH-7 pump housing",
    owner="Ruth Amery",
    meeting=date(2026, 2, 26),
    agreed_by="Agreed by mail",
    currency="GBP",
    unit="piece",
    answer=ANSWER,
    alternatives=ALTERNATIVES,
    settings=SETTINGS,
    rounds=ROUNDS,
    next_step=NEXT_STEP,
    counterpart=COUNTERPART,
    moves=MOVES,
    trades=TRADES,
    agenda=AGENDA,
    positions=POSITIONS,
    gates=GATES,
    signals=SIGNALS,
    inquiries=INQUIRIES,
    building=BUILDING,
)
