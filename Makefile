# The same commands for people and for CI.
#   make demo    a fictional office and three phones side by side; ARGS=--auto plays one review in the terminal
#   make check   while one works: format, lint, types, directions, the pure tests; under a minute
#   make test    check, and all other tests but the long ones
#   make long    whole campaigns, deaths at any moment, processes side by side
#   make bench   speeds, one line each
#   make sbom    what is shipped, with licences, as dist/tusoi.cdx.json (CycloneDX); fails for a licence that is not allowed
#   make chaos   kills, stalls, full disks, wrong clocks, cut cables while people answer; ARGS="kills clocks" some of them (root)
#   make hooks   from now on git looks at format, lint and directions before each commit
PY := .venv/bin/python
PYTEST := $(PY) -m pytest -q -n 2 --dist worksteal
ARGS ?=

# Tests start many processes of the house: what is compiled once is kept, whatever the shell says.
unexport PYTHONDONTWRITEBYTECODE

# Tests that need neither a database nor a process: the rules, the conversation, the words.
PURE := tests/rules tests/dialogs tests/templates tests/transcripts --ignore tests/templates/documents \
	--ignore tests/transcripts/test_over_the_store.py

.PHONY: demo check test long chaos looked-over lint types directions pure wide bench hooks lock wheel sbom clean

demo: .venv/.installed
	@.venv/bin/tusoi demo $(ARGS)

check: looked-over pure

test: looked-over wide

# Side by side: types take longer than the others together, and one core.
looked-over: .venv/.installed-dev
	@$(MAKE) --no-print-directory -j3 lint types directions

long: .venv/.installed-dev
	$(PYTEST) -m long $(ARGS)

chaos: .venv/.installed-dev
	@$(PY) -m tests.chaos $(ARGS)

lint: .venv/.installed-dev
	.venv/bin/ruff format -q --check .
	.venv/bin/ruff check -q .

types: .venv/.installed-dev
	.venv/bin/mypy

directions: .venv/.installed-dev
	.venv/bin/lint-imports --no-cache

pure: .venv/.installed-dev
	$(PYTEST) $(PURE) $(ARGS)

wide: .venv/.installed-dev
	@tools/browser
	$(PYTEST) -m "not long" $(ARGS)

hooks:
	git config core.hooksPath tools/hooks

bench: .venv/.installed-dev
	@$(PY) -m bench

lock:
	uv pip compile -q pyproject.toml --generate-hashes --no-emit-index-url --no-header --universal \
		--python-version 3.11 --group build -o requirements.lock
	uv pip compile -q pyproject.toml --generate-hashes --no-emit-index-url --no-header --universal \
		--python-version 3.11 --group dev -o requirements-dev.lock

wheel: .venv/.installed-dev
	$(PY) -m pip wheel -q --no-deps --no-build-isolation -w dist .

sbom: .venv/.installed-dev
	$(PY) -m tools.sbom dist/tusoi.cdx.json

clean:
	rm -rf .venv dist build var

.venv/.installed: requirements.lock pyproject.toml
	@echo "Đang cài đặt (lần đầu mất khoảng một phút)…"
	@tools/venv requirements.lock
	@touch $@

.venv/.installed-dev: requirements-dev.lock pyproject.toml
	@tools/venv requirements-dev.lock
	@touch $@
