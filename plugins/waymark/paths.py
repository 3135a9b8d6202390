"""Where everything is kept below the project's folder."""

from __future__ import annotations

DATA, CONTENT = "data", "content"
REFERENCES = f"{DATA}/references.bib"
PUBLISHED = f"{DATA}/published-addresses.txt"
SECOND_CODING = f"{DATA}/second-coding.yaml"
COMPARISONS = f"{DATA}/comparisons.yaml"
PEOPLE = f"{DATA}/people.yaml"
CORRECTIONS = f"{DATA}/corrections.yaml"
HISTORY = f"{DATA}/status-history.yaml"
