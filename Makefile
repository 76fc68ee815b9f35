# Needs Python 3.11 or newer, make and pip (or uv); everything else is installed into .venv.
# The first of these that is new enough; `make PYTHON=...` names another.
NEW_ENOUGH := 'import sys; sys.exit(sys.version_info < (3, 11))'
PYTHONS := python3 python3.13 python3.12 python3.11 python
PYTHON ?= $(or $(shell for python in $(PYTHONS); do $$python -c $(NEW_ENOUGH) 2>/dev/null \
  && command -v $$python && break; done),python3)
VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/ready
UNIT ?=

export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
# One BLAS thread: the same sums in the same order, and no contention between parallel tests.
export OPENBLAS_NUM_THREADS := 1
unexport MPLBACKEND PYTHONPATH PYTHONHOME

# The same last bit on every x86 processor, as in autograder/authoring/execute.py.
OPENBLAS_CORETYPE ?= Haswell
LAST_BIT := OPENBLAS_CORETYPE=$(OPENBLAS_CORETYPE) \
  NPY_DISABLE_CPU_FEATURES="X86_V4 AVX512_ICL AVX512_SPR"

.DEFAULT_GOAL := help
.PHONY: help demo handout site site-check release test build check absorb format lint clean

## make demo     build the release, grade a sample class through nbgrader, show the scores
## make handout  the folder and the zip that students get, in handout/
## make site     lessons, docs and the atlas of misconceptions as a website, in build/site/
## make site-check  its links, and its pages in Chromium: light, dark, wide, narrow
## make release  wheel, hand-out and website in build/release/, each tried by itself
## make test     style, types, notebooks, stale and leak checks, all tests
## make build    authoring/ -> notebooks/, source/, release/      [UNIT=04_l_layer_network]
## make check    is anything stale, leaked, or against the rules? [UNIT=...]
## make absorb   bring edits made in source/ or notebooks/ back into authoring/ [UNIT=...]
## make format   put texts and code into their one layout
## make lint     style and types alone
## make clean    remove .venv, caches, the demo and the hand-out
help:
	@sed -n 's/^## //p' Makefile

$(READY): requirements.txt
	@$(PYTHON) -c $(NEW_ENOUGH) 2>/dev/null || { \
	  echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version 2>&1)." \
	       "Name another: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) tools/set_up.py $(VENV)
	@touch $@

demo: $(READY)
	@$(PY) -m autograder demo

handout: $(READY)
	@$(PY) -m autograder handout

site: $(READY)
	@$(PY) -m autograder.site

site-check: $(READY)
	@$(PY) -m pytest -p no:cacheprovider tests/browser/check_site.py

release: $(READY)
	@$(PY) tools/release.py

build check absorb: $(READY)
	@echo "== authoring: $@"
	@$(PY) -m autograder.authoring $@ $(UNIT)

format: $(READY)
	@$(PY) -m autograder.authoring format
	@$(PY) -m ruff format .

lint: $(READY)
	@echo "== style"
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@echo "== types"
	@$(PY) -m mypy

# Types take one processor for a minute: the lessons run beside them.
test: $(READY)
	@$(MAKE) --no-print-directory --jobs=2 lint check
	@echo "== notebooks: outputs of the lessons" # tests/authoring/test_course.py runs the solutions
	@$(LAST_BIT) $(PY) -m pytest --nbval --nbval-current-env --numprocesses auto --dist loadfile notebooks
	@echo "== tests"
	@$(PY) -m pytest --numprocesses auto

clean:
	rm -rf $(VENV) build demo handout *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -o -name .ipynb_checkpoints | xargs rm -rf
