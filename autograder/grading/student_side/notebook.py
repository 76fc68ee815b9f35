"""The process of one notebook: runs its cells, and copies itself for each test cell."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

from .channel import Closed, receive, send
from .decode import Decoder
from .encode import Encoder
from .limits import TimeLimit, start_clock, stop_clock
from .session import Session
from .shell import OUTPUTS, Shell, run_cell

TOO_LONG = "this cell ran longer than {:g} seconds and was stopped"


def serve(sock: socket.socket, shell: Shell) -> None:
    """Answer requests until the grader closes the channel."""
    while True:
        try:
            request = Decoder().value(receive(sock))
        except Closed:
            return
        if request["op"] == "files":
            answer = _write(request["files"])
        elif request["op"] == "cell":
            answer = _cell(shell, request["source"], request["seconds"])
        else:
            answer = _copy(sock, shell)
        send(sock, Encoder().frame(answer))


def _write(files: dict[str, bytes]) -> dict[str, Any]:
    """Put the assignment's data files into the working folder."""
    for name, data in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return {}


def _cell(shell: Shell, source: str, seconds: float) -> dict[str, Any]:
    start_clock(seconds)
    try:
        outputs = run_cell(shell, source)
    except TimeLimit:  # between IPython's own steps
        outputs = [*OUTPUTS.items]
        OUTPUTS.error("TimeLimit", "", [])
    finally:
        stop_clock()
    for output in outputs:
        if output["output_type"] == "error" and output["ename"] == "TimeLimit":
            output["evalue"] = TOO_LONG.format(seconds)
            output["traceback"] = [f"TimeLimit: {output['evalue']}"]
    return {"outputs": outputs}


def _copy(sock: socket.socket, shell: Shell) -> dict[str, Any]:
    """Fork: the copy keeps the names as they are now and answers on the channel it is handed."""
    _, descriptors, _, _ = socket.recv_fds(sock, 1, 1)
    pid = os.fork()
    if pid == 0:
        try:
            sock.close()
            with socket.socket(fileno=descriptors[0]) as own:
                Session(shell.user_ns).serve(own)
        finally:
            os._exit(0)
    os.close(descriptors[0])
    return {"pid": pid}
