# Three commands matter: `make crawl`, `make demo` and `make test`. They set up what they need, once.
PYTHON ?= python3
PORTAL ?= sample
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PEERS := .venv-peers
ARCHIVE_PEERS := .venv-archive-peers
WACZ := .venv-wacz
MUTANTS := .venv-mutants

.PHONY: help crawl demo picture test check lint types ablate docs docs-check lock setup analysis batch clean floors bench-extract bench-frontier \
	bench-discovery bench-export bench-links bench-crawl bench-profiles bench-pages bench-reprints bench-search bench-start bench-storing bench-together soak soak-years hostile audit test-old-sqlite test-wacz mutants lock-archive-peers soak-shared

crawl: $(READY)  ## crawl a portal (PORTAL=name) into data/archive.db, and show what is in it
	@$(BIN)/newscrawl crawl $(PORTAL)

demo: $(VENV)/.analysis  ## a revision, a withdrawal, a return and reprints of the sample portal, at once, and in a browser
	@$(BIN)/newscrawl demo

test: $(READY)  ## the whole test suite
	@$(BIN)/python -m pytest

check: lint types docs-check test  ## everything CI checks

help:  ## what can be made
	@awk -F ':.*  ## ' '/^[a-z-]+:.*  ## / { printf "%-20s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

lint: $(READY)  ## style, by ruff
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY)  ## types, by mypy
	@$(BIN)/mypy

docs: $(READY)  ## renew the generated parts of the documentation
	@$(BIN)/cog -r -I . README.md docs/*.md newscrawl/archive/sql/columns.py

docs-check: $(READY)  ## see that the generated parts of the documentation are fresh
	@$(BIN)/cog --check --diff -I . README.md docs/*.md newscrawl/archive/sql/columns.py

setup: $(READY)  ## the virtual environment with the pinned dependencies

PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE = $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --upgrade --generate-hashes \
	--no-annotate --no-header --no-emit-index-url --no-emit-find-links --quiet

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "newscrawl needs Python 3.11 or newer; name one with: make PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

picture: $(VENV)/.analysis  ## the README's picture anew, from the demonstration; needs chromium and chromedriver
	@$(BIN)/python -m tests.explore.picture docs/article.png

batch: $(VENV)/.batch  ## what `newscrawl batch` needs, beside what `analysis` brings

$(VENV)/.batch: requirements-batch.lock $(VENV)/.analysis
	@$(PIP) --require-hashes -r requirements-batch.lock
	@touch $@

analysis: $(VENV)/.analysis  ## what `newscrawl serve`, frames and Parquet need, and the browser tests

$(VENV)/.analysis: requirements-analysis.lock $(READY)
	@$(PIP) --require-hashes -r requirements-analysis.lock
	@touch $@

lock: $(READY)  ## renew the lock files to the newest versions pyproject.toml allows
	@$(COMPILE) --group dev --output-file requirements.lock
	@$(COMPILE) --group dev --group browser --extra analysis --extra js --extra postgres --extra objects --extra fast -c requirements.lock --output-file requirements-analysis.lock
	@$(COMPILE) --extra batch -c requirements-analysis.lock --output-file requirements-batch.lock
	@$(COMPILE) --group dev --group peers --output-file benchmarks/peers.lock
	@$(COMPILE:pyproject.toml=tests/wacz.in) --output-file tests/wacz.lock
	@$(COMPILE) --group dev --group mutants -c requirements.lock --output-file tests/mutants.lock

learn: $(VENV)/.analysis  ## learn the weights of the story's run from the labelled pages in NEWSCRAWL_CORPUS
	@$(BIN)/python -m benchmarks.learn

learn-links: analysis  ## learn the weights of links from the labelled pages in NEWSCRAWL_CORPUS
	@$(BIN)/python -m benchmarks.learn.links $(NEWSCRAWL_CORPUS)

learn-channel: analysis  ## learn the weights of the breadcrumb from the labelled pages in NEWSCRAWL_CORPUS
	@$(BIN)/python -m benchmarks.learn.channel $(NEWSCRAWL_CORPUS)

ablate: $(VENV)/.analysis  ## switch off each cue, pattern and number of extraction, and count the pages then read otherwise
	@$(BIN)/python -m benchmarks.learn.ablate

floors: $(READY)  ## raise the floors of extraction to today's figures; ALLOW=--allow-regression also lowers them
	@$(BIN)/python -m benchmarks.floors $(ALLOW)

bench-folds: $(VENV)/.analysis  ## extraction on sites its weights have not seen, and on altered pages
	@$(BIN)/python -m benchmarks.folds --unseen --altered

bench-extract: $(PEERS)/.ready  ## newscrawl and its peers on the same pages: scores, speed, memory
	@$(PEERS)/bin/python -m benchmarks.bench_extract

bench-frontier: $(READY)  ## the frontier at 10 thousand, 1 million and 10 million addresses; what it costs a crawl
	@$(BIN)/python -m benchmarks.bench_frontier
	@$(BIN)/python -m benchmarks.bench_frontier --overhead 300

bench-profiles: $(READY)  ## a made-up site read without and with its profile
	@$(BIN)/python -m benchmarks.bench_profiles

bench-links: $(READY)  ## which links of real list pages lead to articles
	@$(BIN)/python -m benchmarks.bench_links

bench-discovery: $(READY)  ## what a crawl finds of made-up portals, one a CMS family and one a trap, and what it costs
	@$(BIN)/python -m benchmarks.bench_discovery

bench-export: $(READY)  ## writing a million articles in every format: rows a second, memory
	@$(BIN)/python -m benchmarks.bench_export 1000000

bench-pages: $(VENV)/.analysis  ## how long the pages of `newscrawl serve` take over 300,000 articles
	@$(BIN)/python -m benchmarks.bench_pages 300000

test-old-sqlite: $(READY)  ## the tests of archive, search and frontier on the oldest SQLite supported
	@$(BIN)/python -m tests.old_sqlite

test-wacz: $(READY)  ## the tests of WACZ files, with the reference implementation beside
	@test -x $(WACZ)/bin/python || $(PYTHON) -m venv $(WACZ)
	@$(WACZ)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/wacz.lock
	@$(BIN)/python -m pytest -n 0 tests/archive/export/test_wacz.py

mutants: $(MUTANTS)/.ready  ## change the code of some modules at a thousand places, and count what their tests notice; ONLY='newscrawl.frontier*'
	@$(MUTANTS)/bin/python -m tests.mutants $(ONLY)

$(MUTANTS)/.ready: tests/mutants.lock pyproject.toml
	@test -x $(MUTANTS)/bin/python || $(PYTHON) -m venv $(MUTANTS)
	@$(MUTANTS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/mutants.lock
	@touch $@

hostile: $(READY)  ## crawl against a server of more than fifty attacks and faults, beside an honest neighbour; ATTACK=name for one
	@$(BIN)/python -m tests.hostile $(ATTACK)

audit: $(READY)  ## look up the pinned dependencies in PyPI's advisories; needs the internet, and fails without
	@$(BIN)/uv tool run pip-audit --strict --require-hashes --disable-pip -r requirements.lock -r requirements-analysis.lock

soak: $(READY)  ## kill crawls of a 2,000-page site fifty times, and compare with one left alone
	@$(BIN)/python -m tests.soak

soak-shared: $(VENV)/.analysis  ## kill one of three workers on a shared frontier twenty times; then pages a second by 1, 2, 3 workers
	@$(BIN)/python -m tests.soak_shared
	@$(BIN)/python -m tests.soak_shared --scaling

soak-years: $(READY)  ## 200 nights of ten portals by a clock that jumps: memory, files and time must stay as they are
	@$(BIN)/python -m tests.soak_years

bench-crawl: $(READY)  ## CPU a page of the whole pipeline, by stage, beside other crawlers on the same site
	@$(BIN)/python -m benchmarks.bench_crawl

bench-start: $(READY)  ## CPU and memory of the small commands, start to end
	@$(BIN)/python -m benchmarks.bench_start

bench-together: $(VENV)/.analysis  ## searching two archives of 500,000 articles as one
	@$(BIN)/python -m benchmarks.bench_together 500000

bench-storing: $(READY)  ## storing a page of a list with up to 100 thousand earlier captures
	@$(BIN)/python -m benchmarks.bench_storing

$(PEERS)/.ready: benchmarks/peers.lock pyproject.toml
	@test -x $(PEERS)/bin/python || $(PYTHON) -m venv $(PEERS)
	@$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r benchmarks/peers.lock
	@$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

bench-reprints: $(ARCHIVE_PEERS)/.ready  ## finding reprints among up to a million articles, beside MinHash LSH and SimHash
	@$(ARCHIVE_PEERS)/bin/python -m benchmarks.bench_reprints 10000 300000 1000000 --peers 10000

bench-search: $(ARCHIVE_PEERS)/.ready  ## search in 300,000 articles, beside LIKE, trigram and jieba
	@$(ARCHIVE_PEERS)/bin/python -m benchmarks.bench_search 300000 --peers

$(ARCHIVE_PEERS)/.ready: requirements.lock benchmarks/archive-peers.lock pyproject.toml
	@test -x $(ARCHIVE_PEERS)/bin/python || $(PYTHON) -m venv $(ARCHIVE_PEERS)
	@$(ARCHIVE_PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(ARCHIVE_PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
		--require-hashes -r benchmarks/archive-peers.lock
	@$(ARCHIVE_PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

lock-archive-peers: $(READY)  ## renew benchmarks/archive-peers.lock, as `lock` does
	@$(BIN)/uv pip compile benchmarks/archive-peers.in --constraint requirements.lock --universal --python-version 3.11 \
		--upgrade --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links --quiet \
		--output-file benchmarks/archive-peers.lock

clean:  ## remove the environments and caches; data/ stays
	rm -rf $(VENV) $(PEERS) $(ARCHIVE_PEERS) $(WACZ) $(MUTANTS) mutants .mypy_cache .ruff_cache .pytest_cache
