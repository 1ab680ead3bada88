# Every target sets up what it needs in .venv. PYTHON chooses the interpreter (3.11 or later).
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3; do \
	if command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$p; break; fi; done)
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: help demo test lint types docs ontology evaluate regression bench clean

help:  ## Show the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

$(VENV)/installed: pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed: make PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@

demo: $(VENV)/installed  ## Set up and read the bundled sample documents in both languages
	$(BIN)/npextract extract samples/en-statement.txt samples/ru-zayavlenie.md --format table

test: $(VENV)/installed-dev  ## Set up and pass the tests
	$(BIN)/python -m pytest -n auto --dist loadfile

lint: $(VENV)/installed-dev  ## Check style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed-dev  ## Check types
	$(BIN)/mypy

ontology: $(VENV)/installed-dev  ## Compile data/ into the package's ontology
	$(BIN)/python -m npextract.ontology.compile data

docs: $(VENV)/installed-dev  ## Build the documentation
	$(BIN)/mkdocs build --strict

evaluate: $(VENV)/installed  ## Measure accuracy on the project's own gold
	$(BIN)/npextract evaluate gold/gold.jsonl

regression: $(VENV)/installed  ## List the findings gained and lost on the project's gold since the last commit (SINCE=ref)
	rm -rf .regression && git worktree prune && git worktree add --quiet --detach .regression $(or $(SINCE),HEAD)
	PYTHONPATH=.regression/src $(BIN)/python -m npextract extract gold/gold.jsonl --format jsonl > .regression/old.jsonl
	$(BIN)/npextract extract gold/gold.jsonl --format jsonl > .regression/new.jsonl
	$(BIN)/npextract compare .regression/old.jsonl .regression/new.jsonl
	git worktree remove --force .regression

bench: $(VENV)/installed  ## Measure speed and memory
	$(BIN)/python -m benchmarks.speed
	$(BIN)/python -m benchmarks.references
	$(BIN)/python -m benchmarks.startup
	$(BIN)/python -m benchmarks.linearity
	$(BIN)/python -m benchmarks.questions
	$(BIN)/python -m benchmarks.batch

clean:  ## Remove what was built
	rm -rf $(VENV) site dist .pytest_cache .mypy_cache .ruff_cache
