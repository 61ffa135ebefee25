PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
LOCAL := $(VENV)/.local
READY := $(VENV)/.ready
AUDIT := build/audit
LOCK := build/lock
LOCKED := --quiet --universal --python-version 3.11 --upgrade --generate-hashes --no-header --no-emit-index-url --no-annotate

help:  ## what there is to do
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 28

run: $(LOCAL)  ## the whole system on this machine (PORT, SMTP_PORT, HOST, DATA_DIR)
	@exec $(RUN) -m infra.local

test: $(READY)  ## all tests, types and style
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/bandit -q -c pyproject.toml -r .
	@.ci/browsers
	PYTHONDONTWRITEBYTECODE= $(RUN) -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: $(READY)  ## style, types, and the tests of what changed since the last commit: the daily loop
	@$(VENV)/bin/ruff check --quiet .
	@$(VENV)/bin/ruff format --quiet --check .
	@$(VENV)/bin/mypy
	@$(RUN) -m tests.changed

bench: $(READY)  ## what it costs and how well it judges, in figures
	$(RUN) -m tests.bench.rewriting
	$(RUN) -m tests.bench.folding
	$(RUN) -m tests.bench.pixel
	$(RUN) -m tests.bench.cold_start
	$(RUN) -m tests.bench.speed
	$(RUN) -m tests.bench.forgeries
	$(RUN) -m tests.bench.verdicts
	$(RUN) -m tests.bench.send_times

fuzz: $(READY)  ## the whole API asked all that its document allows and forbids, at length
	$(RUN) -m tests.hostile.fuzzing -n 300

audit: $(READY)  ## whether what is installed has a known vulnerability; needs the network
	@test -x $(AUDIT)/bin/pip-audit || { $(PYTHON) -m venv $(AUDIT) && \
		$(AUDIT)/bin/pip install --quiet --disable-pip-version-check 'pip-audit>=2.9,<3'; }
	@$(AUDIT)/bin/pip-audit --strict --path "$$($(RUN) -c 'import sysconfig; print(sysconfig.get_path("purelib"))')" || \
		{ echo "Not clean, or not audited: without the network, or with an index that tells of no vulnerabilities, nothing is known."; exit 1; }

lock:  ## the versions that ship and that deploy, with their hashes, written anew (needs the network)
	@test -x $(LOCK)/bin/uv || { $(PYTHON) -m venv $(LOCK) && \
		$(LOCK)/bin/pip install --quiet --disable-pip-version-check 'uv>=0.5,<1'; }
	@$(LOCK)/bin/uv pip compile $(LOCKED) requirements.txt -o requirements.lock
	@$(LOCK)/bin/uv pip compile $(LOCKED) -c requirements.lock requirements-local.txt -o requirements-local.lock

format: $(READY)  ## bring the code into its style
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

$(LOCAL): requirements.txt requirements-local.txt
$(READY): requirements.txt requirements-local.txt requirements-dev.txt
$(LOCAL) $(READY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Unsealed needs Python 3.11 or newer: say which with  make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv module is missing: on Debian and Ubuntu,  apt-get install python3-venv"; exit 1; }
	@$(PYTHON) infra/install.py $(VENV) $(lastword $^)
	@touch $@

deploy: $(LOCAL)  ## to AWS, or what changed of it (STAGE=prod)
	@$(RUN) -m infra.deploy deploy "$(STAGE)"

destroy: $(LOCAL)  ## take a stage away, with all its data; asks first (STAGE=prod)
	@$(RUN) -m infra.deploy destroy "$(STAGE)"

package: $(LOCAL)  ## one CloudFormation template of everything, for pipelines of your own (STAGE=prod)
	@$(RUN) -m infra.deploy package "$(STAGE)"

redrive: $(LOCAL)  ## try again what lies in the dead letters (STAGE=prod)
	@$(RUN) -m infra.deploy redrive "$(STAGE)"

rotate: $(LOCAL)  ## a new secret for tokens, from the next deploy on; old links live (STAGE=prod)
	@$(RUN) -m infra.deploy rotate "$(STAGE)"

gmail:  ## the Gmail add-on's deployment as JSON, for Google's console (HOST=t.example.com, DRAFTS=on)
	@$(PYTHON) -m infra.gmail "$(HOST)" "$(DRAFTS)"

sender: $(LOCAL)  ## an account for somebody whom ALLOWED_SENDERS does not name (STAGE=prod EMAIL=ann@example.com)
	@$(RUN) -m infra.deploy sender "$(STAGE)" --email "$(EMAIL)"

unsuppress: $(LOCAL)  ## let SES bring mail to an address again that bounced or complained (STAGE=prod EMAIL=ann@example.com)
	@$(RUN) -m infra.deploy unsuppress "$(STAGE)" --email "$(EMAIL)"

move: $(LOCAL)  ## a machine's data into a stage; with BACK=1 the other way (STAGE=prod DATA_DIR=...)
	@$(RUN) -m infra.deploy move "$(STAGE)" --data-dir "$(or $(DATA_DIR),data/8000)" $(if $(BACK),--back)

backup: $(LOCAL)  ## a copy of a machine's data, while it runs (DATA_DIR=... TO=folder)
	@$(RUN) -m infra.local.backup "$(TO)"

costs: $(READY)  ## write docs/costs.md anew
	@UNSEALED_WRITE_COSTS=1 $(RUN) -m pytest -q tests/test_cost_page.py

test-dynamodb-local: $(READY)  ## the store's tests on Amazon's own engine, where it is (docs/deploying.md)
	@$(RUN) -m tests.dynamodb_local tests/store

.PHONY: help run test check bench fuzz audit lock format deploy destroy package redrive rotate gmail sender unsuppress move backup costs test-dynamodb-local
