# Two commands matter: `make run` and `make test`. They need make and a Python >= 3.11.
#   PYTHON=python3.13   another interpreter; it gets an environment of its own
#   ARGS="..."          goes to vitrail (run), pytest (test) or the benchmark (perf)
#   WORKERS=4           processes that run the suite; without ARGS as many as suit the machine

PYTHON ?= python3
ARGS ?=
WORKERS ?= $(if $(ARGS),0,auto)

VENV := $(if $(filter python3,$(PYTHON)),.venv,.venv-$(notdir $(PYTHON)))
BIN := $(VENV)/bin
# The shim of pyenv for a version that is installed but not selected refuses to run.
ifneq ($(shell $(PYTHON) -c 'print("runs")' 2>/dev/null),runs)
SELECTED := $(shell PYENV_VERSION=$$(pyenv whence $(PYTHON) 2>/dev/null | tail -n 1) pyenv which $(PYTHON) 2>/dev/null)
override PYTHON := $(or $(SELECTED),$(PYTHON))
endif
SAY := $(PYTHON) app/vitrail/preflight.py
ENV := $(PYTHON) packaging/make_env.py $(VENV)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test messages pictures lint format-check style layers mypy pyright check format perf dist clean distclean python

help:  ## show this list
	@echo "make run    open a window with the default Python kernel"
	@echo "make test   run the whole test suite, without a display"
	@echo "make kernels       build old and foreign kernels in .kernels/ (ARGS=names)"
	@echo "make test-kernels  one session on each of them, and a table of what they can"
	@echo "make lint   format, style, layers, types        make format  mend format and style"
	@echo "make check  lint and test                       make perf    benchmarks, by hand"
	@echo "make dist   wheel, sdist, bundle, .deb, checked make clean   caches; distclean: environments, kernels too"
	@echo "make messages   gather the texts that can be translated"
	@echo "make pictures   grab the pictures of the documents anew"
	@echo "With PYTHON=python3.13 each of them uses that interpreter; ARGS=... is passed on."

python:
	@command -v $(PYTHON) >/dev/null || { echo "vitrail: there is no $(PYTHON); Vitrail needs Python >= 3.11 (Debian, Ubuntu: apt-get install python3 python3-venv)" >&2; exit 1; }
	@$(SAY) install

run: python
	@$(SAY) window
	@$(ENV)
	@$(BIN)/vitrail $(ARGS)

test: python
	@$(SAY) offscreen
	@$(ENV) test
	$(BIN)/python -m pytest -n $(WORKERS) $(ARGS)

kernels: python
	@$(PYTHON) packaging/kernels/build.py $(ARGS)

test-kernels: python
	@$(SAY) offscreen
	@$(ENV) test
	PYTHONPATH=tests $(BIN)/python -m pytest -p support.conformance_table tests/contract/test_conformance*.py $(ARGS)

# `make -k lint` goes on after a failure.
lint: format-check style layers mypy pyright

format-check style layers mypy pyright format dist: python
	@$(ENV) dev
	@$(MAKE) --no-print-directory _$@ PYTHON=$(PYTHON)

_format-check:
	$(BIN)/ruff format --check .

_style:
	$(BIN)/ruff check .

_layers:
	$(BIN)/lint-imports --no-cache

_mypy:
	$(BIN)/mypy

_pyright:
	$(BIN)/pyright --pythonpath $(BIN)/python

_format:
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

_dist:
	rm -rf dist
	$(BIN)/python -m build --outdir dist .
	$(BIN)/python packaging/make_bundle.py dist
	$(BIN)/python packaging/make_deb.py dist
	$(BIN)/python packaging/check_dist.py dist

check: lint test

pictures: python
	@$(SAY) offscreen
	@$(ENV) test
	$(BIN)/python packaging/pictures.py

messages: python
	@$(ENV) test
	$(BIN)/python packaging/messages.py

perf: python
	@$(SAY) offscreen
	@$(ENV) test
	$(BIN)/python tests/perf $(ARGS)

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage tests/.out
	find app widgets resources tests packaging -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean
	rm -rf .venv .venv-* .kernels
