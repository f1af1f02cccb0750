"""A batch of lines checked: what the policy says to each line, as columns beside its own."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from walkaway_xl.core._arrays import Floats
from walkaway_xl.core._tolerance import TOLERANCE
from walkaway_xl.core.errors import NO_STATUS
from walkaway_xl.core.phrasing import phrase
from walkaway_xl.core.texts import shortened
from walkaway_xl.policy import Policy
from walkaway_xl.policy.compiled import BANDS, CompiledPolicy
from walkaway_xl.policy.quote_rules import is_total
from walkaway_xl.quotes.checking import (
    STATUSES,
    Checked,
    DiscountOptions,
    Lines,
    Range,
    asked_in_words,
    check,
    class_places,
    in_words,
    is_below,
    range_of,
    reasons,
    status_word,
)
from walkaway_xl.quotes.columns import NEEDED, SHARES, Columns, missing_class
from walkaway_xl.quotes.exact import MILLION, Amount
from walkaway_xl.quotes.exception_states import State
from walkaway_xl.quotes.fingerprints import Prints, Words, fingerprints
from walkaway_xl.quotes.line_exceptions import UNASKED, Register
from walkaway_xl.quotes.quote_files import FILE, ROW, Batch
from walkaway_xl.quotes.report_counts import MOST_LINES, ReportCounts, ReportLine, counted_for_report
from walkaway_xl.quotes.rule_columns import (
    Coded,
    RuleColumn,
    codes_of,
    column_of_days,
    days_of,
    rule_columns,
)
from walkaway_xl.quotes.tally import LOWEST, Reject, Remarks, WorstLine
from walkaway_xl.quotes.text_files import cell_errors, is_cell_error
from walkaway_xl.quotes.trends import Trend, counted_trend
from walkaway_xl.quotes.version_columns import VersionColumns, above_list, by_versions
from walkaway_xl.quotes.what_if import ChangedPolicy, counted_what_if

STATUS = pl.Enum([status_word(status) for status in sorted(STATUSES)])
WORDS_OF_STATUS = pl.Series(STATUS.categories, dtype=STATUS)
NO_PRINTS: Prints = np.array([], np.uint64)
STATES = pl.Series([*(state.word for state in State), None], dtype=pl.String)  # by state; the last is none
NO_SEGMENT = "(blank)"
LONGEST_WORD = 120  # letters of a name in a report, which may be of any length in a book
PERCENT = 100.0
AMOUNTS = ("quantity", "list_value", "net_value")  # which are negative where something comes back
STATED = {*NEEDED, "terms_days"}  # numbers from which nothing has to be derived
DISCOUNTS = ("discount", "unit_discount", "discount_value")  # whose sign and unit options say
FEW_CODES = 1 << 16  # of which it takes less time to count them than to sort them
NUMBERS = ("net_price", "floor", "max_discount", "headroom", "margin")
THEN = ("floor_what_if", "shortfall_what_if", "status_what_if", "signer_what_if")


class QuoteColumns(NamedTuple):
    """The column that names the quote, and those that rules for quotes ask for."""

    key: str
    when: tuple[RuleColumn, ...] = ()
    mixes: tuple[tuple[RuleColumn, ...], ...] = ()

    @property
    def names(self) -> list[str]:
        """The columns of lines that rules ask for."""
        asked = [*self.when, *(column for mix in self.mixes for column in mix)]
        return [column.column for column in asked if column.column]


class CheckOptions(NamedTuple):
    """What a check is to do, the same for all batches."""

    policy: CompiledPolicy
    columns: Columns
    segment: str | None  # the column by which the summary is split
    in_words: bool  # whether each line says its reason
    discounts: DiscountOptions = DiscountOptions()
    rule_columns: tuple[RuleColumn, ...] = ()  # what the rules of the policy ask for
    version_columns: VersionColumns = VersionColumns()  # what its versions of costs and of lists ask for
    for_report: bool = False  # whether more is counted than the summary needs
    across: str | None = None  # the column by which a report splits the segments
    trends: tuple[Trend, ...] = ()  # by what else lines are counted
    what_if: ChangedPolicy | None = None  # the same policy with some values changed
    by_quote: QuoteColumns | None = None  # if the lines of each quote are totalled
    as_of: date | None = None  # the day of all lines, in place of their own
    register: Register | None = None  # the exceptions, if there are any
    asks: tuple[str, ...] = ()  # the columns that name lines, if exceptions are asked for

    @property
    def names(self) -> list[str]:
        """The columns that a check reads."""
        asked = [column.column for column in (*self.rule_columns, *self.version_columns.all)]
        asked += [trend.column for trend in self.trends]
        if self.for_report:
            asked.append(self.columns.date)
        if self.register is not None:
            asked += [*self.register.columns, None if self.as_of else self.columns.date]
        if self.by_quote is not None:
            asked += [self.by_quote.key, *self.by_quote.names]
        return list(dict.fromkeys(filter(None, [*self.columns.names, self.segment, self.across, *asked])))

    @property
    def named(self) -> list[str]:
        """The columns by which somebody splits the lines."""
        quote = self.by_quote.key if self.by_quote else None
        trends = [trend.column for trend in self.trends]
        return list(dict.fromkeys(filter(None, [self.segment, self.across, quote, *trends])))

    @property
    def roles(self) -> dict[str, str]:
        """What the columns of the book are that a check reads."""
        columns = self.columns
        words = {
            columns.product: "product",
            columns.product_class: "class",
            columns.date: "date",
            columns.currency: "currency",
        }
        numbers = {name: role for role, names in columns.numbers.items() for name in names}
        return numbers | {name: role for name, role in words.items() if name is not None}

    @property
    def signer_type(self) -> pl.Enum:
        """The type of the column that says who signs."""
        return pl.Enum(list(dict.fromkeys(self.policy.signer_names)))

    def added(self, names: Sequence[str]) -> dict[str, str]:
        """Names of the columns that a check adds; one that the file has already is kept and told apart."""
        bands = tuple(band for band in BANDS[1:] if self.policy.is_stated[band])
        tier = ("tier_discount",) if self.policy.has_tiers else ()
        leader = ("loss_leader",) if self.policy.has_loss_leaders else ()
        words = ("reason",) if self.in_words else ()
        rule = ("rule",) if self.policy.matcher else ()
        excepted = ("exception",) if self.register else ()
        cost = ("cost_used",) if self.policy.costs.matcher else ()
        listed = ("list_price_used", "discount_used") if self.policy.lists.matcher else ()
        then = THEN if self.what_if else ()
        added = (
            *NUMBERS,
            *cost,
            *listed,
            "shortfall",
            "status",
            *leader,
            "signer",
            "asked",
            *excepted,
            *rule,
            *tier,
            *bands,
            *words,
            *then,
        )
        return {name: free_name(name, names) for name in added}


def options_for_lines(
    policy: Policy,
    columns: Columns,
    names: Sequence[str],
    source: str,
    segment: str | None,
    discounts: DiscountOptions,
    *,
    in_words: bool,
    as_of: date | None = None,
) -> CheckOptions:
    """What a check of lines is to do.

    Parameters
    ----------
    policy : Policy
        By what they are checked.
    columns : Columns
        What the columns of the file are.
    names : sequence of str
        All of them.
    source : str
        Name of the file.
    segment : str or None
        The column by which the summary is split; the class if none is named.
    discounts : DiscountOptions
        How discounts are written.
    in_words : bool
        Whether each line says its reason.
    as_of : date, optional
        The day of all lines, in place of their own.

    Raises
    ------
    MissingError
        No column holds the class, and the policy has no rule for all lines.
    """
    compiled = CompiledPolicy(policy)
    if columns.product_class is None and compiled.place_of_others < 0 and not policy.rules:
        raise missing_class(
            phrase(
                (
                    '{source}: no column holds the class; --column class="NAME" says which '
                    'it is, or a [[class]] with name = "*" in {policy} is for all lines'
                ),
                source=source,
                policy=policy.source,
            ),
            columns,
            names,
            source,
        )
    asked = rule_columns(compiled.matcher.axes, columns, names, source, as_of) if compiled.matcher else ()
    options = CheckOptions(compiled, columns, segment or columns.product_class, in_words, discounts, asked)
    asked_by_versions = [
        rule_columns(versions.matcher.axes, columns, names, source, as_of) if versions.matcher else ()
        for versions in (compiled.costs, compiled.lists)
    ]
    options = options._replace(version_columns=VersionColumns(*asked_by_versions))
    register = None
    if policy.exceptions:
        register = Register(policy.exceptions, compiled.signer_names, names, source)
        if as_of is None:
            column_of_days(columns, source, phrase("exceptions hold"))
    return options._replace(as_of=as_of, register=register)


def quote_columns(options: CheckOptions, key: str, names: Sequence[str], source: str) -> CheckOptions:
    """The same options, and the lines of each quote are totalled.

    Parameters
    ----------
    options : CheckOptions
        What a check of lines is to do.
    key : str
        The column that names the quote.
    names : sequence of str
        All columns of the file.
    source : str
        Its name.

    Raises
    ------
    QuoteError
        Rules for quotes ask for a column that it lacks.
    """
    rules = options.policy.quote_rules
    axes = list({id(axis): axis for axis in rules.axes if not is_total(axis)}.values())  # ends stand twice
    book = (options.columns, names, source, options.as_of)
    when = rule_columns(axes, *book)
    mixes = tuple(rule_columns(mix.matcher.axes, *book) for mix in rules.mixes)
    return options._replace(by_quote=QuoteColumns(key, when, mixes))


def free_name(name: str, taken: Sequence[str]) -> str:
    """The name of a column that is added beside columns of others."""
    while name in taken:
        name += "_checked"
    return name


class CheckedBatch(NamedTuple):
    """A batch after its check."""

    lines: Lines
    checked: Checked
    frame: pl.DataFrame  # every line as it came, with what is added
    rejects: dict[int, str]  # by place in the batch, why a line could not be checked
    segments: NDArray[np.integer]
    segment_names: list[str]
    remarks: Remarks
    quote_codes: tuple[NDArray[np.integer], ...] = ()  # what rules for quotes ask of their lines
    mixes: tuple[NDArray[np.bool_], ...] = ()  # lines whose share of a quote is asked for
    prints: Prints = NO_PRINTS  # fingerprints, if exceptions are known or asked for
    then: "CheckedBatch | None" = None  # the same lines by a changed policy, if one is asked


def check_batch(batch: Batch, options: CheckOptions) -> CheckedBatch:
    """Check the lines of a batch.

    Parameters
    ----------
    batch : Batch
        The lines. Those that take something back are checked as what was sold, and counted with a minus.
    options : CheckOptions
        What is to be done.
    """
    frame, faults, returned = batch.frame, batch.faults, batch.returned
    numbers = batch.numbers if returned is None else _as_sold(batch.numbers, returned)
    classes, names = _coded(batch, options.columns.product_class)
    discounts = {role: options.discounts.signed(numbers[role]) for role in DISCOUNTS if role in numbers}
    stated = {role: columns[0] for role, columns in {**numbers, **discounts}.items()}
    shares = _shares(options.columns, discounts.get("discount", ()))
    if shares:
        stated["discount"] = options.discounts.combined(shares)
    if not STATED.issuperset(options.columns.numbers):
        stated, faults = _derived(stated, options.columns, faults)
    of_class = class_places(names, options.policy)[classes]

    def coded(column: str) -> tuple[NDArray[np.integer], list[str]]:
        return (classes, names) if column == options.columns.product_class else _coded(batch, column)

    terms_days = numbers["terms_days"][0] if "terms_days" in numbers else None
    asked = _asked_of(options.policy, options, batch, stated, of_class, terms_days, coded)
    if options.columns.product_class is not None:
        faults = cell_errors("class", options.columns.product_class, classes, names) | faults

    def checked_by(policy: CompiledPolicy, asked: _AskedOf) -> Checked:
        done = check(asked.lines, policy, surcharges=options.discounts.surcharges)
        done.status[[*faults, *asked.faults]] = NO_STATUS
        if returned is not None:
            done = _times(done, np.where(returned, -1.0, 1.0))
        return done if batch.rates is None else _times(done, batch.rates)

    lines, checked = asked.lines, checked_by(options.policy, asked)
    changed, then, asked_then = options.what_if, None, asked
    if changed is not None:
        if changed.versions_differ:
            asked_then = _asked_of(changed.compiled, options, batch, stated, of_class, terms_days, coded)
        then = checked_by(changed.compiled, asked_then)
    faults = asked.faults | faults
    prints = prints_of(lines, options.columns, coded) if options.register or options.asks else NO_PRINTS
    states, met = _exceptions(options, batch, prints, checked, coded)
    if states is not None:
        checked = checked._replace(excepted=(states == State.VALID) & is_below(checked.status))
    ruled = options.policy.matcher is not None
    in_percent = bool(options.columns.percents.intersection(options.columns.numbers.get("discount", ())))
    why = reasons(lines, checked, options.policy, lambda place: names[classes[place]], in_percent=in_percent)
    rejects = dict(why) | faults
    same = options.segment == options.columns.product_class
    segments, segment_names = (classes, names) if same else _coded(batch, options.segment)
    whole = frame.hstack(_added(frame.columns, lines, checked, states, options, then))
    remarks = Remarks(
        _counted(classes[lines.entry < len(options.policy.classes)] if ruled else classes, names)
        if options.columns.product_class
        else Counter(),
        dict(_ranges(options.columns, discounts)),
        int(((lines.discount < -TOLERANCE) & ~checked.rejected).sum()) if options.discounts.surcharges else 0,
        _by_entry(lines.entry[~checked.rejected], options.policy) if ruled else Counter(),
        _for_report(batch, lines, checked, (segments, segment_names), options),
        {trend.title: counted_trend(checked, *_of_trend(batch, trend)) for trend in options.trends},
        None if then is None or changed is None else counted_what_if(checked, then, changed),
        asked.versions,
        met,
    )
    done = CheckedBatch(
        lines,
        checked,
        whole,
        rejects,
        segments,
        segment_names,
        remarks,
        asked.quote_codes,
        asked.mixes,
        prints,
    )
    if then is None:
        return done
    return done._replace(
        then=done._replace(
            lines=asked_then.lines,
            checked=then,
            quote_codes=asked_then.quote_codes,
            mixes=asked_then.mixes,
        )
    )


class _AskedOf(NamedTuple):
    """Lines as a policy asks for them: what decides each, what they cost and list at, and why some cannot."""

    lines: Lines
    versions: Counter[tuple[str, str]]  # lines by what a version of the policy states, and by its name
    quote_codes: tuple[NDArray[np.integer], ...]
    mixes: tuple[NDArray[np.bool_], ...]
    faults: dict[int, str]


def _asked_of(
    policy: CompiledPolicy,
    options: CheckOptions,
    batch: Batch,
    stated: Mapping[str, Floats],
    of_class: NDArray[np.integer],
    terms_days: Floats | None,
    coded: Coded,
) -> _AskedOf:
    """What a policy asks of lines: that of the options, or the same with some values changed.

    Parameters
    ----------
    policy : CompiledPolicy
        The policy.
    options : CheckOptions
        What is to be done.
    batch : Batch
        The lines.
    stated : mapping
        List price, discount, cost and quantity.
    of_class : ndarray of int
        What their class makes of them, where no rule does.
    terms_days : ndarray of float or None
        Their days of payment.
    coded : callable
        A column of words as places in a list of them.
    """
    rates = None if batch.rates is None else np.where(batch.rates > 0, batch.rates, np.nan)
    numbers, entry = stated, of_class
    versions: Counter[tuple[str, str]] = Counter()
    faults: dict[int, str] = {}
    if policy.has_versions:
        numbers, versions, faults = by_versions(
            policy, options.version_columns, batch, stated, coded, rates, options.columns.numbers
        )
        if not options.discounts.surcharges:
            faults = dict(above_list(stated, numbers)) | faults
    if policy.matcher is not None:
        codes, unread = codes_of(options.rule_columns, batch, numbers, coded)
        decided = policy.matcher.places(codes, len(batch.frame))
        entry = np.where(decided < 0, of_class, decided + len(policy.classes))
        faults = unread | faults
    quote_codes, mixes, unread = _of_quotes(options, policy, batch, numbers, coded)
    lines = Lines(
        numbers["list_price"],
        numbers["discount"],
        numbers["cost"],
        numbers["quantity"],
        entry,
        terms_days,
        rates,
    )
    return _AskedOf(lines, versions, quote_codes, mixes, unread | faults)


def _exceptions(
    options: CheckOptions, batch: Batch, prints: Prints, checked: Checked, coded: Coded
) -> tuple[NDArray[np.int8] | None, Counter[tuple[int, int]]]:
    """What has become of the exceptions at each line, and how many lines each has met; None without any."""
    if options.register is None:
        return None, Counter()
    if options.as_of is not None:
        days = np.full(len(batch.frame), float(options.as_of.toordinal()))
    else:
        column = str(options.columns.date)
        days, _ = days_of(batch.frame[column], column, coded)
    states, met = options.register.states(batch.frame, prints, days, checked.signer)
    states[checked.rejected] = UNASKED
    return states, Counter(met)


def prints_of(lines: Lines, columns: Columns, coded: Coded) -> Prints:
    """The fingerprints of lines."""
    texts = [column for column in (columns.product_class, columns.product) if column is not None]
    return fingerprints(lines, [Words(*coded(column)) for column in texts])


def _of_quotes(
    options: CheckOptions, policy: CompiledPolicy, batch: Batch, stated: Mapping[str, Floats], coded: Coded
) -> tuple[tuple[NDArray[np.integer], ...], tuple[NDArray[np.bool_], ...], dict[int, str]]:
    """What lines hold in the columns of rules for quotes, which are meant, and why some are unread."""
    if options.by_quote is None:
        return (), (), {}
    codes, faults = codes_of(options.by_quote.when, batch, stated, coded)
    mixes = []
    for asked, mix in zip(options.by_quote.mixes, policy.quote_rules.mixes, strict=True):
        of_mix, unread = codes_of(asked, batch, stated, coded)
        mixes.append(mix.matcher.places(of_mix, len(batch.frame)) >= 0)
        faults = unread | faults
    return tuple(codes), tuple(mixes), faults


class Piece(NamedTuple):
    """The lines of a batch that are in one currency, after their check."""

    currency: str | None  # None where nothing states it
    batch: Batch
    checked: CheckedBatch
    places: NDArray[np.intp]  # of its lines in the whole batch

    @property
    def rejects(self) -> list[Reject]:
        """Lines that could not be checked, in their order."""
        rows, rejects = self.batch.rows, self.checked.rejects
        return [Reject(self.batch.file, rows[place], why) for place, why in sorted(rejects.items())]


def check_by_currency(batch: Batch, options: CheckOptions, currency: str | None) -> list[Piece]:
    """Check the lines of a batch, those of each currency for themselves.

    Parameters
    ----------
    batch : Batch
        The lines.
    options : CheckOptions
        What is to be done.
    currency : str or None
        Of lines that state none, or of the sums where rates convert them.
    """
    everywhere = np.arange(len(batch.frame))
    names = batch.currency if batch.rates is None else None
    if names is None or not len(everywhere):
        return [Piece(currency, batch, check_batch(batch, options), everywhere)]
    pieces = []
    for name in names.unique(maintain_order=True):
        keep = (names.is_null() if name is None else (names == name).fill_null(False)).to_numpy()
        places = np.flatnonzero(keep)
        piece = batch if len(places) == len(everywhere) else batch.part(keep)
        pieces.append(Piece(name or currency, piece, check_batch(piece, options), places))
    return pieces


class Whole(NamedTuple):
    """The pieces of a batch as one."""

    frame: pl.DataFrame  # every line as it came, with what is added
    rejects: list[int]  # places of lines that could not be checked
    why: list[Reject]


def put_together(pieces: Sequence[Piece]) -> Whole:
    """The checked lines of a batch in the order in which they came."""
    frame = pieces[0].checked.frame
    if len(pieces) > 1:
        order = np.argsort(np.concatenate([piece.places for piece in pieces]))
        frame = pl.concat([piece.checked.frame for piece in pieces])[order]
    why = {
        int(piece.places[place]): Reject(piece.batch.file, piece.batch.rows[place], why)
        for piece in pieces
        for place, why in piece.checked.rejects.items()
    }
    return Whole(frame, sorted(why), [why[place] for place in sorted(why)])


def _as_sold(numbers: Mapping[str, list[Floats]], returned: NDArray[np.bool_]) -> dict[str, list[Floats]]:
    """The numbers of lines that take something back as they were when it was sold."""
    negative = np.any([numbers[role][0] < 0 for role in AMOUNTS if role in numbers], axis=0)
    sign = np.where(returned & negative, -1.0, 1.0)
    sold = {role: list(columns) for role, columns in numbers.items()}
    for role in numbers:
        if role in (*AMOUNTS, "cost_value"):
            sold[role] = [np.where(returned, np.abs(column), column) for column in numbers[role]]
        elif role.endswith("_value"):
            sold[role] = [column * sign for column in numbers[role]]
    return {**numbers, **sold}


def _times(checked: Checked, factors: Floats) -> Checked:
    """The same with the money of each whole line multiplied: by −1 where it is taken back, or by a rate."""
    return checked._replace(
        list_value=checked.list_value * factors,
        revenue=checked.revenue * factors,
        earned=checked.earned * factors,
        shortfall=np.rint(checked.shortfall * factors) + 0.0,  # no −0
        factor=factors if checked.factor is None else checked.factor * factors,
    )


def _shares(columns: Columns, discounts: Sequence[Floats]) -> list[Floats]:
    """Discounts of which 0.15 is 15 %."""
    names = columns.numbers.get("discount", ())
    return [
        column / PERCENT if name in columns.percents else column
        for name, column in zip(names, discounts, strict=True)
    ]


def _derived(
    stated: dict[str, Floats], columns: Columns, faults: dict[int, str]
) -> tuple[dict[str, Floats], dict[int, str]]:
    """Prices, discounts and costs that no column states, from those that others do."""
    from walkaway_xl.quotes.derivation import derived  # most books state them

    for role in set(SHARES) & set(stated) - {"discount"}:
        if columns.numbers[role][0] in columns.percents:
            stated[role] = stated[role] / PERCENT
    four, reasons = derived({role: column for role, column in stated.items() if role != "terms_days"})
    return four, reasons | faults


def _ranges(columns: Columns, discounts: Mapping[str, Sequence[Floats]]) -> Iterator[tuple[str, Range]]:
    for role, values in discounts.items():
        for name, column in zip(columns.numbers[role], values, strict=True):
            held = range_of(column)
            yield name, held if role == "discount" else held._replace(within=0, above=0)  # money, no shares


def _counted(classes: NDArray[np.integer], names: Sequence[str]) -> Counter[str]:
    counts = np.bincount(classes, minlength=len(names)).tolist()
    return Counter(
        {name: count for name, count in zip(names, counts, strict=True) if not is_cell_error(name)}
    )


def _coded(batch: Batch, column: str | None) -> tuple[NDArray[np.integer], list[str]]:
    """A column of words as places in a list of them."""
    if column is None:
        return np.zeros(len(batch.frame), np.intp), [""]
    words = batch.frame[column].cast(pl.String)
    if words.has_nulls():
        words = words.fill_null("")
    distinct = batch.distinct[column] if column in batch.distinct else distinct_words(words)
    codes = words.cast(pl.Enum(distinct)).to_physical().to_numpy()
    return codes.astype(np.intp), [word or NO_SEGMENT for word in distinct]


def _of_trend(batch: Batch, trend: Trend) -> tuple[NDArray[np.integer], list[str]]:
    """Under what each line is counted, as its place in a list of names."""
    column = batch.frame[trend.column]
    codes: NDArray[np.integer]
    words: Sequence[object]
    if column.dtype in (pl.Date, pl.Datetime) and trend.period is not None:
        months = 12 * column.dt.year().cast(pl.Int64) + column.dt.month() - 1
        low, high = months.min(), months.max()
        first = low if isinstance(low, int) else 0
        last = high if isinstance(high, int) else first - 1
        days = [date(month // 12, month % 12 + 1, 1) for month in range(first, last + 1)]
        codes, words = (months - first).fill_null(len(days)).to_numpy(), [*days, ""]
    else:
        codes, words = _coded(batch, trend.column)
    names = trend.names_of(words)
    places = {name: place for place, name in enumerate(dict.fromkeys(names))}
    return np.array([places[name] for name in names], np.intp)[codes], list(places)


def _by_entry(entry: NDArray[np.integer], policy: CompiledPolicy) -> Counter[str]:
    """How many lines each class and each rule decides."""
    counts = np.bincount(entry, minlength=len(policy.entries)).tolist()
    return Counter({name: count for name, count in zip(policy.entry_names, counts, strict=False) if count})


def _for_report(
    batch: Batch,
    lines: Lines,
    checked: Checked,
    segments: tuple[NDArray[np.integer], list[str]],
    options: CheckOptions,
) -> ReportCounts:
    """What a report shows beyond the summary, if one is asked for."""
    if not options.for_report:
        return ReportCounts()
    with np.errstate(all="ignore"):  # of a line that cannot be checked it may be anything
        cost = checked.unit_cost * lines.quantity
        if checked.factor is not None:
            cost = cost * checked.factor
    entries = (lines.entry, options.policy.entry_names)
    across = _coded(batch, options.across)
    months: dict[str, Amount] = {}
    of_months: tuple[NDArray[np.integer], list[str]] = (segments[0], [""])
    if options.columns.date is not None:
        of_months = _of_trend(batch, Trend("month", options.columns.date, "month"))
        months = counted_trend(checked, *of_months)
    named = _lines_of_report(batch, lines, checked, (segments, across, of_months), options)
    return counted_for_report(checked, cost, segments, across, entries, months, named)


def _lines_of_report(
    batch: Batch,
    lines: Lines,
    checked: Checked,
    coded: Sequence[tuple[NDArray[np.integer], Sequence[str]]],
    options: CheckOptions,
) -> list[ReportLine]:
    """The lines below floor with the largest shortfall, as a report names them."""
    short = np.flatnonzero(is_below(checked.status) & (checked.shortfall > 0))
    places = short[np.argsort(-checked.shortfall[short], kind="stable")[:MOST_LINES]]

    def words(column: str | None) -> list[str]:
        if column is None:
            return [""] * len(places)
        held = batch.frame[column][places].cast(pl.String).fill_null("").to_list()
        return [shortened(word, LONGEST_WORD) for word in held]

    def named(codes: NDArray[np.integer], names: Sequence[str]) -> list[str]:
        return [
            shortened(names[code], LONGEST_WORD) if len(names) > 1 else names[0]
            for code in codes[places].tolist()
        ]

    frame = batch.frame
    files = frame[FILE][places].to_list() if FILE in frame.columns else [batch.file] * len(places)
    rows = (
        frame[ROW][places].to_list()
        if ROW in frame.columns
        else [batch.rows[place] for place in places.tolist()]
    )
    by = [words(trend.column) for trend in options.trends if trend.period is None]
    columns = [
        checked.shortfall[places].astype(np.int64).tolist(),
        files,
        rows,
        words(options.columns.product),
        *(column[places].tolist() for column in (lines.quantity, lines.list_price)),
        (1 - checked.price_share[places]).tolist(),
        *(column[places].tolist() for column in (checked.net_price, checked.floor, checked.margin)),
        STATUS.categories.gather(checked.status[places] - LOWEST).to_list(),
        [options.policy.signer_names[place] for place in checked.signer[places].tolist()],
        [options.policy.entry_names[place] for place in lines.entry[places].tolist()],
        *(named(*pair) for pair in coded),
        list(zip(*by, strict=True)) if by else [()] * len(places),
    ]
    return [ReportLine(*values) for values in zip(*columns, strict=True)]


def distinct_words(words: pl.Series) -> pl.Series:
    """The words of a column once each, in the order in which they come."""
    return words.unique(maintain_order=True)


def _added(
    names: Sequence[str],
    lines: Lines,
    checked: Checked,
    states: NDArray[np.int8] | None,
    options: CheckOptions,
    then: Checked | None,
) -> list[pl.Series]:
    columns: dict[str, pl.Series] = {
        name: _blank_for_nan(getattr(checked, name))
        for name in (*NUMBERS, "tier_discount", *BANDS[1:])
        if getattr(checked, name) is not None
    }
    signers = options.policy.signer_names
    columns["status"] = _status_words(checked)
    columns["shortfall"] = pl.Series(checked.shortfall / MILLION)
    if checked.loss_leader is not None:
        columns["loss_leader"] = pl.Series(checked.loss_leader)
    if options.policy.matcher is not None:
        entries = pl.Enum(list(dict.fromkeys(options.policy.entry_names)))
        columns["rule"] = pl.Series(options.policy.entry_names, dtype=entries)[lines.entry]
    columns["signer"] = pl.Series(signers, dtype=options.signer_type)[checked.signer]
    if options.policy.costs.matcher is not None:
        columns["cost_used"] = _blank_for_nan(lines.cost)
    if options.policy.lists.matcher is not None:
        columns["list_price_used"] = _blank_for_nan(lines.list_price)
        columns["discount_used"] = _blank_for_nan(lines.discount)
    columns["asked"] = _asked(checked, options.policy)
    if states is not None:
        columns["exception"] = STATES[states]
    if options.in_words:
        columns["reason"] = pl.Series(in_words(lines, checked, options.policy), dtype=pl.String)
    if then is not None:
        shortfall = pl.Series(then.shortfall / MILLION)
        who = pl.Series(signers, dtype=options.signer_type)[then.signer]
        held = (_blank_for_nan(then.floor), shortfall, _status_words(then), who)
        columns |= dict(zip(THEN, held, strict=True))
    return [columns[key].alias(name) for key, name in options.added(names).items()]


def _status_words(checked: Checked) -> pl.Series:
    status = checked.status - LOWEST
    if status.min(initial=0) < 0:
        status[checked.rejected] = 0
    return WORDS_OF_STATUS[status]


def _asked(checked: Checked, policy: CompiledPolicy) -> pl.Series:
    """Which limits ask for more than the most junior signer, and for whom; blank where none does."""
    size = len(policy.signer_names)
    codes = np.zeros(len(checked.status), np.int64)
    for places in reversed(checked.asked):
        codes = codes * size + places
    distinct, places_of = _distinct(codes, size ** len(policy.limits))
    names = [limit.of for limit in policy.limits]
    words = [asked_in_words(names, code, policy.signer_names) for code in distinct.tolist()]
    return pl.Series(words, dtype=pl.String)[places_of]


def _distinct(codes: NDArray[np.int64], size: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The codes that are there, and the place of each among them."""
    if size > FEW_CODES:
        return np.unique(codes, return_inverse=True)
    there = np.bincount(codes, minlength=size) > 0
    return np.flatnonzero(there), (np.cumsum(there) - 1)[codes]


def _blank_for_nan(values: Floats) -> pl.Series:
    column = pl.Series(values)
    # The least is NaN where one is; to look takes a tenth of the time.
    return column.fill_nan(None) if np.isnan(values.min(initial=np.inf)) else column


def worst_line(batch: CheckedBatch, place: int, options: CheckOptions, file: str, row: int) -> WorstLine:
    """A line of a batch, as the summary shows it."""
    product = options.columns.product
    checked = batch.checked
    return WorstLine(
        float(checked.shortfall[place]) / MILLION,
        file,
        row,
        "" if product is None else str(batch.frame[product][place] or ""),
        batch.segment_names[batch.segments[place]],
        float(batch.lines.quantity[place]),
        float(checked.net_price[place]),
        float(checked.floor[place]),
        float(checked.headroom[place]),
        str(STATUS.categories[int(checked.status[place]) - LOWEST]),
        options.policy.signer_names[int(checked.signer[place])],
    )
