# Two commands: `make demo` plans and serves the demonstration district; `make test` proves the house.
# Both set up all they need on a machine with Python 3.11, git and make.

PYTHON ?= python3
BIN := .venv/bin
UV := VIRTUAL_ENV=.venv UV_SYSTEM_CERTS=1 $(BIN)/uv
# Browsers and the database are not mixed in one process: the browser's event loop shuts Django's tables.
PARALLEL := -n auto --dist loadfile
# A test that really stores things empties the tables after it: at the desk files keep their order, it comes last.
DESK := $(PARALLEL) --no-loadscope-reorder
STARTED := $(shell date +%s)

.PHONY: demo test check fast small spark bench docs lock clean browser-parts

demo: .venv/ready
	SCHOOLDESK_VAR=var/demo $(BIN)/schooldesk demo sacramento --spent $$(( $$(date +%s) - $(STARTED) ))

small: .venv/ready
	SCHOOLDESK_VAR=var/demo $(BIN)/schooldesk demo maple --minutes 0.4 --spent $$(( $$(date +%s) - $(STARTED) ))

test: .venv/ready-dev browser-parts check
	$(BIN)/pytest tests/core tests/docs $(PARALLEL)
	$(BIN)/pytest tests/desk $(DESK)
	$(BIN)/pytest tests/browser $(PARALLEL)
	$(BIN)/pytest tests/desk --database=postgres $(DESK)
	@if command -v java > /dev/null; then $(MAKE) spark; \
	else echo "Spark was not asked: there is no Java here. Install Java 17 and run make spark."; fi

# The same figures on Spark: wants Java 17, and fetches pyspark (450 MB). Nothing of it is skipped in silence.
spark: .venv/ready-bench
	$(BIN)/pytest -m spark --spark tests/core
	$(BIN)/pytest -m spark --spark tests/desk
	$(BIN)/pytest -m spark --spark tests/desk --database=postgres

# What needs no server and no browser.
check: .venv/ready-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/yamllint -s rules

fast: .venv/ready-dev
	$(BIN)/pytest tests/core $(PARALLEL)

bench: .venv/ready-bench
	scripts/system-parts fet wrk
	$(BIN)/python -m benchmarks

browser-parts:
	scripts/system-parts chromium postgresql

.venv/ready: requirements.lock
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile uv==0.13.9
	$(UV) pip install --quiet --require-hashes -r requirements.lock
	$(UV) pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

.venv/ready-dev: .venv/ready requirements-dev.lock
	$(UV) pip install --quiet --require-hashes -r requirements-dev.lock
	touch $@

# The peers of the ledger's benchmark: Spark (which wants Java 17 or newer), and pandas.
.venv/ready-bench: .venv/ready-dev requirements-bench.lock
	$(UV) pip install --quiet --require-hashes -r requirements-bench.lock
	touch $@

# The reference pages, made from the rulebooks, the commands and the findings.
docs: .venv/ready-dev
	$(BIN)/python docs/generate.py

lock:
	$(UV) pip compile -q --upgrade --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url pyproject.toml --extra build -o requirements.lock
	$(UV) pip compile -q --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url pyproject.toml --extra build --extra dev --extra postgres -c requirements.lock -o requirements-dev.lock
	$(UV) pip compile -q --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url pyproject.toml --extra spark --extra bench -c requirements-dev.lock -o requirements-bench.lock

clean:
	rm -rf .venv var
