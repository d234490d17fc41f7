# What people type here. `make` alone lists it.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help venv test fast rules rules-doc accuracy public lint format types check readme site wheel ci clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 12

venv: $(BIN)/policy428  ## make .venv with everything a contributor needs

$(BIN)/policy428: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q -e '.[dev]'
	@touch $@

test: venv  ## run all tests
	$(BIN)/pytest -q

fast: venv  ## run the tests that take no more than a few seconds
	$(BIN)/pytest -q -m 'not slow'

rules: venv  ## run the examples that the rules carry
	$(BIN)/policy428 rules test

rules-doc: venv  ## write docs/rules.md anew from the rules
	$(BIN)/policy428 explain --all --no-config --format markdown > docs/rules.md

accuracy: venv  ## score the rules on the corpus
	$(BIN)/python benchmarks/accuracy.py

public: venv  ## score it on public sets, beside other people's tools
	$(BIN)/pip install -q -e '.[bench]'
	$(BIN)/python benchmarks/public.py

lint: venv  ## look for mistakes and untidy code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: venv  ## tidy the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: venv  ## check the type hints
	$(BIN)/mypy

check: lint types test  ## all of the above that must pass before a commit

readme: venv  ## put what the linter prints today into README.md
	$(BIN)/python docs/refresh.py

site: venv  ## build the documents into site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

wheel: venv  ## build the wheel into dist/
	$(BIN)/pip wheel -q --no-deps --wheel-dir dist .

ci:  ## what the server runs, from a fresh environment
	bash .ci/run

clean:  ## remove what these targets made
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
