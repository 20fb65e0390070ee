# Everything happens in .venv; python3 and make are all a machine needs.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
DEMO   := demo-library

.PHONY: run test lint accuracy messages play tasks pictures clean

run: $(STAMP)  ## read the samples in a throw-away library
	rm -rf $(DEMO)
	$(BIN)/bandoc --library $(DEMO) sample_data

test: $(STAMP)  ## the whole suite
	$(BIN)/python -m pytest -n auto

lint: $(STAMP)  ## ruff, mypy, import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

accuracy: $(STAMP)  ## figures on the samples
	$(BIN)/python -m benchmarks.accuracy

play: $(STAMP)  ## play a task of docs/tasks.md in tmux: make play TASK=3 [SIZE=120x36]
	$(BIN)/python -m tests.tasks.play $(TASK) --size $(or $(SIZE),80x24)

tasks: $(STAMP)  ## write docs/tasks.md from the scripts
	$(BIN)/python -m tests.tasks.play --write

pictures: $(STAMP)  ## draw the pictures of the READMEs
	$(BIN)/python docs/pictures.py

messages: $(STAMP)  ## collect the strings of tui/ into the catalogues and compile them
	$(BIN)/pybabel -q extract -k N_ --no-location --sort-output --omit-header -o tui/locale/bandoc.pot tui
	$(BIN)/pybabel -q update --ignore-pot-creation-date --no-fuzzy-matching --ignore-obsolete -D bandoc -l vi -i tui/locale/bandoc.pot -d tui/locale
	$(BIN)/pybabel -q compile -D bandoc -d tui/locale
	$(BIN)/pybabel -q compile -D click -d tui/locale

$(STAMP): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "bandoc needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $@

clean:
	rm -rf $(VENV) $(DEMO) build dist
