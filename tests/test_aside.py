"""Work in processes aside has the same results as work done here, whatever happens to these processes."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

import pytest

from waymark.adapters import aside
from waymark.adapters.aside import Copy, Fresh

linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere everything is done here")
copies = pytest.mark.usefixtures("although_tests_have_threads")
# The runner of tests has threads of its own; what these tests do in the copy waits for none of them.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


@pytest.fixture
def although_tests_have_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "_may_copy", lambda: True)


# A copy of this process ---------------------------------------------------------------------------


@linux
@copies
def test_the_copy_does_what_is_asked_of_it_elsewhere() -> None:
    copy = Copy({"where": os.getpid, "sum": lambda: sum(range(10))}, {})
    assert copy.result("sum") == 45
    assert copy.result("where") != os.getpid()
    copy.close()


@linux
@copies
def test_shared_tasks_are_done_from_both_ends_and_each_has_its_result() -> None:
    shared = {str(number): lambda number=number: (number, os.getpid()) for number in range(200)}  # type: ignore[misc]
    copy = Copy({"first": os.getpid}, shared)  # type: ignore[arg-type]
    assert copy.result("first") != os.getpid()
    results = [copy.result(name) for name in shared]
    assert [number for number, _ in results] == list(range(200))
    copy.close()


@linux
@copies
def test_a_shared_task_is_not_waited_for(tmp_path: Path) -> None:
    """The copy stands at its own task until somebody lets it go on; what is shared is done here meanwhile."""
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    copy = Copy({"waits": gate.read_text}, {"shared": os.getpid})
    assert copy.result("shared") == os.getpid()
    gate.write_text("go on")
    assert copy.result("waits") == "go on"
    copy.close()


@linux
@copies
def test_what_fails_in_the_copy_is_done_here_where_its_error_can_be_told() -> None:
    def fail() -> None:
        raise ValueError("no number")

    copy = Copy({"fails": fail, "after": os.getpid}, {})
    with pytest.raises(ValueError, match="no number"):
        copy.result("fails")
    assert copy.result("after") != os.getpid(), "the copy goes on after a failure"
    copy.close()


@linux
@copies
def test_what_cannot_be_sent_back_is_done_here() -> None:
    copy = Copy({"lock": threading.Lock}, {})
    assert copy.result("lock")
    copy.close()


@linux
@copies
def test_when_the_copy_dies_the_work_is_done_here() -> None:
    parent = os.getpid()

    def die() -> int:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return os.getpid()

    copy = Copy({"dies": die, "after": os.getpid}, {})
    assert copy.result("dies") == copy.result("after") == parent
    copy.close()


def test_beside_threads_no_copy_is_made() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    copy = Copy({"where": os.getpid}, {})
    stop.set()
    thread.join()
    assert copy.result("where") == os.getpid()


@linux
@copies
def test_nothing_is_left_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(aside, "TemporaryDirectory", lambda prefix: __import__("tempfile").TemporaryDirectory(prefix=prefix, dir=tmp_path))
    copy = Copy({"one": os.getpid}, {"two": os.getpid})
    other = copy.result("one")
    copy.close()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ProcessLookupError):
        os.kill(other, 0)


# A fresh process ----------------------------------------------------------------------------------


def test_work_in_a_fresh_process_has_the_same_result() -> None:
    fresh = Fresh()
    result = fresh.begin(sorted, [3, 1, 2], reverse=True)
    assert result() == [3, 2, 1]
    fresh.close()
    assert result() == [3, 2, 1], "the result stays when the process has gone"


def test_work_is_done_here_when_no_process_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise OSError("no more processes")

    fresh = Fresh()
    monkeypatch.setattr(fresh._pool, "submit", refuse)
    assert fresh.begin(sorted, [2, 1])() == [1, 2]
    fresh.close()


def test_an_error_in_the_work_is_not_hidden() -> None:
    fresh = Fresh()
    result = fresh.begin(int, "no number")
    with pytest.raises(ValueError, match="no number"):
        result()
    fresh.close()
