"""How record types look in a table, composed by hand: order of columns, manner of drawing, meaning of colours, filters.

The catalogue says what fields are; this says which of them a reader wants to see first. Holds words only, and a test
holds them to the catalogue.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct, field

from azcn_desktop.gui.roles import BADGES, Badge, Style, Tone
from azcn_desktop.records.kinds import Amount, Computed, Date, Integer, Number
from azcn_desktop.records.schema import Field, RecordType
from azcn_desktop.records.words import STATEMENT_GROUPS
from azcn_desktop.store.query import YEAR


class Presentation(Struct, frozen=True):
    """The table of one record type.

    Attributes:
        title: the column that takes the room that is left.
        columns: shown at first, in this order; fields that are not named follow, hidden.
        in_view: how many of them fit beside each other in a window of the usual size.
        pills, states, muted: fields drawn as a category, as a mark with a word, or quietly.
        chips: fields that can be filtered by a chip; `year` is the year of the main date.
        widths: first widths of columns in pixels of the design, where the catalogue's are for wider windows.
        least_title: narrower than this the title is only when nothing else helps.
    """

    title: str
    columns: tuple[str, ...]
    in_view: int
    pills: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    muted: tuple[str, ...] = ()
    chips: tuple[str, ...] = ()
    widths: dict[str, int] = field(default_factory=dict)
    least_title: int = 260


PRESENTATIONS: Final[dict[str, Presentation]] = {
    "meeting": Presentation(
        title="title",
        columns=(
            "date", "title", "city", "level", "status", "participants_az", "participants_cn", "kind", "country",
        ),
        in_view=5,
        pills=("level",),
        states=("status",),
        muted=("date", "city", "country", "kind"),
        chips=(YEAR, "level", "status", "kind", "country"),
        widths={"date": 142, "city": 90, "level": 184, "status": 112},
    ),
    "agreement": Presentation(
        title="title",
        columns=("signed_on", "title", "kind", "sector", "status", "level", "parties", "value"),
        in_view=5,
        pills=("sector", "level"),
        states=("status",),
        muted=("signed_on", "kind"),
        chips=(YEAR, "status", "kind", "sector", "level"),
        widths={"signed_on": 142, "kind": 148, "sector": 136, "status": 118, "level": 160},
    ),
    "project": Presentation(
        title="name",
        columns=(
            "name", "place", "sector", "status", "value", "capacity", "partners_az", "partners_cn", "status_as_of",
        ),
        in_view=5,
        pills=("sector",),
        states=("status",),
        muted=("place", "status_as_of"),
        chips=("status", "sector", YEAR),
        widths={"place": 130, "sector": 136, "capacity": 130, "value": 112, "status": 166},
    ),
    "figure": Presentation(
        title="measure",
        columns=(
            "period", "measure", "flow", "value", "growth_pct", "statistics_side", "rank", "published_by", "said_by",
            "printed", "topic",
        ),
        in_view=7,
        pills=("statistics_side", "topic", "statement_class"),
        states=("rank",),
        muted=("period", "printed"),
        chips=(YEAR, "flow", "statistics_side", "bound", "rank", "statement_class", "attribution"),
        widths={"period": 116, "flow": 144, "value": 116, "growth_pct": 124, "statistics_side": 116, "rank": 118},
        least_title=110,
    ),
    "commitment": Presentation(
        title="what",
        columns=("made_on", "statement_class", "what", "due", "status", "by", "to"),
        in_view=5,
        pills=("statement_class",),
        states=("status",),
        muted=("made_on", "due"),
        chips=(YEAR, "status", "statement_class", "attribution"),
        widths={"made_on": 142, "due": 126, "status": 124, "statement_class": 146},
        least_title=240,
    ),
    "person": Presentation(
        title="name",
        columns=("name", "posts", "country"),
        in_view=3,
        muted=("country",),
        chips=("country",),
        widths={"posts": 380},
    ),
    "organisation": Presentation(
        title="name",
        columns=("name", "kind", "country", "parent_id"),
        in_view=4,
        pills=("kind",),
        muted=("country",),
        chips=("kind", "country"),
        widths={"kind": 190, "parent_id": 160},
    ),
    "dossier": Presentation(
        title="title",
        columns=("title", "record_count", "first_on", "last_stage", "last_stage_on", "last_on"),
        in_view=5,
        pills=("last_stage",),
        muted=("first_on", "last_on", "last_stage_on"),
        chips=("last_stage",),
        widths={"first_on": 120, "last_stage": 136, "last_stage_on": 120},
    ),
    "source": Presentation(
        title="publisher",
        columns=("published", "publisher", "title", "url"),
        in_view=3,
        muted=("published", "url"),
        chips=(YEAR, "kind"),
        widths={"published": 126, "title": 440},
    ),
}  # fmt: skip

_LEVELS: Final[dict[str, Tone]] = {
    "head_of_state": "violet", "prime_minister": "violet", "vice_premier": "violet",
    "deputy_prime_minister": "blue", "speaker": "blue", "minister": "blue", "deputy_minister": "blue",
    "company": "amber", "party": "green",
    "intergovernmental": "violet", "ministry_level": "blue", "agency_level": "blue", "city_level": "green",
    "party_level": "green", "organisation_level": "green", "government_company": "amber",
}  # fmt: skip
_SECTORS: Final[dict[str, Tone]] = {
    "energy": "amber", "oil_and_gas": "amber", "petrochemicals": "amber", "metallurgy": "amber",
    "transport": "blue", "aviation": "blue", "automotive": "blue", "travel": "blue",
    "trade": "green", "agriculture": "green", "economy": "green", "investment": "green", "finance": "green",
    "digital": "violet", "telecom": "violet", "space": "violet", "science": "violet",
}  # fmt: skip
_STATES: Final[dict[str, Tone]] = {
    "planned": "blue", "recurring": "blue", "postponed": "amber", "cancelled": "red", "held": "green",
    "anticipated": "blue", "pending": "blue", "drafted": "blue", "disputed": "red", "signed": "green",
    "exchanged": "green", "adopted": "green", "approved": "green", "in_force": "green", "suspended": "amber",
    "terminated": "red",
    "announced": "blue", "study": "blue", "agreed": "blue", "design": "blue", "under_construction": "violet",
    "under_way": "violet", "operating": "green", "completed": "green",
    "open": "blue", "in_progress": "violet", "kept": "green", "kept_late": "green", "partly": "amber",
    "not_kept": "red",
    "preferred": "green", "deprecated": "red",
}  # fmt: skip
_CLASSES: Final[dict[str, Tone]] = {
    "decision": "violet", "announcement": "blue", "plan": "blue", "expectation": "amber", "intention": "amber",
    "interest": "amber", "wish": "amber", "support": "amber",
    "official_figure": "blue", "claim": "amber",
}  # fmt: skip
_VERDICTS: Final[dict[str, Tone]] = {
    "conflicts": "red", "agrees": "green", "agrees_after_rounding": "blue", "cannot_be_checked": "neutral",
}  # fmt: skip
_SIDES: Final[dict[str, Tone]] = {"AZ": "blue", "CN": "amber", "international": "violet", "mirror": "green"}
_BY_FIELD: Final = {
    "level": _LEVELS,
    "sector": _SECTORS,
    "status": _STATES,
    "rank": _STATES,
    "statement_class": _CLASSES,
    "statistics_side": _SIDES,
    "verdict": _VERDICTS,
}


def style_of(record_type: RecordType, f: Field) -> Style:
    """Return the manner in which a field is drawn."""
    presentation = PRESENTATIONS.get(record_type.name)
    if presentation is not None:
        if f.name == presentation.title:
            return "title"
        if f.name in presentation.pills:
            return "pill"
        if f.name in presentation.states:
            return "status"
        if f.name in presentation.muted:
            return "muted"
    kind = f.kind.of if isinstance(f.kind, Computed) else f.kind
    if isinstance(kind, Amount | Number | Integer) and kind.example != "yes":
        return "number"
    return "muted" if isinstance(kind, Date) else "text"


def tone_of(field_name: str, word: object) -> Tone:
    """Return the colour of meaning of a stored word."""
    return _BY_FIELD.get(field_name, {}).get(str(word), "neutral")


def badge_of(field_name: str, word: object) -> Badge | None:
    """Return what sort of statement a stored word names; None for words of other fields."""
    if field_name != "statement_class":
        return None
    return next((badge for badge in BADGES if word in STATEMENT_GROUPS[badge]), None)


def default_columns(record_type: RecordType) -> list[str]:
    """Return all fields in the order of the table, shown ones first."""
    shown = shown_columns(record_type)
    return shown + [f.name for f in record_type.fields if f.name not in shown]


def shown_columns(record_type: RecordType) -> list[str]:
    """Return the fields that are shown at first: those of the composition, then new ones that declare a width."""
    presentation = PRESENTATIONS.get(record_type.name)
    composed = list(presentation.columns) if presentation else []
    composed = [name for name in composed if record_type.has_field(name)]
    return composed + [f.name for f in record_type.fields if f.width and f.name not in composed]


def width_of(record_type: RecordType, f: Field) -> int:
    """Return the first width of a column in pixels of the design."""
    presentation = PRESENTATIONS.get(record_type.name)
    composed = presentation.widths.get(f.name) if presentation else None
    return composed or f.width or 140
