# `make run` and `make test` do all set-up themselves: Python 3.11+, pip and a package index are enough.
PYTHON ?= python3
export UV_COMPILE_BYTECODE = 1
export UV_PROJECT_ENVIRONMENT = .venv
# A uv on the PATH is used; otherwise one is installed into the project's own environment.
UV = $(or $(shell command -v uv),.venv/bin/uv)
HOME_DIR ?= warta-data

.PHONY: setup run test scale faults lint generated serve

# An environment of another Python than the one that was asked for is made anew.
VERSION_OF = -c "import sys; print(*sys.version_info[:2])"
WRONG_PYTHON = $(filter-out file,$(origin PYTHON))

setup:
	@test -z "$(WRONG_PYTHON)" || test ! -d .venv || test "$$(.venv/bin/python $(VERSION_OF))" = "$$($(PYTHON) $(VERSION_OF))" || rm -r .venv
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv
	@command -v uv >/dev/null || test -x .venv/bin/uv || .venv/bin/python -m pip install --quiet uv
	@$(UV) sync --frozen --quiet

run: setup
	@.venv/bin/warta run samples --home $(HOME_DIR) || test $$? -eq 1  # 1: the samples hold a broken line on purpose

test: setup
	.venv/bin/python -m pytest -n 2 --dist loadfile

# The whole fault matrix: hours. It can be interrupted; what was shown is in .faults/ and not shown again.
faults: setup
	.venv/bin/python -m pytest tests/faults -m ""

# Real Dask and Ray clusters and S3 on loopback: more libraries, and minutes instead of seconds.
scale:
	@$(MAKE) --no-print-directory setup
	@$(UV) sync --frozen --quiet --all-extras --group scale
	.venv/bin/python -m pytest -m scale

lint: setup
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

# Files that are made from data; CI fails where they differ from what is committed.
generated: setup
	.venv/bin/python -m warehouse.contract
	.venv/bin/python -m training.document_events
	.venv/bin/python -m flows.server.deployments
