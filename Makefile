# Everything a developer does; `make` alone lists it. The work is done in portal/launcher/.

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && exit; \
	done; command -v python3)
LAUNCH = $(if $(PYTHON),$(PYTHON) -m portal.launch,$(error Learning Gate needs Python 3.11 or \
	newer, and there is no python3 here. On Debian or Ubuntu: sudo apt install python3 python3-venv))

export PORT ARGS SUITE JOBS

.DEFAULT_GOAL := help
.PHONY: help run test lint format bench requirements messages screenshots paint clean

help: ## List these commands
	@echo "Learning Gate. Commands:"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-17s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## Start the portal with demo content on http://127.0.0.1:8000 (PORT=… for another port)
	@exec $(LAUNCH) run

test: ## Lint, migrations, architecture, all tests (SUITE=main|postgres|elasticsearch|browser|newcomer JOBS=2 ARGS=…)
	@exec $(LAUNCH) test

lint: ## Only the linters
	@exec $(LAUNCH) lint

format: ## Format Python and templates
	@exec $(LAUNCH) format

bench: ## CPU milliseconds and queries of the main pages, indexing speed (ARGS="pages --courses 2000")
	@exec $(LAUNCH) bench

requirements: ## Compile requirements*.in into locked requirements*.txt
	@exec $(LAUNCH) requirements

messages: ## Bring the message catalogues in locale/ up to date with the code
	@exec $(LAUNCH) messages

screenshots: ## Render ten key pages at two widths in two languages into screenshots/
	@exec $(LAUNCH) screenshots

paint: ## Largest paint and layout shift on a line of 400 kbit/s and a slow processor
	@exec $(LAUNCH) paint

clean: ## Remove the virtual environment and caches; var/ (your content) stays
	rm -rf .venv .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete
