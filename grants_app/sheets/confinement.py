"""Limits the process it is called in, memory, time and core dumps; it knows nothing of spreadsheets."""

from __future__ import annotations

import sys


def confine(memory: int, seconds: int) -> None:
    """Let this process have `memory` bytes of address space and `seconds` of processor time, and no core."""
    if sys.platform == "win32":
        _confine_on_windows(memory)
        return
    import resource

    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (limit, limit))


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    from grants_app.domain.errors import Refused

    _EXTENDED_LIMITS = 9
    _PROCESS_MEMORY = 0x100
    _DIE_ON_UNHANDLED = 0x400

    class _IoCounters(ctypes.Structure):
        _fields_ = [(f"count_{number}", ctypes.c_uint64) for number in range(6)]

    class _Limits(ctypes.Structure):
        """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

        _fields_ = [
            ("process_time", ctypes.c_int64),
            ("job_time", ctypes.c_int64),
            ("flags", wintypes.DWORD),
            ("smallest_set", ctypes.c_size_t),
            ("largest_set", ctypes.c_size_t),
            ("processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority", wintypes.DWORD),
            ("scheduling", wintypes.DWORD),
            ("io", _IoCounters),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process", ctypes.c_size_t),
            ("peak_job", ctypes.c_size_t),
        ]

    def _confine_on_windows(memory: int) -> None:
        """Put this process into a Job Object; the time limit is the parent's, which ends the process."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        kernel.SetInformationJobObject.argtypes = (
            wintypes.HANDLE,
            ctypes.c_int,
            ctypes.c_void_p,
            wintypes.DWORD,
        )
        job = kernel.CreateJobObjectW(None, None)
        limits = _Limits(flags=_PROCESS_MEMORY | _DIE_ON_UNHANDLED, process_memory=memory)
        size = ctypes.sizeof(limits)
        if not (
            kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), size)
            and kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
        ):
            raise Refused("sheet_not_confined")
