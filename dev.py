# -*- coding: utf-8 -*-
"""Sets up, runs and tests HSB Audit Workshop from a checkout: `python3 dev.py run`, `python3 dev.py test`.

Standard library only. It must parse on any Python, 2.7 included, so that an old one gets a plain sentence
instead of a syntax error: no f-strings, no annotations. tests/test_dev.py watches over that.
"""

from __future__ import print_function

import ctypes
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import time

USAGE = """\
usage: python3 dev.py [--verbose] COMMAND [ARGUMENTS]

  run                 set up, then open the sample audit in the window
                      (without a display: make the sample's report and picture in build/sample)
  test                set up, then run every check and every test
  test --full         the same with all examples of the tests that invent their own (takes longer)
  test ARGUMENTS      set up, then run only pytest with these arguments, for example: test -k radar
  bench [ARGUMENTS]   set up, then measure the program's speed
  faults [ARGUMENTS]  set up, then try what goes wrong with disks and programs, and count (takes hours)

  --verbose           when the set-up fails, show the last lines of what pip said
  -h, --help          show this

Needs Python 3.11 to 3.14. Everything is installed into .venv in this folder.
"""

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
STAMP = os.path.join(VENV, "hsb-setup.txt")
SETUP_LOG = os.path.join(ROOT, "build", "setup.log")
CONSTRAINTS = os.path.join("packaging", "constraints.txt")
UNFINISHED = "unfinished"

OLDEST = (3, 11)
NEWEST = (3, 14)

# Shared libraries that Qt opens, each with the Debian package it comes in.
OFFSCREEN_LIBRARIES = (
    ("libglib-2.0.so.0", "libglib2.0-0"),
    ("libGL.so.1", "libgl1"),
    ("libEGL.so.1", "libegl1"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
    ("libdbus-1.so.3", "libdbus-1-3"),
    ("libfontconfig.so.1", "libfontconfig1"),
)
DISPLAY_LIBRARIES = (
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
)

# What pip says when no registry answers, in the words of its versions.
OFFLINE_SIGNS = ("Retrying (", "ConnectionError", "NewConnectionError", "Could not fetch URL", "ProxyError")

# The checks of `test` in their order; the first word is a module to run, or a script of the environment.
CHECKS = (
    ("ruff check .", "module"),
    ("ruff format --check .", "module"),
    ("mypy", "module"),
    ("lint-imports --no-logo", "script"),
    # In three processes, because a laptop has two cores and many tests wait; by itself `pytest` runs in one.
    ("pytest --numprocesses=3", "module"),
)


class Stop(Exception):
    """Ends the command with one sentence for the person who started it."""


def say(text):
    print(text)
    sys.stdout.flush()


# Which Python


def version_text(version):
    return ".".join(str(part) for part in version)


def is_supported(version):
    return OLDEST <= tuple(version[:2]) <= NEWEST


def refusal(version):
    return (
        "HSB Audit Workshop needs Python %s to %s; this is %s: install one of those (on Debian and Ubuntu "
        "`sudo apt-get install python3 python3-venv`, where that is new enough) and start dev.py with it, "
        "for example `python%s dev.py run`."
    ) % (version_text(OLDEST), version_text(NEWEST), version_text(version[:3]), version_text(NEWEST))


def find_on_path(name):
    """Return the first program of that name on PATH, or None; shutil.which came with Python 3.3."""
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        for ending in (".exe",) if os.name == "nt" else ("",):
            candidate = os.path.join(folder, name + ending)
            if os.path.isfile(candidate) and os.access(candidate, os.X_OK):
                return candidate
    return None


def output_of(command):
    """Return what a program wrote, or None if it could not be started or failed."""
    try:
        with open(os.devnull, "r+") as nothing:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=clean_environment(),
                stdin=nothing,
                stdout=subprocess.PIPE,
                stderr=nothing,
            )
            output = process.communicate()[0]
    except (OSError, ValueError):
        return None
    return output.decode("utf-8", "replace").strip() if process.returncode == 0 else None


def find_supported_python():
    """Return a supported interpreter on PATH, newest first, or None.

    A name on PATH is not enough: version managers leave stand-ins there for versions that are switched off.
    """
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        name = "python3.%d" % minor
        path = find_on_path(name)
        if path and output_of([path, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]) == name[6:]:
            return path
    return None


def leave_to_supported_python(arguments):
    """Go on with a supported interpreter if there is one; else refuse. Returns only the exit code."""
    path = find_supported_python()
    if path is None:
        raise Stop(refusal(sys.version_info))
    say("This is Python %s: going on with %s." % (version_text(sys.version_info[:3]), path))
    command = [path, os.path.abspath(__file__)] + arguments
    if os.name != "nt":
        os.execv(path, command)
    return subprocess.call(command)  # on Windows exec would give the terminal back before the end


# What the system must bring


def has_display():
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def is_loadable(library):
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def can_make_environments():
    """Debian keeps the parts of the standard library that make environments in a package of their own."""
    try:
        import ensurepip  # noqa: F401 - only whether it is there matters
        import venv  # noqa: F401 - only whether it is there matters
    except ImportError:
        return False
    return True


def missing_libraries(with_display):
    """Return the (library, package) pairs that Qt will miss on this system."""
    if not sys.platform.startswith("linux"):
        return []
    wanted = OFFSCREEN_LIBRARIES + (DISPLAY_LIBRARIES if with_display else ())
    return [pair for pair in wanted if not is_loadable(pair[0])]


def administrator_prefix():
    """Return what runs a command as administrator when put before it, or None where that needs a password."""
    if os.geteuid() == 0:
        return []
    if find_on_path("sudo") and output_of(["sudo", "-n", "true"]) is not None:
        return ["sudo", "-n"]
    return None


def apt_line(packages):
    """Return the one line with which a person installs the packages."""
    return "sudo apt-get update && sudo apt-get install -y --no-install-recommends " + " ".join(packages)


def apt_install(packages):
    prefix = administrator_prefix()
    if prefix is None:
        raise Stop(
            "Some system packages are missing. Install them with this line, then start again:\n"
            + apt_line(packages)
        )
    say("Installing system packages: %s ..." % " ".join(packages))
    apt_get = prefix + ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    install = apt_get + ["install", "-y", "--no-install-recommends"] + packages
    # The first try fails at once where the package lists are missing or out of date.
    if call_logged(install) != 0 and not (
        call_logged(apt_get + ["update"]) == 0 and call_logged(install) == 0
    ):
        raise Stop(
            "apt-get could not install them (what it said is in %s). Try this line, then start again:\n%s"
            % (shown_path(SETUP_LOG), apt_line(packages))
        )


def prepare_system(with_display):
    """See to the system's own packages: Qt's libraries, and the making of environments."""
    libraries = missing_libraries(with_display)
    has_venv = can_make_environments()
    packages = [package for _, package in libraries]
    if not has_venv:
        packages.append("python%d.%d-venv" % sys.version_info[:2])
    if not packages:
        return
    if find_on_path("apt-get"):
        apt_install(packages)
    elif not has_venv:
        raise Stop(
            "This Python cannot make environments: install its venv and ensurepip modules, then start again."
        )
    else:
        # Not Debian: the names of the packages differ, and the libraries may lie where only Qt finds them.
        say("Qt may miss these system libraries: %s." % " ".join(library for library, _ in libraries))


# The environment


def clean_environment():
    """Return the environment variables for programs started here, without those that lead Python astray."""
    environment = dict(os.environ)
    for name in ("PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__"):
        environment.pop(name, None)
    # Every program that the tests start would compile all of ours for itself.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment.update(PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1", PIP_USER="0")
    return environment


def offscreen_environment():
    environment = clean_environment()
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    return environment


def call(command, environment=None):
    """Run a program to its end, without standard input, and return its exit code."""
    sys.stdout.flush()
    with open(os.devnull) as nothing:
        return subprocess.call(command, cwd=ROOT, env=environment or clean_environment(), stdin=nothing)


def call_logged(command):
    """Run a program to its end, with its words going to the set-up log, and return its exit code."""
    with open(SETUP_LOG, "ab") as log, open(os.devnull) as nothing:
        log.write(("\n$ %s\n" % " ".join(command)).encode("utf-8", "backslashreplace"))
        log.flush()
        return subprocess.call(
            command, cwd=ROOT, env=clean_environment(), stdin=nothing, stdout=log, stderr=subprocess.STDOUT
        )


def begin_setup_log():
    try:
        if not os.path.isdir(os.path.dirname(SETUP_LOG)):
            os.makedirs(os.path.dirname(SETUP_LOG))
        with open(SETUP_LOG, "wb"):
            pass
    except OSError as error:
        raise Stop(
            "This folder cannot be written to (%s): put the checkout where it can, and start again." % error
        )


def setup_log():
    with open(SETUP_LOG, "rb") as log:
        return log.read().decode("utf-8", "replace")


def shown_path(path):
    return os.path.relpath(path, ROOT)


def in_venv(name):
    """Return the path of a program in the environment."""
    if os.name == "nt":
        return os.path.join(VENV, "Scripts", name + ".exe")
    return os.path.join(VENV, "bin", name)


def base_python():
    """Return the interpreter that makes the environment: never one inside it, which would go with it."""
    if sys.prefix == sys.base_prefix:
        return sys.executable
    return getattr(sys, "_base_executable", None) or sys.executable


def environment_mark():
    """Return what the environment must have been made for, on one line; another one is made anew."""
    return "%d.%d %s %s %r" % (
        sys.version_info[0],
        sys.version_info[1],
        sys.platform,
        platform.machine(),
        ROOT,
    )


def contents_mark(extra):
    """Return what must have been installed, on one line."""
    digest = hashlib.sha256()
    for name in ("pyproject.toml", CONSTRAINTS):
        with open(os.path.join(ROOT, name), "rb") as source:
            digest.update(hashlib.sha256(source.read()).digest())
    return "%s %s" % (digest.hexdigest(), extra or "runtime")


def read_stamp():
    """Return the environment's mark and its contents' mark; two empty texts if there is no stamp."""
    try:
        with open(STAMP, "rb") as stamp:
            lines = stamp.read().decode("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return "", ""
    return (lines[0], lines[1]) if len(lines) == 2 else ("", "")


def write_stamp(contents):
    with open(STAMP, "wb") as stamp:
        stamp.write(("%s\n%s\n" % (environment_mark(), contents)).encode("utf-8"))


def reason_to_remake():
    """Return why the environment cannot be used as it is, or None. One made by hand is used if it works."""
    made_for, contents = read_stamp()
    if contents == UNFINISHED:
        return "its set-up was interrupted"
    if made_for and made_for != environment_mark():
        return "it was made for another Python, system or folder"
    if output_of(
        [in_venv("python"), "-c", "import pip, sys; print('%d.%d' % sys.version_info[:2])"]
    ) != version_text(sys.version_info[:2]):
        return "it does not work with this Python"
    return None


def remove_environment():
    try:
        if os.path.islink(VENV) or os.path.isfile(VENV):
            os.remove(VENV)
        else:
            shutil.rmtree(VENV)
    except OSError as error:
        raise Stop(
            "The folder .venv cannot be removed (%s): close what uses it, remove it, and start again." % error
        )


def make_environment():
    if call_logged([base_python(), "-m", "venv", VENV]) != 0:
        raise Stop(
            "The environment .venv could not be made; the reason is in %s: mend that and start again."
            % shown_path(SETUP_LOG)
        )


def install(extra):
    """Install the project as an editable package, with its exact constraints, into the environment."""
    pip_install = [in_venv("python"), "-m", "pip", "install", "--progress-bar", "off", "-c", CONSTRAINTS]
    project = ".[%s]" % extra if extra else "."
    before = read_stamp()[1]
    write_stamp(UNFINISHED)
    # The build backend comes first and is pinned like all else; left to itself, pip fetches the newest one.
    code = call_logged(pip_install + ["hatchling", "editables"])
    if code == 0:
        code = call_logged(pip_install + ["--no-build-isolation", "-e", project])
    if code == 0:
        write_stamp(contents_mark(extra))
        return
    # pip undid what it began, so what was there before is as good as it was.
    if before:
        write_stamp(before)
    else:
        os.remove(STAMP)
    raise Stop(installation_failure(setup_log()))


def installation_failure(log):
    if any(sign in log for sign in OFFLINE_SIGNS):
        return (
            "No package registry is in reach, and the set-up needs one: check the network, or point pip at a "
            "registry or a folder of packages in its own settings, and start again (what it said is in %s)."
        ) % shown_path(SETUP_LOG)
    return (
        "pip could not install what the program needs; what it said is in %s: mend that and start again."
    ) % shown_path(SETUP_LOG)


def set_up(extra, with_display, verbose):
    """Bring .venv to what the checkout needs; costs next to nothing when it is there already."""
    begin_setup_log()
    prepare_system(with_display)
    try:
        exists = os.path.lexists(VENV)
        reason = reason_to_remake() if exists else None
        installed = read_stamp()[1]
        # Who has the development tools has what is needed to run, too.
        if exists and not reason and installed in (contents_mark(extra), contents_mark("dev")):
            return
        if reason:
            say("Making .venv anew: %s." % reason)
            remove_environment()
        say("Setting up (this takes a minute or two the first time) ...")
        if reason or not exists:
            make_environment()
        install(extra)
    except Stop:
        if verbose:
            say("\n".join(setup_log().splitlines()[-15:]))
        raise


# The commands


def run_sample(verbose):
    with_display = has_display()
    set_up(None, with_display, verbose)
    command = [in_venv("python"), "-m", "hsb_desktop", "--sample"]
    if with_display:
        return call(command)
    folder = os.path.join("build", "sample")
    say(
        "There is no display here: the sample audit, its report and a picture of the window go to %s."
        % folder
    )
    environment = clean_environment()
    environment["QT_QPA_PLATFORM"] = "offscreen"
    return call(command + ["--without-display", folder], environment)


def check_command(line, kind):
    words = line.split()
    if kind == "script":
        return [in_venv(words[0])] + words[1:]
    return [in_venv("python"), "-m"] + words


def run_checks(full=False):
    """Run every check to its end, pytest last, and return 1 if any failed."""
    environment = offscreen_environment()
    if full:
        environment["HSB_TESTS"] = "full"  # tests/examples.py
    failed = []
    for line, kind in CHECKS:
        say("== %s" % line)
        began = time.time()
        code = call(check_command(line, kind), environment)
        if code != 0:
            failed.append(line)
        if not line.startswith("pytest"):  # its own closing line tells the time, and stays the last one
            say("-- %s, %.1f s\n" % ("failed" if code else "passed", time.time() - began))
    if not failed:
        return 0
    say("\nFailed: %s (%d of %d)" % ("; ".join(failed), len(failed), len(CHECKS)))
    return 1


def run_tests(arguments, verbose):
    set_up("dev", False, verbose)
    if arguments == ["--full"]:
        return run_checks(full=True)
    if arguments:
        return call([in_venv("python"), "-m", "pytest"] + arguments, offscreen_environment())
    return run_checks()


def run_bench(arguments, verbose):
    set_up("dev", False, verbose)
    return call([in_venv("python"), "-m", "tests.bench"] + arguments, offscreen_environment())


def run_faults(arguments, verbose):
    set_up("dev", False, verbose)
    prepare_strace()
    return call([in_venv("python"), "-m", "tests.faults"] + arguments, offscreen_environment())


def prepare_strace():
    """Install strace where that takes no password; without it the rows that need it say so."""
    if not sys.platform.startswith("linux") or find_on_path("strace"):
        return
    if not find_on_path("apt-get") or administrator_prefix() is None:
        say("strace is not installed: the rows that need it are not run.")
        return
    try:
        apt_install(["strace"])
    except Stop as stop:
        say(stop)


def do(command, arguments, verbose):
    if command == "run":
        return run_sample(verbose)
    if command == "test":
        return run_tests(arguments, verbose)
    if command == "faults":
        return run_faults(arguments, verbose)
    return run_bench(arguments, verbose)


def main(arguments):
    """Do what the command line asks for and return the exit code."""
    verbose = arguments[:1] == ["--verbose"]
    words = arguments[1:] if verbose else arguments
    if words[:1] in (["-h"], ["--help"]) or words[1:] in (["-h"], ["--help"]):
        print(USAGE, end="")
        return 0
    if words[:1] not in (["run"], ["test"], ["bench"], ["faults"]) or (words[0] == "run" and len(words) > 1):
        print(USAGE, end="", file=sys.stderr)
        return 2
    try:
        if not is_supported(sys.version_info):
            return leave_to_supported_python(arguments)
        return do(words[0], words[1:], verbose)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
