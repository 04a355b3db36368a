# Every target hands over to `python3 -m tools`, which does its own set-up. `make` alone lists them.
SHELL := /bin/sh
.DEFAULT_GOAL := help

SUITABLE := import sys; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 12))
CANDIDATES := $(if $(PYTHON),$(PYTHON),python3 python3.11 python3.12 python3.10)
FOUND := $(shell for p in $(CANDIDATES); do \
  "$$p" -c '$(SUITABLE)' >/dev/null 2>&1 && echo "$$p" && break; done)
TARGETS := help demo test test-all lint build i18n bench chaos shell clean

export SERIES TAGS ARGS PORT DATABASE ALL ODOO_SRC

.PHONY: $(TARGETS)
$(TARGETS):
ifeq ($(FOUND),)
	@echo "Python 3.10, 3.11 or 3.12 is needed and none of these is one: $(CANDIDATES)." \
	  "Install one, or name it: make PYTHON=/path/to/python3.11 $@" >&2; exit 2
else
	@"$(FOUND)" -m tools $@
endif
