"""What a line of the matrix is made of."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Project:
    """A CMake project that is configured, built, and then installed, tested, or both. Lines that name the same folder
    share what is in it: it is built once per run."""

    folder: str  # below build/matrix
    source: str  # below the repository
    options: tuple = ()
    targets: tuple = ()  # everything if there is none
    tests: tuple | None = None  # what ctest is called with; None: there is nothing to run
    install: bool = False
    generator: str = "Ninja"
    refused: str = ""  # the compiler is to refuse it, with these words


@dataclass(frozen=True)
class Packages:
    """Debian packages that are unpacked into a folder: neither is anything installed, nor does apt notice."""

    folder: str  # below build/matrix
    names: tuple
    suite: str = ""  # appended to the release's name: "backports"
    architecture: str = ""  # if it is not this machine's; then with all that the packages depend on


@dataclass(frozen=True)
class Line:
    name: str
    proves: str
    steps: tuple
    needs: tuple = ()  # words of the catalogue in ./dev
    cheap: bool = False  # also run in every CI run
