# The things one does here; all real work is in meson.build and tools/. BUILD=dir builds elsewhere.
BUILD ?= build
DEMO ?= demo
PROGRAM = $(BUILD)/src/main/kolokol

.PHONY: run program install build editor test check bench fuzz format screenshots

# Builds, makes the demo newsroom if there is none, and serves it until Ctrl-C.
run:
	@tools/install_packages build run
	@$(MAKE) --no-print-directory program
	@test -e $(DEMO)/kolokol.ini || $(PROGRAM) init --demo $(DEMO)
	@exec $(PROGRAM) -C $(DEMO) serve

# The program and kolokol-image, which it calls; `make build` makes the tests too.
program: $(BUILD)/build.ninja editor
	@ninja -C $(BUILD) program

# Both into /usr/local/bin (`meson configure $(BUILD) --prefix DIR` for another). Builds nothing, so that root owns nothing here.
install:
	@test -x $(PROGRAM) || { echo "make: nothing is built yet; first: make program" >&2; exit 1; }
	@meson install -C $(BUILD) --no-rebuild

build: $(BUILD)/build.ninja editor
	@ninja -C $(BUILD)

# What the office's editor is made of. Where npm or its registry cannot be reached the build goes on, and the office
# has the plain form; touching the lock file lets the next build see that it is there.
editor:
	@test site/editor/node_modules/.package-lock.json -nt site/editor/package.json || \
	  { cd site/editor && npm ci --no-audit --no-fund && touch package-lock.json node_modules/.package-lock.json; } || \
	  echo "make: npm does not answer; the office will have the plain form" >&2

$(BUILD)/build.ninja:
	@meson setup $(BUILD)

# Ends with the line "N passed, N failed". Without playwright-core the browser tests fail and say so.
test:
	@tools/install_packages build run test
	@$(MAKE) --no-print-directory build
	@$(MAKE) --no-print-directory tests/browser/node_modules/.package-lock.json || true
	@tools/run_tests $(BUILD)

# What the browser tests need from npm; again when the list of it changes.
tests/browser/node_modules/.package-lock.json: tests/browser/package-lock.json
	@cd tests/browser && npm ci --no-audit --no-fund && touch node_modules/.package-lock.json

# `make check QUICK=--quick` is what .ci/run adds to the tests.
check:
	@tools/install_packages build run test check
	@BUILD=$(BUILD) tools/check $(QUICK)

bench:
	@tools/install_packages build run bench
	@bench/run

# Pictures of every page kind in the folder screenshots/. ONLY=ar-front limits them; THEME=DIR shows a designer's files.
screenshots:
	@tools/install_packages build run test
	@$(MAKE) --no-print-directory program
	@$(MAKE) --no-print-directory tests/browser/node_modules/.package-lock.json
	@KOLOKOL_BUILD=$(abspath $(BUILD)) KOLOKOL_THEME=$(THEME) node tests/browser/screenshots.js screenshots $(ONLY)

# FUZZ_SECONDS=600 for a night; TARGET=mustache for one target.
fuzz:
	@tools/install_packages build check
	@tools/run_fuzz $(TARGET)

# Puts every C file into the one format.
format:
	@git ls-files -co --exclude-standard -- 'src/*.[ch]' 'tests/*.[ch]' 'fuzz/*.[ch]' 'bench/*.[ch]' | xargs clang-format -i
