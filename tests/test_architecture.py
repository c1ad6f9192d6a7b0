"""The shape of the code, held by reading it: who may import whom, sizes, SQL, and where data could become markup."""

import ast
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "azcn_desktop"

# A module may import from its own part and from parts of a lower number, from nothing else of the package.
LAYERS = {
    "errors": 0, "resources_path": 0, "garbage": 0,
    "progress": 1,
    "records": 2,
    "store": 3,
    "evidence": 4, "exchange": 4, "describing": 4, "cli_help": 4,
    "trade": 5,  # reads workbooks with the guard of exchange
    "charts": 6,  # draw what trade finds in both sides' statistics
    "cli": 7, "gui": 7,
    "__main__": 8,
}  # fmt: skip
# Libraries, and the modules that may import them.
ONLY_IN = {
    "sqlite3": r"store\..*",
    "sqlite_utils": r"store\..*",
    "xlsxwriter": r"exchange\.tabular",
    "python_calamine": r"exchange\.tabular",
    "markdown_it": r"exchange\.documents",
    "pypdf": r"exchange\.documents",
    "PySide6": r"gui\..*",
    "pyqtgraph": r"gui\.charts\..*",
    "qtawesome": r"gui\..*",
    "numpy": r"(charts|gui)\..*|store\.flows\.(arrivals|order|sorted_flows|sorting)",
    "pyarrow": r"trade\.parquet",
}
FORBIDDEN = (
    "PySide6.QtNetwork", "PySide6.QtWebEngine", "urllib.request", "urllib.error", "http", "socket", "ssl", "requests",
    "ftplib", "smtplib", "asyncio", "openpyxl", "pickle", "marshal", "shelve",
)  # fmt: skip
VAGUE = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc", "data2"}
FILE_STOP, FUNCTION_STOP = 400, 60
REASON = re.compile(r"[Ll]onger than (?:\w+ ){0,3}(?:lines|others|most|usual|modules)")

# Names that stand in f-strings of SQL: each is built in its module from quoted(), marks and constants, never from data.
SQL_NAMES = {
    "store.backlinks": {"select"},
    "store.checking": {"select", "trashed"},
    "store.citing": set(),
    "store.computed": {
        "_ORIGIN", "az", "cn", "code", "days", "end", "fixed", "found", "last", "months", "name", "order", "reached",
        "sql", "states", "steps", "wanted", "word",
    },
    "store.database": set(),
    "store.flows.sums": {
        "below", "code", "codes", "column", "conditions.joined", "flows", "joined", "name", "period", "series",
        "tables", "value", "when",
    },
    "store.flows.loading": set(),
    "store.flows.by_period": {"conditions.joined", "flows", "only", "self._sums.joined", "table", "where"},
    "store.flows.counting": {"where", "table", "conditions.joined"},
    "store.flows.looking": {"where", "sort.column", "conditions.joined"},
    "store.flows.selecting": {"column"},
    "store.flows.sorting": {"where", "columns", "sort.column", "conditions.joined"},
    "store.flows.pages": {"conditions.joined"},
    "store.journal": {"condition"},
    "store.migrations": {"sql"},
    "store.ordering": {"alias", "by", "column", "direction", "fixed", "hi", "inner", "lo", "name"},
    "store.passages": {"names"},
    "store.records": {"select", "marks", "fixed"},
    "store.search": {"condition", "chosen", "columns", "text", "where", "select"},
    "store.selecting": {
        "select", "cited", "per_value", "sql", "column", "name", "lo", "hi", "fixed", "where", "order",
        "condition.operator",
    },
    "store.flows.sorted_flows": {"values"},
    "store.flows.staging": {"pragma"},
    "store.flows.totals": {"chosen", "column", "table"},
    "store.flows.lines": {"cells", "column", "counting.joined", "lines", "source", "texts"},
    "store.store": {"column", "where", "names"},
    "store.flows.summaries": {"group", "names", "sums", "table", "where"},
    "store.tables": {"record_type.name", "column", "sql"},
    "store.trash": {"condition"},
    "store.writing": {"names", "assignments"},
}  # fmt: skip
# Functions that return SQL of declared names and placeholders only.
SQL_BUILDERS = ("quoted", "tables.quoted", "marks", "like", "_supporting", "_ranks", "_member_sql")
_SQL = re.compile(
    r"\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER TABLE|PRAGMA|WHERE|ORDER BY|LIKE|IS NULL|IN \()\b|IN \("
)
# The modules that import others late: the start of the window is cut in two, and an optional library is imported when
# its file is met.
LATE_IMPORTS = ("__main__", "gui.application", "trade.parquet_extra")
SINKS = (
    "setHtml", "insertHtml", "appendHtml", "setMarkdown", "QTextBrowser", "setWhatsThis", "setOpenExternalLinks",
)  # fmt: skip


@dataclass(frozen=True)
class Module:
    """One parsed module; its name is without the package."""

    name: str
    path: Path
    text: str

    @property
    def part(self) -> str:
        return self.name.partition(".")[0]

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All of the tree, walked once: a dozen rules look at it."""
        return tuple(ast.walk(self.tree))

    @cached_property
    def functions(self) -> tuple[ast.FunctionDef | ast.AsyncFunctionDef, ...]:
        return tuple(node for node in self.nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))

    @cached_property
    def calls(self) -> dict[str, list[ast.Call]]:
        """The calls in a module by the name of the function or method."""
        found = defaultdict(list)
        for node in self.nodes:
            if isinstance(node, ast.Call):
                found[called(node)].append(node)
        return found

    def __str__(self) -> str:
        return self.name


def called(call: ast.Call) -> str:
    """Return the name of the function or method that is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)


def _modules() -> list[Module]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        found.append(Module(name, path, path.read_text(encoding="utf-8")))
    return found


MODULES = _modules()
CORE = [module for module in MODULES if module.part != "gui"]
GUI = [module for module in MODULES if module.part == "gui"]
STORE = [module for module in MODULES if module.part == "store"]


def imports(module: Module) -> Iterator[tuple[str, int]]:
    """Yield the full names of what a module imports, with lines."""
    for node in module.nodes:
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import in line {node.lineno}"
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def lines_of(module: Module, *names: str) -> list[str]:
    """Return where a module calls functions or methods of these names."""
    return [f"{module}, line {call.lineno}: {name}" for name in names for call in module.calls.get(name, ())]


# -- layers


def test_a_module_imports_only_from_lower_layers() -> None:
    upward = []
    for module in MODULES:
        if module.name == "__init__":
            continue
        assert module.part in LAYERS, f"{module.part} has no place in the layers"
        for name, line in imports(module):
            package, _, rest = name.partition(".")
            part = rest.partition(".")[0]
            is_ours = package == "azcn_desktop" and part in LAYERS and part != module.part
            if is_ours and LAYERS[part] >= LAYERS[module.part]:
                upward.append(f"{module}, line {line}: {name}")
    assert upward == []


def test_libraries_stay_where_they_belong() -> None:
    strayed = [
        f"{module}, line {line}: {name}"
        for module in MODULES
        for name, line in imports(module)
        if (where := ONLY_IN.get(name.split(".")[0])) and not re.fullmatch(where, module.name)
    ]
    assert strayed == []


def test_nothing_reaches_the_network_or_runs_what_it_reads() -> None:
    bad = [
        f"{module}, line {line}: {name}"
        for module in MODULES
        for name, line in imports(module)
        if any(name == library or name.startswith(f"{library}.") for library in FORBIDDEN)
    ]
    assert bad == []
    run = [
        f"{module}, line {call.lineno}"
        for module in MODULES
        for name in ("eval", "exec", "__import__")
        for call in module.calls.get(name, ())
        if isinstance(call.func, ast.Name)
    ]
    assert run == []


def test_imports_stand_at_the_top() -> None:
    local = [
        f"{module}, {function.name}, line {node.lineno}"
        for module in MODULES
        for function in module.functions
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert local == []


def test_nothing_is_global_and_late_imports_have_their_places() -> None:
    for module in MODULES:
        assert [f"{module}, {n.lineno}" for n in module.nodes if isinstance(n, ast.Global | ast.Nonlocal)] == []
        if module.name not in LATE_IMPORTS:
            assert lines_of(module, "import_module") == []


def test_only_the_bridge_opens_files_and_only_the_composition_root_looks_up_the_application() -> None:
    for module in GUI:
        if module.name not in ("gui.application", "gui.workspace", "gui.job_runner"):
            assert lines_of(module, "Store", "open_store") == []
        # The inspector listens to a signal that only the application has: where the focus went.
        if module.name not in ("gui.application", "gui.inspector.inspector"):
            assert [n.lineno for n in module.calls.get("instance", ()) if "Application" in ast.unparse(n)] == []
            assert "qApp" not in {node.id for node in module.nodes if isinstance(node, ast.Name)}, module


def test_everything_but_the_window_is_imported_without_qt() -> None:
    names = [f"azcn_desktop.{m.name}".removesuffix(".__init__") for m in MODULES if m.part not in ("gui", "__main__")]
    program = (
        "import importlib, sys\n"
        "for blocked in ('PySide6', 'shiboken6', 'pyqtgraph', 'qtawesome', 'qtpy'):\n"
        "    sys.modules[blocked] = None\n"
        f"for name in {names!r}:\n"
        "    importlib.import_module(name)\n"
        "print(sorted(n for n in sys.modules if n.startswith(('azcn_desktop.gui', 'PySide6.'))))"
    )
    found = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert (found.stdout, found.stderr) == ("[]\n", "")
    assert len(names) > 30


# -- size and names


def test_a_module_says_what_it_is_and_keeps_its_size() -> None:
    for module in MODULES:
        docstring = ast.get_docstring(module.tree) or ""
        assert docstring.partition("\n")[0].endswith((".", ":")), module
        lines = len(module.text.splitlines())
        assert lines <= FILE_STOP or REASON.search(docstring), f"{module}: {lines} lines and no reason"


def test_a_function_keeps_its_size() -> None:
    long = {f"{module}, {f.name}": size(f) for module in MODULES for f in module.functions if size(f) > FUNCTION_STOP}
    assert long == {}


def size(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of a function."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_a_module_is_named_after_what_it_does() -> None:
    assert [str(module) for module in MODULES if VAGUE & set(re.split(r"[._]", module.name))] == []


def test_the_median_file_and_function_are_short() -> None:
    files = sorted(len(module.text.splitlines()) for module in MODULES)
    sizes = sorted(size(function) for module in MODULES for function in module.functions)
    assert files[len(files) // 2] <= 150
    assert sizes[len(sizes) // 2] <= 8
    assert sizes[len(sizes) * 9 // 10] <= 25


def test_every_public_name_of_the_core_is_explained() -> None:
    silent = [
        f"{module}: {node.name}"
        for module in CORE
        for owner in (module.tree, *(n for n in module.tree.body if isinstance(n, ast.ClassDef) and n.name[0] != "_"))
        for node in owner.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        if not ast.get_docstring(node) and not _is_override(owner, module)
    ]
    assert silent == []


def _is_override(owner: ast.AST, module: Module) -> bool:
    """Tell whether a class inherits the explanations of its methods: the kinds explain theirs once, in `Kind`."""
    return (
        module.name in ("records.kinds", "records.number_kinds", "records.figure_kinds")
        and isinstance(owner, ast.ClassDef)
        and bool(owner.bases)
    )


# -- SQL


def _is_safe(node: ast.FormattedValue, allowed: set[str]) -> bool:
    value, text = node.value, ast.unparse(node.value)
    if isinstance(value, ast.Call):
        called = ast.unparse(value.func)
        is_joined = isinstance(value.func, ast.Attribute) and value.func.attr == "join"
        return is_joined or called in SQL_BUILDERS
    is_number = node.format_spec is not None and ast.unparse(node.format_spec) == "f'd'"
    is_constant = isinstance(value, ast.Name) and value.id.isupper()
    return is_number or is_constant or text in allowed or _is_conditional_constant(value)


def _is_conditional_constant(value: ast.expr) -> bool:
    return (
        isinstance(value, ast.IfExp) and isinstance(value.body, ast.Constant) and isinstance(value.orelse, ast.Constant)
    )


def _sql_strings(module: Module) -> Iterator[ast.JoinedStr]:
    for node in module.nodes:
        if isinstance(node, ast.JoinedStr):
            constant = "".join(str(part.value) if isinstance(part, ast.Constant) else "?" for part in node.values)
            if _SQL.search(constant):
                yield node


def test_sql_is_built_of_declared_names_only() -> None:
    unsafe = [
        f"{module}, line {node.lineno}: {ast.unparse(part)}"
        for module in STORE
        for node in _sql_strings(module)
        for part in node.values
        if isinstance(part, ast.FormattedValue) and not _is_safe(part, SQL_NAMES.get(module.name, set()))
    ]
    assert unsafe == []


def test_sql_is_never_put_together_from_data_and_never_run_as_a_script() -> None:
    for module in MODULES:
        assert lines_of(module, "executescript") == []
        if module.part != "store":
            assert lines_of(module, "execute", "executemany") == []
            assert [f"{module}, {n.lineno}" for n in _sql_strings(module) if module.part != "describing"] == []
        assert [f"{module}, line {node.lineno}" for node in module.nodes if _is_glued_sql(node)] == []


def _is_glued_sql(node: ast.AST) -> bool:
    """Tell whether SQL is put together with %, + or format."""
    if isinstance(node, ast.BinOp):
        sides = (node.left,) if isinstance(node.op, ast.Mod) else (node.left, node.right)
        return isinstance(node.op, ast.Mod | ast.Add) and any(map(_is_sql, sides))
    is_format = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"
    return is_format and _is_sql(node.func.value)


def _is_sql(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and bool(re.match(r"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|PRAGMA) ", node.value))
    )


def test_the_list_of_names_in_sql_names_modules_that_are_there() -> None:
    assert set(SQL_NAMES) <= {module.name for module in MODULES}


# -- data is never markup


def test_a_label_shows_plain_text() -> None:
    """Whoever makes a QLabel says in the same function that its text is plain; a QMessageBox has one place."""
    for module in GUI:
        if module.name != "gui.widgets.plain_label" and "QLabel" in module.calls:
            assert [f"{module}, {function.name}" for function in module.functions if _makes_rich_label(function)] == []
        if module.name != "gui.messages":
            assert lines_of(module, "QMessageBox") == []


def _makes_rich_label(function: ast.AST) -> bool:
    made = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    plain = any(called(call) == "setTextFormat" and "PlainText" in ast.unparse(call) for call in made)
    return not plain and any(called(call) == "QLabel" for call in made)


def test_text_is_never_set_as_markup() -> None:
    for module in GUI:
        # This one writes a table for other programs, each cell escaped.
        is_clipboard = module.name == "gui.records.row_copying"
        assert lines_of(module, *(sink for sink in SINKS if not (is_clipboard and sink == "setHtml"))) == []
        assert "RichText" not in {node.attr for node in module.nodes if isinstance(node, ast.Attribute)}, module


def test_a_tool_tip_is_our_words_or_escaped() -> None:
    """Qt guesses from its text whether a tool tip is markup, so data is escaped and marked up on purpose."""
    guessed = [
        f"{module}, line {call.lineno}: {ast.unparse(call.args[0])}"
        for module in GUI
        for call in module.calls.get("setToolTip", ())
        if not _is_our_words(call.args[0])
    ]
    assert guessed == []


def _is_our_words(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.IfExp):
        return _is_our_words(node.body) and _is_our_words(node.orelse)
    if isinstance(node, ast.JoinedStr):
        values = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
        return all(isinstance(value, ast.Call) and ast.unparse(value.func) == "html.escape" for value in values)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        return _is_our_words(node.func.value) and all("example" in ast.unparse(value) for value in node.args)
    return isinstance(node, ast.Call) and ast.unparse(node.func) in ("self.tr", "_tr", "QCoreApplication.translate")


def test_signals_carry_numbers_as_objects() -> None:
    """A Signal of int cuts an id or a value in dollars to 32 bits."""
    narrow = [
        f"{module}, line {call.lineno}"
        for module in GUI
        for call in module.calls.get("Signal", ())
        if any(ast.unparse(argument) in ("int", "float") for argument in call.args)
    ]
    assert narrow == []


def test_no_lambda_is_connected_and_no_event_loop_is_nested() -> None:
    connected = [
        f"{module}, line {call.lineno}"
        for module in GUI
        for call in module.calls.get("connect", ())
        if any(isinstance(node, ast.Lambda) for argument in call.args for node in ast.walk(argument))
    ]
    assert connected == []
    assert [line for m in GUI if m.name != "gui.application" for line in lines_of(m, "processEvents")] == []
