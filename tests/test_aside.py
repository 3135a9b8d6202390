"""Work in a copy of this process has the same results as work done here, whatever happens to the copy."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from waymark.adapters import aside
from waymark.adapters.aside import Copy

linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere everything is done here")
copies = pytest.mark.usefixtures("although_tests_have_threads")
# The runner of tests has threads of its own; what these tests do in the copy waits for none of them.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


@pytest.fixture
def although_tests_have_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "_may_copy", lambda: True)


def where() -> bytes:
    """The process in which it is asked."""
    return str(os.getpid()).encode()


@linux
@copies
def test_the_copy_does_what_is_asked_of_it_elsewhere() -> None:
    copy = Copy({"where": where, "sum": lambda: str(sum(range(10))).encode()}, {})
    assert copy.result("sum") == b"45", "in any order"
    assert copy.result("where") != where()
    copy.close()


@linux
@copies
def test_bytes_come_as_they_were_given() -> None:
    """Also none at all, and those that would end a line or a text."""
    given = {"none": b"", "all": bytes(range(256)), "lines": b"\r\n\n\r\x00\x1a", "many": os.urandom(1 << 20)}
    copy = Copy({name: lambda each=each: each for name, each in given.items()}, {})  # type: ignore[misc]
    assert {name: copy.result(name) for name in given} == given
    copy.close()


@linux
@copies
def test_shared_tasks_are_done_from_both_ends_and_each_has_its_result() -> None:
    shared = {str(number): lambda number=number: b"%d %s" % (number, where()) for number in range(200)}  # type: ignore[misc]
    copy = Copy({"first": where}, shared)
    assert copy.result("first") != where()
    results = [copy.result(name).split() for name in shared]
    assert [int(number) for number, _ in results] == list(range(200))
    copy.close()


@linux
@copies
def test_a_shared_task_is_not_waited_for(tmp_path: Path) -> None:
    """The copy stands at its own task until somebody lets it go on; what is shared is done here meanwhile."""
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    copy = Copy({"waits": gate.read_bytes}, {"shared": where})
    assert copy.result("shared") == where()
    gate.write_bytes(b"go on")
    assert copy.result("waits") == b"go on"
    copy.close()


@linux
@copies
def test_a_shared_task_that_the_copy_has_done_is_not_done_again(tmp_path: Path) -> None:
    """It begins with the last one."""
    done = tmp_path / "done"
    copy = Copy({}, {"first": where, "then": lambda: b"%d" % done.write_bytes(b"so far"), "last": where})
    assert wait_for(done)
    assert copy.result("last") != where()
    copy.close()


@linux
@copies
def test_the_copy_works_on_though_nobody_asks_for_what_it_has_done(tmp_path: Path) -> None:
    """A pipe would hold 64 kB, and no more."""
    done = tmp_path / "done"
    large = bytes(1 << 18)
    copy = Copy({"first": lambda: large, "second": lambda: large, "third": lambda: b"%d" % done.write_bytes(b"so far")}, {})
    assert wait_for(done)
    assert copy.result("first") == copy.result("second") == large
    copy.close()


def wait_for(path: Path) -> bool:
    """Gives the other process some seconds to write a file."""
    for _ in range(500):
        if path.exists():
            return True
        time.sleep(0.01)
    return False


@linux
@copies
def test_what_fails_in_the_copy_is_done_here_where_its_error_can_be_told() -> None:
    def fail() -> bytes:
        raise ValueError("no number")

    copy = Copy({"fails": fail, "after": where}, {})
    with pytest.raises(ValueError, match="no number"):
        copy.result("fails")
    assert copy.result("after") != where(), "the copy goes on after a failure"
    copy.close()


@linux
@copies
def test_when_the_copy_dies_the_work_is_done_here() -> None:
    parent = os.getpid()

    def die() -> bytes:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return where()

    copy = Copy({"dies": die, "after": where}, {"shared": where})
    assert copy.result("dies") == copy.result("after") == copy.result("shared") == where()
    copy.close()


def test_beside_threads_no_copy_is_made() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    copy = Copy({"where": where}, {})
    stop.set()
    thread.join()
    assert copy.result("where") == where()
    copy.close()


@linux
@copies
def test_nothing_is_left_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whether it has done everything, or stands in the middle of a task."""
    gate, folder = tmp_path / "gate", tmp_path / "temporary"
    os.mkfifo(gate)
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    copy = Copy({"where": where, "waits": gate.read_bytes}, {"shared": where})
    other = int(copy.result("where"))
    assert list(folder.iterdir()) != []
    copy.close()
    assert list(folder.iterdir()) == []
    with pytest.raises(ProcessLookupError):
        os.kill(other, 0)


@linux
@copies
def test_it_can_be_ended_as_soon_as_it_is_made() -> None:
    """Also where this process itself tidies up when it is told to end."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        began = time.monotonic()
        for _ in range(3):
            Copy({"long": lambda: bytes(time.sleep(1) or 0)}, {}).close()
        assert time.monotonic() - began < 0.9
    finally:
        signal.signal(signal.SIGTERM, before)
