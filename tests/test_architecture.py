"""The shape of the code, held by reading it: who may import whom, sizes, SQL, and where data could become markup."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "azcn_desktop"

# A module may import from its own part and from parts of a lower number, from nothing else of the package.
LAYERS = {
    "errors": 0, "resources_path": 0,
    "progress": 1,
    "records": 2,
    "store": 3,
    "evidence": 4, "exchange": 4, "charts": 4, "describing": 4, "cli_help": 4,
    "trade": 5,  # reads workbooks with the guard of exchange
    "cli": 6, "gui": 6,
    "__main__": 7,
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
    "pyqtgraph": r"gui\.chart_.*",
    "qtawesome": r"gui\..*",
    "numpy": r"(charts|gui)\..*",
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
        "_ORIGIN", "az", "cn", "code", "days", "end", "fixed", "last", "months", "name", "order", "sql", "states",
        "wanted",
    },
    "store.database": set(),
    "store.loading": set(),
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
    "store.staging": {"pragma", "values"},
    "store.statistics": {"chosen", "column", "table"},
    "store.flow_lines": {"cells", "column", "lines", "source", "texts"},
    "store.store": {"column", "where", "names"},
    "store.summaries": {"group", "names", "sums", "table", "where"},
    "store.tables": {"record_type.name", "column", "sql"},
    "store.trash": {"condition"},
    "store.writing": {"names", "assignments"},
}  # fmt: skip
# Functions that return SQL of declared names and placeholders only.
SQL_BUILDERS = ("quoted", "tables.quoted", "_marks", "like", "_supporting", "_ranks", "_member_sql")
_SQL = re.compile(
    r"\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER TABLE|PRAGMA|WHERE|ORDER BY|LIKE|IS NULL|IN \()\b|IN \("
)
# Labels of the catalogue that are passed on as tool tips under these names.
TOOL_TIP_LABELS = {("gui.chart_panel", "text"), ("gui.filter_bar", "label")}


@dataclass(frozen=True, slots=True)
class Module:
    """One parsed module; its name is without the package."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def part(self) -> str:
        return self.name.partition(".")[0]

    def __str__(self) -> str:
        return self.name


def _modules() -> list[Module]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        found.append(Module(name, path, ast.parse(path.read_text(encoding="utf-8"))))
    return found


MODULES = _modules()
GUI = [module for module in MODULES if module.part == "gui"]
every_module = pytest.mark.parametrize("module", MODULES, ids=str)
every_gui_module = pytest.mark.parametrize("module", GUI, ids=str)


def imports(module: Module) -> Iterator[tuple[str, int]]:
    """Yield the full names of what a module imports, with lines."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import in line {node.lineno}"
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    """Yield the calls of a function or method of a name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
            if called == name:
                yield node


# -- layers


@every_module
def test_a_module_imports_only_from_lower_layers(module: Module) -> None:
    if module.name == "__init__":
        return
    assert module.part in LAYERS, f"{module.part} has no place in the layers"
    upward = []
    for name, line in imports(module):
        package, _, rest = name.partition(".")
        part = rest.partition(".")[0]
        if package == "azcn_desktop" and part in LAYERS and part != module.part and LAYERS[part] >= LAYERS[module.part]:
            upward.append(f"line {line}: {name}")
    assert upward == []


@every_module
def test_libraries_stay_where_they_belong(module: Module) -> None:
    strayed = [
        f"line {line}: {name}"
        for name, line in imports(module)
        for library, where in ONLY_IN.items()
        if name.split(".")[0] == library and not re.fullmatch(where, module.name)
    ]
    assert strayed == []


@every_module
def test_nothing_reaches_the_network_or_runs_what_it_reads(module: Module) -> None:
    bad = [
        f"line {line}: {name}"
        for name, line in imports(module)
        if any(name == library or name.startswith(f"{library}.") for library in FORBIDDEN)
    ]
    assert bad == []
    assert [
        node.lineno
        for name in ("eval", "exec", "__import__")
        for node in calls(module.tree, name)
        if isinstance(node.func, ast.Name)
    ] == []


@every_module
def test_imports_stand_at_the_top(module: Module) -> None:
    local = [
        (function.name, node.lineno)
        for function in functions(module.tree)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert local == []


@every_module
def test_nothing_is_global_and_late_imports_have_their_places(module: Module) -> None:
    assert [node.lineno for node in ast.walk(module.tree) if isinstance(node, ast.Global | ast.Nonlocal)] == []
    if module.name not in ("__main__", "gui.application"):
        assert [node.lineno for node in calls(module.tree, "import_module")] == []


@every_gui_module
def test_only_the_bridge_opens_files_and_only_the_composition_root_looks_up_the_application(module: Module) -> None:
    if module.name not in ("gui.application", "gui.workspace", "gui.job_runner"):
        assert [node.lineno for name in ("Store", "open_store") for node in calls(module.tree, name)] == []
    # The inspector listens to a signal that only the application has: where the focus went.
    if module.name not in ("gui.application", "gui.inspector"):
        looked_up = [node.lineno for node in calls(module.tree, "instance") if "Application" in ast.unparse(node)]
        assert looked_up == []
        assert "qApp" not in {node.id for node in ast.walk(module.tree) if isinstance(node, ast.Name)}


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


@every_module
def test_a_module_says_what_it_is_and_keeps_its_size(module: Module) -> None:
    docstring = ast.get_docstring(module.tree) or ""
    assert docstring.partition("\n")[0].endswith((".", ":"))
    lines = len(module.path.read_text(encoding="utf-8").splitlines())
    assert lines <= FILE_STOP or REASON.search(docstring), f"{lines} lines and no reason in the docstring"


@every_module
def test_a_function_keeps_its_size(module: Module) -> None:
    sizes = {f.name: (f.end_lineno or f.lineno) - f.lineno + 1 for f in functions(module.tree)}
    assert {name: size for name, size in sizes.items() if size > FUNCTION_STOP} == {}


@every_module
def test_a_module_is_named_after_what_it_does(module: Module) -> None:
    assert not VAGUE & set(re.split(r"[._]", module.name))


def test_the_median_file_and_function_are_short() -> None:
    files = sorted(len(m.path.read_text(encoding="utf-8").splitlines()) for m in MODULES)
    sizes = sorted((f.end_lineno or f.lineno) - f.lineno + 1 for m in MODULES for f in functions(m.tree))
    assert files[len(files) // 2] <= 150
    assert sizes[len(sizes) // 2] <= 8
    assert sizes[len(sizes) * 9 // 10] <= 25


@pytest.mark.parametrize("module", [m for m in MODULES if m.part != "gui"], ids=str)
def test_every_public_name_of_the_core_is_explained(module: Module) -> None:
    silent = [
        node.name
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
    for node in ast.walk(module.tree):
        if isinstance(node, ast.JoinedStr):
            constant = "".join(str(part.value) if isinstance(part, ast.Constant) else "?" for part in node.values)
            if _SQL.search(constant):
                yield node


@pytest.mark.parametrize("module", [m for m in MODULES if m.part == "store"], ids=str)
def test_sql_is_built_of_declared_names_only(module: Module) -> None:
    allowed = SQL_NAMES.get(module.name, set())
    unsafe = [
        f"line {node.lineno}: {ast.unparse(part)}"
        for node in _sql_strings(module)
        for part in node.values
        if isinstance(part, ast.FormattedValue) and not _is_safe(part, allowed)
    ]
    assert unsafe == []


@every_module
def test_sql_is_never_put_together_from_data_and_never_run_as_a_script(module: Module) -> None:
    assert [node.lineno for node in calls(module.tree, "executescript")] == []
    if module.part != "store":
        assert [node.lineno for name in ("execute", "executemany") for node in calls(module.tree, name)] == []
        assert [node.lineno for node in _sql_strings(module) if module.part != "describing"] == []
    glued = [
        node.lineno
        for node in ast.walk(module.tree)
        if (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and _is_sql(node.left))
        or (
            isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and (_is_sql(node.left) or _is_sql(node.right))
        )
        or (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "format"
            and _is_sql(node.func.value)
        )
    ]
    assert glued == []


def _is_sql(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and bool(re.match(r"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|PRAGMA) ", node.value))
    )


def test_the_list_of_names_in_sql_names_modules_that_are_there() -> None:
    assert set(SQL_NAMES) <= {module.name for module in MODULES}


# -- data is never markup


@every_gui_module
def test_a_label_shows_plain_text(module: Module) -> None:
    """Whoever makes a QLabel says in the same function that its text is plain; a QMessageBox has one place."""
    if module.name == "gui.plain_label":
        return
    rich = [
        f"{function.name}, line {call.lineno}"
        for function in functions(module.tree)
        for call in calls(function, "QLabel")
        if not any("PlainText" in ast.unparse(node) for node in calls(function, "setTextFormat"))
    ]
    assert rich == []
    if module.name != "gui.messages":
        assert [call.lineno for call in calls(module.tree, "QMessageBox")] == []


@every_gui_module
def test_text_is_never_set_as_markup(module: Module) -> None:
    sinks = (
        "setHtml",
        "insertHtml",
        "appendHtml",
        "setMarkdown",
        "QTextBrowser",
        "setWhatsThis",
        "setOpenExternalLinks",
    )
    used = [f"{name}, line {call.lineno}" for name in sinks for call in calls(module.tree, name)]
    is_clipboard = module.name == "gui.row_copying"  # writes a table for other programs, each cell escaped
    assert [use for use in used if not (is_clipboard and use.startswith("setHtml"))] == []
    assert "RichText" not in {node.attr for node in ast.walk(module.tree) if isinstance(node, ast.Attribute)}


@every_gui_module
def test_a_tool_tip_is_our_words_or_escaped(module: Module) -> None:
    """Qt guesses from its text whether a tool tip is markup, so data is escaped and marked up on purpose."""
    guessed = [
        f"line {call.lineno}: {ast.unparse(call.args[0])}"
        for call in calls(module.tree, "setToolTip")
        if not _is_our_words(call.args[0]) and (module.name, ast.unparse(call.args[0])) not in TOOL_TIP_LABELS
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


@every_gui_module
def test_signals_carry_numbers_as_objects(module: Module) -> None:
    """A Signal of int cuts an id or a value in dollars to 32 bits."""
    narrow = [
        call.lineno
        for call in calls(module.tree, "Signal")
        if any(ast.unparse(argument) in ("int", "float") for argument in call.args)
    ]
    assert narrow == []


@every_gui_module
def test_no_lambda_is_connected_and_no_event_loop_is_nested(module: Module) -> None:
    connected = [
        call.lineno
        for call in calls(module.tree, "connect")
        if any(isinstance(node, ast.Lambda) for argument in call.args for node in ast.walk(argument))
    ]
    assert connected == []
    assert [call.lineno for call in calls(module.tree, "processEvents") if module.name != "gui.application"] == []
