# The same commands for people and for CI.
#   make demo    a fictional office and two phones side by side; ARGS=--auto plays one review in the terminal
#   make test    everything that must hold
#   make bench   speeds, one line each
PY := .venv/bin/python
ARGS ?=

.PHONY: demo test lint types directions unit bench lock wheel clean

demo: .venv/.installed
	@.venv/bin/tusoi demo $(ARGS)

test: .venv/.installed-dev lint types directions unit

lint: .venv/.installed-dev
	.venv/bin/ruff check .

types: .venv/.installed-dev
	.venv/bin/mypy

directions: .venv/.installed-dev
	.venv/bin/lint-imports --no-cache

unit: .venv/.installed-dev
	@tools/browser
	$(PY) -m pytest -q -n 2 --dist worksteal $(ARGS)

bench: .venv/.installed-dev
	@$(PY) -m bench

lock:
	uv pip compile -q pyproject.toml --generate-hashes --no-emit-index-url --no-header --universal \
		--python-version 3.11 --group build -o requirements.lock
	uv pip compile -q pyproject.toml --generate-hashes --no-emit-index-url --no-header --universal \
		--python-version 3.11 --group dev -o requirements-dev.lock

wheel: .venv/.installed-dev
	$(PY) -m pip wheel -q --no-deps --no-build-isolation -w dist .

clean:
	rm -rf .venv dist build var

.venv/.installed: requirements.lock pyproject.toml
	@echo "Đang cài đặt (lần đầu mất khoảng một phút)…"
	@tools/venv requirements.lock
	@touch $@

.venv/.installed-dev: requirements-dev.lock pyproject.toml
	@tools/venv requirements-dev.lock
	@touch $@
