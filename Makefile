# make run and make test need nothing but Python >= 3.11 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test test-slow check bench demo soak wheel deb audit lock clean

run: $(VENV)/run.stamp  ## set up and start the monitor on the shipped sources.yaml
	$(BIN)/monitor run

# Images of containers often forbid compiled files. Without them each of the processes that tests start
# compiles all that it imports, which is more than half of what the tests cost.
test test-slow: export PYTHONDONTWRITEBYTECODE =

test: $(VENV)/dev.stamp  ## set up and pass the tests
	$(BIN)/python -m pytest -q -n 4 --dist worksteal
	$(MAKE) --no-print-directory check

test-slow: $(VENV)/dev.stamp  ## the tests that take minutes
	$(BIN)/python -m pytest -q -s -m slow

check: $(VENV)/dev.stamp  ## lint, types, floors
	$(BIN)/ruff format --check --quiet
	$(BIN)/ruff check --quiet
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/dev.stamp  ## what it costs beside httpx alone and beside `reader`, with the bars; BENCH="--feeds 200 --no-growth" for a short one
	@test -x .bench/reader/bin/python || { $(PYTHON) -m venv .bench/reader && \
	  .bench/reader/bin/pip install --quiet reader sgmllib3k; }
	$(BIN)/python -m bench.table --reader .bench/reader/bin/python $(BENCH)

demo: $(VENV)/dev.stamp  ## a small newsroom on loopback, the real monitor, and its alerts
	$(BIN)/python -m tests.newsroom.demo

soak: $(VENV)/dev.stamp  ## twenty minutes under faults, as root; SOAK="--minutes 4 --sources 300" for a shorter one
	$(BIN)/python -m tests.soak $(SOAK)

wheel: $(VENV)/dev.stamp  ## dist/*.whl
	$(BIN)/python -m hatchling build -t wheel

deb: wheel  ## dist/*.deb for this machine's Debian, which needs no network to install
	packaging/deb/build $(BIN)/pip dist/story_monitor-*.whl dist

audit:  ## known vulnerabilities of the locked versions, by PyPI's advisory service
	@test -x $(VENV)-audit/bin/pip-audit || { $(PYTHON) -m venv $(VENV)-audit && $(VENV)-audit/bin/pip install --quiet pip-audit; }
	$(VENV)-audit/bin/pip-audit --strict --no-deps --disable-pip -r requirements.lock

lock:  ## renew the locked versions (needs uv)
	uv pip compile --universal --generate-hashes -q --no-header --no-annotate --upgrade \
	  --group build pyproject.toml -o requirements.lock
	uv pip compile --universal --generate-hashes -q --no-header --no-annotate --upgrade \
	  --group dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) $(VENV)-audit dist

# One line for what Debian leaves out, instead of ensurepip's page.
$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one with: make PYTHON=/path/to/python3.11 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "This Python cannot make virtual environments; on Debian or Ubuntu: apt install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.lock pyproject.toml | $(BIN)/pip
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock pyproject.toml | $(BIN)/pip
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/run.stamp
