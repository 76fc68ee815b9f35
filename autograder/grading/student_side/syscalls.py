"""System calls that a student's process does without, refused by the kernel from now on.

What they could reach is memory that belongs to no process (memory files, System V objects, shared
mappings without a file), so that nobody can count it; the processes that hold a submission; and
namespaces of one's own, in which other limits hold. A limit that a notebook lowers for itself stays
as it is, and the call succeeds: the functions above are called afterwards, in the same process.

The filter is a program of the kernel's packet filter (BPF, see seccomp(2)); it cannot be taken off.
It is written here, since the bindings of libseccomp need that library from the system, which a
machine with Python alone does not have.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Callable, Iterable

_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2  # of prctl
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _AND, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_NUMBER, _MACHINE = 0, 4  # offsets in what the kernel hands to the filter
_WORDS = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
_X32 = 0x40000000  # the other numbers that x86_64 has for every call

# name: (number on x86_64, number on aarch64)
_REFUSED = {
    # memory that no process has
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "vmsplice": (278, 75),
    "shmget": (29, 194), "semget": (64, 190), "msgget": (68, 186), "mq_open": (240, 180),
    "io_uring_setup": (425, 425), "userfaultfd": (323, 282), "bpf": (321, 280),
    "perf_event_open": (298, 241), "add_key": (248, 217), "keyctl": (250, 219),
    "request_key": (249, 218),
    # other processes
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "pidfd_open": (434, 434), "pidfd_getfd": (438, 438), "pidfd_send_signal": (424, 424),
    "process_madvise": (440, 440), "process_mrelease": (448, 448), "kcmp": (312, 272),
    "migrate_pages": (256, 238), "move_pages": (279, 239),
    # namespaces of one's own; without clone3, whose flags a filter cannot read, clone is used
    "unshare": (272, 97), "setns": (308, 268), "clone3": (435, 435),
}  # fmt: skip
_IGNORED = {
    "setrlimit": (160, 164), "setpriority": (141, 140), "ioprio_set": (251, 30),
    "sched_setparam": (142, 118), "sched_setscheduler": (144, 119), "sched_setattr": (314, 274),
    "sched_setaffinity": (203, 122),
}  # fmt: skip
_SIGNALS = {  # the first argument is whom they go to
    "kill": (62, 129), "tkill": (200, 130), "tgkill": (234, 131),
    "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240),
}  # fmt: skip
_MMAP, _CLONE, _PRLIMIT, _FCNTL, _IOCTL = (9, 222), (56, 220), (302, 261), (72, 25), (16, 29)
_SHARED_WITHOUT_FILE = 0x21  # MAP_SHARED | MAP_ANONYMOUS
_NEW_NAMESPACES = 0x7E020000
_SEND_SIGNALS_TO = (8, 10, 15)  # F_SETOWN, F_SETSIG, F_SETOWN_EX: to any process of the user
_SEND_SIGNALS_BY_IOCTL = (0x8901, 0x8902)  # FIOSETOWN, SIOCSPGRP

Line = tuple[int, int, int, int]  # operation, lines to skip if so, if not so, operand


def refuse(keepers: Iterable[int]) -> None:
    """Put the filter on this process and all that it will start.

    Parameters
    ----------
    keepers : iterable of int
        Processes that hold the submission; see `protect`.
    """
    _filter(lambda column: [*_refused(column), *_unsignalled(column, keepers)])


def protect(keepers: Iterable[int]) -> None:
    """Let no signal go from here to these processes, to their groups or to everybody."""
    _filter(lambda column: _unsignalled(column, keepers))


def _filter(made: Callable[[int], list[Line]]) -> None:
    """Install a filter; on a processor whose numbers are not known here nothing is refused."""
    known = _WORDS.get(os.uname().machine)
    if known is None:
        return
    machine, column = known
    lines: list[Line] = [
        (_LOAD, 0, 0, _MACHINE),
        (_EQUAL, 1, 0, machine),  # programs for 32 bits have numbers of their own
        _answer(errno.ENOSYS),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _X32),
        _answer(errno.ENOSYS),
        *made(column),
        (_RETURN, 0, 0, _ALLOW),
    ]
    text = b"".join(struct.pack("=HBBI", *line) for line in lines)
    kept = ctypes.create_string_buffer(text, len(text))
    program = struct.pack("@HP", len(lines), ctypes.addressof(kept))
    libc, none = ctypes.CDLL(None, use_errno=True), ctypes.c_ulong(0)
    if libc.prctl(_NO_NEW_PRIVILEGES, ctypes.c_ulong(1), none, none, none) or libc.prctl(
        _SET_SECCOMP, ctypes.c_ulong(_FILTER), ctypes.c_char_p(program), none, none
    ):
        raise OSError(ctypes.get_errno(), "the kernel takes no filter for system calls")


def _refused(column: int) -> list[Line]:
    lines: list[Line] = []
    for numbers in _REFUSED.values():
        code = errno.ENOSYS if numbers == _REFUSED["clone3"] else errno.EPERM
        lines += [(_EQUAL, 0, 1, numbers[column]), _answer(code)]
    for numbers in _IGNORED.values():
        lines += [(_EQUAL, 0, 1, numbers[column]), _answer(0)]
    lines += _block(_FCNTL[column], 1, _one_of(_SEND_SIGNALS_TO))
    lines += _block(_IOCTL[column], 1, _one_of(_SEND_SIGNALS_BY_IOCTL))
    lines += _block(_CLONE[column], 0, [(_ANY_BIT, 0, 1, _NEW_NAMESPACES), _answer(errno.EPERM)])
    both = _SHARED_WITHOUT_FILE
    shared: list[Line] = [(_AND, 0, 0, both), (_EQUAL, 0, 1, both), _answer(errno.EPERM)]
    lines += _block(_MMAP[column], 3, shared)
    # a new limit, if the address of one is not 0; both halves of the address are looked at
    low: list[Line] = [(_EQUAL, 1, 0, 0), _answer(0)]
    high: list[Line] = [(_LOAD, 0, 0, _argument(2) + 4), (_EQUAL, 1, 0, 0), _answer(0)]
    return lines + _block(_PRLIMIT[column], 2, low + high)


def _unsignalled(column: int, keepers: Iterable[int]) -> list[Line]:
    everybody = 0xFFFFFFFF  # -1
    whom = [everybody, *(n & everybody for pid in keepers for n in (pid, -pid))]
    calls = (_block(numbers[column], 0, _one_of(whom)) for numbers in _SIGNALS.values())
    return [line for block in calls for line in block]


def _block(number: int, argument: int, body: list[Line]) -> list[Line]:
    """Lines for one call, with one of its arguments loaded; afterwards its number is again."""
    inner = [(_LOAD, 0, 0, _argument(argument)), *body, (_LOAD, 0, 0, _NUMBER)]
    return [(_EQUAL, 0, len(inner), number), *inner]


def _one_of(values: Iterable[int]) -> list[Line]:
    return [line for value in values for line in ((_EQUAL, 0, 1, value), _answer(errno.EPERM))]


def _answer(code: int) -> Line:
    """End with this error; 0 is a success that does nothing."""
    return _RETURN, 0, 0, _ERRNO | code


def _argument(place: int) -> int:
    """Offset of the lower half of an argument; both processors are little-endian."""
    return 16 + 8 * place
