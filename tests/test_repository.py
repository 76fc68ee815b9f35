"""The rules that the repository as a whole keeps."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "autograder"
MODULES = sorted(PACKAGE.rglob("*.py"))
# A part may import from lines above it, and from its own line: that is one thing in several files.
ORDER = """
time_limit
arrays
console
held stand_in unset_memory
errors
observe
networks
oracle
count datasets
concepts
engine
mistakes
concept_keys
units
suite
hints
figures
atlas
authoring
grading
handout new_course
exam
report demo
site
commands_and_options
__main__
"""
RANK = {part: rank for rank, line in enumerate(ORDER.split("\n")) for part in line.split()}
LONGEST = 220
# What `import autograder` must not cost a student; figures are drawn with Matplotlib.
HEAVY = {"nbgrader", "IPython", "matplotlib", "nbformat", "nbclient", "jupytext"}
ALLOWED = {"figures": {"matplotlib"}}
# The public names of the package, and the parts they come from.
PUBLIC = {
    "check": "suite",
    "example": "suite",
    "grade": "suite",
    "hint": "hints",
    "CheckFailed": "engine",
}


def part_of(path: Path) -> str:
    """Return the part of the package that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(node: ast.AST) -> Iterator[str]:
    """Yield the dotted names of the modules that an import statement names."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
        if node.module == "autograder":
            yield from (f"autograder.{PUBLIC.get(a.name, a.name)}" for a in node.names)
        else:
            yield node.module


def parts_used(path: Path) -> set[str]:
    """Return the other parts that a file imports from, at import time or later."""
    names = [n for node in ast.walk(ast.parse(path.read_text("utf-8"))) for n in imported(node)]
    used = {name.split(".")[1] for name in names if name.startswith("autograder.")}
    return used - {part_of(path)}


def at_import_time(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements that run when the module is imported."""
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(statement, ast.If) and "TYPE_CHECKING" in ast.unparse(statement.test):
            continue
        yield statement
        for field in ("body", "orelse", "finalbody"):
            yield from at_import_time(getattr(statement, field, []))


def tracked_files() -> list[Path]:
    names = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return [path for name in names.split("\0") if name and (path := ROOT / name).is_file()]


def test_every_part_has_its_place_in_the_order():
    assert {part_of(path) for path in MODULES} - {"__init__"} <= set(RANK)


def test_imports_come_from_above():
    wrong = []
    for path in MODULES:
        mine = part_of(path)
        for other in parts_used(path):
            if RANK[other] > RANK.get(mine, len(RANK)):
                wrong.append(f"{path.relative_to(ROOT)} imports {other}")
    assert wrong == []


def module_name(path: Path) -> str:
    """Return the dotted name of a module; a package is known by the name of its folder."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules_used(path: Path, modules: set[str]) -> set[str]:
    """Return the modules that a file imports, lazily too; what only types need is no import."""
    tree = ast.parse(path.read_text("utf-8"))
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    used = set()
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.Import):
            used |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            used |= inner & modules or {node.module}
    return used & modules


def circles(uses: dict[str, set[str]]) -> list[list[str]]:
    """Return the sets of modules that reach each other, found by taking away all others."""
    left = {name: set(used) - {name} for name, used in uses.items()}
    while ends := {name for name, used in left.items() if not used}:
        left = {name: used - ends for name, used in left.items() if name not in ends}
    while ends := left.keys() - set().union(*left.values()):
        left = {name: used for name, used in left.items() if name not in ends}
    return [sorted(left)] if left else []


def test_a_circle_is_found_and_a_diamond_is_none():
    diamond = {"a": {"b", "c"}, "b": {"d"}, "c": {"d"}, "d": set()}
    assert circles(diamond) == []
    assert circles({**diamond, "d": {"b"}}) == [["b", "d"]]


def test_no_modules_import_each_other_in_a_circle():
    modules = {module_name(path) for path in MODULES}
    uses = {module_name(path): modules_used(path, modules) for path in MODULES}
    # the package's own names are looked up lazily, by whoever asks for them
    uses["autograder"] = set()
    assert circles(uses) == []


def test_nothing_heavy_is_imported_above_the_graders_side():
    wrong = []
    for path in MODULES:
        part = part_of(path)
        if RANK.get(part, 0) < RANK["authoring"]:
            statements = at_import_time(ast.parse(path.read_text("utf-8")).body)
            loaded = {name.split(".")[0] for s in statements for name in imported(s)}
            for name in loaded & HEAVY - ALLOWED.get(part, set()):
                wrong.append(f"{path.relative_to(ROOT)} imports {name}")
    assert wrong == []


def test_importing_the_students_side_loads_nothing_heavy():
    code = f"import sys, autograder.suite; print({HEAVY} & set(sys.modules) or 'nothing')"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("nothing\n", "")


def test_files_are_short():
    lengths = {p.relative_to(ROOT).as_posix(): p.read_text("utf-8").count("\n") for p in MODULES}
    assert {path: length for path, length in lengths.items() if length > LONGEST} == {}


def test_no_file_names_a_registry_or_a_folder_of_one_machine():
    # Put together here, so that this file does not hold them either.
    hosts = ["py" + "pi.org", "python" + "hosted.org", "anaconda" + ".org"]
    folders = ["/ro" + "ot/", "/wo" + "rk/", "/ho" + r"me/\w+/"]
    pattern = re.compile("|".join([*map(re.escape, hosts), *(rf"(?<![\w.]){f}" for f in folders)]))
    found = []
    for path in tracked_files():
        text = path.read_bytes().decode("utf-8", "ignore")
        for match in pattern.finditer(text):
            found.append(f"{path.relative_to(ROOT)}:{text[: match.start()].count(chr(10)) + 1}")
    assert not found


def test_requirements_are_exact_and_plain():
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    pins = [line.split("#")[0].strip() for line in lines]
    for pin in filter(None, pins):
        assert re.fullmatch(r'[a-z0-9-]+==[0-9][0-9a-z.]*( ; sys_platform == "linux")?', pin), pin


def test_the_package_names_no_exact_version_and_only_what_is_pinned():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [project["dependencies"], *project["optional-dependencies"].values()]
    pinned = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.txt").read_text(), re.M))
    for requirement in (r for group in wanted for r in group):
        name, relation = re.match(r"([a-z0-9-]+)(.*)", requirement).groups()
        assert name in pinned
        assert relation.startswith(">="), requirement


SHUFFLED = """
import importlib, random, sys
from autograder.engine.diagnosis.forms import Form
random.seed({seed})
modules = {modules}
random.shuffle(modules)
for name in modules:
    importlib.import_module(name)
from autograder.units import CATALOGUE
for form in CATALOGUE.forms(Form):
    print(type(form).__name__, form.misconception.id, form.detail, form.on)
for name in CATALOGUE:
    print(name, CATALOGUE.words(name))
"""


def test_the_catalogue_is_the_same_in_whatever_order_modules_are_imported():
    folders = (PACKAGE / "mistakes", PACKAGE / "units")
    paths = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in paths
        if path.parent != PACKAGE / "units"
    ]
    printed = set()
    for seed in range(4):
        code = SHUFFLED.format(seed=seed, modules=modules)
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        printed.add(done.stdout)
    assert len(printed) == 1
    assert printed.pop().count("\n") > 500
