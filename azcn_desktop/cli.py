"""The command line: export, import, check, audit, describe and bibliography, without a display.

It opens files that exist and never makes one. Whatever goes wrong on purpose is one sentence on the error stream and
exit code 1; its being here at all is the proof that the core needs no window.
"""

from __future__ import annotations

import argparse
import io
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import NoReturn

from azcn_desktop import __version__, cli_help, describing
from azcn_desktop.errors import AzcnError, UserError
from azcn_desktop.evidence.audit import audit
from azcn_desktop.evidence.audit_report import audit_json, audit_lines, audit_summary
from azcn_desktop.evidence.figures import read_figures
from azcn_desktop.exchange import bibliography
from azcn_desktop.exchange.atomic_file import AtomicFiles
from azcn_desktop.exchange.exporting import ExportRequest, TableRequest, chosen_fields, export
from azcn_desktop.exchange.importing import plan_import, to_change_set
from azcn_desktop.exchange.tabular import read_table
from azcn_desktop.progress import Progress
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.resources_path import shipped_data
from azcn_desktop.store import citing
from azcn_desktop.store.checking import check_database
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.turns import ALONE
from azcn_desktop.store.opening import open_store
from azcn_desktop.store.query import parse_query
from azcn_desktop.store.store import Store
from azcn_desktop.trade.flow_filter import parse_flow_filter
from azcn_desktop.trade.importing import plan_import as plan_statistics
from azcn_desktop.trade.importing import run_import as run_statistics
from azcn_desktop.trade.parquet_extra import parquet
from azcn_desktop.trade.preview import preview_lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    # Being ended by a script or a closing session cleans up as Ctrl+C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with _written_at_last():
            options = parser().parse_args(_with_filters_joined(sys.argv[1:] if arguments is None else arguments))
            return int(options.run(options))
    except AzcnError as error:
        return _failed(str(error))
    except KeyboardInterrupt:
        return _failed("Stopped. Nothing was changed and nothing was left behind.")
    except BrokenPipeError:
        return 1  # Whoever read the output has seen enough.


def _with_filters_joined(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with each filter tied to its option: `-kind:fair` is no option of its own."""
    joined: list[str] = []
    for argument in arguments:
        if joined and joined[-1] == "--where":
            joined[-1] = f"--where={argument}"
        else:
            joined.append(argument)
    return joined


@contextmanager
def _written_at_last() -> Iterator[None]:
    """Keep the output back and write it in one place, so that only there it can fail.

    Raises:
        UserError: it can't be written, say because its disk is full.
        BrokenPipeError: nobody reads it any more.
    """
    output = io.StringIO()
    try:
        with redirect_stdout(output):
            yield
    finally:
        if sys.stdout is not None:  # None: the caller has closed it and wants no output
            _write_out(output.getvalue())


def _write_out(text: str) -> None:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        # The interpreter would try again when it ends, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise
        raise UserError(f"The output can't be written: {error.strerror}.") from error


def parser() -> argparse.ArgumentParser:
    """Return the declaration of all commands and options."""
    top = _Parser(prog="azcn-cli", description="Work on an AZCN database without a window.", epilog=cli_help.OVERVIEW)
    top.add_argument("--version", action="version", version=f"AZCN Desktop {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=_Parser)
    _declare_export(commands.add_parser("export", help="write records to a file", epilog=cli_help.EXPORT))
    _declare_import(commands.add_parser("import", help="read records from a file", epilog=cli_help.IMPORT))
    _declare_bibliography(
        commands.add_parser(
            "bibliography", help="write the sources of records as a bibliography", epilog=cli_help.BIBLIOGRAPHY
        )
    )
    check = commands.add_parser("check", help="check a database file", epilog="example:\n  azcn-cli check azcn.db\n")
    check.description = "Check integrity, references, tables and computed columns, and count the records."
    check.add_argument("file", type=Path, metavar="FILE", help="the database")
    check.set_defaults(run=_check)
    _declare_audit(commands.add_parser("audit", help="check the arithmetic of the figures", epilog=cli_help.AUDIT))
    describe = commands.add_parser("describe", help="print the data dictionary")
    describe.description = "Print the data dictionary (Markdown): every table and field, its kind and its words."
    describe.epilog = "examples:\n  azcn-cli describe > dictionary.md\n  azcn-cli describe --write\n"
    describe.add_argument(
        "--write", action="store_true", help="write db/DATA_DICTIONARY.md and db/schema.sql of the checkout instead"
    )
    describe.set_defaults(run=_describe)
    return top


class _Parser(argparse.ArgumentParser):
    """A parser whose examples keep their lines and whose errors end with exit code 1."""

    def __init__(self, **options: object) -> None:
        super().__init__(
            **options,  # type: ignore[arg-type]
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )

    def error(self, message: str) -> NoReturn:
        """Print what is wrong with the command line and leave."""
        self.print_usage(sys.stderr)
        self.exit(1, f"{self.prog}: {message}\n")


def _declare_export(export_parser: argparse.ArgumentParser) -> None:
    add = export_parser.add_argument
    export_parser.description = "Write records to CSV, XLSX, JSON, Markdown or HTML, trade flows also to Parquet."
    add("--db", type=Path, required=True, metavar="FILE", help="the database")
    add("--table", action="append", default=[], metavar="NAME", help="a table; may be given several times")
    add("--where", default="", metavar="QUERY", help="only these records, of each table")
    add("--format", choices=("parquet",), help="write the trade flows to a new folder that --to names")
    add("--partition", choices=("year",), default="year", help="of the Parquet folder: one file a year")
    add("--columns", default="", metavar="a,b", help="only these fields, in this order; the uid is always there")
    add("--raw", action="store_true", help="leave formula-like text exactly as it is")
    add("--to", type=Path, required=True, metavar="OUT", help="the file: .csv .xlsx .json .md .html")
    export_parser.set_defaults(run=_export)


def _declare_import(import_parser: argparse.ArgumentParser) -> None:
    add = import_parser.add_argument
    import_parser.description = "Read records from CSV, TSV, XLSX or JSON: all of the file or nothing."
    add("file", type=Path, metavar="FILE", help="the table to read; of trade flows also a Parquet file or folder")
    add("--db", type=Path, required=True, metavar="FILE", help="the database")
    add(
        "--table", metavar="NAME", help="the table of the database; without it a file of trade statistics is recognised"
    )
    add("--dry-run", action="store_true", help="only tell what would happen")
    add("--skip-bad", action="store_true", help="import the good rows and list the bad ones")
    add("--all-pairs", action="store_true", help="of Parquet, also take trade that neither AZ nor CN is a side of")
    add("--raw", action="store_true", help="the file was exported with --raw: take apostrophes as they are")
    import_parser.set_defaults(run=_import)


def _declare_audit(audit_parser: argparse.ArgumentParser) -> None:
    add = audit_parser.add_argument
    audit_parser.description = "Check growth, sums, parts of years and shares of all figures."
    add("--db", type=Path, required=True, metavar="FILE", help="the database")
    add("--format", choices=("text", "json"), default="text", help="lines (the default) or a JSON array")
    audit_parser.set_defaults(run=_audit)


def _declare_bibliography(bibliography_parser: argparse.ArgumentParser) -> None:
    add = bibliography_parser.add_argument
    bibliography_parser.description = "Write the sources that records rest on, as CSL-JSON, BibTeX, RIS or plain text."
    add("--db", type=Path, required=True, metavar="FILE", help="the database")
    add("--table", action="append", default=[], metavar="NAME", help="a table; may be given several times; else all")
    add("--where", default="", metavar="QUERY", help="only of these records, of each table")
    add("--format", default="", choices=tuple(bibliography.FORMATS), help="when the ending shall not say it")
    add("--to", type=Path, required=True, metavar="OUT", help="the file: .json .bib .ris .txt")
    bibliography_parser.set_defaults(run=_bibliography)


def _export(options: argparse.Namespace) -> int:
    if options.format == "parquet":
        return _export_parquet(options)
    if not options.table:
        raise UserError("--table is needed: name what is to be written.")
    for name in options.table:
        _known_table(name)
    wanted = [name.strip() for name in options.columns.split(",") if name.strip()]
    fields = chosen_fields(SCHEMA, options.table, wanted)
    tables = tuple(TableRequest(parse_query(options.where, SCHEMA[name]), fields[name]) for name in options.table)
    with _store(options.db, read_only=True) as store:
        result = export(store, ExportRequest(tables, options.to, options.raw), _progress())
    counts = ", ".join(f"{count:,} {_called(name, count)}" for name, count in result.counts.items())
    print(f"{counts}: {', '.join(map(str, result.files))}")
    return 0


def _export_parquet(options: argparse.Namespace) -> int:
    if set(options.table) - {"trade_flow"} or options.columns or options.raw:
        raise UserError("Only trade_flow is written as Parquet, with all its columns: leave out --columns and --raw.")
    writing, query = parquet(), parse_flow_filter(options.where)
    with _store(options.db, read_only=True) as store:
        flows, files = writing.write_flows(store.database, query, options.to, _progress())
    print(f"{flows:,} trade flows, {files:,} files: {options.to}")
    return 0


def _bibliography(options: argparse.Namespace) -> int:
    tables = [_known_table(name) for name in options.table]
    if options.where and not tables:
        raise UserError("--where needs --table: name the records whose sources are wanted.")
    chosen = bibliography.format_of(options.to, options.format)
    queries = [parse_query(options.where, SCHEMA[name]) for name in tables]
    with _store(options.db, read_only=True) as store:
        found = citing.used_by_any(store, queries) if queries else citing.all_sources_used(store)
        count = bibliography.write_bibliography(store, found, chosen, options.to)
    print(f"{count:,} {_called('source', count)}: {options.to}")
    return 0


def _import(options: argparse.Namespace) -> int:
    return _import_records(options) if options.table else _import_statistics(options)


def _import_statistics(options: argparse.Namespace) -> int:
    with (
        _store(options.db, read_only=options.dry_run) as store,
        plan_statistics(store, options.file, progress=_progress(), all_pairs=options.all_pairs) as plan,
    ):
        for refusal in plan.refused:
            where = f"line {refusal.line:,}" + (f", {refusal.column}" if refusal.column else "")
            print(f"{options.file}: {where}: {refusal.reason}", file=sys.stderr)
        print("\n".join(preview_lines(plan)))
        if plan.refusals and not options.skip_bad:
            raise UserError("Nothing was imported. Correct these rows, or leave them out with --skip-bad.")
        if not options.dry_run:
            run_statistics(store, plan, _progress(), ALONE)
    return 0


def _import_records(options: argparse.Namespace) -> int:
    record_type = SCHEMA[_known_table(options.table)]
    table = read_table(options.file, [record_type.name, record_type.plural, record_type.label], options.raw)
    with _store(options.db, read_only=options.dry_run) as store:
        plan = plan_import(store, table, record_type, _progress())
        for refusal in plan.refused:
            where = f"line {refusal.line:,}" + (f", {refusal.column}" if refusal.column else "")
            print(f"{options.file}: {where}: {refusal.reason}", file=sys.stderr)
        if plan.ignored:
            print(f"Columns that no field has, not read: {', '.join(plan.ignored)}", file=sys.stderr)
        if plan.note:
            print(plan.note, file=sys.stderr)
        print(f"{record_type.plural}: {plan.summary}")
        if plan.refused and not options.skip_bad:
            raise UserError("Nothing was imported. Correct these rows, or leave them out with --skip-bad.")
        if not options.dry_run:
            store.apply(to_change_set(plan, options.file.name))
    return 0


def _check(options: argparse.Namespace) -> int:
    database = Database.open(options.file, read_only=True, any_version=True)
    try:
        report = check_database(database, SCHEMA, _progress())
    finally:
        database.close()
    for table, count, trashed in report.counts:
        print(f"{table:<18}{count:>8,}" + (f"  and {trashed:,} in the trash" if trashed else ""))
    for note in report.notes:
        print(note)
    for problem in report.problems:
        print(problem, file=sys.stderr)
    if report.problems:
        return _failed(f"{options.file} is not in order: {len(report.problems)} findings.")
    print(f"{options.file} is in order.")
    return 0


def _audit(options: argparse.Namespace) -> int:
    with _store(options.db, read_only=True) as store:
        figures = read_figures(store)
    checks = audit(figures)
    if options.format == "json":
        print(audit_json(checks, {figure.key: figure for figure in figures}))
    else:
        print("\n".join(audit_lines(checks)))
    print(audit_summary(checks), file=sys.stderr)
    return 0


def _describe(options: argparse.Namespace) -> int:
    dictionary = describing.data_dictionary(SCHEMA)
    if not options.write:
        print(dictionary, end="")
        return 0
    folder = shipped_data().parent
    if not (folder.parent / "pyproject.toml").is_file():
        raise UserError("These documents belong to a checkout of the program; this is an installed one.")
    texts = {"DATA_DICTIONARY.md": dictionary, "schema.sql": describing.schema_script(SCHEMA)}
    with AtomicFiles() as files:
        for name, text in texts.items():
            files.open(folder / name).write(text.encode())
    print(f"Wrote {' and '.join(texts)} in {folder}")
    return 0


def _called(table: str, count: int) -> str:
    record_type = SCHEMA[table]
    return (record_type.label if count == 1 else record_type.plural).lower()


def _known_table(name: str) -> str:
    if name not in SCHEMA:
        raise UserError(f"There is no table “{name}”. Possible are {', '.join(t.name for t in SCHEMA)}.")
    return name


@contextmanager
def _store(path: Path, read_only: bool) -> Iterator[Store]:
    store = open_store(path, read_only, _refuse_outdated)
    try:
        yield store
    finally:
        store.close()


def _refuse_outdated(path: Path) -> None:
    raise UserError(f"{path} was made by an older version. Open it once in the window, which brings it up to date.")


def _progress() -> Progress:
    """Return a progress that is seen on a terminal and nowhere else."""
    return Progress(_report) if sys.stderr.isatty() else Progress()


def _report(done: int, total: int, note: str) -> None:
    share = f"{100 * done // total:>3} % " if total else ""
    print(f"\r{share}{note}\x1b[K", end="\n" if total and done >= total else "", file=sys.stderr, flush=True)


def _failed(sentence: str) -> int:
    print(f"azcn-cli: {sentence}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
