"""What commitments, meetings, agreements, projects, people and organisations say, each as one clause.

The verb of a commitment is that of its class, so that a proposal never reads as a promise; what became of it later is
left out, since the source that follows did not say it. Knows no sources.
"""

from __future__ import annotations

from azcn_desktop.evidence.phrases import (
    capital,
    in_brackets,
    joined,
    listed,
    named,
    one_line,
    quantity,
    sentence_end,
    speaker,
    when,
)  # fmt: skip
from azcn_desktop.records.dates import date_words
from azcn_desktop.records.kinds import Amount as AmountKind
from azcn_desktop.store.records import LinkLabel, Record

# Of each class: what a speaker did, what was done where no speaker is known, and what it is when it is no promise.
_SAYING = {
    "decision": ("decided", "it was decided", ""),
    "announcement": ("announced", "it was announced", ""),
    "plan": ("stated a plan", "a plan was stated", ""),
    "expectation": ("stated an expectation", "it was expected", ""),
    "intention": ("stated an intention", "an intention was stated", ""),
    "interest": ("expressed interest", "interest was expressed", "an interest, not a commitment"),
    "wish": ("expressed a wish", "a wish was expressed", "a wish, not a commitment"),
    "proposal": ("proposed", "it was proposed", "a proposal, not a commitment"),
    "support": ("expressed support", "support was expressed", "support, not a commitment"),
    "opinion": ("gave an opinion", "an opinion was given", "an opinion, not a commitment"),
}
_AGREEMENT_WORDS = {"multilateral": "multilateral agreement"}
_SIGNED = ("exchanged", "in_force", "suspended", "terminated", "expired")
_STAGES = {"idea": "an idea", "study": "under study", "design": "being designed"}
_UNTIMED = "date not known"


def commitment_clause(record: Record) -> str:
    """Return who said what, when and to whom: "On 16 April 2025 Ling Ji, Deputy Minister, proposed: ..."."""
    active, passive, what_it_is = _SAYING.get(
        str(record.values.get("statement_class")), ("stated", "it was stated", "class not known")
    )
    by = speaker(record.labels.get("by", ()), record.values.get("by_role"))
    by = f"{by}," if ", " in by and "(" not in by else by
    to = joined(named(one_line(label.text)) for label in record.labels.get("to", ()))
    made_on = record.values.get("made_on")
    said = joined((when(made_on), by, active if by else passive), " ")
    brackets = in_brackets(what_it_is, f"addressed to {to}" if to else "", _due(record), "" if made_on else _UNTIMED)
    return f"{capital(said)}: {one_line(record.values.get('what'))}{brackets}"


def _due(record: Record) -> str:
    due = record.values.get("due")
    words = date_words(due) if isinstance(due, str) else ""
    trigger = one_line(record.values.get("due_trigger"))
    meeting = joined(one_line(label.text) for label in record.labels.get("due_meeting_id", ()))
    said = joined((words, trigger, f"at “{meeting}”" if meeting else ""))
    return f"due {said}" if said else ""


def meeting_clause(record: Record) -> str:
    """Return what met, when, where and with whom."""
    status, kind = record.show("status").lower(), record.show("kind").lower()
    place = joined((one_line(record.values.get("city")), record.show("country")))
    people = [_with_office(label) for side in ("az", "cn", "other") for label in record.labels[f"participants_{side}"]]
    outcome = one_line(record.values.get("outcome"))
    held = joined(
        (
            f"{status} {kind}" if status == "recurring" else joined((kind, status), " "),
            _meeting_date(record),
            f"in {place}{',' if people and ', ' in place else ''}" if place else "",
            f"with {listed(people)}" if people else "",
        ),
        " ",
    )
    return joined((f"{_title(record)}: {held}", f"outcome: {outcome}" if outcome else ""), "; ")


def _meeting_date(record: Record) -> str:
    first, last, status = (record.values.get(name) for name in ("date", "date_end", "status"))
    if not isinstance(first, str):
        return "" if status == "recurring" else f"({_UNTIMED})"
    if isinstance(last, str) and last != first:
        said = f"from {date_words(first)} to {date_words(last)}"
    else:
        said = f"for {date_words(first)}" if status == "planned" else when(first)
    return said + (" (date of publication)" if record.values.get("date_basis") == "publication" else "")


def agreement_clause(record: Record) -> str:
    """Return what was agreed between whom, how far it has come, when, where and by whom it was signed."""
    parties = [named(one_line(label.text)) for label in record.labels["parties"]]
    kind = _AGREEMENT_WORDS.get(str(record.values.get("kind")), record.show("kind").lower())
    between = f"{'between' if len(parties) > 1 else 'of'} {listed(parties)}" if parties else ""
    value = _amount(record, "value")
    what = joined((kind, between), " ")
    detail = joined((what, _signing(record)))
    return joined(
        (
            f"{_title(record)}: {detail}" if detail else _title(record),
            f"value {value}" if value else "",
            _dated("in force", record.values.get("in_force_on")),
        ),
        "; ",
    )


def _signing(record: Record) -> str:
    """Return the status with the day of signature; what was only drafted or is disputed is not called signed."""
    status, day = str(record.values.get("status")), record.values.get("signed_on")
    signers = listed([one_line(label.text) for label in record.labels["signatories"]])
    at = f"in {place}" if (place := one_line(record.values.get("place"))) else ""
    signed = joined((when(day), at, f"by {signers}" if signers else ""), " ")
    if status == "signed":
        return joined(("signed", signed, "" if day else f"({_UNTIMED})"), " ")
    is_told = status == "in_force" and record.values.get("in_force_on")
    word = "" if is_told else record.show("status").lower()
    if status in _SIGNED:
        return joined((word, f"signed {signed}" if signed else ""))
    dated = joined((f"dated {date_words(day)}" if isinstance(day, str) else "", at), " ")
    return joined((word, dated, f"signatories {signers}" if signers else ""))


def project_clause(record: Record) -> str:
    """Return what it is, how far it has come, its size, and who takes part."""
    place = one_line(record.values.get("place"))
    as_of = record.values.get("status_as_of")
    stage = str(record.values.get("status"))
    status = _STAGES.get(stage, record.show("status").lower()) + (
        f" as of {date_words(as_of)}" if isinstance(as_of, str) else ""
    )
    capacity, value = _amount(record, "capacity"), _amount(record, "value")
    partners = [
        named(one_line(label.text)) for side in ("az", "cn", "other") for label in record.labels[f"partners_{side}"]
    ]
    return joined(
        (
            f"{_title(record)}{in_brackets(joined((record.show('sector').lower(), place)))}: {status}",
            f"capacity {capacity}" if capacity else "",
            f"value {value}" if value else "",
            _dated("start", record.values.get("started_on")),
            _dated("completion", record.values.get("completed_on")),
            f"partner{'s' if len(partners) > 1 else ''}: {listed(partners)}" if partners else "",
        ),
        "; ",
    )


def person_clause(record: Record) -> str:
    """Return the name with the office that was reported last."""
    posts = record.labels["posts"]
    post = joined((one_line(posts[-1].text), one_line(posts[-1].detail))) if posts else ""
    return joined((_title(record) + in_brackets(record.show("country")), post))


def organisation_clause(record: Record) -> str:
    """Return the name with what it is and where."""
    return _title(record) + in_brackets(record.show("kind").lower(), record.show("country"), between=", ")


def title_clause(record: Record) -> str:
    """Return the name of a record of any other type."""
    return _title(record)


def reference(record: Record) -> str:
    """Return a source as a note names it, in one sentence."""
    title, author = one_line(record.values.get("title")), one_line(record.values.get("author"))
    head = joined((author, f"“{title}”" if title else "", one_line(record.values.get("publisher"))))
    day, url = record.values.get("published"), one_line(record.values.get("url"))
    said = joined((head or "Source without title", date_words(day) if isinstance(day, str) else "undated", url))
    return said if url else sentence_end(said)


def _title(record: Record) -> str:
    return one_line(record.title)


def _amount(record: Record, name: str) -> str:
    kind = record.record_type.field(name).kind
    assert isinstance(kind, AmountKind)
    return quantity(kind.amount(name, record.values))


def _dated(words: str, day: object) -> str:
    return f"{words} {when(day)}" if isinstance(day, str) else ""


def _with_office(label: LinkLabel) -> str:
    return named(one_line(label.text)) + in_brackets(one_line(label.detail))
