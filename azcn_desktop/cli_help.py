"""What `azcn-cli --help` says beyond its options: how each command is meant, with examples. Words only."""

from __future__ import annotations

from azcn_desktop.records.catalogue import SCHEMA

OVERVIEW = """\
examples:
  azcn-cli export --db azcn.db --table meeting --to meetings.xlsx
  azcn-cli import corrected.csv --db azcn.db --table meeting --dry-run
  azcn-cli bibliography --db azcn.db --table figure --where year:2024 --to trade-2024.bib
  azcn-cli check azcn.db
  azcn-cli audit --db azcn.db
  azcn-cli describe

Exit code 0: done. 1: not done, with a sentence why; nothing was changed then.
"""
EXPORT = f"""\
The ending of --to says the format. Several tables to CSV or Markdown give one file a table, OUT.<table>.csv; the other
formats hold them all, with a list of the sources. A field that links is two columns, <field> with names and
<field>_uid with identities; several are joined by " | ". What lies in the trash is left out. CSV is UTF-8 with a byte
order mark, as Excel needs it. Text that a spreadsheet would run as a formula gets an apostrophe in front, which import
takes off again; --raw leaves it (and the byte order mark) out, for machines. JSON is always exact.

Of trade flows those that count are written; CSV and XLSX with all columns name the publisher too, so that they can be
imported again, without --table.

tables:
  {", ".join(t.name for t in SCHEMA)}

filter (--where), the language of the filter field; all parts must hold:
  baku port            words, whatever their accents and capitals
  status:signed        a field;  status:signed|in_force for one of several
  date:>=2024-05       also <= > <;  date:2020..2024 for a range;  date:empty
  year:2024 -kind:fair year of the record; a minus turns a part round

examples:
  azcn-cli export --db azcn.db --table meeting --to meetings.csv
  azcn-cli export --db azcn.db --table agreement --where "year:2024 status:signed" --to signed.xlsx
  azcn-cli export --db azcn.db --table figure --columns period,flow,value,unit --to trade.json
  azcn-cli export --db azcn.db --table person --table organisation --to names.csv
  azcn-cli export --db azcn.db --format parquet --partition year --to flows
  azcn-cli export --db azcn.db --format parquet --where "reporter:AZ flow:M code:27 since:2015" --to fuels

Parquet holds the trade flows that count, one file a year (flows/year=2023/part-0.parquet), as db/RECIPES.md describes
them; DuckDB, Spark and ClickHouse read the folder. The folder must be new or empty. Its filter knows code (how it
begins), year, since, until, frequency, reporter, partner, flow, level, publisher, valuation, currency, classification.
It needs the extra: pip install azcn-desktop[parquet].
"""
BIBLIOGRAPHY = f"""\
The ending of --to says the format, unless --format does: .json csl-json, .bib bibtex, .ris ris, .txt text. Without
--table all sources are written that any record rests on; with it, those of the records of these tables. Each source
stands there once, sorted by publisher and day. A source without title or date is written without; a doubtful date is
marked as such; what a copy was first published as stands in its note. The file is replaced as a whole or not at all.

tables:
  {", ".join(t.name for t in SCHEMA if not t.is_part)}

filter (--where): as `azcn-cli export --help` tells; it holds for each table.

examples:
  azcn-cli bibliography --db azcn.db --to sources.json
  azcn-cli bibliography --db azcn.db --table figure --where "year:2024 flow:turnover" --to trade-2024.bib
  azcn-cli bibliography --db azcn.db --table meeting --table agreement --format text --to sources.md
"""
IMPORT = """\
The first row names the columns: names of fields as `azcn-cli describe` lists them, their labels or aliases. A row with
the uid of a record changes that record, and only the cells that differ; a row without one is a new record, unless the
same is there already. Without --skip-bad one bad row keeps the whole file out. An import is one undo step.

Without --table the file is one of trade statistics (UN Comtrade, WITS, BACI, World Bank, China customs and others),
plain or packed, and is recognised by its header. What an earlier import of the same publisher has is changed, not
doubled. Parquet is read too, a file or a folder with one folder a year; of it only flows with AZ or CN as reporter or
partner are taken, unless --all-pairs says otherwise.

examples:
  azcn-cli import flows --db azcn.db --dry-run
  azcn-cli import TradeData.csv --db azcn.db --dry-run
  azcn-cli import meetings.csv --db azcn.db --table meeting --dry-run
  azcn-cli import people.xlsx --db azcn.db --table person --skip-bad
"""
AUDIT = """\
A line is one check: its verdict word, the kind of check, then what is claimed, the calculation and the reason. Numbers
are compared by what they may mean: 3.7 bn is 3.65 to 3.75 bn, "over 1 bn" is 1 bn or more.

verdicts:
  conflicts              no reading of the printed numbers makes them fit
  cannot_be_checked      with the reason after a colon: no_base, unlike_periods, stock_and_flow and others
  agrees_after_rounding  they fit, given how they were rounded and hedged
  agrees                 they fit as printed

The exit code is 0 whatever is found; a summary goes to the error stream.

examples:
  azcn-cli audit --db azcn.db
  azcn-cli audit --db azcn.db --format json > audit.json
  azcn-cli audit --db azcn.db | grep ^conflicts
"""
