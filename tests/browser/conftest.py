"""A headless Chromium, and a JupyterLab server for it to look at."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


def _found(*names: str) -> str:
    """The first of these programs that is installed."""
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        pytest.skip(f"not installed: {names[0]} (Debian: packages chromium, chromium-driver)")
    return path


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Selenium's driver of a Chromium with an empty profile."""
    binary = _found("chromium", "chromium-browser", "google-chrome")
    driver = _found("chromedriver", "chromium.chromedriver")
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    made = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    made.set_window_size(1300, 1250)
    yield made
    made.quit()


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A JupyterLab server: its address, and the folder that it shows."""
    folder, home = tmp_path_factory.mktemp("work"), tmp_path_factory.mktemp("home")
    options = ("--LabApp.news_url=None", "--expose-app-in-browser")
    options += ("--ServerApp.port_retries=0", "--ServerApp.disable_check_xsrf=True")
    settings = {"JUPYTERLAB_SETTINGS_DIR": str(_settings(home))}
    with serving("jupyterlab", folder, home, options, settings) as address:
        yield address, folder


@contextmanager
def serving(
    module: str, folder: Path, home: Path, options: Sequence[str], settings: Mapping[str, str]
) -> Iterator[str]:
    """Run a Jupyter server over a folder, with a home of its own; give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", module, "--no-browser", f"--port={port}", "--allow-root"]
    command += ["--IdentityProvider.token=", "--ServerApp.password="]
    command += [f"--ServerApp.root_dir={folder}", *options]
    environment = os.environ | {"HOME": str(home), "JUPYTER_CONFIG_DIR": str(home / "config")}
    environment |= {"JUPYTER_DATA_DIR": str(home / "data"), "JUPYTER_RUNTIME_DIR": str(home / "r")}
    with (home / "log").open("w") as log:
        server = subprocess.Popen(
            command,
            cwd=folder,
            env=environment | settings,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(address, server, home / "log")
            yield address
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)


def _settings(home: Path) -> Path:
    """JupyterLab's settings of a user who wants no news."""
    folder = home / "settings"
    path = folder / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
    path.parent.mkdir(parents=True)
    path.write_text('{"fetchNews": "false", "checkForUpdates": false}', "utf-8")
    return folder


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/api/status", timeout=2) as answer:
                json.load(answer)
                return
        except OSError:
            time.sleep(0.25)
    pytest.fail("JupyterLab did not start:\n" + log.read_text("utf-8", "replace")[-2000:])
