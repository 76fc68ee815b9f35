"""The hand-out as a JupyterLite site, in build/lite/: ``python tools/lite.py [PYODIDE]``.

JupyterLite runs Python in the reader's browser. It is no part of the course's environment: this
makes one for it, in build/lite-env/. PYODIDE is a folder with a distribution of Pyodide, which is
then served with the site; without it, a reader's browser takes Pyodide from its public address.
What was tried, and what was not, stands in docs/in-the-browser.md.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # `python tools/lite.py` has tools/ there

from autograder.handout.folder import make_handout  # noqa: E402

NEEDED = ("jupyterlite-core==0.8.6", "jupyterlite-pyodide-kernel==0.8.6", "jupyter-server==2.21.1")
#: What the kernel needs at its start and Pyodide does not have.
BESIDE = ("comm==0.2.3", "ipython-pygments-lexers==1.1.1")
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
#: What a browser has no use for.
LEFT_OUT = ("*.whl", "*.html", "requirements.txt", "check_set_up.py")


def build(target: Path, pyodide: Path | None) -> None:
    """Build the site into `target`, which is replaced."""
    if pyodide is not None and not (pyodide / "pyodide.mjs").is_file():
        sys.exit(f"lite: there is no pyodide.mjs in {pyodide}; name the folder of a distribution")
    jupyter = environment(target.with_name("lite-env"))
    with tempfile.TemporaryDirectory() as scratch:
        here, given = Path(scratch), Path(scratch) / "backpropagation"
        make_handout(ROOT, given)
        (here / "pypi").mkdir()
        shutil.copy(next(given.glob("*.whl")), here / "pypi")
        pip = [str(Path(jupyter).with_name("python")), "-m", "pip", "download", "--quiet"]
        subprocess.run([*pip, "--no-deps", *BESIDE], cwd=here / "pypi", check=True)
        shutil.copytree(given, here / "files", ignore=shutil.ignore_patterns(*LEFT_OUT, "atlas"))
        settings = {"litePluginSettings": {KERNEL: {"pyodideUrl": "./pyodide/pyodide.mjs"}}}
        about = {"jupyter-lite-schema-version": 0}
        about |= {"jupyter-config-data": settings if pyodide else {}}
        (here / "jupyter-lite.json").write_text(json.dumps(about), "utf-8")
        shutil.rmtree(target, ignore_errors=True)
        subprocess.run(
            [jupyter, "lite", "build", "--contents", "files", "--output-dir", str(target)],
            cwd=here,
            check=True,
        )
    if pyodide is not None:
        shutil.copytree(pyodide, target / "pyodide")


def environment(folder: Path) -> str:
    """Make the environment with JupyterLite if it is not there; return its `jupyter`."""
    jupyter = folder / "bin" / "jupyter"
    if not jupyter.is_file():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, *NEEDED], check=True)
    return str(jupyter)


if __name__ == "__main__":
    built = ROOT / "build" / "lite"
    build(built, Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None)
    print(f"to look at it: python -m http.server --directory {built}")
