"""Fetches Debian packages and unpacks them into a folder. Its own apt configuration leaves the installed packages and
apt's state unchanged.

usage: packages.py FOLDER SUITE PACKAGE...
"""

import glob
import os
import pathlib
import shutil
import subprocess
import sys

from project import Packages


class DebianPackages:
    def __init__(self, work):
        self.work = work

    def unpack(self, wanted, command):
        folder = self.work / wanted.folder
        stamp = folder / "unpacked"
        if stamp.exists() and stamp.read_text(encoding="utf-8") == repr(wanted):
            return  # fetched by an earlier run
        shutil.rmtree(folder, ignore_errors=True)
        for part in ("lists/partial", "cache/archives/partial"):
            (folder / part).mkdir(parents=True)
        environment = {"APT_CONFIG": str(self.configuration(wanted, folder))}
        command("apt-get", "update", environment=environment)
        self.fetch(wanted, folder, command, environment)
        for package in sorted(glob.glob(str(folder / "cache/archives/*.deb"))):
            command("dpkg-deb", "-x", package, folder)
        stamp.write_text(repr(wanted), encoding="utf-8")

    def configuration(self, wanted, folder):
        lines = [
            f'Dir::State::Lists "{folder}/lists";',
            f'Dir::Cache "{folder}/cache";',
            'APT::Sandbox::User "";',
            'APT::Install-Recommends "false";',
        ]
        if wanted.suite:
            (folder / "sources.list").write_text(self.sources(wanted.suite), encoding="utf-8")
            lines += [f'Dir::Etc::SourceList "{folder}/sources.list";', 'Dir::Etc::SourceParts "-";']
        if wanted.architecture:
            (folder / "status").touch()  # nothing is installed for that architecture
            lines += [f'APT::Architecture "{wanted.architecture}";',
                      f'APT::Architectures {{ "{wanted.architecture}"; }};',
                      f'Dir::State::status "{folder}/status";']
        path = folder / "apt.conf"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    def sources(self, suite):
        """The apt source for another suite of the installed release, on the same server."""
        targets = subprocess.run(["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)",
                                  "Created-By: Packages"], capture_output=True, text=True, check=False).stdout
        for line in targets.splitlines():
            uri, release, component = line.split()
            if "-" not in release and component == "main":
                return f"deb {uri} {release}-{suite} main\n"
        return ""

    def fetch(self, wanted, folder, command, environment):
        if wanted.architecture:  # with all dependencies
            command("apt-get", "install", "--download-only", "-y", *wanted.names, environment=environment)
            return
        names = [f"{name}/*-{wanted.suite}" if wanted.suite else name for name in wanted.names]
        script = 'cd "$1" && shift && apt-get download "$@"'
        command("sh", "-c", script, "sh", folder / "cache/archives", *names, environment=environment)


def run(*words, environment=None):
    if subprocess.run(words, env=os.environ | (environment or {}), check=False).returncode != 0:
        sys.exit(f"failed: {' '.join(map(str, words))}")


def main():
    folder, suite, *names = sys.argv[1:]
    DebianPackages(pathlib.Path.cwd()).unpack(Packages(folder, tuple(names), suite), run)


if __name__ == "__main__":
    main()
