"""The worked example of the buyer's workbook: a food maker and its supplier of shipping cartons."""

from datetime import date

from walkaway_xl.workbooks.price_book.book import Story
from walkaway_xl.workbooks.sections.alternatives import Alternative
from walkaway_xl.workbooks.sections.checklist import Gate, Inquiry, Signal
from walkaway_xl.workbooks.sections.log import Round
from walkaway_xl.workbooks.sections.messages import Building
from walkaway_xl.workbooks.sections.plan import Counterpart, Moves, Trade
from walkaway_xl.workbooks.sections.table_card import AgendaItem, Position
from walkaway_xl.workbooks.sections.walk_away import Setting

TIERS = ((1, 0.0), (250, 0.02), (500, 0.04), (650, 0.07))

RISKS = (
    ("Their new line starts late", 0.30, 4200.00, "Keep four weeks of stock", "Piet"),
    ("Board price rises by a tenth", 0.25, 9600.00, "Index clause, capped at 4 %", "Mara"),
    ("Cartons fail on the fast packer", 0.10, 7500.00, "Trial of 5,000 pieces first", "Jonas"),
)

STORY = Story(
    us="Marschland Foods",
    them="Nordkarton",
    item="Shipping cartons, two sizes",
    owner="Mara Lind",
    meeting=date(2026, 4, 21),
    agreed_by="Invitation of 7 April",
    currency="EUR",
    unit="1,000",
    answer="Give two thirds to Weserpack and keep the printed size with today's supplier",
    alternatives=(
        Alternative(
            "other supplier",
            "Weserpack, all sizes",
            392.00,
            -4.50,
            0.90,
            404.00,
            410.00,
            "Get the printed size confirmed in writing",
            "Mara",
            date(2026, 4, 14),
        ),
        Alternative(
            "make in-house",
            "Rent a folder-gluer, buy flat board",
            371.00,
            -38.00,
            0.70,
            404.00,
            425.00,
            "Price the operator for two shifts",
            "Jonas",
            date(2026, 4, 16),
        ),
        Alternative(
            "wait",
            "Tender again when board falls in autumn",
            376.00,
            -9.00,
            0.45,
            406.00,
            418.00,
            "Read the board futures with Treasury",
            "Mara",
            date(2026, 4, 15),
        ),
        Alternative(
            "do nothing",
            "Stay with today's supplier and price",
            404.00,
            0.00,
            1.00,
            None,
            412.00,
            "Ask them for their best price, in writing",
            "Piet",
            date(2026, 4, 14),
        ),
        Alternative(
            "other supplier",
            "Polish mill, full truckloads",
            366.00,
            -27.00,
            0.80,
            404.00,
            415.00,
            "Order a sample pallet",
            "Piet",
            date(2026, 4, 17),
        ),
    ),
    settings=(Setting("Mara Lind", 398.70, "Three quotes compared on one scale", date(2026, 4, 8)),),
    rounds=(
        Round(date(2026, 4, 9), 349.00, 412.00, "They opened with a surcharge for energy."),
        Round(
            date(2026, 4, 13), 355.00, 399.00, "They dropped the surcharge; we offered one call-off a week."
        ),
        Round(date(2026, 4, 15), 359.00, 391.00, "They asked for two years."),
        Round(date(2026, 4, 17), 362.00, 387.50, "Smaller steps on both sides."),
    ),
    next_step="Offer two years for 372 with an index clause; ask for the plates at their cost",
    counterpart=Counterpart(
        decider="Key account manager; below 380 the owner himself",
        alternatives="Two smaller food makers, each a third of our volume",
        interests="Fill the new line from June, one artwork for long runs",
        deadline="The line must be sold out by the end of May",
        low=362.00,
        likely=374.00,
        high=386.00,
        target=405.00,
    ),
    moves=Moves(
        opening=349.00,
        reason="Board has fallen by 8 % since their last list, energy by 5 %",
        opener="They do: their price shows how they count energy",
        reply="“Let us set surcharges aside and look at board, ink and labour.”",
        reserve=0.25,
        firmness=0.8,
        offers=8,
        round_to=1.00,
    ),
    trades=(
        Trade("carry the printing plates", "sign for two years", 9.00, 4.00),
        Trade("cap the board index at 4 %", "order the forecast of the quarter", 6.50, 2.50),
        Trade("deliver within 48 hours", "take full pallets of one size", 3.50, 1.20),
        Trade("give 60 days to pay", "pay by direct debit", 2.00, 0.40),
        Trade("hold four weeks of stock", "tell them our plan on Mondays", 4.80, 0.60),
    ),
    agenda=(
        AgendaItem("What has changed since last year", "both", 15),
        AgendaItem("Quality and deliveries of the trial", "Jonas Brandt", 15),
        AgendaItem("Volumes, call-off and stock", "Piet Claas", 20),
        AgendaItem("Price, index and terms", "Mara Lind", 30),
        AgendaItem("What is agreed, what is open", "both", 10),
    ),
    positions=(
        Position("Volume", "640,000 cartons in two sizes", "Long runs on your new line"),
        Position("Term", "One year, a second one if both are content", "You can plan the line"),
        Position("Index", "Board index, capped both ways", "Neither side bets on board"),
        Position("Delivery", "Weekly call-off, within 48 hours", "Your truck passes on Tuesdays"),
    ),
    gates=(
        Gate("Relationship: can we work with these people?", 7, 5),
        Gate("Risk: can we live with what may go wrong?", 6, 5),
        Gate("Value: is it worth the effort of switching?", 7, 5),
    ),
    signals=(
        Signal("●", "Takes off the glasses", "Pause: stop talking and let them speak", "everyone"),
        Signal("◆", "Asks for the calendar", "Break: talk outside the room", "Mara, Jonas"),
        Signal("▲", "Turns the page of the trial report", "Do not answer that question", "Piet"),
        Signal("■", "Puts the pen away", "We leave: thank them and stand up", "Mara"),
    ),
    inquiries=(
        Inquiry("Do the cartons run on the fast packer?", 350, 0.15),
        Inquiry("Is their line sold out before May anyway?", 40, 0.20),
        Inquiry("Can they print both sizes in one pass?", 120, 0.10),
    ),
    building=Building(
        met="the fast samples and the open talk about energy",
        unmet="a price that follows the board index",
        better_fit="a maker with a few long runs of one size",
        door="the index finds its way into your list",
        call_back=date(2026, 9, 7),
    ),
)
