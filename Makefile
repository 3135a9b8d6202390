# Everything a person or CI runs. `make serve` and `make test` set up what they need by themselves.

PYTHON ?= python3
BIN := .venv/bin
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true
# Hashes of every package; no address of a registry, so that each machine uses its own.
COMPILE := $(BIN)/pip-compile --quiet --strip-extras --all-build-deps --generate-hashes --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options

.PHONY: help serve build release offline check watch review status test lint format schema bench lock setup setup-dev browser clean

help:            ## this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*##/ \t/'

serve: setup     ## the site at http://127.0.0.1:8000/waymark/, rebuilt on every change
	$(BIN)/mkdocs serve

build: setup     ## the site in site/; a failed build leaves the last one as it was
	$(BIN)/mkdocs build --strict

release: build   ## promise what is about to be published: add its addresses to data/published-addresses.txt
	$(BIN)/waymark release

offline: build   ## the site as waymark-offline.zip, for a computer without network
	$(BIN)/waymark offline

check: setup     ## check every record, page and reference
	$(BIN)/waymark check

watch: setup     ## the same again, each time a file is saved
	$(BIN)/waymark check --watch

test: setup-dev browser lint  ## all tests, browser included
	$(BIN)/waymark check
	$(BIN)/python -m pytest -n 2 --dist loadgroup

lint: setup-dev  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: setup-dev  ## put the code and the data into their canonical form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/waymark format

BASE ?= origin/main
review: setup    ## print what a reviewer must know of your changes, beside BASE (origin/main)
	$(BIN)/waymark review $(BASE)

status: setup    ## print how much is in the knowledge base and what it rests on
	$(BIN)/python -m waymark status

schema: setup    ## write data/schema/ and the form for GitHub from the models
	$(BIN)/waymark schema

bench: setup-dev browser  ## time and memory beside plain MkDocs, and what a reader waits for; not part of the tests
	$(BIN)/python bench/run.py
	$(BIN)/python bench/exports.py
	$(BIN)/python bench/graphs.py
	$(BIN)/python bench/browse.py

lock: setup-dev  ## resolve both locks anew from pyproject.toml
	$(BIN)/pip install --quiet pip-tools
	$(COMPILE) --output-file requirements.lock pyproject.toml
	$(COMPILE) --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

# The environment is made once, and again whenever a lock or the package's own metadata change.
setup: .venv/ready
setup-dev: .venv/ready-dev

.venv/ready: requirements.lock pyproject.toml
	tools/setup $(PYTHON) requirements.lock
	touch $@

.venv/ready-dev: .venv/ready requirements-dev.lock
	tools/setup $(PYTHON) requirements-dev.lock
	touch $@

browser: setup-dev  ## find a Chromium, or install one
	tools/browser

clean:           ## delete what was made
	rm -rf .venv site .site-in-the-making waymark-offline.zip .pytest_cache .mypy_cache .ruff_cache .hypothesis
