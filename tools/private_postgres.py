"""A PostgreSQL server for one test run: temporary directory, Unix socket only, no fsync.

PostgreSQL refuses to run as root, so as root it runs as `postgres` (made by Debian's package) or `nobody`. It is
stopped by its process id, and dies with us if we are killed.
"""
import ctypes
import glob
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import tempfile
import time

PR_SET_PDEATHSIG = 1
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "300",
    "shared_buffers": "64MB",
    "log_min_messages": "fatal",
    "autovacuum": "off",
}


class PostgresMissing(Exception):
    """One line for a person: why there is no server."""


def _die_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


class PrivatePostgres:
    def __init__(self, place=None):
        """`place`: the folder to make its own in; None is the system's for temporary files."""
        self.place = place
        folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
        if not folders:
            raise PostgresMissing("PostgreSQL is not installed (tools/install_packages test)")
        self.programs = pathlib.Path(folders[-1])
        self.folder = None
        self.server = None
        self.account = {}
        if os.geteuid() == 0:
            self.account = {"user": self._other_user(), "extra_groups": []}
            self.account["group"] = pwd.getpwnam(self.account["user"]).pw_gid

    @staticmethod
    def _other_user():
        for name in ("postgres", "nobody"):
            try:
                return pwd.getpwnam(name).pw_name
            except KeyError:
                continue
        raise PostgresMissing("running as root, and there is neither a user postgres nor nobody")

    def start(self):
        """Starts the server and makes the database; its URL."""
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="pg-", dir=self.place))
        if self.account:
            shutil.chown(self.folder, self.account["user"], self.account["group"])
        data = self.folder / "data"
        self._run("initdb", "-D", data, "-U", "kolokol", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        command = [self.programs / "postgres", "-D", data, "-k", self.folder]
        for key, value in SETTINGS.items():
            command += ["-c", "%s=%s" % (key, value)]
        with open(self.folder / "log", "wb") as log:
            self.server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                           cwd=self.folder, start_new_session=True,
                                           preexec_fn=_die_with_parent, **self.account)
        self._wait()
        self._run("createdb", "-h", self.folder, "-U", "kolokol", "kolokol_test")
        return "postgresql://kolokol@/kolokol_test?host=%s" % self.folder

    def _run(self, program, *arguments):
        done = subprocess.run([self.programs / program, *arguments], cwd=self.folder, stdin=subprocess.DEVNULL,
                              capture_output=True, check=False, **self.account)
        if done.returncode != 0:
            message = done.stderr.decode(errors="replace").strip().splitlines()
            raise PostgresMissing("%s failed: %s" % (program, message[-1] if message else "no message"))

    def _wait(self):
        until = time.monotonic() + 30
        while time.monotonic() < until:
            ready = subprocess.run([self.programs / "pg_isready", "-q", "-h", self.folder], check=False)
            if ready.returncode == 0:
                return
            if self.server.poll() is not None:
                break
            time.sleep(0.05)
        raise PostgresMissing("the private PostgreSQL did not start: "
                              + (self.folder / "log").read_text(errors="replace").strip()[-300:])

    def stop(self):
        if self.server is not None and self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)  # "fast": ends sessions, keeps nothing waiting
            try:
                self.server.wait(10)
            except subprocess.TimeoutExpired:
                self.server.kill()
                self.server.wait()
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
