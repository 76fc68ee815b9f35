"""A Dask cluster on this machine that can lose a worker or its scheduler."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class Cluster:
    """A scheduler and workers, each started as docs/scale.md says."""

    def __init__(self, workers: int, folder: Path) -> None:
        self._folder = folder
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self.port}"
        self._scheduler = self._start_scheduler()
        self._workers = [self._start_worker() for _ in range(workers)]

    def kill_worker(self, which: int) -> None:
        """Kill the process that grades; the one that watches over it starts another."""
        for pid in _children(self._workers[which].pid):
            if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes():
                os.kill(pid, signal.SIGKILL)

    def kill_scheduler(self) -> None:
        self._scheduler.kill()
        self._scheduler.wait()

    def start_scheduler(self) -> None:
        """Start it again under its address; the workers find it, or are started again."""
        for worker in self._workers:
            worker.terminate()
        for worker in self._workers:
            worker.wait()
        self._scheduler = self._start_scheduler()
        self._workers = [self._start_worker() for _ in self._workers]

    def stop(self) -> None:
        for process in (*self._workers, self._scheduler):
            process.terminate()
        for process in (*self._workers, self._scheduler):
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
            process.kill()

    def _start_scheduler(self) -> subprocess.Popen[bytes]:
        words = ["scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard"]
        process = self._start(*words)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return process
            time.sleep(0.1)
        raise SystemExit("the scheduler does not answer")

    def _start_worker(self) -> subprocess.Popen[bytes]:
        words = ["worker", self.address, "--nworkers", "1", "--nthreads", "1"]
        return self._start(*words, "--memory-limit", "0", "--no-dashboard")

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        with (self._folder / "cluster.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *words],
                cwd=self._folder,
                env=os.environ | {"PYTHONPATH": str(ROOT)},
                stdout=log,
                stderr=log,
            )


@contextmanager
def cluster(workers: int, folder: Path) -> Iterator[Cluster]:
    """Start a cluster; end it with all that belongs to it."""
    made = Cluster(workers, folder)
    try:
        yield made
    finally:
        made.stop()


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]
