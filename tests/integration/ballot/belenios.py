"""Belenios' own tool, run as an outside program: an auditor, and a maker of whole elections, that nobody here wrote."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

TOOL = shutil.which("belenios-tool")
GROUP = ["--group", "BELENIOS-2048"]


def needed() -> str:
    """Give the tool; without it a test fails in CI and is skipped at the desk."""
    if TOOL is None:
        message = "belenios-tool (Debian package) is not installed"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return TOOL


class Belenios:
    """The tool at work in one folder."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.tool = needed()

    def run(self, *arguments: str, given: str = "") -> str:
        """Run one command; give what it prints."""
        done = subprocess.run(
            [self.tool, *arguments], cwd=self.folder, input=given, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{arguments}: {done.stderr}"
        return done.stdout

    def accepts(self) -> bool:
        """Say whether `election verify` finds nothing wrong with the one archive in the folder."""
        done = subprocess.run(
            [self.tool, "election", "verify"], cwd=self.folder, capture_output=True, text=True, check=False
        )
        return done.returncode == 0 and "all checks passed" in done.stderr

    def write(self, name: str, text: str) -> str:
        """Leave a file in the folder; give its name."""
        (self.folder / name).write_text(text)
        return name

    def file(self, pattern: str) -> Path:
        """Find the one file of a pattern."""
        (found,) = self.folder.glob(pattern)
        return found

    def event(self, kind: str, given: str = "") -> None:
        """Add an event, and the lines before it, to the archive."""
        self.run("archive", "add-event", f"--type={kind}", given=given)

    def credentials(self, uuid: str, count: int) -> list[str]:
        """Make credentials; give the private ones."""
        self.run("setup", "generate-credentials", "--uuid", uuid, *GROUP, "--count", str(count))
        self.file("*.pubcreds").rename(self.folder / "public_creds.json")
        return [line.split()[1] for line in self.file("*.privcreds").read_text().splitlines()]

    def alone(self, count: int) -> list[list[str]]:
        """Make trustees all of whom are needed; give the arguments with which each decrypts."""
        for _ in range(count):
            self.run("setup", "generate-trustee-key", *GROUP)
        keys = self._listed("privkey")
        self.write("public_keys.jsons", "".join(key.with_suffix(".pubkey").read_text() for key in keys))
        return [["decrypt", "--privkey", key.name] for key in keys]

    def together(self, threshold: int, count: int) -> list[list[str]]:
        """Make a key for which `threshold` of `count` trustees are enough; give what each decrypts with."""
        step = ["setup", "generate-trustee-key-threshold", *GROUP]
        for _ in range(count):
            self.run(*step, "--step", "1")
        keys = self._listed("key")
        step += ["--certs", self.write("certs", "".join(key.with_suffix(".cert").read_text() for key in keys))]
        dealing = [*step, "--step", "3", "--threshold", str(threshold), "--key"]
        polynomials = self.write("polynomials", "".join(self.run(*dealing, key.name) for key in keys))
        self.run(*step, "--step", "4", "--polynomials", polynomials)
        checked = "".join(
            self.run(*step, "--step", "5", "--key", key.name, given=key.with_suffix(".vinput").read_text())
            for key in keys
        )
        self.write("threshold.json", self.run(*step, "--step", "6", "--polynomials", polynomials, given=checked))
        return [
            ["decrypt-threshold", "--key", key.name, "--decryption-key", key.with_suffix(".dkey").name] for key in keys
        ]

    def set_up(self, uuid: str, question: dict[str, object]) -> None:
        """Make election and archive of the trustees and credentials that are there."""
        template = {"description": "名额1名", "name": "第一支部", "questions": [question]}
        self.run("setup", "make-trustees")
        name = self.write("template.json", json.dumps(template, ensure_ascii=False))
        self.run("setup", "make-election", "--uuid", uuid, *GROUP, "--template", name)
        self.run("archive", "init")

    def ballot(self, code: str, choice: list[int]) -> str:
        """Make a ballot for the election in the folder."""
        given = ["--privcred", self.write("code", code), "--ballot", self.write("choice", json.dumps([choice]))]
        return self.run("election", "generate-ballot", *given)

    def count(self, decrypting: list[tuple[int, list[str]]]) -> None:
        """Close the box, let these trustees (by number) decrypt, and work out the result."""
        self.event("EndBallots")
        self.event("EncryptedTally", self.run("election", "compute-encrypted-tally"))
        for number, arguments in decrypting:
            self.event("PartialDecryption", self.run("election", *arguments, "--trustee-id", str(number)))
        self.event("Result", self.run("election", "compute-result"))

    def _listed(self, suffix: str) -> list[Path]:
        return sorted(self.folder.glob(f"*.{suffix}"))
