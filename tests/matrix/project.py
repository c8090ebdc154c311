"""The parts of a matrix line."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Project:
    """A CMake project that is configured, built, and then installed, tested, or both. Lines that name the same folder
    share its build, which runs once."""

    folder: str  # below build/matrix
    source: str  # below the repository
    options: tuple = ()
    targets: tuple = ()  # everything if empty
    tests: tuple | None = None  # arguments for ctest; None: there is nothing to run
    install: bool = False
    generator: str = "Ninja"
    refused: str = ""  # the compiler must fail with this message


@dataclass(frozen=True)
class Packages:
    """Debian packages that are unpacked into a folder. Nothing is installed, and apt's state stays unchanged."""

    folder: str  # below build/matrix
    names: tuple
    suite: str = ""  # appended to the release's name: "backports"
    architecture: str = ""  # empty: this machine's; otherwise with all dependencies of the packages


@dataclass(frozen=True)
class Line:
    name: str
    proves: str
    steps: tuple
    needs: tuple = ()  # names of the catalogue in ./dev
    cheap: bool = False  # also run in every CI run
