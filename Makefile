# Every target makes what it needs: a machine with Python 3.11 or newer, make and a shell is enough.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check -q
SECRETS := docker/secrets/trakt_client_id.txt docker/secrets/trakt_client_secret.txt

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-long lint fmt bench secrets-init

help: ## Show this list.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.13 ..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "python3-venv is needed (Debian: apt install python3-venv)"; exit 1; }
	@$(PIP) install --upgrade 'pip>=25.1'
	@touch $@

$(VENV)/.installed: $(VENV)/.made pyproject.toml
	@echo "Installing cvi-trakt into $(VENV) ..."
	@$(PIP) install -e '.[sandbox]'
	@command -v ffmpeg >/dev/null || $(PIP) install -e '.[ffmpeg]'
	@touch $@

$(VENV)/.dev: $(VENV)/.installed
	@echo "Installing the test tools into $(VENV) ..."
	@$(PIP) install --group dev
	@touch $@

setup: $(VENV)/.dev ## Make the virtual environment with everything in it.

demo: $(VENV)/.installed ## Make small videos, damage some, and sync them to a local stand-in for Trakt.
	@$(BIN)/python examples/demo.py

lint: $(VENV)/.dev ## Check style, types and structure.
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo >/dev/null || $(BIN)/lint-imports

test: lint ## Run lint, types and tests.
	@$(BIN)/python -m pytest -n auto -m "not long"

test-long: lint ## Run every test, also those that take minutes.
	@$(BIN)/python -m pytest -n auto

fmt: $(VENV)/.dev ## Format the code.
	@$(BIN)/ruff check --fix --exit-zero -q .
	@$(BIN)/ruff format -q .

bench: $(VENV)/.dev ## Measure, and print what was measured.
	@$(PIP) install --group bench
	@for one in benchmarks/*.py; do echo "== $$one"; $(BIN)/python "$$one" || exit 1; done

secrets-init: ## Make empty secret files to fill in; what is there stays.
	@umask 077; mkdir -p docker/secrets; chmod 700 docker/secrets
	@umask 077; for file in $(SECRETS); do \
		if [ -e "$$file" ]; then echo "$$file is there already"; else : > "$$file" && echo "$$file made"; fi; \
	done
	@echo "Now write the client id and the client secret into them: https://app.trakt.tv/settings/apps/api"
