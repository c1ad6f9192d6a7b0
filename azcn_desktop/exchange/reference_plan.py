"""From the reference tables to a plan: which records there are, and how they hang together.

Reads files and makes rows; nothing is written. Sources come first, then organisations and people, so that everything
later finds whom it names. Knows no database.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from azcn_desktop.exchange import reference_rows as rows_of
from azcn_desktop.exchange.reference_additions import Additions, Home
from azcn_desktop.exchange.reference_draft import Draft, Plan, Who
from azcn_desktop.exchange.reference_files import FIGURE_FILES, TABLES, ReferenceFiles, Row, country_codes, split
from azcn_desktop.exchange.reference_merge import Joined, Values, joined, printed_fields, united
from azcn_desktop.exchange.reference_names import Directory
from azcn_desktop.exchange.reference_printed import proved_fields
from azcn_desktop.records.schema import Schema
from azcn_desktop.records.text import script_of

_SIDES = (("az", "AZ"), ("cn", "CN"), ("other", "other"))
_NOT_LINKS = ("same_as", "attended", "signatory_of", "party_to")  # they became one record, participants and parties
_AZ_LETTERS = re.compile("[əƏğĞşŞıİöÖüÜçÇ]")


def plan_reference(folder: Path, schema: Schema) -> Plan:
    """Read the reference tables and say what they become.

    Args:
        folder: where the CSV files lie.
        schema: the declarations.

    Raises:
        UserError: a file is missing or can't be read.
    """
    planner = _Planner(ReferenceFiles.read(folder), Additions.read(folder), schema)
    planner.add_sources()
    planner.add_organisations()
    planner.add_people()
    planner.add_meetings()
    planner.add_agreements()
    planner.add_projects()
    planner.add_figures()
    planner.add_commitments()
    planner.add_links()
    planner.add_dossiers()
    return planner.draft.plan()


class _Planner:
    """Carries what the later tables need of the earlier ones."""

    def __init__(self, files: ReferenceFiles, added: Additions, schema: Schema) -> None:
        self.files = files
        self.added = added
        self.draft = Draft(schema)
        self.directory = Directory()
        self.sources: dict[str, int] = {}  # address to key
        self.keys: dict[str, int] = {}  # reference id to key
        self.owners: dict[str, str] = {}  # reference id to that of its record
        self.tables: dict[str, str] = {}  # reference id to its record table

    # -- sources and citations

    def add_sources(self) -> None:
        """Make one source of every address; they are numbered in the order in which the tables name them."""
        named = self._named_sources()
        numbers = {url: n for n, url in enumerate(named, 1)}
        for url in sorted(named, key=self._is_copy):  # what a copy repeats comes before it
            values = named[url] | {"origin_source_id": self.sources.get(self.added.origins.get(url, ""))}
            self.sources[url] = self.draft.add("source", url, values, [f"S/{numbers[url]}"])

    def _named_sources(self) -> dict[str, Values]:
        """Return the values of every source by its address, in the order in which the tables name them."""
        named: dict[str, Values] = {}
        for row in (row for name in TABLES for row in self.files.rows[name]):
            if row["source_url"] not in named:
                named[row["source_url"]] = rows_of.source_values(row, self._home(row["source_publisher"]))
        publishers = {
            urlsplit(r["source_url"]).hostname: r["source_publisher"] for t in self.files.rows.values() for r in t
        }
        for row in self.files.rows["commitments"]:
            url = row["outcome_source_url"]
            if url and url not in named:
                host = urlsplit(url).hostname or url
                publisher = publishers.get(host, host)
                published = self._checked_on(row)
                named[url] = rows_of.outcome_source_values(url, publisher, published, self._home(publisher))
        return named

    def _is_copy(self, url: str) -> bool:
        return url in self.added.origins

    def _home(self, publisher: str) -> Home:
        return self.added.homes.get(publisher, Home("", ""))

    def _cite(self, table: str, key: int, row: Row, printed: Iterable[tuple[str, str, str]] = ()) -> None:
        """Cite every text that carries a row; its own quote belongs to its own source, others stand in quotes.csv."""
        for n, url in enumerate(self.files.addresses(row)):
            own: Values = {"quote": row["quote_hint"] or None, "read_as": row["read_as"] or None}
            own = own if n == 0 else {"quote": self.files.quotes.get((row["id"], url))}
            uses = [(None, None, "supports"), *(printed if n == 0 else ())]
            self._add_citation(f"{row['id']}/{n}", url, own, [(table, key, use) for use in uses])

    def _add_citation(
        self,
        identity: str,
        url: str,
        values: Values,
        uses: Iterable[tuple[str, int, tuple[str | None, str | None, str]]],
    ) -> None:
        citation = self.draft.add("citation", identity, {"source_id": self.sources[url]} | values)
        for n, (table, key, (field, printed, role)) in enumerate(uses):
            use = {"citation_id": citation, "field_name": field, "printed": printed, "role": role}
            cited = self.draft.party("citation_link", "cited", (table, key, None))
            self.draft.add("citation_link", f"{identity}/{n}", use | cited)

    # -- organisations and people

    def add_organisations(self) -> None:
        """Make organisations with their other names."""
        for row in self.files.rows["organisations"]:
            key = self._record("organisation", row["id"], rows_of.organisation_values(self.files, row), [row["id"]])
            variants = split(row["name_variants"], ";")
            names = [_alias(text) for text in variants]
            for column, language in (("name_az", "az"), ("name_zh", "zh")):
                if row[column]:
                    names.append(_alias(row[column]) | {"language": language, "kind": "official", "is_preferred": 1})
            self._add_names("organisation", row["id"], key, names)
            self.directory.add_organisation(key, [row["name_en"], *variants])
            self._cite("organisation", key, row)

    def add_people(self) -> None:
        """Make one person of each key, with an office for each row."""
        grouped: dict[str, list[Row]] = defaultdict(list)
        for row in self.files.rows["people"]:
            grouped[row["person_key"]].append(row)
        for person_key, rows in grouped.items():
            self._add_person(person_key, rows)

    def _add_person(self, person_key: str, rows: list[Row]) -> None:
        owner = rows[0]["id"]
        notes = dict.fromkeys(row["note"] for row in rows if row["note"])
        values: Values = {
            "name": rows[0]["name"],
            "country": next((country_codes(row["country"]) for row in rows if row["country"]), None),
            "person_key": person_key,
            "note": "\n".join(notes) or None,
        }
        key = self._record("person", owner, values, [row["id"] for row in rows])
        variants = dict.fromkeys(text for row in rows for text in split(row["name_variants"], ";"))
        offices = " ".join(row["role"] for row in rows)
        self._add_names("person", owner, key, [_spelling(text, str(values["country"]), offices) for text in variants])
        for n, row in enumerate(rows, 1):
            if row["role"] or row["organisation"]:
                self._add_post(owner, n, key, row)
            office = [("posts", row["role"], "supports")] if row["role"] else []
            self._cite("person", key, row, office)
        self.directory.add_person(key, rows[0]["name"], [row["role"] for row in rows])

    def _add_post(self, owner: str, n: int, person: int, row: Row) -> None:
        organisation = self.directory.organisation(row["organisation"]) if row["organisation"] else None
        title = row["role"] or None
        if row["organisation"] and organisation is None:
            title = ", ".join(filter(None, (row["role"], row["organisation"])))
        values = {"person_id": person, "title": title, "organisation_id": organisation}
        self.draft.add_part("post", owner, n, values | {"as_of": self.files.date(row["as_of"])})

    def _add_names(self, table: str, owner: str, key: int, names: Iterable[Values]) -> None:
        for n, values in enumerate(names, 1):
            self.draft.add_part("name", owner, n, values | self.draft.party("name", "named", (table, key, None)))

    # -- records of the world

    def add_meetings(self) -> None:
        """Make meetings with their participants."""
        attended = self._people_at("attended")
        for record in joined(self.files, "meetings"):
            values = [rows_of.meeting_values(self.files, row) for row in record.rows]
            key = self._joined_record("meeting", record, values, tuple(f"participants_{s}" for s, _ in _SIDES))
            parts: dict[tuple[Who, str], str | None] = {}
            for n in record.latest_first():
                row = record.rows[n]
                for column, side in _SIDES:
                    for text in split(row[f"participants_{column}"], "|"):
                        who, role = self.directory.participant(text, attended[row["id"]])
                        parts.setdefault((who, side), role)
            for n, ((who, side), role) in enumerate(parts.items(), 1):
                self._add_who(
                    "participation", record.reference, n, who, {"meeting_id": key, "role": role, "side": side}
                )

    def add_agreements(self) -> None:
        """Make agreements with parties and signatories."""
        signed = self._people_at("signatory_of")
        for record in joined(self.files, "agreements"):
            values = [rows_of.agreement_values(self.files, row) for row in record.rows]
            key = self._joined_record("agreement", record, values, ("parties", "signatories"))
            parts: dict[tuple[Who, str], None] = {}
            for row in record.rows:
                for column, role in (("parties", "party"), ("signatories", "signatory")):
                    for text in split(row[column], "|"):
                        parts[self.directory.who(text, signed[row["id"]]), role] = None
            for n, (who, role) in enumerate(parts, 1):
                self._add_who("agreement_party", record.reference, n, who, {"agreement_id": key, "role": role})

    def add_projects(self) -> None:
        """Make projects with partners and other names."""
        for record in joined(self.files, "projects"):
            values = [rows_of.project_values(self.files, row) for row in record.rows]
            key = self._joined_record("project", record, values, tuple(f"partners_{s}" for s, _ in _SIDES))
            parts: dict[tuple[Who, str], None] = {}
            for row in record.rows:
                for column, side in _SIDES:
                    for text in split(row[f"partners_{column}"], ";"):
                        parts[self.directory.who(text), side] = None
            for n, (who, side) in enumerate(parts, 1):
                self._add_who("project_party", record.reference, n, who, {"project_id": key, "side": side})
            variants = dict.fromkeys(text for row in record.rows for text in split(row["name_variants"], ";"))
            self._add_names("project", record.reference, key, [_alias(text) for text in variants])

    def _add_who(self, table: str, owner: str, n: int, who: Who, values: Values) -> None:
        self.draft.add_part(table, owner, n, values | self.draft.party(table, "who", who))

    # -- records of speech

    def add_figures(self) -> None:
        """Make figures with publisher and speaker."""
        heard = self._people_heard("stated_at")
        for name in FIGURE_FILES:
            for row in self.files.rows[name]:
                values = rows_of.figure_values(self.files, name, row)
                publisher = self.directory.organisation(row["published_by"]) if row["published_by"] else None
                published: Who = (
                    ("organisation", publisher, None) if publisher else (None, None, row["published_by"] or None)
                )
                said = self.directory.who(row["said_by"], heard[row["id"]], row["said_by_role"])
                values["conflict_cause"] = rows_of.conflict_cause(self.added.causes.get(row["id"], ""))
                values |= self.draft.party("figure", "published_by", published)
                values |= self.draft.party("figure", "said_by", said)
                proved = proved_fields(self.draft.schema["figure"], values, row["quote_hint"])
                self._cite("figure", self._record("figure", row["id"], values, [row["id"]]), row, proved)

    def add_commitments(self) -> None:
        """Make commitments with who said them to whom, and what is known of the outcome."""
        heard = self._people_heard("made_at")
        for row in self.files.rows["commitments"]:
            values = rows_of.commitment_values(self.files, row)
            said = self.directory.who(row["by"], heard[row["id"]], row["by_role"])
            values |= self.draft.party("commitment", "by", said)
            values["due_meeting_id"] = self.keys.get(self.added.due_meetings.get(row["id"], ""))
            values |= self.draft.party("commitment", "to", self.directory.who(row["to"], heard[row["id"]]))
            key = self._record("commitment", row["id"], values, [row["id"]])
            self._cite("commitment", key, row)
            if row["outcome"] or values["status"] != "open":
                self._add_check(key, row, values)

    def _add_check(self, commitment: int, row: Row, values: Values) -> None:
        finding: Values = {"status": values["status"], "finding": row["outcome"] or None}
        finding |= {"commitment_id": commitment, "checked_on": self._checked_on(row) or None}
        check = self.draft.add_part("commitment_check", row["id"], 1, finding)
        for n, url in enumerate(self._check_addresses(row)):
            uses = [
                ("commitment_check", check, (None, None, "supports")),
                ("commitment", commitment, ("outcome", row["outcome"] or None, "supports")),
            ]
            quote = self.files.quotes.get((row["id"], url))
            self._add_citation(f"{row['id']}/outcome" + (f"/{n}" if n else ""), url, {"quote": quote}, uses)

    def _check_addresses(self, row: Row) -> Sequence[str]:
        """Return the reports on what became of a commitment."""
        if row["outcome_source_url"]:
            return (row["outcome_source_url"],)
        added = self.added.checks.get(row["id"])
        return added.addresses if added else ()

    def _checked_on(self, row: Row) -> str:
        """Return the day of the report on what became of a commitment; empty where it is not known."""
        if added := self.added.checks.get(row["id"]):
            return added.checked_on
        return self.files.published.get(row["outcome_source_url"], "")

    # -- links

    def add_links(self) -> None:
        """Make links of all relations that are no participants, parties or joined rows; each pair once."""
        made: dict[tuple[str, str, str], Row] = {}
        for link in self.files.links:
            if link["relation"] not in _NOT_LINKS:
                near, far = self.owners[link["from_id"]], self.owners[link["to_id"]]
                if near != far:
                    made.setdefault((near, link["relation"], far), link)
        for (near, relation, far), link in made.items():
            values: Values = {"relation": relation}
            values |= self.draft.party("link", "from", (TABLES[link["from_table"]], self.keys[near], None))
            values |= self.draft.party("link", "to", (TABLES[link["to_table"]], self.keys[far], None))
            self.draft.add("link", f"{near}/{relation}/{far}", values)

    def add_dossiers(self) -> None:
        """Make dossiers, each with its steps in order."""
        for thread in self.added.threads:
            key = self._record("dossier", thread.reference, {"title": thread.title}, [thread.reference])
            for n, (record, note) in enumerate(thread.steps, 1):
                step: Values = {"dossier_id": key, "position": n, "note": note or None}
                step |= self.draft.party("dossier_item", "item", (self.tables[record], self.keys[record], None))
                reference = f"{thread.reference}/dossier_item/{record}"  # of the record, since a place may shift
                self.draft.add("dossier_item", reference, step, [reference])

    def _people_at(self, relation: str) -> dict[str, set[int]]:
        """Return the people linked to each meeting or agreement."""
        found: dict[str, set[int]] = defaultdict(set)
        for link in self.files.linked(relation):
            found[link["to_id"]].add(self.keys[link["from_id"]])
        return found

    def _people_heard(self, relation: str) -> dict[str, set[int]]:
        """Return the people who were at the meeting where a figure or a commitment was said."""
        present = self._people_at("attended")
        found: dict[str, set[int]] = defaultdict(set)
        for link in self.files.linked(relation):
            found[link["from_id"]] |= present[link["to_id"]]
        return found

    # -- records

    def _record(self, table: str, reference: str, values: Values, references: list[str]) -> int:
        key = self.draft.add(table, reference, values, references)
        self.keys |= dict.fromkeys(references, key)
        self.tables |= dict.fromkeys(references, table)
        self.owners |= dict.fromkeys(references, reference)
        return key

    def _joined_record(self, table: str, record: Joined, values: list[Values], parts: tuple[str, ...]) -> int:
        """Make a record of one or several rows; of several, each source keeps what it gave."""
        record_type = self.draft.schema[table]
        whole = united(record_type, record, values)
        key = self._record(table, record.reference, whole, record.references)
        for row, given in zip(record.rows, values, strict=True):
            printed = list(printed_fields(record_type, given, whole)) if len(values) > 1 else []
            if printed:
                printed += [(part, row[part], "supports") for part in parts if row[part]]
            self._cite(table, key, row, printed)
        return key


def _alias(text: str) -> Values:
    """Return an other name with its script, and the language where the script tells it."""
    script = script_of(text)
    language = {"Hani": "zh", "Cyrl": "ru"}.get(script) or ("az" if _AZ_LETTERS.search(text) else None)
    return {"text": text, "script": script, "language": language, "kind": "alias"}


def _spelling(text: str, country: str, offices: str) -> Values:
    """Return another spelling of a person's name: official in the person's own script, else a transliteration."""
    plain, _, remark = text.partition(" (")
    values = _alias(plain)
    is_own = (values["script"], country) == ("Hani", "CN") or (values["language"], country) == ("az", "AZ")
    is_titled = plain.split()[0] in offices.split()
    values["kind"] = "official" if is_own else "alias" if is_titled else "transliteration"
    return values | {"note": remark.removesuffix(")") or None}
