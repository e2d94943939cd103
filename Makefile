# Every habit has one name. `make` alone lists them.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
UV := .tools/bin/uv
UV_VERSION := 0.13.8
BIN := .venv/bin
ARGS ?=
export PATH := $(abspath $(BIN)):$(HOME)/.cargo/bin:$(PATH)
export PYTHON

built_from := $(shell find crates frontend/src frontend/public locales build_backend -type f -not -path '*/target/*' 2>/dev/null) \
	Cargo.toml Cargo.lock pyproject.toml $(wildcard frontend/*.json frontend/*.ts frontend/*.js frontend/*.html)

.PHONY: help run demo test check fmt bench types docs clean needs browsers install

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/built ## install what is needed, build, and open a living room at the address it prints
	@$(BIN)/causerie serve $(ARGS)

demo: run ## the same: a demo room is on air unless ARGS=--no-demo

test: .venv/dev .venv/built browsers ## everything CI looks at; ARGS=tests/questions for a part
ifeq ($(strip $(ARGS)),)
	@$(MAKE) --no-print-directory check
	cargo test --release --workspace --locked --quiet
	scripts/npm.sh test
	@scripts/tests.sh $(BIN)/python
else
	$(BIN)/python -m pytest $(ARGS)
endif

check: .venv/dev .venv/built ## formatting, types, lints, the layers contract, generated files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	cargo fmt --all --check
	cargo clippy --release --workspace --all-targets --locked --quiet -- -D warnings
	scripts/npm.sh run check

fmt: .venv/dev ## put everything into shape
	$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .
	cargo fmt --all
	scripts/npm.sh run fmt

types: .venv/dev ## write the browser's types from the live protocol
	$(BIN)/python -m causerie.live.typescript frontend/src/live/protocol.ts

docs: .venv/dev ## write the messages of docs/building/protocol.md from the live protocol
	$(BIN)/python -m causerie.live.reference docs/building/protocol.md

bench: .venv/dev .venv/built browsers ## measure, and write dated results to benchmarks/results
	$(BIN)/python -m benchmarks $(ARGS)

browsers: .venv/dev
	@scripts/browsers.sh

clean: ## forget everything that was built
	rm -rf .venv .tools target src/causerie/_web src/causerie/_locales src/causerie/_engine*.so frontend/node_modules

needs:
	@scripts/needs.sh

install: .venv/built ## install and build, without starting

.tools/uv-$(UV_VERSION):
	@scripts/needs.sh
	@$(PYTHON) -m venv .tools
	@.tools/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

.venv/installed: locks/run.txt .tools/uv-$(UV_VERSION)
	@[ -x $(BIN)/python ] || $(UV) venv --quiet --python $(PYTHON) .venv
	@[ -e .venv/dev ] || { echo "Installing what causerie needs …"; $(UV) pip install --quiet --python $(BIN)/python --require-hashes -r locks/run.txt; }
	@touch $@

.venv/dev: locks/dev.txt .venv/installed
	@echo "Installing what the tests need …"
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r locks/dev.txt
	@touch $@

.venv/built: .venv/installed $(built_from)
	@echo "Building the media core and the page (some minutes the first time) …"
	@$(UV) pip install --quiet --python $(BIN)/python --no-build-isolation --no-deps --editable .
	@touch $@
