"""The catalogue: every record table, declared once. Longer than other modules, because it is one table to be read.

To add an optional field, add one line here and regenerate the documents (`azcn-cli describe --write`). A required
field, a new name for an old field, another kind or a split needs a named migration in `store/migrations.py`.
"""

from __future__ import annotations

from azcn_desktop.records import words
from azcn_desktop.records.figure_kinds import Growth, Period
from azcn_desktop.records.kinds import (
    Amount,
    Code,
    Computed,
    Country,
    Date,
    Flag,
    Integer,
    Link,
    Links,
    Number,
    Party,
    Text,
    Url,
    Words,
)
from azcn_desktop.records.schema import Field, RecordType, Schema

_WHO = Party((("person", "person_id"), ("organisation", "organisation_id")), printed="printed")
_NOTE = Field(
    "note", Text(100_000_000, is_long=True), "Note", "Remarks for yourself and colleagues.", is_searchable=True
)


def _with_trust(*fields: Field) -> tuple[Field, ...]:
    """Return the fields of a record with what the store computes of its evidence: how far it can be trusted."""
    expected = (*((f.name, f.label) for f in fields if f.is_expected), ("source", "Source"))
    return (
        *fields,
        Field("independent_sources", Computed(Integer()), "Sources", "How many independent sources support it; copies of one text count once.", is_editable=False, section="Trust"),
        Field("confirmed_by", Computed(words.CONFIRMED_BY), "Confirmed by", "Whether Azerbaijani sources, Chinese sources or both support it.", is_editable=False, section="Trust"),
        Field("confidence", Computed(words.CONFIDENCE), "Confidence", "The highest confidence among its supporting citations.", is_editable=False, section="Trust"),
        Field("completeness_pct", Computed(Number("%")), "Complete", "How many of the expected fields are filled.", is_editable=False, section="Trust"),
        Field("missing", Computed(Words(labels=expected)), "Missing", "The expected fields that are empty.", is_editable=False, section="Trust"),
        Field("confirmed_on", Computed(Date()), "Last confirmed", "Day of the latest source or check that supports it.", is_editable=False, section="Trust"),
    )  # fmt: skip


def _names(owner: str) -> Field:
    kind = Links(through="name", owner=owner, member="text")
    return Field(
        "names", kind, "Other names", "Spellings in other languages, short names, misspellings.", section="Names"
    )


SOURCE = RecordType(
    "source", "Source", "Sources", ("publisher", "title", "published"),
    (
        Field("title", Text(1_000), "Title", "The headline; empty where it is not known.", is_searchable=True, width=380),
        Field("publisher", Text(300), "Publisher", "Who published it; in brackets where the text came from.", is_searchable=True, width=200, aliases=("outlet", "source_publisher")),
        Field("kind", words.SOURCE_KIND, "Kind", "What it is."),
        Field("author", Text(300), "Author", "Who wrote it.", is_searchable=True),
        Field("published", Date(), "Published", "Day of publication.", width=140),
        Field("accessed_on", Date(only_plain=True), "Accessed", "Day on which the page was read."),
        Field("url", Url(2_000), "Address", "Address of the page.", is_searchable=True, width=260),
        Field("language", Text(35), "Language", "BCP 47, for instance en, az, zh."),
        Field("country", Country(), "Country", "Where the publisher is at home; tells which side confirms a record.", width=120),
        Field("origin_source_id", Link("source"), "First published as", "The source this one repeats; a copy is no second confirmation."),
        Field("rights", Text(500), "Rights", "Who holds the rights and what they allow."),
        Field("text_raw", Text(20_000_000, is_long=True), "Text as stored", "The text as it came; never changed.", is_editable=False),
        Field("text_clean", Text(20_000_000, is_long=True), "Text", "The text with damage repaired.", is_editable=False),
        Field("text_repairs", Text(20_000_000, is_long=True), "Repairs", "What was repaired in the text, as JSON; with it the text as stored can be had back.", is_editable=False),
        Field("sha256", Text(64), "SHA-256", "Checksum of the text as stored.", is_editable=False),
        _NOTE,
    ),
    order=("-published_lo", "publisher"),
    help="A publication that records rest on.",
)  # fmt: skip

CITATION = RecordType(
    "citation", "Citation", "Citations", ("quote",),
    (
        Field("source_id", Link("source", owns=True), "Source", "Where it stands.", is_required=True),
        Field("quote", Text(5_000), "Quote", "The words of the source.", is_searchable=True),
        Field("quote_prefix", Text(500), "Before", "Words before the quote."),
        Field("quote_suffix", Text(500), "After", "Words after the quote."),
        Field("quote_start", Integer(0), "Start", "Offset of the quote in the cleaned text.", is_editable=False),
        Field("quote_end", Integer(0), "End", "Offset of its end.", is_editable=False),
        Field("read_as", words.READ_AS, "Read as", "How much of the source was read for this."),
        Field("confidence", words.CONFIDENCE, "Confidence", "0 very low to 4 very high; empty means not rated."),
        Field("anchor_state", words.ANCHOR_STATE, "Anchor", "Whether the quote is found in the stored text.", default="no_text", is_editable=False),
        _NOTE,
    ),
    is_part=True, help="A passage of a source.",
)  # fmt: skip

CITED = Party(
    (
        ("meeting", "meeting_id"), ("agreement", "agreement_id"), ("project", "project_id"), ("figure", "figure_id"),
        ("commitment", "commitment_id"), ("commitment_check", "commitment_check_id"), ("person", "person_id"),
        ("post", "post_id"), ("organisation", "organisation_id"),
    ),
    owns=True,
)  # fmt: skip
CITATION_LINK = RecordType(
    "citation_link", "Use of a citation", "Uses of citations", ("field_name", "printed"),
    (
        Field("citation_id", Link("citation", owns=True), "Citation", "The passage.", is_required=True),
        Field("cited", CITED, "Record", "What it is about.", is_required=True),
        Field("field_name", Text(60), "Field", "The field it speaks of; empty for the whole record."),
        Field("printed", Text(5_000), "Printed", "What this source gives for that field.", is_searchable=True),
        Field("role", words.CITATION_ROLE, "Role", "Whether it supports or contradicts.", default="supports"),
        _NOTE,
    ),
    is_part=True, help="What a passage supports or contradicts.",
)  # fmt: skip

PERSON = RecordType(
    "person", "Person", "People", ("name",),
    _with_trust(
        Field("name", Text(300), "Name", "The name in Latin letters.", is_required=True, is_searchable=True, width=220),
        Field("country", Country(), "Country", "Whom the person speaks for.", width=130, is_expected=True),
        Field("posts", Links("post", "person_id", "title"), "Offices", "Offices held, with the time of the report.", width=340, is_expected=True),
        _names("person_id"),
        Field("person_key", Text(100), "Key", "Joins the offices of one person and keeps namesakes apart.", is_editable=False),
        _NOTE,
    ),
    order=("name",), help="Somebody who speaks, signs or takes part.",
)  # fmt: skip

ORGANISATION = RecordType(
    "organisation", "Organisation", "Organisations", ("name",),
    _with_trust(
        Field("name", Text(300), "Name", "The English name.", is_required=True, is_searchable=True, width=340),
        Field("kind", words.ORGANISATION_KIND, "Kind", "What it is.", width=150, is_expected=True),
        Field("country", Country(), "Country", "Where it belongs; empty for international bodies.", width=150, is_expected=True),
        Field("is_international", Flag(), "International", "A body of several states.", default=0),
        Field("parent_id", Link("organisation"), "Part of", "The body above it."),
        _names("organisation_id"),
        _NOTE,
    ),
    order=("name",), help="A ministry, company, bank, house or other body.",
)  # fmt: skip

MEETING = RecordType(
    "meeting", "Meeting", "Meetings", ("title",),
    _with_trust(
        Field("date", Date(), "Date", "Day of the meeting, or the first of several.", width=150, is_expected=True),
        Field("title", Text(300), "Meeting", "What it was, in a line.", is_required=True, is_searchable=True, width=380, aliases=("name",)),
        Field("status", words.MEETING_STATUS, "Status", "Whether it took place.", is_required=True, default="planned", width=110),
        Field("level", words.LEVEL, "Level", "Rank of the higher side.", width=160, is_expected=True),
        Field("kind", words.MEETING_KIND, "Kind", "What sort of event.", width=150, is_expected=True),
        Field("city", Text(120), "City", "Where.", is_searchable=True, width=100, is_expected=True),
        Field("country", Country(), "Country", "Where.", width=110, is_expected=True),
        Field("date_end", Date(only_plain=True), "Until", "Last day of an event of several days."),
        Field("date_basis", words.DATE_BASIS, "Date is", "Stated, inferred, or the day of publication."),
        Field("series", Text(200), "Series", "For recurring meetings.", is_searchable=True),
        Field("ordinal", Integer(1, 10_000), "Number", "The how-manieth of its series."),
        Field("participants_az", Links("participation", "meeting_id", "who", (("side", "AZ"),)), "Azerbaijan", "Azerbaijani participants.", section="Participants", width=220, is_expected=True),
        Field("participants_cn", Links("participation", "meeting_id", "who", (("side", "CN"),)), "China", "Chinese participants.", section="Participants", width=220, is_expected=True),
        Field("participants_other", Links("participation", "meeting_id", "who", (("side", "other"),)), "Others", "Other participants.", section="Participants"),
        Field("outcome", Text(2_000), "Outcome", "What came of it.", is_searchable=True, section="Outcome", is_expected=True),
        _NOTE,
    ),
    order=("-date_lo", "title"), help="A meeting, visit, event, speech or interview.",
)  # fmt: skip

PARTICIPATION = RecordType(
    "participation", "Participant", "Participants", ("who",),
    (
        Field("meeting_id", Link("meeting", owns=True), "Meeting", "Where.", is_required=True),
        Field("who", _WHO, "Participant", "Person, organisation, or printed words.", is_required=True, is_searchable=True),
        Field("role", Text(300), "Role", "Office as printed.", is_searchable=True),
        Field("side", words.SIDE, "Side", "For whom.", is_required=True, default="other"),
        _NOTE,
    ),
    is_part=True, help="Who took part in a meeting.",
)  # fmt: skip

AGREEMENT = RecordType(
    "agreement", "Agreement", "Agreements", ("title",),
    _with_trust(
        Field("signed_on", Date(), "Signed on", "Day of signature.", width=150, aliases=("date_signed",), is_expected=True),
        Field("title", Text(400), "Agreement", "The title, as printed where it is known.", is_required=True, is_searchable=True, width=380, aliases=("name",)),
        Field("status", words.AGREEMENT_STATUS, "Status", "How far it has come.", is_required=True, default="signed", width=120),
        Field("kind", words.AGREEMENT_KIND, "Kind", "Treaty, memorandum, protocol ...", width=150, is_expected=True),
        Field("level", words.AGREEMENT_LEVEL, "Level", "Between whom.", width=150, is_expected=True),
        Field("sector", words.SECTOR, "Sector", "What it is about.", width=130, is_expected=True),
        Field("value", Amount(bound="value_bound", unit="currency", low=0), "Value", "Value of the deal.", width=110),
        Field("status_text", Text(300), "Status as printed", "The words of the source.", is_searchable=True),
        Field("in_force_on", Date(), "In force on", "Day of entry into force.", aliases=("date_in_force",)),
        Field("place", Text(120), "Place", "Where it was signed.", is_searchable=True, is_expected=True),
        Field("value_bound", words.BOUND, "Hedge", "How exact the value is.", section="Value"),
        Field("currency", words.CURRENCY, "Currency", "ISO 4217.", section="Value"),
        Field("parties", Links("agreement_party", "agreement_id", "who", (("role", "party"),)), "Parties", "Who agreed.", section="Parties", width=260, is_expected=True),
        Field("signatories", Links("agreement_party", "agreement_id", "who", (("role", "signatory"),)), "Signatories", "Who signed.", section="Parties"),
        _NOTE,
    ),
    order=("-signed_on_lo", "title"), help="A treaty, memorandum, protocol, declaration, contract or national act.",
)  # fmt: skip

AGREEMENT_PARTY = RecordType(
    "agreement_party", "Party", "Parties", ("who",),
    (
        Field("agreement_id", Link("agreement", owns=True), "Agreement", "To what.", is_required=True),
        Field("who", _WHO, "Party", "Organisation, person, or printed words.", is_required=True, is_searchable=True),
        Field("role", words.PARTY_ROLE, "Role", "Party or signatory.", is_required=True, default="party"),
        _NOTE,
    ),
    is_part=True, help="Who is party to an agreement, and who signed it.",
)  # fmt: skip

AGREEMENT_EVENT = RecordType(
    "agreement_event", "Step of an agreement", "Steps of agreements", ("stage", "date"),
    (
        Field("agreement_id", Link("agreement", owns=True), "Agreement", "Of what.", is_required=True),
        Field("stage", words.AGREEMENT_STATUS, "Stage", "What was reached.", is_required=True),
        Field("date", Date(), "Date", "When."),
        Field("meeting_id", Link("meeting"), "Meeting", "Where."),
        _NOTE,
    ),
    is_part=True, help="A step on the ladder of an agreement.",
)  # fmt: skip

PROJECT = RecordType(
    "project", "Project", "Projects", ("name",),
    _with_trust(
        Field("name", Text(300), "Project", "What it is.", is_required=True, is_searchable=True, width=380, aliases=("title",)),
        Field("status", words.PROJECT_STATUS, "Status", "How far it has come.", is_required=True, default="proposed", width=140),
        Field("sector", words.SECTOR, "Sector", "What it is about.", width=140, is_expected=True),
        Field("place", Text(200), "Place", "Where.", is_searchable=True, width=150, is_expected=True),
        Field("capacity", Amount(unit="capacity_unit", units=words.UNITS, low=0), "Capacity", "Size, with its unit.", width=120),
        Field("value", Amount(bound="value_bound", unit="currency", low=0), "Value", "Cost or value.", width=110, is_expected=True),
        Field("status_text", Text(300), "Status as printed", "The words of the source.", is_searchable=True),
        Field("status_as_of", Date(), "Status as of", "Day for which the status is stated.", width=150, is_expected=True),
        Field("started_on", Date(), "Start", "Start of works.", aliases=("start_date",), is_expected=True),
        Field("completed_on", Date(), "Completion", "Completion, real or planned.", aliases=("completion_date",)),
        Field("parent_id", Link("project"), "Part of", "The larger project."),
        Field("capacity_unit", Text(60), "Unit of capacity", "For instance MW.", section="Value"),
        Field("value_bound", words.BOUND, "Hedge", "How exact the value is.", section="Value"),
        Field("currency", words.CURRENCY, "Currency", "ISO 4217.", section="Value"),
        Field("partners_az", Links("project_party", "project_id", "who", (("side", "AZ"),)), "Azerbaijan", "Azerbaijani partners.", section="Partners", width=220, is_expected=True),
        Field("partners_cn", Links("project_party", "project_id", "who", (("side", "CN"),)), "China", "Chinese partners.", section="Partners", width=220, is_expected=True),
        Field("partners_other", Links("project_party", "project_id", "who", (("side", "other"),)), "Others", "Other partners.", section="Partners"),
        _names("project_id"),
        _NOTE,
    ),
    order=("name",), help="A project, place of cooperation or initiative.",
)  # fmt: skip

PROJECT_PARTY = RecordType(
    "project_party", "Partner", "Partners", ("who",),
    (
        Field("project_id", Link("project", owns=True), "Project", "In what.", is_required=True),
        Field("who", _WHO, "Partner", "Organisation, person, or printed words.", is_required=True, is_searchable=True),
        Field("role", words.PROJECT_ROLE, "Role", "What the partner does.", default="partner"),
        Field("side", words.SIDE, "Side", "Where the partner belongs.", is_required=True, default="other"),
        _NOTE,
    ),
    is_part=True, help="Who takes part in a project.",
)  # fmt: skip

PROJECT_EVENT = RecordType(
    "project_event", "Step of a project", "Steps of projects", ("stage", "date"),
    (
        Field("project_id", Link("project", owns=True), "Project", "Of what.", is_required=True),
        Field("stage", words.PROJECT_STATUS, "Stage", "What was reached.", is_required=True),
        Field("date", Date(), "Date", "When."),
        _NOTE,
    ),
    is_part=True, help="A milestone of a project.",
)  # fmt: skip

FIGURE = RecordType(
    "figure", "Figure", "Figures", ("measure", "flow", "product", "period"),
    _with_trust(
        Field("period", Period(60, start="period_start", end="period_end", kind="period_kind", as_of="as_of"), "Period", "In short, such as Q1 2025, or as printed; fills first, last and kind.", is_searchable=True, width=130, is_expected=True),
        Field("measure", Text(300), "Measure", "What is counted.", is_required=True, is_searchable=True, width=220, aliases=("metric",)),
        Field("flow", words.FLOW, "Flow", "Direction.", width=160),
        Field("value", Amount(bound="bound", unit="unit", least="low", most="high", units=words.UNITS), "Value", "The number with its hedge and unit; a range by its lower end.", width=150, is_expected=True),
        Field("growth_pct", Growth("%", other="growth_multiple", bound="growth_bound"), "Growth", "Stated growth in per cent; a multiple goes to its own field.", width=90, aliases=("yoy_pct",)),
        Field("statistics_side", words.STATISTICS_SIDE, "Side", "Whose statistics.", default="unspecified", width=110),
        Field("rank", words.RANK, "Rank", "Preferred figures are drawn; deprecated ones never.", default="normal", width=110),
        Field("topic", words.FIGURE_TOPIC, "Topic", "Group of measures.", is_required=True, default="trade", width=100),
        Field("product", Text(120), "Product", "Empty for all goods.", is_searchable=True),
        Field("printed", Text(300), "As printed", "The words of the source.", is_searchable=True, width=180, is_expected=True),
        Field("bound", words.BOUND, "Hedge", "How exact the number is.", default="exact", section="Value"),
        Field("unit", Text(60), "Unit", "Currency (ISO 4217) or unit.", section="Value"),
        Field("low", Number(), "At least", "Lower end of a stated range.", section="Value"),
        Field("high", Number(), "At most", "Upper end of a stated range.", section="Value"),
        Field("growth_multiple", Growth("times", other="growth_pct", bound="growth_bound"), "Growth, times", "Stated as a multiple: 2.3 times.", section="Value"),
        Field("growth_bound", words.BOUND, "Hedge of growth", "How exact the growth is.", section="Value", aliases=("yoy_qualifier",)),
        Field("growth_text", Text(300), "Growth as printed", "The words of the source.", is_searchable=True, section="Value", aliases=("yoy_text",)),
        Field("period_kind", words.PERIOD_KIND, "Kind of period", "Unlike kinds are never compared.", section="Period"),
        Field("period_start", Date(only_plain=True), "First", "First year, month or day.", section="Period"),
        Field("period_end", Date(only_plain=True), "Last", "Last year, month or day.", section="Period"),
        Field("as_of", Date(), "As of", "For stocks and counts.", section="Period"),
        Field("is_cumulative", Flag(), "Cumulative", "A sum since some start; never added up.", default=0, section="Period"),
        Field("side_basis", words.SIDE_BASIS, "Side is", "Stated, or inferred by arithmetic.", default="none", section="Who says so"),
        Field("valuation", words.VALUATION, "Valuation", "CIF, FOB or not stated.", default="unknown", section="Who says so"),
        Field("attribution", words.ATTRIBUTION, "Attribution", "How the words reach us.", section="Who says so"),
        Field("statement_class", words.FIGURE_CLASS, "Class", "Official figure, statement or claim.", section="Who says so"),
        Field("published_by", Party((("organisation", "published_by_organisation_id"),), printed="published_by_text"), "Published by", "Who published the statistic.", section="Who says so", is_searchable=True, width=180, is_expected=True),
        Field("said_by", Party((("person", "said_by_person_id"), ("organisation", "said_by_organisation_id")), printed="said_by_text"), "Said by", "The speaker.", section="Who says so", is_searchable=True, width=160, is_expected=True),
        Field("said_by_role", Text(200), "Office", "Office as printed.", section="Who says so"),
        Field("conflict_cause", words.CONFLICT_CAUSE, "Why it differs", "The likely cause where it differs from the preferred figure; empty means not judged.", section="Who says so"),
        Field("rank_reason", Text(1_000), "Reason for the rank", "Why this figure, with the arithmetic.", section="Who says so", is_searchable=True),
        _NOTE,
    ),
    order=("-period_end_hi", "measure", "flow"), help="A published number: trade, investment, transit, tourism, rank.",
)  # fmt: skip

COMMITMENT = RecordType(
    "commitment", "Commitment", "Commitments", ("what",),
    _with_trust(
        Field("made_on", Date(), "Made on", "Day of the statement.", width=170, is_expected=True),
        Field("what", Text(1_000), "Commitment", "What is to be done.", is_required=True, is_searchable=True, width=380, aliases=("commitment", "title")),
        Field("statement_class", words.STATEMENT_CLASS, "Class", "An expert's proposal is no promise of a government.", is_required=True, default="plan", width=130),
        Field("by", Party((("person", "by_person_id"), ("organisation", "by_organisation_id")), printed="by_text"), "By", "Who said it.", is_searchable=True, width=180, is_expected=True),
        Field("due", Date(otherwise="What is due at an event goes into “Due when”, what is due at a meeting into “Due at”."), "Due", "By when.", width=150, is_expected=True),
        Field("status", words.COMMITMENT_STATUS, "Status", "What became of it; changes only by a dated check with a source.", is_required=True, default="open", width=130, checked_by="commitment_check"),
        Field("by_role", Text(200), "Office", "Office as printed."),
        Field("to", Party((("organisation", "to_organisation_id"), ("person", "to_person_id")), printed="to_text"), "To", "Who was told."),
        Field("attribution", words.ATTRIBUTION, "Attribution", "How the words reach us.", is_expected=True),
        Field("due_trigger", Text(300), "Due when", "An event instead of a day: at the congress.", is_searchable=True, aliases=("due_text",)),
        Field("due_meeting_id", Link("meeting"), "Due at", "The meeting or visit that it is tied to."),
        Field("is_measurable", Flag(), "Measurable", "Whether one can tell that it was kept.", default=1),
        Field("outcome", Text(2_000), "Outcome", "What is known of it.", is_searchable=True, section="Outcome"),
        Field("is_overdue", Computed(Flag()), "Overdue", "Open although its day, or the meeting that it is tied to, has passed.", is_editable=False, section="Outcome"),
        Field("months_unchecked", Computed(Integer()), "Unchecked for", "Months since the last source or check, while it is open.", is_editable=False, section="Outcome"),
        _NOTE,
    ),
    order=("-made_on_lo", "what"), help="A decision, plan, expectation, wish or proposal, and what became of it.",
)  # fmt: skip

COMMITMENT_CHECK = RecordType(
    "commitment_check", "Check", "Checks", ("status", "checked_on"),
    (
        Field("commitment_id", Link("commitment", owns=True), "Commitment", "Of what.", is_required=True),
        Field("status", words.COMMITMENT_STATUS, "Status", "What was found.", is_required=True),
        Field("checked_on", Date(), "Checked on", "When."),
        Field("finding", Text(2_000), "Finding", "In words.", is_searchable=True),
        _NOTE,
    ),
    is_part=True, help="A dated look at a commitment.",
)  # fmt: skip

POST = RecordType(
    "post", "Office", "Offices", ("title", "organisation_id"),
    (
        Field("person_id", Link("person", owns=True), "Person", "Who.", is_required=True),
        Field("title", Text(300), "Office", "The office as printed.", is_searchable=True),
        Field("organisation_id", Link("organisation"), "Organisation", "Where."),
        Field("as_of", Date(), "As of", "When the person is named in this office."),
        Field("since", Date(), "From", "First day, where known."),
        Field("until", Date(), "Until", "Last day, where known."),
        _NOTE,
    ),
    order=("as_of_lo",), is_part=True, help="An office that a person held.",
)  # fmt: skip

NAME = RecordType(
    "name", "Name", "Names", ("text",),
    (
        Field("named", Party((("person", "person_id"), ("organisation", "organisation_id"), ("project", "project_id")), owns=True), "Of", "Whose name.", is_required=True),
        Field("text", Text(300), "Name", "As written.", is_required=True, is_searchable=True),
        Field("language", Text(35), "Language", "BCP 47."),
        Field("script", words.SCRIPT, "Script", "ISO 15924."),
        Field("kind", words.NAME_KIND, "Kind", "Official, alias, transliteration or misspelling.", default="alias"),
        Field("is_preferred", Flag(), "Preferred", "To be used in this language.", default=0),
        _NOTE,
    ),
    is_part=True, help="Another name of a person, organisation or project.",
)  # fmt: skip

_LINKED = ("meeting", "agreement", "project", "figure", "commitment")
LINK = RecordType(
    "link", "Link", "Links", ("relation",),
    (
        Field("from", Party(tuple((table, f"from_{table}_id") for table in _LINKED), owns=True), "From", "The one record.", is_required=True),
        Field("relation", words.RELATION, "Relation", "How they belong together.", is_required=True, default="related"),
        Field("to", Party(tuple((table, f"to_{table}_id") for table in _LINKED), owns=True), "To", "The other record.", is_required=True),
        _NOTE,
    ),
    is_part=True, help="A relation between two records.",
)  # fmt: skip

DOSSIER = RecordType(
    "dossier", "Dossier", "Dossiers", ("title",),
    (
        Field("title", Text(300), "Title", "What is followed.", is_required=True, is_searchable=True, width=380),
        Field("record_count", Computed(Integer()), "Records", "How many records stand on its line.", is_editable=False, width=90),
        Field("first_on", Computed(Date()), "First", "Date of its first record.", is_editable=False, width=140),
        Field("last_on", Computed(Date()), "Last", "Date of its last record.", is_editable=False, width=140),
        Field("last_stage", Computed(words.STAGE), "Last stage", "What its records had reached last until today: the status of the latest, or what sort of statement it is; that of a meeting only where there is nothing else.", is_editable=False, width=150),
        Field("last_stage_on", Computed(Date()), "Reached", "When that was: the day of the step or check that gave the status, else the date of the record.", is_editable=False, width=140),
        _NOTE,
    ),
    order=("title",), help="Records on one line over time.",
)  # fmt: skip
DOSSIER_ITEM = RecordType(
    "dossier_item", "Item of a dossier", "Items of dossiers", ("position",),
    (
        Field("dossier_id", Link("dossier", owns=True), "Dossier", "Of what.", is_required=True),
        Field("item", Party(tuple((table, f"{table}_id") for table in _LINKED), owns=True), "Record", "What stands here.", is_required=True),
        Field("position", Integer(0), "Position", "Order."),
        _NOTE,
    ),
    is_part=True, help="A record in a dossier.",
)  # fmt: skip
TAG = RecordType(
    "tag", "Tag", "Tags", ("name",),
    (Field("name", Text(100), "Tag", "One word.", is_required=True, is_searchable=True, width=200), _NOTE),
    order=("name",), help="A word of your own for finding records.",
)  # fmt: skip
TAGGING = RecordType(
    "tagging", "Tagging", "Taggings", ("tag_id",),
    (
        Field("tag_id", Link("tag", owns=True), "Tag", "Which.", is_required=True),
        Field("tagged", Party(tuple((table, f"{table}_id") for table in _LINKED), owns=True), "Record", "What is tagged.", is_required=True),
        _NOTE,
    ),
    is_part=True, help="A tag on a record.",
)  # fmt: skip
SAVED_VIEW = RecordType(
    "saved_view", "Saved view", "Saved views", ("name",),
    (
        Field("name", Text(100), "Name", "What it shows.", is_required=True, is_searchable=True, width=200),
        Field("table_name", Text(60), "Table", "Of what.", is_required=True),
        Field("query", Text(2_000), "Filter", "The text of the filter."),
        _NOTE,
    ),
    order=("name",), is_part=True, help="A filter kept under a name.",
)  # fmt: skip

DATASET = RecordType(
    "dataset", "Dataset", "Datasets", ("title",),
    (
        Field("title", Text(300), "Title", "What it holds.", is_required=True, is_searchable=True, width=300),
        Field("source_id", Link("source"), "Source", "Who published it."),
        Field("file_name", Text(300), "File", "The file it came from.", is_searchable=True),
        Field("sha256", Text(64), "SHA-256", "Checksum of that file."),
        Field("retrieved_on", Date(only_plain=True), "Retrieved", "Day of download."),
        Field("layout", Text(60), "Layout", "How the file was read."),
        Field("licence", Text(300), "Licence", "What the publisher allows."),
        Field("publisher", Text(100), "Publisher", "Whose statistics they are; flows of different publishers are never matched or added.", is_searchable=True),
        Field("state", words.DATASET_STATE, "State", "Whether its flows count: only those of a ready dataset do.", default="ready", is_editable=False),
        _NOTE,
    ),
    order=("title",), is_part=True, help="An imported file of statistics.",
)  # fmt: skip
COMMODITY = RecordType(
    "commodity", "Commodity", "Commodities", ("code", "description"),
    (
        Field("classification", Text(20), "Classification", "HS edition or SITC revision.", is_required=True),
        Field("code", Code(), "Code", "Leading zeros count.", is_required=True, is_searchable=True, width=90),
        Field("level", Integer(0, 10), "Level", "Digits of the code."),
        Field("parent", Code(), "Parent", "The code above it."),
        Field("description", Text(2_000), "Description", "In words.", is_searchable=True, width=380),
    ),
    order=("code",), is_part=True, is_bulk=True, help="What is traded, by code.",
)  # fmt: skip
TRADE_FLOW = RecordType(
    "trade_flow", "Trade flow", "Trade flows", ("period", "flow", "code"),
    (
        Field("dataset_id", Link("dataset", owns=True), "Dataset", "Where it came from.", is_required=True, is_editable=False),
        Field("period", Code(6), "Period", "YYYY, YYYYQn or YYYYMM.", is_required=True),
        Field("frequency", words.FREQUENCY, "Frequency", "Annual, quarterly or monthly.", is_required=True),
        Field("is_cumulative", Flag(), "Cumulative", "A sum since January; never added to the months.", default=0),
        Field("reporter", Text(60), "Reporter", "Who reports: ISO 3166-1 alpha-2, or a group as the publisher writes it.", is_required=True),
        Field("partner", Text(60), "Partner", "With whom; WLD is the World.", is_required=True),
        Field("flow", words.TRADE_FLOW, "Flow", "As UN Comtrade names it.", is_required=True),
        Field("classification", Text(20), "Classification", "HS edition (H0 to H6), SITC revision (S1 to S4) or another list."),
        Field("code", Code(), "Code", "Leading zeros count; TOTAL for all goods.", is_required=True),
        Field("value", Number(), "Value", "As published, in whole units of the currency beside it; never converted.", aliases=("value_usd",)),
        Field("currency", Text(3), "Currency", "ISO 4217."),
        Field("net_weight_kg", Number("kg"), "Net weight", "In kilograms; empty where it is not known."),
        Field("quantity", Number(), "Quantity", "In its own unit."),
        Field("quantity_unit", Text(30), "Unit", "Of the quantity."),
        Field("valuation", words.TRADE_VALUATION, "Valuation", "What the value is; unlike ones are never added or compared.", default="unknown"),
        Field("is_estimated", Flag(), "Estimated", "Weight or quantity estimated by the publisher."),
        Field("is_reported", Flag(), "Reported", "Reported by the country itself, not computed by the publisher."),
        Field("replaced_by", Integer(1), "Replaced by", "The later dataset that brought another value for the same flow; while that is ready, this row is history.", is_editable=False),
    ),
    order=("period", "code"), is_part=True, is_bulk=True, help="One reported flow of one commodity.",
)  # fmt: skip
EXCHANGE_RATE = RecordType(
    "exchange_rate", "Exchange rate", "Exchange rates", ("currency", "period", "units_per_usd"),
    (
        Field("period", Date(only_plain=True), "Period", "The year, or the month, that it holds for.", is_required=True),
        Field("currency", words.RATE_CURRENCY, "Currency", "What is converted.", is_required=True, default="CNY"),
        Field("units_per_usd", Number(low=1e-6), "Per US dollar", "How many units of the currency make one US dollar.", is_required=True),
        Field("kind", words.RATE_KIND, "Kind", "Mean of the period, or its last day.", is_required=True, default="average"),
        Field("publisher", Text(300), "Published by", "Who states it.", is_required=True, is_searchable=True),
        Field("url", Url(2_000), "Address", "Where it stands.", is_searchable=True),
        Field("accepted", Flag(), "Accepted", "A person accepted it for comparing values of two currencies; no other rate is used.", default=0),
        _NOTE,
    ),
    order=("currency", "-period_lo"), is_part=True, help="A stated exchange rate; a converted value is worked out whenever it is asked for and never stored.",
)  # fmt: skip
MIRROR_NOTE = RecordType(
    "mirror_note", "Cause of a gap", "Causes of gaps", ("direction", "period", "code", "cause"),
    (
        Field("direction", words.MIRROR_DIRECTION, "Direction", "Seen from Azerbaijan.", is_required=True),
        Field("period", Date(only_plain=True), "Period", "The year of the gap.", is_required=True),
        Field("code", Code(6), "Chapter", "Chapter of the Harmonized System; TOTAL for all goods.", is_required=True, default="TOTAL"),
        Field("cause", words.MIRROR_CAUSE, "Cause", "Why the two sides differ.", is_required=True, default="unknown"),
        Field("text", Text(100_000, is_long=True), "In words", "What is known of it.", is_searchable=True),
        Field("source_id", Link("source"), "Source", "Where that stands."),
    ),
    order=("-period_lo", "direction", "code"), is_part=True, help="Why Azerbaijan and China report one flow differently, as an analyst judges it.",
)  # fmt: skip

SCHEMA = Schema(
    (
        SOURCE, ORGANISATION, PERSON, POST, PROJECT, NAME, MEETING, PARTICIPATION, AGREEMENT, AGREEMENT_PARTY,
        AGREEMENT_EVENT, PROJECT_PARTY, PROJECT_EVENT, FIGURE, COMMITMENT, COMMITMENT_CHECK, CITATION, CITATION_LINK,
        LINK, DOSSIER, DOSSIER_ITEM, TAG, TAGGING, SAVED_VIEW, DATASET, COMMODITY, TRADE_FLOW,
        EXCHANGE_RATE, MIRROR_NOTE,
    )
)  # fmt: skip
