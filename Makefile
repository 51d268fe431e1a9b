# Needs Python >= 3.11, Node >= 20 and make. Everything else is installed into .venv and node_modules.
PYTHON ?= python3
BIN := .venv/bin
PY := $(BIN)/python
CDK := node_modules/.bin/cdk
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header

export PYTHONPATH := layers/common/python:reader
export CDK_DISABLE_CLI_TELEMETRY := true
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION := 20

.DEFAULT_GOAL := help
.PHONY: help setup local test test-code test-deployed check bench synth deploy lock

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/stamp node_modules/.stamp ## install what is missing (only when a lock file changed)

local: setup ## run everything here, on an emulator, until Ctrl-C (LIVE=1: on the public APIs)
	@$(PY) -m local

test: check ## everything CI runs, in two halves side by side
	@CHROMIUM="$$($(PY) -m local.browser)" && export CHROMIUM && $(MAKE) --no-print-directory -j2 --output-sync=target test-code test-deployed

# Of much the same length; what deploys to the emulator or drives a browser is in the second.
DEPLOYED := tests/contract tests/e2e tests/infra tests/web
test-code:
	@$(PY) -m pytest -p no:cacheprovider $(addprefix --ignore=,$(DEPLOYED))

test-deployed:
	@$(PY) -m pytest -p no:cacheprovider $(DEPLOYED)

check: setup ## style, types, import rules
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports && $(BIN)/lint-imports --config reader/pyproject.toml

bench: setup ## measure against the budgets (minutes, 2 GB; freshness apart)
	@$(PY) -m bench

synth: setup ## the CloudFormation template of production, in build/cdk.prod
	@$(PY) -m local.web
	@$(CDK) synth --quiet -c stage=prod --output build/cdk.prod

deploy: setup ## deploy to AWS with your credentials: make deploy STAGE=prod
	@test -n "$(STAGE)" || { echo "Say which stage: make deploy STAGE=prod"; exit 1; }
	@$(PY) -m infra.config $(STAGE) && $(PY) -m local.web
	@$(CDK) deploy -c stage=$(STAGE) --output build/cdk.$(STAGE)

lock: setup ## write the lock files anew (UPGRADE=--upgrade: with the newest versions)
	@$(PY) -m pip install --quiet uv
	@$(COMPILE) $(UPGRADE) --group dev --output-file requirements-dev.txt
	@$(COMPILE) --constraint requirements-dev.txt --output-file layers/common/requirements.txt

# --no-deps: the lock file is whole. Some pips, asked for an extra, look at newer versions than the locked one and stop.
.venv/stamp: requirements-dev.txt
	@command -v $(PYTHON) >/dev/null || { echo "Python is not installed: install version 3.11 or newer."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed, this is " + sys.version.split()[0])'
	@$(PYTHON) -m venv .venv && $(PY) -m pip install --quiet --no-deps --require-hashes --requirement $< && touch $@

node_modules/.stamp: package-lock.json
	@command -v npm >/dev/null || { echo "Node.js is not installed: install version 20 or newer."; exit 1; }
	@npm ci --silent && touch $@
