"""The process of one notebook: runs its cells, and copies itself to answer for them."""

from __future__ import annotations

import os
import socket
from functools import partial
from pathlib import Path
from typing import Any

from .channel import Closed, receive, send
from .decode import Decoder
from .encode import Encoder
from .limits import TimeLimit, start_clock, stop_clock
from .moments import Marks
from .session import Session, fork, spare
from .shell import OUTPUTS, Shell, run_cell

TOO_LONG = "this cell ran longer than {:g} seconds and was stopped"


def serve(sock: socket.socket, shell: Shell) -> None:
    """Answer requests until the grader closes the channel."""
    marks = Marks(shell.user_ns)
    spare()
    own = os.getpid()
    while True:
        try:
            request = Decoder().value(receive(sock))
        except Closed:
            return
        if request["op"] == "files":
            answer = _write(request["files"])
        elif request["op"] == "cell":
            answer = _cell(shell, request["source"], request["seconds"], request["told"])
            if os.getpid() != own:  # the student's cell has forked, and ended here too
                os._exit(0)
        elif request["op"] == "mark":
            answer = {"mark": marks.add()}
        else:
            answer = fork(sock, Session(marks, partial(_cell, shell)).serve)
        send(sock, Encoder().frame(answer))


def _write(files: dict[str, bytes]) -> dict[str, Any]:
    """Put the assignment's data files into the working folder."""
    for name, data in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return {}


def _cell(shell: Shell, source: str, seconds: float, told: float) -> dict[str, Any]:
    start_clock(seconds)
    try:
        outputs = run_cell(shell, source)
    except TimeLimit:  # between IPython's own steps
        stop_clock()  # it rings again every half second
        OUTPUTS.error("TimeLimit", "", [])
        outputs = [*OUTPUTS.items]
    finally:
        stop_clock()
    for output in outputs:
        if output["output_type"] == "error" and output["ename"] == "TimeLimit":
            output["evalue"] = TOO_LONG.format(told)
            output["traceback"] = [f"TimeLimit: {output['evalue']}"]
    return {"outputs": outputs}
