"""``python -m portal.launch COMMAND``: what make calls; needs nothing but Python itself."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - it is here to tell people with an older one
    sys.exit(
        f"Learning Gate needs Python 3.11 or newer; this is {sys.version.split()[0]} "
        f"({sys.executable}). On Debian 12 or Ubuntu 24.04: sudo apt install python3 python3-venv. "
        "If you have one elsewhere: make run PYTHON=/path/to/python3.11"
    )

import errno

from portal.launcher import commands
from portal.launcher.children import Stopped, stoppable
from portal.launcher.console import Problem, complain, say


def _sentence(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "The disk is full. Make room and run the command again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            f"{error.filename} cannot be written ({error.strerror}). Give this account the right "
            "to it, or clone Learning Gate into a folder of your own."
        )
    return f"The operating system refused: {error}"


def main(words: list[str]) -> int:
    """Run one command; problems become a sentence and status 1."""
    try:
        with stoppable():
            return commands.run(words)
    except Stopped:
        say("\nStopped.")
        return 0 if words[:1] == ["run"] else 130
    except Problem as problem:
        complain(problem)
    except OSError as error:
        complain(Problem(_sentence(error)))
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
