"""The program under test: `linli demo` with a data folder of its own, on a port that it chooses itself.

As soon as it serves it prints `listening on http://ADDRESS`; SIGTERM stops it.
"""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import threading

# A development build fills the demo slowly, and the machine may be busy with other builds.
START_LIMIT_S = 300
STOP_LIMIT_S = 15
PROGRAM = os.environ.get("LINLI_PROGRAM") or str(pathlib.Path(__file__).parents[2] / "target/debug/linli")


class Program:
    """A running demo; `origin` is where it serves."""

    def __init__(self):
        self._folder = tempfile.mkdtemp(prefix="linli-open311-")
        self._said = []
        self._told_origin = threading.Event()
        self.origin = None
        self._linli = subprocess.Popen(
            [PROGRAM, "demo", "--data", self._folder, "--listen", "127.0.0.1:0"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        # What it says is read to its end, so that it never waits for a reader.
        threading.Thread(target=self._listen, daemon=True).start()
        self._told_origin.wait(START_LIMIT_S)
        if self.origin is None:
            self.stop()
            raise RuntimeError("the program does not serve\n" + "".join(self._said[-50:]))

    def _listen(self):
        for line in self._linli.stdout:
            self._said.append(line)
            address = re.match(r"listening on (http://\S+)", line)
            if address:
                self.origin = address[1].rstrip("/")
                self._told_origin.set()
        self._told_origin.set()

    def stop(self):
        """Stops it and deletes its data."""
        if self._linli.poll() is None:
            self._linli.terminate()
            try:
                self._linli.wait(STOP_LIMIT_S)
            except subprocess.TimeoutExpired:
                self._linli.kill()
                self._linli.wait()
        shutil.rmtree(self._folder, ignore_errors=True)
