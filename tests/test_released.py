"""What open courseware carries: one version, a citation that is valid, a paper with sources."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from autograder.__main__ import main
from tools.versions import disagreements, version

ROOT = Path(__file__).resolve().parents[1]
#: What the Citation File Format 1.2.0 asks for.
REQUIRED = {"authors", "cff-version", "message", "title"}
LICENCES = {"BSD-3-Clause", "CC-BY-4.0"}


def test_there_is_one_version():
    assert list(disagreements(ROOT)) == []


@pytest.mark.parametrize("name", ["CITATION.cff", "CHANGELOG.md"])
def test_another_version_is_told(tmp_path, name):
    for each in ("pyproject.toml", "CITATION.cff", "CHANGELOG.md"):
        shutil.copy(ROOT / each, tmp_path)
    path = tmp_path / name
    wrong = re.sub(
        rf"^(## |version: ){version(ROOT)}$", r"\g<1>9.9.9", path.read_text(), flags=re.M
    )
    path.write_text(wrong, "utf-8")
    told = f"{name} has the version 9.9.9, and pyproject.toml has {version(ROOT)}"
    assert list(disagreements(tmp_path)) == [told]


def test_the_command_line_knows_its_version(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["--version"])
    assert stopped.value.code == 0
    assert version(ROOT) in capsys.readouterr().out


def test_the_citation_names_an_entity_and_both_licences():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert citation.keys() >= REQUIRED
    assert citation["cff-version"] == "1.2.0"
    assert set(citation["license"]) == LICENCES
    assert [author["name"] for author in citation["authors"]] == ["the contributors"]
    assert "the contributors" in (ROOT / "LICENSE").read_text("utf-8")


def test_every_source_of_the_paper_is_cited_and_the_other_way_round():
    paper = (ROOT / "docs" / "paper.md").read_text("utf-8")
    sources = re.findall(r"^@\w+\{(\w+),", (ROOT / "docs" / "paper.bib").read_text("utf-8"), re.M)
    assert set(re.findall(r"\[@(\w+)\]", paper)) == set(sources)
    head = yaml.safe_load(paper.split("---")[1])
    assert head["bibliography"] == "paper.bib"
    for title in ("Summary", "Statement of need", "Learning objectives", "Experience of use"):
        assert f"\n# {title}\n" in paper
