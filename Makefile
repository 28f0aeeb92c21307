# Everything the project does starts here. Needs Python 3.11 or newer, make and a package index; `make` alone lists it.

BIN := .venv/bin
LANGUAGES := ky ru kk en
CATALOGUES := $(foreach lang,$(LANGUAGES),resources/i18n/$(lang)/LC_MESSAGES/grants_app.mo)

.PHONY: help setup demo run test check prove bench screenshots catalogue lock clean \
	style types imports words promises schema tests-system

help:
	@echo "make setup        virtual environment, locked packages, compiled catalogue, system libraries"
	@echo "make run          opens the window"
	@echo "make demo         plays the sample campaign into build/demo: letters, lists, run file"
	@echo "make test         every gate and every test, the hard rigs at a tenth"
	@echo "make check        the gates alone"
	@echo "make promises     what an office may rely on, the test that holds each sentence, and its bites"
	@echo "make prove        the hard rigs at full figures"
	@echo "make bench        the table of measured targets"
	@echo "make screenshots  every page and state as a picture under build/screenshots"
	@echo "make catalogue    brings the catalogue in step with the sources"
	@echo "make lock         locks the packages anew (needs uv)"

# ------------------------------------------------------------------------------------------------ set-up
setup: .venv/.program $(CATALOGUES)
	@.ci/system program
	@echo "== Set up: the program is $(BIN)/grants-app"

.venv/.made:
	@python=; \
	for name in python3.13 python3.12 python3.11 python3 python; do \
		if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then python=$$name; break; fi; \
	done; \
	if [ -z "$$python" ]; then echo "** Python 3.11 or newer was not found."; exit 1; fi; \
	echo "== Making the virtual environment .venv with $$($$python --version)"; \
	if ! $$python -m venv .venv; then \
		echo "** It could not be made. On Debian and Ubuntu: sudo apt-get install python3-venv"; exit 1; \
	fi
	@touch $@

.venv/.packages: requirements.lock | .venv/.made
	@echo "== Installing the locked packages (about a minute)"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@touch $@

.venv/.program: .venv/.packages pyproject.toml
	@echo "== Installing the program itself"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(CATALOGUES): %.mo: %.po | .venv/.packages
	@echo "== Compiling $<"
	@$(BIN)/python -m tests.gates.catalogue compile $<

tests-system: setup
	@.ci/system tests

# ------------------------------------------------------------------------------------------------ use
run: setup
	@$(BIN)/grants-app

demo: setup
	@echo "== Playing the sample campaign into build/demo"
	@$(BIN)/grants-app demo build/demo

screenshots: setup
	@echo "== Drawing every page and state into build/screenshots"
	@$(BIN)/python -m tests.screenshots build/screenshots

# ------------------------------------------------------------------------------------------------ gates
check: style types imports words schema

style: setup
	@echo "== Style: ruff"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .

types: setup
	@echo "== Types: mypy"
	@$(BIN)/mypy --no-error-summary

imports: setup
	@echo "== Imports: who may see whom"
	@$(BIN)/lint-imports --no-cache >build/imports.log || { cat build/imports.log; exit 1; }

words: setup
	@echo "== Words: every sentence and code in four languages"
	@$(BIN)/python -m tests.gates.catalogue check

promises: setup
	@$(BIN)/python -m tests.gates.promises

schema: tests-system
	@echo "== Schema: tables and migrations agree on both engines"
	@$(BIN)/python -m pytest -q tests/store -k "schema or migration"

imports: | build
build:
	@mkdir -p build

# ------------------------------------------------------------------------------------------------ tests
test: style types imports words tests-system | build
	@echo "== Tests, the hard rigs at a tenth"
	@$(BIN)/python -m pytest -q -n 2 --cov --cov-report=json:build/coverage.json --cov-report=
	@$(BIN)/python -m tests.gates.coverage build/coverage.json

prove: tests-system
	@echo "== Proving: the hard rigs at full figures"
	@GRANTS_PROVE=1 $(BIN)/python -m pytest -q -n 2 -m "prove or hypothesis"

bench: tests-system
	@echo "== Measuring"
	@$(BIN)/python -m tests.benchmarks

# ------------------------------------------------------------------------------------------------ upkeep
catalogue: setup
	@echo "== Bringing the catalogue in step with the sources; new sentences come in empty"
	@$(BIN)/python -m tests.gates.catalogue update
	@$(BIN)/python -m tests.gates.catalogue check

lock:
	@command -v uv >/dev/null || { echo "** uv was not found: pip install uv"; exit 1; }
	uv pip compile --universal --generate-hashes --python-version 3.11 --group dev --no-header \
		pyproject.toml -o requirements.lock

clean:
	rm -rf build .venv
