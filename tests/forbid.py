"""Run a command as in a container that allows no namespaces and no Landlock.

    python tests/forbid.py COMMAND...          neither of the two
    python tests/forbid.py namespaces COMMAND...

The kernel refuses what bubblewrap asks for, as Docker's default profile makes it do; the command
and all that it starts cannot take that back. Ordinary users can run it too.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys

# numbers of system calls: unshare, setns, mount, clone
_NUMBERS = {"x86_64": (272, 308, 165, 56), "aarch64": (97, 268, 40, 220)}
_CLONE3, _LANDLOCK = 435, 444
_EPERM, _ENOSYS = 1, 38
_NEW = 0x7E020000  # the flags of clone that ask for namespaces
_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _FILTER = 22, 38, 2
_LOAD, _EQUAL, _ANY_BIT, _RETURN = 0x20, 0x15, 0x45, 0x06
_ALLOW, _ERROR = 0x7FFF0000, 0x00050000


def forbid(landlock: bool) -> None:
    """Refuse these system calls to this process and its children from now on."""
    unshare, setns, mount, clone = _NUMBERS[platform.machine()]
    refused = dict.fromkeys((unshare, setns, mount), _EPERM) | {_CLONE3: _ENOSYS}
    refused |= {_LANDLOCK: _ENOSYS} if landlock else {}
    steps = [(_LOAD, 0, 0, 0)]  # the number
    for number, error in refused.items():
        steps += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ERROR | error)]
    steps += [(_EQUAL, 0, 3, clone), (_LOAD, 0, 0, 16)]  # the low half of the first argument
    steps += [(_ANY_BIT, 0, 1, _NEW), (_RETURN, 0, 0, _ERROR | _EPERM), (_RETURN, 0, 0, _ALLOW)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(
        struct.pack("HxxxxxxQ", len(steps), ctypes.addressof(code))
    )
    libc = ctypes.CDLL(None, use_errno=True)
    for call in ((_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), (_PR_SET_SECCOMP, _FILTER, program, 0, 0)):
        if libc.prctl(*call):
            raise OSError(ctypes.get_errno(), "the kernel takes no such filter")


if __name__ == "__main__":
    only_namespaces = sys.argv[1] == "namespaces"
    forbid(landlock=not only_namespaces)
    words = sys.argv[2 if only_namespaces else 1 :]
    os.execvp(words[0], words)
