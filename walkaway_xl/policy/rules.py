"""The rules that a policy can break: each once, with its title and remedy, for a policy and for its sheet.

A rule finds its faults in a policy, each with its place and what is wrong there. On the Policy sheet it is a
formula in a working column of a table: 1 or more in every row that breaks it.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise, zip_longest
from typing import NamedTuple

from walkaway_xl.core._tolerance import TOLERANCE, share_at_least, share_below
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.core.pricing import kept_of_price
from walkaway_xl.core.tiers import Cliffs, discount_cliff
from walkaway_xl.policy import exception_faults, quote_faults, rule_faults
from walkaway_xl.policy.compiled import LIMITS
from walkaway_xl.policy.model import Policy, ProductClass, Signer
from walkaway_xl.policy.rule_faults import Findings
from walkaway_xl.policy.sheet import CLASSES, IS_NET, SIGNERS, TIERS, SheetRow, SheetTable, kept, leakage
from walkaway_xl.policy.version_faults import COSTS, LISTS, Versions


class OnSheet(NamedTuple):
    """A rule as a working column of the sheet."""

    table: SheetTable
    head: str
    formula: Callable[[SheetRow], str]


class Rule(NamedTuple):
    """A rule that a policy can break. With `stops`, lines cannot be checked until it is mended."""

    title: str
    remedy: str
    faults: Callable[[Policy], Findings]
    on_sheet: OnSheet | None = None  # None where the sheet cannot break it
    stops: bool = False


class Fault(NamedTuple):
    """A rule that is broken, where, and by what."""

    rule: Rule
    place: str
    detail: str

    @property
    def words(self) -> str:
        """The fault as a sentence, with the remedy."""
        title, remedy = phrase(self.rule.title), phrase(self.rule.remedy)
        return phrase("{title}: {detail}. {remedy}", title=title, detail=self.detail, remedy=remedy)

    def located(self, source: str) -> str:
        """The fault after the name of its file and its place there."""
        return f"{source}:{self.place}: {self.words}" if self.place else f"{source}: {self.words}"


def stopping_faults(policy: Policy) -> list[Fault]:
    """The faults for which lines cannot be checked by a policy."""
    return [fault for fault in lint(policy) if fault.rule.stops]


def lint(policy: Policy) -> tuple[Fault, ...]:
    """Every fault of a policy, from the top of the file to its end; in one place as the rules stand."""
    faults = [Fault(rule, place, detail) for rule in RULES for place, detail in rule.faults(policy)]
    return tuple(sorted(faults, key=lambda fault: _order(fault.place)))


def _order(place: str) -> tuple[int, str]:
    return int("".join(filter(str.isdigit, place)) or 0), place


# ---------------------------------------------------------------- the policy as a whole


def _empty(policy: Policy) -> Findings:
    if not policy.rules and not any(entry.name for entry in policy.classes):
        yield "", phrase("there is no class")
    if not any(entry.name for entry in policy.signers):
        yield "", phrase("nobody signs")


EMPTY = Rule(
    "Parts of the policy that are empty",
    "Policy needs a class or a rule, and somebody who signs.",
    _empty,
    stops=True,
)


# ---------------------------------------------------------------- classes


def _shown(entry: ProductClass) -> str:
    return entry.name or phrase("this class")


def _class_gap(policy: Policy) -> Findings:
    for entry in policy.classes:
        if (entry.name is None) != (entry.min_margin is None):
            if entry.name is None:
                yield entry.place, phrase("this class has no name")
            else:
                yield entry.place, phrase("{name} has no margin", name=entry.name)


def _class_gap_on_sheet(row: SheetRow) -> str:
    return f"--((LEN({row.cell('name')})>0)<>(COUNT({row.cell('min_margin')})=1))"


CLASS_GAP = Rule(
    "Classes: name or margin missing",
    "Every class needs a name and a margin.",
    _class_gap,
    OnSheet(CLASSES, "Gap", _class_gap_on_sheet),
    stops=True,
)


def _class_twice(policy: Policy) -> Findings:
    names = [entry.name.strip().casefold() for entry in policy.classes if entry.name]
    for entry in policy.classes:
        if entry.name and names.count(entry.name.strip().casefold()) > 1:
            yield entry.place, phrase("{name} stands here more than once", name=entry.name)


def _class_twice_on_sheet(row: SheetRow) -> str:
    name, names = row.cell("name"), row.table.cells(row.table.columns["name"], absolute=True)
    return f"IF(LEN({name})=0,0,--(COUNTIF({names},{name})>1))"


CLASS_TWICE = Rule(
    "Classes: listed twice",
    "Only the upper one is used. Take one out.",
    _class_twice,
    OnSheet(CLASSES, "Twice", _class_twice_on_sheet),
)


def _class_reach(policy: Policy) -> Findings:
    for entry in policy.classes:
        margin = entry.min_margin or 0.0
        if share_at_least(0.0, kept_of_price(margin, policy.leakage, policy.margin_basis)):
            yield (
                entry.place,
                phrase(
                    "{entry} asks for {margin} of the price, and {leakage} leak",
                    entry=_shown(entry),
                    margin=f"{margin:.1%}",
                    leakage=f"{policy.leakage:.1%}",
                ),
            )


def _class_reach_on_sheet(row: SheetRow) -> str:
    left = kept(f"SUM({row.cell('min_margin')})", leakage(row.year), IS_NET)
    return f"--({left}<={row.tolerance})"


CLASS_REACH = Rule(
    "Classes: margin and leakage leave no price",
    "Lower one. Together they must stay below 100 %; net of leakage, each alone.",
    _class_reach,
    OnSheet(CLASSES, "Out of reach", _class_reach_on_sheet),
    stops=True,
)


def _class_order(policy: Policy) -> Findings:
    for entry in policy.classes:
        for bands in (
            (entry.min_margin, entry.target_margin, entry.stretch_margin),
            (entry.min_price, entry.target_price, entry.stretch_price),
        ):
            stated = [share for share in bands if share is not None]
            if any(share_below(higher, lower) for lower, higher in pairwise(stated)):
                yield entry.place, f"{_shown(entry)} has {', '.join(f'{share:.1%}' for share in stated)}"


CLASS_ORDER = Rule("Classes: inversion", "Minimum, target and stretch rise.", _class_order)


# ---------------------------------------------------------------- rules for lines

RULE_GAP = Rule(
    "Rules: no floor",
    "Every rule needs a min_margin, min_markup, min_price or min_net.",
    rule_faults.without_floor,
    stops=True,
)
RULE_TWICE = Rule(
    "Rules: one name",
    "A line names the rule that decides it. Give each a name of its own.",
    rule_faults.named_twice,
    stops=True,
)
RULE_MUDDLE = Rule(
    "Rules: a column with two meanings",
    "Ask a column once in a rule, and for words or for numbers in all of them.",
    rule_faults.muddled,
    stops=True,
)
RULE_TIE = Rule(
    "Rules: tie",
    "The rule that asks more decides. Let one of them ask for another column, or part what they ask.",
    rule_faults.ties,
    stops=True,
)
RULE_REACH = Rule(
    "Rules: margin and leakage leave no price",
    "Lower one. Together they must stay below 100 %; net of leakage, each alone.",
    rule_faults.out_of_reach,
    stops=True,
)
RULE_NEVER = Rule("Rules: never", "No line can fulfil this. Correct it, or take it out.", rule_faults.never)
RULE_ORDER = Rule("Rules: inversion", "Minimum, target and stretch rise.", rule_faults.inverted)
RULE_DAYS = Rule(
    "Rules: days between",
    "Let one begin on the day after the other ends, or say who decides in between.",
    rule_faults.gaps,
)


# ---------------------------------------------------------------- signers

ON_SHEET = ("discount", "margin", "price")  # the limits that a sheet knows


def _signer_gap(policy: Policy) -> Findings:
    for signer, junior_to in zip_longest(policy.signers, policy.signers[1:]):
        stated = [key for key in LIMITS if getattr(signer, key) is not None]
        if stated and signer.name is None:
            yield signer.place, phrase("this signer has no name")
        after = [key for key in LIMITS if junior_to is not None and getattr(junior_to, key) is not None]
        if signer.name and (missing := [key for key in after if key not in stated]):
            yield (
                signer.place,
                phrase(
                    "{name} has no limit for {limits}, and {next} has one",
                    name=signer.name,
                    limits=", ".join(missing),
                    next=junior_to.name,
                ),
            )
    for upper, lower in pairwise(policy.signers):
        if lower.name and upper.name is None:
            yield lower.place, phrase("an empty row stands before {name}", name=lower.name)


def _signer_gap_on_sheet(row: SheetRow) -> str:
    name, limits = row.cell("name"), f"{row.cell('discount')}:{row.cell('price')}"
    gaps = f"(LEN({name})=0)*COUNT({limits})"
    if not row.is_last:
        missing = "+".join(f"COUNT({row.cell(key, 1)})*(COUNT({row.cell(key)})=0)" for key in ON_SHEET)
        gaps += f"+(LEN({name})>0)*({missing})"
    incomplete = f"--({gaps}>0)"
    return incomplete if row.is_first else f"{incomplete}+(LEN({name})>0)*(LEN({row.cell('name', -1)})=0)"


SIGNER_GAP = Rule(
    "Signers: gap",
    "Every signer needs a name, and a limit that one behind has; no empty row between.",
    _signer_gap,
    OnSheet(SIGNERS, "Gap", _signer_gap_on_sheet),
    stops=True,
)


def _steps(policy: Policy) -> Iterator[tuple[Signer, Signer, str, float, float]]:
    """Each two neighbours, a limit that both have, and how far it goes for either."""
    for upper, lower in pairwise(policy.signers):
        for key in LIMITS:
            limit, next_limit = getattr(upper, key), getattr(lower, key)
            if limit is not None and next_limit is not None:
                yield upper, lower, key, limit, next_limit


def _signer_overlap(policy: Policy) -> Findings:
    for upper, lower, key, limit, next_limit in _steps(policy):
        if limit == next_limit:
            yield (
                lower.place,
                phrase(
                    "{upper} and {lower} share the {key} {limit}",
                    upper=upper.name,
                    lower=lower.name,
                    key=key,
                    limit=_limit(key, limit),
                ),
            )


def _limit(key: str, value: float) -> str:
    """A limit as people read it."""
    if key == "below_points":
        return phrase("{points} points", points=f"{100 * value:g}")
    return f"{value:,g}" if key in ("below_money", "terms_days", "size") else f"{value:.0%}"


def _signer_overlap_on_sheet(row: SheetRow) -> str:
    if row.is_first:
        return "0"
    return "+".join(f"{row.both(key)}*({row.cell(key)}={row.cell(key, -1)})" for key in ON_SHEET)


SIGNER_OVERLAP = Rule(
    "Signers: overlap",
    "Two with the same limit: the second is never asked.",
    _signer_overlap,
    OnSheet(SIGNERS, "Overlap", _signer_overlap_on_sheet),
)


def _signer_order(policy: Policy) -> Findings:
    for upper, lower, key, limit, next_limit in _steps(policy):
        if next_limit < limit if LIMITS[key] else next_limit > limit:
            yield (
                lower.place,
                phrase(
                    ("{upper}, who is more junior, may sign a {key} of {limit}, {lower} only {next_limit}"),
                    upper=upper.name,
                    key=key,
                    limit=_limit(key, limit),
                    lower=lower.name,
                    next_limit=_limit(key, next_limit),
                ),
            )


def _signer_order_on_sheet(row: SheetRow) -> str:
    if row.is_first:
        return "0"
    wrong = {
        key: f"{row.cell(key)}<{row.cell(key, -1)}" if LIMITS[key] else f"{row.cell(key, -1)}<{row.cell(key)}"
        for key in ON_SHEET
    }
    return "+".join(f"{row.both(key)}*({less})" for key, less in wrong.items())


SIGNER_ORDER = Rule(
    "Signers: inversion",
    "Margins and prices fall from signer to signer, all other limits rise.",
    _signer_order,
    OnSheet(SIGNERS, "Inversion", _signer_order_on_sheet),
    stops=True,
)


def _signer_beyond(policy: Policy) -> Findings:
    # The last signer may go below the floor: somebody has to decide the exceptions.
    highest = max((entry.min_margin for entry in policy.classes if entry.min_margin is not None), default=0.0)
    for upper, lower in pairwise(policy.signers):
        if lower.name and upper.margin is not None and upper.margin < highest - TOLERANCE:
            yield (
                upper.place,
                phrase(
                    "{name} may go down to {margin}, and a class must earn {highest}",
                    name=upper.name,
                    margin=f"{upper.margin:.0%}",
                    highest=f"{highest:.0%}",
                ),
            )


def _signer_beyond_on_sheet(row: SheetRow) -> str:
    if row.is_last:
        return "0"
    highest = f"MAX({CLASSES.cells(CLASSES.columns['min_margin'], absolute=True)})"
    margin = row.cell("margin")
    return f"(LEN({row.cell('name', 1)})>0)*COUNT({margin})*({margin}<{highest}-{row.tolerance})"


SIGNER_BEYOND = Rule(
    "Signers: limit beyond the floor",
    "Only the last signer may go below a class minimum.",
    _signer_beyond,
    OnSheet(SIGNERS, "Beyond floor", _signer_beyond_on_sheet),
)


def _signer_unreached(policy: Policy) -> Findings:
    for signer in policy.signers:
        if signer.discount is None or signer.price is None:
            continue
        left = 1 - signer.discount  # of the list price, at the deepest discount
        shown = {"name": signer.name, "discount": f"{signer.discount:.0%}", "price": f"{signer.price:.0%}"}
        if share_below(signer.price, left):
            words = phrase(
                "{name} may sign a price of {price}, and a discount of {discount} never leads there", **shown
            )
            yield signer.place, words
        elif share_below(left, signer.price):
            words = phrase(
                "{name} may sign a discount of {discount}, and a price of {price} forbids it before", **shown
            )
            yield signer.place, words
    for upper, lower in pairwise(policy.signers):
        if upper.name and lower.name and all(getattr(upper, key) is None for key in LIMITS):
            yield (
                lower.place,
                phrase(
                    "{upper} signs anything, and {lower} is never asked", upper=upper.name, lower=lower.name
                ),
            )


SIGNER_UNREACHED = Rule(
    "Signers: threshold that nobody reaches",
    "A price is 1 less the discount. Leave one of the two out, or let them say the same.",
    _signer_unreached,
)


# ---------------------------------------------------------------- tiers


def _tier_gap(policy: Policy) -> Findings:
    for tier in policy.tiers:
        if (tier.quantity is None) != (tier.discount is None):
            if tier.quantity is None:
                yield tier.place, phrase("this tier has no quantity")
            else:
                yield tier.place, phrase("this tier has no discount")
    for upper, lower in pairwise(policy.tiers):
        if lower.quantity is not None and upper.quantity is None:
            yield (
                lower.place,
                phrase(
                    "an empty row stands before the tier from {quantity}", quantity=f"{lower.quantity:,g}"
                ),
            )


def _tier_gap_on_sheet(row: SheetRow) -> str:
    quantity = row.cell("quantity")
    incomplete = f"--(COUNT({quantity})<>COUNT({row.cell('discount')}))"
    return (
        incomplete
        if row.is_first
        else f"{incomplete}+COUNT({quantity})*(COUNT({row.cell('quantity', -1)})=0)"
    )


TIER_GAP = Rule(
    "Tiers: gap",
    "Every tier needs a quantity and a discount; no empty row between.",
    _tier_gap,
    OnSheet(TIERS, "Gap", _tier_gap_on_sheet),
    stops=True,
)


def _tier_steps(policy: Policy) -> Iterator[tuple[str, tuple[float, float], tuple[float, float]]]:
    """Place of the second of each two tiers, and quantity and discount of either."""
    for upper, lower in pairwise(policy.tiers):
        if None not in (upper.quantity, upper.discount, lower.quantity, lower.discount):
            yield lower.place, (upper.quantity, upper.discount), (lower.quantity, lower.discount)  # type: ignore[misc]


def _both_tiers(row: SheetRow) -> str:
    """1 if this tier and the one above have both of their numbers."""
    cells = (row.cell(key, down) for down in (-1, 0) for key in ("quantity", "discount"))
    return "*".join(f"COUNT({cell})" for cell in cells)


def _tier_overlap(policy: Policy) -> Findings:
    for place, (quantity, _), (next_quantity, _) in _tier_steps(policy):
        if next_quantity == quantity:
            yield place, phrase("two tiers begin at {quantity}", quantity=f"{quantity:,g}")


def _tier_overlap_on_sheet(row: SheetRow) -> str:
    if row.is_first:
        return "0"
    return f"{_both_tiers(row)}*({row.cell('quantity')}={row.cell('quantity', -1)})"


TIER_OVERLAP = Rule(
    "Tiers: overlap",
    "Two tiers begin at the same quantity.",
    _tier_overlap,
    OnSheet(TIERS, "Overlap", _tier_overlap_on_sheet),
    stops=True,
)


def _tier_order(policy: Policy) -> Findings:
    for place, (quantity, discount), (next_quantity, next_discount) in _tier_steps(policy):
        if next_quantity < quantity:
            yield (
                place,
                phrase("{next} follows {quantity}", next=f"{next_quantity:,g}", quantity=f"{quantity:,g}"),
            )
        if next_discount < discount:
            yield (
                place,
                phrase(
                    ("{quantity} units earn {discount}, and {next_quantity} earn {next_discount}"),
                    quantity=f"{quantity:,g}",
                    discount=f"{discount:.1%}",
                    next_quantity=f"{next_quantity:,g}",
                    next_discount=f"{next_discount:.1%}",
                ),
            )


def _tier_order_on_sheet(row: SheetRow) -> str:
    if row.is_first:
        return "0"
    falls = "+".join(f"({row.cell(key)}<{row.cell(key, -1)})" for key in ("quantity", "discount"))
    return f"{_both_tiers(row)}*({falls})"


TIER_ORDER = Rule(
    "Tiers: inversion",
    "Quantities and discounts rise, row by row.",
    _tier_order,
    OnSheet(TIERS, "Inversion", _tier_order_on_sheet),
    stops=True,
)


def _tier_cliff(policy: Policy) -> Findings:
    tiers = policy.tiers
    if not tiers or any(tier.quantity is None or tier.discount is None for tier in tiers):
        return
    places = {tier.quantity: tier.place for tier in tiers}
    quantities, discounts = [tier.quantity for tier in tiers], [tier.discount for tier in tiers]
    cliffs = discount_cliff(quantities, discounts, unit_price=1.0)
    if isinstance(cliffs, Cliffs):  # else there is none, or the tiers are in disorder or in parts of a unit
        for first, last, bound, _ in zip(*cliffs, strict=True):
            units = {"first": f"{first:,g}", "last": f"{last:,g}", "bound": f"{bound:,g}"}
            if first == last:
                yield places[float(bound)], phrase("{last} units cost more than {bound}", **units)
            else:
                yield places[float(bound)], phrase("{first} to {last} units cost more than {bound}", **units)


def _tier_cliff_on_sheet(row: SheetRow) -> str:
    if row.is_first:
        return "0"
    quantity, discount = row.cell("quantity"), row.cell("discount")
    cliff = f"({quantity}-1)*(1-{row.cell('discount', -1)})>{quantity}*(1-{discount})+{row.tolerance}"
    return f"{_both_tiers(row)}*({quantity}>{row.cell('quantity', -1)})*({cliff})"


TIER_CLIFF = Rule(
    "Tiers: cliff",
    "One unit more costs less in all. Make the step smaller.",
    _tier_cliff,
    OnSheet(TIERS, "Cliff", _tier_cliff_on_sheet),
)


# ---------------------------------------------------------------- costs, quotes and exceptions

RULE_CLIFF = Rule(
    "Rules: cliff",
    "One unit more may cost less in all. Make the step between the floors smaller.",
    rule_faults.cliffs,
)
RULE_TIERS = Rule(
    "Rules: tiers in disorder",
    "Quantities and discounts rise from pair to pair.",
    rule_faults.tiers_in_disorder,
    stops=True,
)
QUOTE_GAP = Rule(
    "Quotes: nothing asked",
    "A rule for quotes needs a limit, and one for a share of lines says of which: of.",
    quote_faults.without_limit,
    stops=True,
)
QUOTE_TWICE = Rule(
    "Quotes: one name",
    "A quote names the rule that it does not keep. Give each a name of its own.",
    quote_faults.named_twice,
    stops=True,
)
QUOTE_MUDDLE = Rule(
    "Quotes: a column with two meanings",
    "Ask a column once in a rule, and for words or for numbers in all of them.",
    quote_faults.muddled,
    stops=True,
)
QUOTE_TIE = Rule(
    "Quotes: tie",
    "The rule that asks more decides. Let one of them ask for another column, or part what they ask.",
    quote_faults.ties,
    stops=True,
)
QUOTE_NEVER = Rule(
    "Quotes: never", "No quote can fulfil this. Correct it, or take it out.", quote_faults.never
)
QUOTE_DAYS = Rule(
    "Quotes: days between",
    "Let one begin on the day after the other ends, or say who decides in between.",
    quote_faults.gaps,
)
QUOTE_ORDER = Rule(
    "Quotes: inversion", "What must be there at least is at most what may be there.", quote_faults.inverted
)
QUOTE_SIGNER = Rule(
    "Quotes: unknown signer",
    "Name one of the signers, or leave it out.",
    quote_faults.unknown_signers,
    stops=True,
)
EXCEPTION_GAP = Rule(
    "Exceptions: gap",
    "An exception names its line by one word for each of some columns, and has a fingerprint. check --ask "
    "writes both.",
    exception_faults.without_line,
    stops=True,
)
EXCEPTION_DAYS = Rule(
    "Exceptions: days", "It ends on the day of the decision or later.", exception_faults.backwards
)
EXCEPTION_SIGNER = Rule(
    "Exceptions: unknown signer",
    "Only one of the signers decides. Name one.",
    exception_faults.unknown_signers,
)
EXCEPTION_TWICE = Rule("Exceptions: decided twice", "Leave one of them.", exception_faults.decided_twice)


def _of_versions(title: str, versions: Versions) -> tuple[Rule, ...]:
    """What is asked of the versions of one kind."""
    return (
        Rule(
            f"{title}: gap",
            f"A version states a {versions.key} or a change of it, and not both.",
            versions.without_amount,
            stops=True,
        ),
        Rule(f"{title}: one name", "Give each version a name of its own.", versions.named_twice),
        Rule(
            f"{title}: a column with two meanings",
            "Ask a column once in a version, and for words or for numbers in all of them.",
            versions.muddled,
            stops=True,
        ),
        Rule(
            f"{title}: tie",
            "The version that asks more decides. Let one of them ask for another column, "
            "or part what they ask.",
            versions.ties,
            stops=True,
        ),
        Rule(f"{title}: never", "No line can fulfil this. Correct it, or take it out.", versions.never),
        Rule(
            f"{title}: days between",
            "Let one begin on the day after the other ends, or say what holds in between.",
            versions.gaps,
        ),
    )


RULES = (
    EMPTY,
    CLASS_GAP,
    CLASS_TWICE,
    CLASS_REACH,
    CLASS_ORDER,
    RULE_GAP,
    RULE_TWICE,
    RULE_MUDDLE,
    RULE_TIE,
    RULE_REACH,
    RULE_NEVER,
    RULE_ORDER,
    RULE_DAYS,
    RULE_CLIFF,
    RULE_TIERS,
    *_of_versions("Costs", COSTS),
    *_of_versions("Lists", LISTS),
    QUOTE_GAP,
    QUOTE_TWICE,
    QUOTE_MUDDLE,
    QUOTE_TIE,
    QUOTE_NEVER,
    QUOTE_DAYS,
    QUOTE_ORDER,
    QUOTE_SIGNER,
    SIGNER_GAP,
    SIGNER_OVERLAP,
    SIGNER_ORDER,
    SIGNER_BEYOND,
    SIGNER_UNREACHED,
    TIER_GAP,
    TIER_OVERLAP,
    TIER_ORDER,
    TIER_CLIFF,
    EXCEPTION_GAP,
    EXCEPTION_DAYS,
    EXCEPTION_SIGNER,
    EXCEPTION_TWICE,
)


class Flag(NamedTuple):
    """A working column of the sheet: the rule that it stands for, and its formula in a row."""

    column: str
    rule: Rule
    head: str
    formula: Callable[[SheetRow], str]


def flags_of(table: SheetTable) -> Iterator[Flag]:
    """The working columns of a table of the sheet, in the order of the rules."""
    forms = [(rule, form) for rule in RULES if (form := rule.on_sheet) and form.table is table]
    assert len(forms) <= len(table.flags), f"SheetTable {table.key} needs another column for flags"
    for column, (rule, form) in zip(table.flags, forms, strict=False):
        yield Flag(column, rule, form.head, form.formula)
