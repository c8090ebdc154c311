"""Runs the steps of a line. A step that fails raises StepFailed with the reason."""

import os
import shlex
import shutil
import subprocess

from project import Project


class StepFailed(Exception):
    pass


class Steps:
    def __init__(self, repository, work, packages):
        self.repository, self.work, self.packages = repository, work, packages
        self.done = {}
        self.log = None
        triplet = subprocess.run(["g++", "-print-multiarch"], capture_output=True, text=True, check=False)
        self.words = {"root": repository, "work": work, "triplet": triplet.stdout.strip()}

    def run(self, step, log):
        """Runs the step once: later lines that have the same step get the same result."""
        if step not in self.done:
            self.log = log
            self.done[step] = None
            try:
                if isinstance(step, Project):
                    self.build(step)
                else:
                    self.packages.unpack(step, self.command)
            except StepFailed as failure:
                self.done[step] = failure
        if self.done[step]:
            raise self.done[step]

    def command(self, *words, environment=None, refused=""):
        words = [str(word) for word in words]
        with open(self.log, "a+", encoding="utf-8", errors="replace") as log:
            begin = log.seek(0, os.SEEK_END)
            print("$", shlex.join(words), file=log, flush=True)
            status = subprocess.run(words, stdout=log, stderr=log, check=False,
                                    env=os.environ | (environment or {})).returncode
            log.seek(begin)
            said = log.read()
        if refused:
            if status == 0 or refused not in said:
                raise StepFailed(f"did not fail with '{refused}': {shlex.join(words)}")
        elif status != 0:
            raise StepFailed(f"exit status {status}: {shlex.join(words)}")

    def build(self, project):
        binary = self.work / project.folder / ("build" if project.install else "")
        configurations = ("Debug", "Release") if project.generator == "Ninja Multi-Config" else ("",)
        self.configure(project, binary)
        for configuration in configurations:
            select = ["--config", configuration] if configuration else []
            targets = ["--target", *project.targets] if project.targets else []
            self.command("cmake", "--build", binary, "--parallel", "2", *select, *targets, refused=project.refused)
            if project.install:
                self.command("cmake", "--install", binary, *select)
            if project.tests is not None:
                self.command("ctest", "--test-dir", binary, "--output-on-failure", "--no-tests=error",
                             "--parallel", "2", *(["-C", configuration] if configuration else []), *project.tests)

    def configure(self, project, binary):
        # Starts afresh: a cache would keep the value of an option that the line no longer has.
        for stale in (binary / "CMakeCache.txt", binary / "CMakeFiles"):
            if stale.is_dir():
                shutil.rmtree(stale)
            else:
                stale.unlink(missing_ok=True)
        options = [f"-D{option.format(**self.words)}" for option in project.options]
        if shutil.which("ccache"):
            options.append("-DCMAKE_CXX_COMPILER_LAUNCHER=ccache")
        self.command("cmake", "-S", self.repository / project.source, "-B", binary, "-G", project.generator, *options)
