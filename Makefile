# The development commands; `make` alone lists them. GNU make and a POSIX shell.

PYTHON ?= python3.11
VENV ?= .venv
ARGS ?=
HYPOTHESIS_PROFILE ?= ci
export HYPOTHESIS_PROFILE

IN = $(VENV)/bin/python
PIP = $(IN) -m pip install -qq --disable-pip-version-check
PACKS = src/sevclass/packs.json
PYTEST = -m pytest -n auto --dist worksteal
FURTHER_PYTHONS = 3.12 3.13 3.14

define HELP
make run           classify the example incident (sets up .venv on the first run)
make test          run the tests; ARGS="-k sla" picks some, HYPOTHESIS_PROFILE=deep looks harder
make coverage      run the tests and hold line and branch coverage at 100 %
make lint          check style and formatting; `make format` mends what can be mended
make types         check types with mypy and pyright
make bench         run the short benchmarks
make fuzz          read mutated packs and facts for a minute; ARGS="--seconds 600 --seed 7" looks longer
make mutants       change the code in one place after the other, and see that the tests notice; ARGS="sla" picks modules
make vectors       write the conformance vectors anew
make test-pythons  run the tests on each of Python $(FURTHER_PYTHONS) that is here
make clean         remove what the above left, environments too

PYTHON=python3.12 sets up with another Python (3.11 or later; `make clean` first).
endef

.PHONY: help run test coverage lint format types bench fuzz mutants vectors test-pythons clean

help:
	$(info $(HELP))
	@:

run: $(VENV)/.package $(PACKS)
	@$(IN) -m sevclass examples/payments-down.json --format text

test: $(VENV)/.dev $(PACKS)
	@$(IN) --version
	@marks=$$($(IN) scripts/environment.py marks) && $(IN) $(PYTEST) -m "$$marks" $(ARGS)

# The tests of packaging run the package elsewhere: nothing of it is measured. Where those of durable-rules are left
# out, 100 % is out of reach.
coverage: $(VENV)/.dev $(PACKS)
	@$(IN) -m coverage erase
	@marks=$$($(IN) scripts/environment.py marks) && \
	    $(IN) -m coverage run $(PYTEST) -m "not packaging$${marks:+ and $$marks}" $(ARGS)
	@$(IN) -m coverage combine --quiet
	@$(IN) -m coverage report

lint: $(VENV)/.dev
	@$(IN) -m ruff check
	@$(IN) -m ruff format --check

format: $(VENV)/.dev
	@$(IN) -m ruff check --fix
	@$(IN) -m ruff format

types: $(VENV)/.dev
	@$(IN) -m mypy
	@$(IN) -m pyright --pythonpath $(IN)

bench: $(VENV)/.dev $(PACKS)
	@$(IN) -m benchmarks --short

fuzz: $(VENV)/.dev
	@$(IN) -m tests.fuzz $(ARGS)

# For three hours or four: each of some eight thousand changes is tried with tests of its own.
mutants: $(VENV)/.mutants
	@$(IN) -m tests.mutants $(ARGS)

vectors: $(VENV)/.dev
	@$(IN) -m tests.vectors

test-pythons:
	@for version in $(FURTHER_PYTHONS); do \
	    if python=$$(sh scripts/find-python.sh $$version); then \
	        echo "Python $$version: $$python"; \
	        $(MAKE) --no-print-directory test PYTHON="$$python" VENV=.venv-$$version || exit 1; \
	    else \
	        echo "Python $$version: not here, left out"; \
	    fi; \
	done

clean:
	rm -rf $(PACKS) .venv .venv-* .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps: a second run installs nothing, unless pyproject.toml has changed.

$(VENV)/.package: pyproject.toml
	@sh scripts/make-venv.sh "$(PYTHON)" "$(VENV)"
	@echo "installing sevclass into $(VENV)"
	@$(PIP) --upgrade pip
	@$(PIP) --editable .
	@touch $@

# What a start reads of the packs that ship; a checkout makes it anew when they or what reads them change.
$(PACKS): $(wildcard rules/*/*.yaml src/sevclass/*.py) scripts/prebuild.py | $(VENV)/.package
	@$(IN) scripts/prebuild.py

$(VENV)/.dev: $(VENV)/.package scripts/environment.py
	@echo "installing the extras and the development tools into $(VENV)"
	@$(IN) scripts/environment.py install
	@touch $@

$(VENV)/.mutants: $(VENV)/.dev
	@echo "installing mutmut into $(VENV)"
	@$(PIP) --group mutants
	@touch $@
