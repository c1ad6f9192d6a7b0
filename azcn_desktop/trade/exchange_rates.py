"""Exchange rates that a person accepted, and values converted at them.

Nothing is converted at a rate that nobody accepted, and two accepted ones for one currency and period are none: which
of them was meant can't be told. Where a year has no rate of its own and each of its twelve months has one, their mean
is its rate, and is called computed. A converted value is worked out when it is asked for and never stored.
"""

from __future__ import annotations

from collections import defaultdict

from msgspec import Struct

from azcn_desktop.errors import Conflict
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.records.kinds import Value
from azcn_desktop.records.numbers import format_number
from azcn_desktop.records.words import RATE_KIND
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store

COMMON = "USD"
"""The currency in which every rate is stated, and to which two currencies are brought."""
NEW = -1
MONTHS = 12
_COLUMNS = ("id", "period", "currency", "units_per_usd", "kind", "publisher", "url", "accepted")


class Rate(Struct, frozen=True):
    """A stated exchange rate.

    Attributes:
        currency: ISO 4217.
        period: the year, YYYY, or the month, YYYY-MM.
        units_per_usd: how many units make one US dollar; above 0.
        publisher, url, kind: as stored, empty for None; the kind is a word of `RATE_KIND`.
        is_accepted: a person accepted it for comparing.
        key: the record; NEW for what is not written yet.
        months: of a rate that was computed here, those that it is the mean of; empty for a stated one.
    """

    currency: str
    period: str
    units_per_usd: float
    publisher: str
    url: str = ""
    kind: str = "average"
    is_accepted: bool = False
    key: int = NEW
    months: tuple[Rate, ...] = ()

    @property
    def words(self) -> str:
        """What is stated and by whom: "7.1 CNY to the US dollar (average of the period 2024, a bank, https://...)"."""
        named = ", ".join(part for part in (self.publisher, self.url) if part)
        kind = RATE_KIND.label(self.kind).lower() if self.kind else "rate"
        if self.months:
            kind = f"computed: mean of twelve months, {kind}, of"
        return f"{format_number(self.units_per_usd)} {self.currency} to the US dollar ({kind} {self.period}, {named})"

    def converted(self, value: float) -> float:
        """Return a value of its currency in US dollars."""
        return value / self.units_per_usd


class Rates(Struct, frozen=True):
    """The accepted rates of a file.

    Attributes:
        accepted: by currency and period; of each exactly one.
        ambiguous: currencies and periods for which several are accepted, so that none is used.
    """

    accepted: dict[tuple[str, str], Rate]
    ambiguous: tuple[tuple[str, str], ...] = ()

    def to_common(self, currency: str, period: str) -> Rate | None:
        """Return the rate that brings a currency to US dollars in a period; None where none is accepted.

        That of a year may be computed from those of all its months.
        """
        stated = self.accepted.get((currency, period))
        if stated is not None or len(period) != len("2024") or (currency, period) in self.ambiguous:
            return stated
        months = self.months_of(currency, period)
        return _mean(currency, period, months) if len(months) == MONTHS else None

    def months_of(self, currency: str, year: str) -> tuple[Rate, ...]:
        """Return the rates of the months of a year that may be used together: of one kind, in the order of months."""
        found = [rate for (of, period), rate in sorted(self.accepted.items()) if of == currency
                 and period.startswith(f"{year}-")]  # fmt: skip
        return tuple(rate for rate in found if rate.kind == found[0].kind)


NO_RATES = Rates({})


def rates_in_use(rates: Rates) -> list[Rate]:
    """Return the rates at which years are compared, stated or computed, by currency and year."""
    years = sorted({(currency, period[:4]) for currency, period in rates.accepted})
    found = (rates.to_common(currency, year) for currency, year in years)
    return [rate for rate in found if rate is not None]


def years_in_part(rates: Rates) -> list[tuple[str, str, int]]:
    """Return currency, year and number of months with a rate, where these are too few to make a rate of the year."""
    years = sorted({(currency, period[:4]) for currency, period in rates.accepted})
    return [
        (currency, year, len(rates.months_of(currency, year)))
        for currency, year in years
        if rates.to_common(currency, year) is None
    ]


def read_rates(store: Store) -> list[Rate]:
    """Return all stated rates, accepted or not, in the order of the table."""
    return [_rate(*row) for row in store.select(Query("exchange_rate"), _COLUMNS) if _is_positive(row[3])]


def accepted_rates(store: Store) -> Rates:
    """Return the rates that may be used."""
    found: dict[tuple[str, str], list[Rate]] = defaultdict(list)
    for rate in read_rates(store):
        if rate.is_accepted:
            found[rate.currency, rate.period].append(rate)
    single = {key: rates[0] for key, rates in found.items() if len(rates) == 1}
    return Rates(single, tuple(sorted(key for key in found if key not in single)))


def state_rate(store: Store, rate: Rate) -> ChangeSet:
    """Write down a new rate with who states it; whether it is accepted is not looked at."""
    return ChangeSet(f"Rate of {rate.currency} {rate.period}", (Change("exchange_rate", NEW, None, _row(store, rate)),))


def state_and_accept(store: Store, rate: Rate) -> ChangeSet:
    """Write down a new rate and accept it in one step; another one for the same currency and period no longer is."""
    same = (r for r in read_rates(store) if (r.currency, r.period) == (rate.currency, rate.period))
    withdrawn = [_set(store, r, False) for r in same if r.is_accepted]
    stated = Change("exchange_rate", NEW, None, {**_row(store, rate), "accepted": 1})
    return ChangeSet(f"Give and accept rate of {rate.currency} {rate.period}", (*withdrawn, stated))


def accept_rate(store: Store, key: int) -> ChangeSet:
    """Accept a rate for comparing; another one for the same currency and period is accepted no longer.

    Raises:
        Conflict: the rate is gone.
    """
    rates = {rate.key: rate for rate in read_rates(store)}
    if key not in rates:
        raise Conflict("This exchange rate no longer exists.")
    chosen = rates[key]
    same = (r for r in rates.values() if (r.currency, r.period) == (chosen.currency, chosen.period))
    withdrawn = [_set(store, r, False) for r in same if r.is_accepted and r.key != key]
    accepted = [] if chosen.is_accepted else [_set(store, chosen, True)]
    return ChangeSet(f"Accept rate of {chosen.currency} {chosen.period}", (*withdrawn, *accepted))


def withdraw_rate(store: Store, key: int) -> ChangeSet:
    """Accept a rate no longer.

    Raises:
        Conflict: the rate is gone, or was not accepted.
    """
    rate = next((r for r in read_rates(store) if r.key == key), None)
    if rate is None or not rate.is_accepted:
        raise Conflict("This exchange rate is not accepted.")
    return ChangeSet(f"Withdraw rate of {rate.currency} {rate.period}", (_set(store, rate, False),))


def _mean(currency: str, year: str, months: tuple[Rate, ...]) -> Rate:
    """Return the rate of a year as the mean of its months, each weighing the same."""
    units = float(f"{sum(rate.units_per_usd for rate in months) / len(months):.6g}")
    publishers = ", ".join(dict.fromkeys(rate.publisher for rate in months if rate.publisher))
    return Rate(currency, year, units, publishers, kind=months[0].kind, is_accepted=True, months=months)


def _set(store: Store, rate: Rate, is_accepted: bool) -> Change:
    record = store.get("exchange_rate", rate.key)
    before = record.values.get("accepted") if record else None
    return Change("exchange_rate", rate.key, {"accepted": before}, {"accepted": int(is_accepted)})


def _row(store: Store, rate: Rate) -> dict[str, Value]:
    return store.schema["exchange_rate"].new_row() | {
        "period": rate.period, "currency": rate.currency, "units_per_usd": rate.units_per_usd, "kind": rate.kind,
        "publisher": rate.publisher, "url": rate.url or None,
    }  # fmt: skip


def _rate(key: object, period: object, currency: object, units: object, *rest: object) -> Rate:
    kind, publisher, url, accepted = rest
    assert isinstance(key, int)
    assert isinstance(units, int | float)
    return Rate(
        str(currency or ""), str(period or ""), float(units), str(publisher or ""), str(url or ""), str(kind or ""),
        bool(accepted), key,
    )  # fmt: skip


def _is_positive(value: Value) -> bool:
    return isinstance(value, int | float) and value > 0
