# The commands that the README promises. Everything they need is made on the way.
SHELL := /bin/bash
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
export PYTHONPATH := platform

.DEFAULT_GOAL := help
.PHONY: help demo run test chaos check browser bench screenshots messages format clean

help: ## Show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 22

$(VENV)/.product: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.developer: requirements.txt requirements-dev.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/.product

demo: export DJANGO_SETTINGS_MODULE := config.settings.demo
demo: $(VENV)/.product ## Install, migrate, fill with believable data, serve http://localhost:8000
	@echo "Making the database and collecting the assets ..."
	@$(BIN)/python manage.py collectstatic --no-input --verbosity 0 & collecting=$$!; \
		$(BIN)/python manage.py migrate --verbosity 0 && wait $$collecting
	@echo "Filling it with people and reports ..."
	@$(BIN)/python manage.py seed_demo
	@$(BIN)/python manage.py serve --port $(or $(PORT),8000)

run: $(VENV)/.product ## Serve for development, with your own data in var/
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py serve --port $(or $(PORT),8000)

test: $(VENV)/.developer ## Run the tests (DATABASE_URL and REDIS_URL choose the grown services)
	$(BIN)/python -m pytest -n 2 $(ARGS)

chaos: export FULL_SIZE := 1
chaos: export DATABASE_URL ?= postgres://postgres@127.0.0.1:5432/rembuk_chaos
chaos: export REDIS_URL ?= redis://127.0.0.1:6379/7
chaos: $(VENV)/.developer ## Reliability at full size, on PostgreSQL and Redis
	$(BIN)/python -m pytest -m "chaos or postgres" -n 2 $(ARGS)

check: $(VENV)/.developer ## Lint, types, import contracts, templates, catalogues
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@$(BIN)/djade --check --target-version 5.2 $$(git ls-files 'templates/*.html')
	@$(BIN)/djhtml --check $$(git ls-files 'templates/*.html')
	DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python manage.py makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python manage.py messages --check
	DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python manage.py permissions --check

browser: $(VENV)/.developer ## Journeys and accessibility in Chromium
	$(BIN)/python -m pytest -o addopts="--strict-markers -p no:playwright" -m browser tests/browser $(ARGS)

bench: $(VENV)/.developer ## Benchmarks on PostgreSQL: make bench ROWS="B3 B9"
	$(BIN)/python -m tests.benchmarks $(ROWS)

screenshots: $(VENV)/.developer ## Draw docs/screenshots/ anew from the demo
	$(BIN)/python -m tests.browser.screenshots

messages: $(VENV)/.developer ## Collect texts and compile the catalogues (needs gettext)
	$(BIN)/python manage.py messages

format: $(VENV)/.developer ## Put code and templates into the house's form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	@$(BIN)/djade --target-version 5.2 $$(git ls-files 'templates/*.html') || true
	@$(BIN)/djhtml $$(git ls-files 'templates/*.html')

clean: ## Remove the demo's and the tests' data
	rm -rf var .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
