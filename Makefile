# The two commands of the README, and what they stand on.
VENV := .venv
BIN := $(VENV)/bin
WORKSPACE := west-midlands

.PHONY: demo test lint format bench lock wheel picture clean

## Build the bundled West Midlands workspace and say where its site is.
demo: $(VENV)/ready
	@test -d $(WORKSPACE) || $(BIN)/placedex init $(WORKSPACE) --example west-midlands
	@$(BIN)/placedex build $(WORKSPACE)
	@$(BIN)/placedex index $(WORKSPACE) --kind "combined authority"

## Run every test that can run here.
test: $(VENV)/ready-dev
	@if command -v npm >/dev/null && test ! -d node_modules/axe-core; then npm ci --silent --no-audit --no-fund; fi
	$(BIN)/python -m pytest -n 2 --dist loadfile

## Style and types.
lint: $(VENV)/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/ready-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

## Seconds for each stage, and ratios to a plain kernel (needs ../shared).
bench: $(VENV)/ready-dev
	$(BIN)/python -m benchmarks.build
	$(BIN)/python -m benchmarks.index

## Make the locks anew; they hold hashes and no addresses.
lock:
	uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --quiet -o requirements.lock
	uv pip compile pyproject.toml --group build --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --quiet -o requirements-dev.lock

## A wheel in dist/.
wheel: $(VENV)/ready-dev
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

clean:
	rm -rf $(VENV) $(WORKSPACE) dist node_modules

$(VENV)/ready: requirements.lock pyproject.toml tools/setup
	@tools/setup $(VENV) requirements.lock
	@touch $@

$(VENV)/ready-dev: requirements-dev.lock pyproject.toml tools/setup
	@tools/setup $(VENV) requirements-dev.lock
	@touch $@ $(VENV)/ready
