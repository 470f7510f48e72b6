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

demo: $(VENV)/.analysis  ## show a revision, a withdrawal, a return and reprints of the sample portal, in a browser
	@$(BIN)/newscrawl demo

test: $(READY)  ## run the test suite
	@$(BIN)/python -m pytest

check: lint types docs-check test  ## run everything that CI runs: lint, types, docs-check, test

help:  ## list all targets
	@awk -F ':.*  ## ' '/^[a-z-]+:.*  ## / { printf "%-20s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

lint: $(READY)  ## check the style with ruff
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY)  ## check the types with mypy
	@$(BIN)/mypy

docs: $(READY)  ## write the generated parts of the documentation again
	@$(BIN)/cog -r -I . README.md docs/*.md newscrawl/archive/sql/columns.py

docs-check: $(READY)  ## check that the generated parts of the documentation are up to date
	@$(BIN)/cog --check --diff -I . README.md docs/*.md newscrawl/archive/sql/columns.py

setup: $(READY)  ## create .venv with the pinned dependencies

PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE = $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --upgrade --generate-hashes \
	--no-annotate --no-header --no-emit-index-url --no-emit-find-links --quiet

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "newscrawl needs Python 3.11 or newer; name one with: make PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

picture: $(VENV)/.analysis  ## make the README's picture again, from the demonstration; needs chromium and chromedriver
	@$(BIN)/python -m tests.explore.picture docs/article.png

batch: $(VENV)/.batch  ## install what `newscrawl batch` needs, and the target `analysis`

$(VENV)/.batch: requirements-batch.lock $(VENV)/.analysis
	@$(PIP) --require-hashes -r requirements-batch.lock
	@touch $@

analysis: $(VENV)/.analysis  ## install what `newscrawl serve`, frames, Parquet and the browser tests need

$(VENV)/.analysis: requirements-analysis.lock $(READY)
	@$(PIP) --require-hashes -r requirements-analysis.lock
	@touch $@

lock: $(READY)  ## update the lock files to the newest versions that pyproject.toml allows
	@$(COMPILE) --group dev --output-file requirements.lock
	@$(COMPILE) --group dev --group browser --extra analysis --extra js --extra postgres --extra objects --extra fast -c requirements.lock --output-file requirements-analysis.lock
	@$(COMPILE) --extra batch -c requirements-analysis.lock --output-file requirements-batch.lock
	@$(COMPILE) --group dev --group peers --output-file benchmarks/peers.lock
	@$(COMPILE:pyproject.toml=tests/wacz.in) --output-file tests/wacz.lock
	@$(COMPILE) --group dev --group mutants -c requirements.lock --output-file tests/mutants.lock

learn: $(VENV)/.analysis  ## learn the weights of the story from the labelled pages in NEWSCRAWL_CORPUS
	@$(BIN)/python -m benchmarks.learn

learn-links: analysis  ## learn the weights of links from the labelled pages in NEWSCRAWL_CORPUS
	@$(BIN)/python -m benchmarks.learn.links $(NEWSCRAWL_CORPUS)

learn-channel: analysis  ## learn the weights of the breadcrumb from the labelled pages in NEWSCRAWL_CORPUS
	@$(BIN)/python -m benchmarks.learn.channel $(NEWSCRAWL_CORPUS)

ablate: $(VENV)/.analysis  ## switch off each cue, pattern and number of extraction, and count the pages that change
	@$(BIN)/python -m benchmarks.learn.ablate

floors: $(READY)  ## raise the floors of extraction to the present figures; ALLOW=--allow-regression also lowers them
	@$(BIN)/python -m benchmarks.floors $(ALLOW)

bench-folds: $(VENV)/.analysis  ## score extraction on sites that its weights have not seen, and on altered pages
	@$(BIN)/python -m benchmarks.folds --unseen --altered

bench-extract: $(PEERS)/.ready  ## compare newscrawl with other extractors on the same pages: scores, speed, memory
	@$(PEERS)/bin/python -m benchmarks.bench_extract

bench-frontier: $(READY)  ## measure the frontier with 10 thousand, 1 million and 10 million addresses, and its cost in a crawl
	@$(BIN)/python -m benchmarks.bench_frontier
	@$(BIN)/python -m benchmarks.bench_frontier --overhead 300

bench-profiles: $(READY)  ## score extraction on a made-up site, without and with its profile
	@$(BIN)/python -m benchmarks.bench_profiles

bench-links: $(READY)  ## score the links to articles that are found on real list pages
	@$(BIN)/python -m benchmarks.bench_links

bench-discovery: $(READY)  ## measure what a crawl finds on made-up portals, one for each CMS family and trap, and its requests
	@$(BIN)/python -m benchmarks.bench_discovery

bench-export: $(READY)  ## measure exports of a million articles in every format: rows a second, memory
	@$(BIN)/python -m benchmarks.bench_export 1000000

bench-pages: $(VENV)/.analysis  ## measure the response times of `newscrawl serve` over 300,000 articles
	@$(BIN)/python -m benchmarks.bench_pages 300000

test-old-sqlite: $(READY)  ## run the tests of archive, search and frontier on the oldest supported SQLite
	@$(BIN)/python -m tests.old_sqlite

test-wacz: $(READY)  ## run the tests of WACZ files, with py-wacz as a reference
	@test -x $(WACZ)/bin/python || $(PYTHON) -m venv $(WACZ)
	@$(WACZ)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/wacz.lock
	@$(BIN)/python -m pytest -n 0 tests/archive/export/test_wacz.py

mutants: $(MUTANTS)/.ready  ## change the code of ten modules at a thousand places, and count the changes that tests detect; ONLY='newscrawl.frontier*'
	@$(MUTANTS)/bin/python -m tests.mutants $(ONLY)

$(MUTANTS)/.ready: tests/mutants.lock pyproject.toml
	@test -x $(MUTANTS)/bin/python || $(PYTHON) -m venv $(MUTANTS)
	@$(MUTANTS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/mutants.lock
	@touch $@

hostile: $(READY)  ## crawl a server with more than fifty attacks and faults, beside a normal site; ATTACK=name for one
	@$(BIN)/python -m tests.hostile $(ATTACK)

audit: $(READY)  ## check the pinned dependencies for known vulnerabilities; needs the internet
	@$(BIN)/uv tool run pip-audit --strict --require-hashes --disable-pip -r requirements.lock -r requirements-analysis.lock

soak: $(READY)  ## kill crawls of a 2,000-page site fifty times, and compare them with an undisturbed one
	@$(BIN)/python -m tests.soak

soak-shared: $(VENV)/.analysis  ## kill one of three workers on a shared frontier twenty times; then measure 1, 2 and 3 workers
	@$(BIN)/python -m tests.soak_shared
	@$(BIN)/python -m tests.soak_shared --scaling

soak-years: $(READY)  ## simulate 200 nights of ten portals: memory, open files and time must not grow
	@$(BIN)/python -m tests.soak_years

bench-crawl: $(READY)  ## measure CPU time per page of the whole pipeline, by stage, beside other crawlers
	@$(BIN)/python -m benchmarks.bench_crawl

bench-start: $(READY)  ## measure CPU time and memory of the small commands
	@$(BIN)/python -m benchmarks.bench_start

bench-together: $(VENV)/.analysis  ## measure searches over two archives of 500,000 articles read as one
	@$(BIN)/python -m benchmarks.bench_together 500000

bench-storing: $(READY)  ## measure the storing of a list page with up to 100 thousand earlier captures
	@$(BIN)/python -m benchmarks.bench_storing

$(PEERS)/.ready: benchmarks/peers.lock pyproject.toml
	@test -x $(PEERS)/bin/python || $(PYTHON) -m venv $(PEERS)
	@$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r benchmarks/peers.lock
	@$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

bench-reprints: $(ARCHIVE_PEERS)/.ready  ## measure the finding of reprints among up to a million articles, beside MinHash LSH and SimHash
	@$(ARCHIVE_PEERS)/bin/python -m benchmarks.bench_reprints 10000 300000 1000000 --peers 10000

bench-search: $(ARCHIVE_PEERS)/.ready  ## measure search in 300,000 articles, beside LIKE, trigram and jieba
	@$(ARCHIVE_PEERS)/bin/python -m benchmarks.bench_search 300000 --peers

$(ARCHIVE_PEERS)/.ready: requirements.lock benchmarks/archive-peers.lock pyproject.toml
	@test -x $(ARCHIVE_PEERS)/bin/python || $(PYTHON) -m venv $(ARCHIVE_PEERS)
	@$(ARCHIVE_PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(ARCHIVE_PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
		--require-hashes -r benchmarks/archive-peers.lock
	@$(ARCHIVE_PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

lock-archive-peers: $(READY)  ## update benchmarks/archive-peers.lock, as `lock` does
	@$(BIN)/uv pip compile benchmarks/archive-peers.in --constraint requirements.lock --universal --python-version 3.11 \
		--upgrade --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links --quiet \
		--output-file benchmarks/archive-peers.lock

clean:  ## remove the environments and caches; data/ stays
	rm -rf $(VENV) $(PEERS) $(ARCHIVE_PEERS) $(WACZ) $(MUTANTS) mutants .mypy_cache .ruff_cache .pytest_cache
