# Fixation Lab
#
#   make run            build the lab and serve it on http://localhost:8000
#   make test           run the tests, and say what took how long
#   make engines        and those that take longest: WebKitGTK, every host, fault, window and lesson
#   make site           write _site/, for any static host, under any path
#   make pack           write _pack/, what a trainer takes along: the site, the lab as one file, a package for an LMS
#   make size           print what the site weighs; fail over the budget
#   make reproducible   build the site twice, in two folders, and compare the bytes
#   make fuzz           look for inputs that break something, FUZZTIME=3s a target
#   make frameworks     run the tests that the lab gives to copy against the real frameworks
#   make audit          run the audit against every server of its tests: PHP, Express, Flask, Django, Tomcat
#   make bench          time runs, acts, and the exploring of everything, natively, in Node and in a browser
#   make load           measure how fast the site loads beside go-app's hello world
#   make fmt            format the Go sources
#
# Each installs what it needs on Debian as root, or says what to install.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.PHONY: run test engines fuzz frameworks audit reproducible site pack size bench load fmt
.PHONY: set-up vet units servers wasm pages tools go curl browser firefox webkit node npm php python tomcat express

CHROMIUM ?= /usr/bin/chromium
FIREFOX ?= firefox-esr
export CHROMIUM FIREFOX
FUZZTIME ?= 3s

# The Python that has Debian's Django and Flask; another one may have other versions.
PYTHON ?= /usr/bin/python3

# Go's runner of wasm in Node gets a bare environment: it has little room for one.
NODE_EXEC = env -i PATH="$$PATH" HOME="$$HOME" $$(go env GOROOT)/lib/wasm/go_js_wasm_exec
WASM = GOOS=js GOARCH=wasm

# The stage vet looks for more than go test does by itself before it runs.
TEST = go test -vet=off

AXE := 4.10.3
AXE_SHA256 := 0f2b4d7dcdf7d1219df8d1959ad68e565f51d14c3f0d88bb71cd59abeb956292
SCORM_AGAIN := 3.4.3
SCORM_AGAIN_SHA256 := f182724b4614c34a616a92d7e4d8967392013c5fae74116db98a5c5a11db5edb

run: site
	@exec go run ./app serve -dir _site

site: go
	go run ./app build -out _site

pack: go
	go run ./app pack -out _pack

# Nothing is shared but the sources: not the folder, the cache or the flags.
reproducible: go
	@tmp=$$(mktemp -d); trap 'rm -rf "$$tmp"' EXIT; \
	for side in a b/deeper; do \
	  mkdir -p "$$tmp/$$side"; \
	  cp -R app lab scenarios web go.mod go.sum LICENSE "$$tmp/$$side"; \
	  (cd "$$tmp/$$side" && GOCACHE="$$tmp/cache-$${side%%/*}" GOFLAGS="-tags=$${side%%/*}" go run ./app build -out _site); \
	done; \
	diff -r "$$tmp/a/_site" "$$tmp/b/deeper/_site"; \
	if grep -rlF "$$tmp" "$$tmp/a/_site"; then echo "the site names the folder it was built in"; exit 1; fi; \
	echo "$$(ls -A "$$tmp/a/_site" | wc -l) files, the same bytes twice"

size: site
	go run ./app size -dir _site

load: site browser
	go run ./app load -dir _site

fmt: go
	gofmt -w app lab scenarios

# The best of three: the first runs of a wasm are compiled while they run.
bench: go node browser
	@for where in native wasm; do \
	  run="-run ^$$ -bench ^BenchmarkRun -benchtime 0.5s -count 3 ./lab ./scenarios"; \
	  if [ $$where = native ]; then out=$$(go test $$run); \
	  else out=$$($(WASM) go test -exec "$(NODE_EXEC)" $$run); fi; \
	  echo "$$out" | awk -v where=$$where ' \
	    /^Benchmark/ { if (!($$1 in best)) order[++n] = $$1; \
	      for (i = 2; i < NF; i++) if ($$(i+1) == "ns/op" && 1e9 / $$i > best[$$1]) best[$$1] = 1e9 / $$i } \
	    END { if (!n) { print "no benchmark ran"; exit 1 } \
	      for (i = 1; i <= n; i++) printf "%-7s %-45s %7.0f runs per second\n", where, order[i], best[order[i]] }'; \
	done
	@echo "== the cookie jar with ten cookies in it; the budget is 2 µs"
	@go test -run '^$$' -bench '^Benchmark(Set|Get)$$' -benchtime 0.5s -count 3 ./lab/cookie | awk ' \
	    /^Benchmark/ { if (!($$1 in best)) order[++n] = $$1; allocs[$$1] = "0"; \
	      for (i = 2; i < NF; i++) { if ($$(i+1) == "ns/op" && (!best[$$1] || $$i < best[$$1])) best[$$1] = $$i; if ($$(i+1) == "allocs/op") allocs[$$1] = $$i } } \
	    END { if (!n) { print "no benchmark ran"; exit 1 } \
	      for (i = 1; i <= n; i++) printf "native  %-45s %7.2f µs %s allocations\n", order[i], best[order[i]] / 1000, allocs[order[i]] }'
	@echo "== a silent run, as exploring makes them; medians of five"
	@for where in native wasm; do \
	  run="-run ^$$ -bench ^BenchmarkPlay$$ -benchtime 0.5s -count 5 ./scenarios"; \
	  if [ $$where = native ]; then out=$$(go test $$run); \
	  else out=$$($(WASM) go test -exec "$(NODE_EXEC)" $$run); fi; \
	  for part in run signatures; do \
	    echo "$$out" | awk -v part=$$part '$$1 ~ "^BenchmarkPlay/" part { for (i = 2; i < NF; i++) if ($$(i+1) == "ns/op") print $$i / 1000 }' \
	      | sort -n | awk -v where=$$where -v part=$$part '{ t[NR] = $$1 } END { if (NR != 5) { print "not five figures"; exit 1 } \
	        printf "%-7s %-45s %7.1f µs\n", where, part == "run" ? "signed-id over sibling-https" : "its HMACs, were each made anew", t[3] }'; \
	  done; \
	done
	@echo "== every server, route, source and set of switches"
	@for where in native wasm; do \
	  run="-run ^$$ -bench ^BenchmarkSpace$$ -benchtime 1x ./scenarios"; \
	  if [ $$where = native ]; then out=$$(go test $$run); \
	  else out=$$($(WASM) go test -exec "$(NODE_EXEC)" $$run); fi; \
	  echo "$$out" | awk -v where=$$where '/^BenchmarkSpace/ { for (i = 2; i < NF; i++) v[$$(i+1)] = $$i; seen = 1 } \
	    END { if (!seen) { print "no benchmark ran"; exit 1 } \
	      printf "%-7s %.0f combinations by %.0f runs (%.0f a run) in %.2f s\n", where, v["combinations"], v["runs"], v["combinations"] / v["runs"], v["ns/op"] / 1e9 }'; \
	done
	@echo "== an act in Play by hand, but for the drawing; of twenty each"
	@for where in native wasm; do \
	  run="-run ^$$ -bench ^BenchmarkAct$$ -benchtime 1x -count 20 ./app/page"; \
	  if [ $$where = native ]; then out=$$(go test $$run); \
	  else out=$$($(WASM) go test -exec "$(NODE_EXEC)" $$run); fi; \
	  echo "$$out" | sed -n 's/^BenchmarkAct.\([^ \t]*\).*[ \t]\([0-9.]*\) ns\/op.*[ \t]\([0-9]*\) allocs\/op.*/\1 \2 \3/p' | sed 's/-[0-9]* / /' | sort -k1,1 -k2,2n | awk -v where=$$where ' \
	    function tell() { if (n) printf "%-7s %-14s median %7.2f ms, p95 %7.2f ms, %6d allocations\n", where, name, t[int((n+1)/2)] / 1e6, t[int(n*0.95)] / 1e6, allocs } \
	    $$1 != name { tell(); name = $$1; n = 0 } { t[++n] = $$2; allocs = $$3; seen = 1 } END { tell(); if (!seen) { print "no benchmark ran"; exit 1 } }'; \
	done
	@site=$$(mktemp -d); trap 'rm -rf "$$site"' EXIT; \
	  go run ./app build -out "$$site/_site" >/dev/null; \
	  FIXLAB_SITE="$$site/_site" go test -tags e2e ./app/e2e -run '^$$' -bench . -benchtime 1x -count 3 | awk ' \
	    /^Benchmark/ { sub(/^Benchmark/, "", $$1); sub(/-[0-9]+$$/, "", $$1); line = "browser " $$1 ":"; seen = 1; \
	      for (i = 3; i < NF; i += 2) if ($$(i+1) != "ns/op") line = line " " $$i " " $$(i+1); print line } \
	    END { if (!seen) { print "no benchmark ran"; exit 1 } }'

# The stages of make test, in this order; each is a target of its own.
STAGES = set-up vet units servers wasm pages

test:
	@took=; trap 'printf "%b" "$$took"' EXIT; \
	for stage in $(STAGES); do \
	  echo "== $$stage"; \
	  began=$$SECONDS; \
	  $(MAKE) --no-print-directory $$stage || { took+="$$stage failed after $$((SECONDS - began)) s\n"; exit 1; }; \
	  took+=$$(printf "%-8s %4d s" $$stage $$((SECONDS - began)))"\n"; \
	done; \
	took+=$$(printf "%-8s %4d s" together $$SECONDS)"\n"

set-up: go curl node php browser firefox tools express
	go mod download

vet: go
	@unformatted=$$(gofmt -l app lab scenarios); [ -z "$$unformatted" ] || { echo "gofmt: $$unformatted"; exit 1; }
	go vet ./...
	go vet -tags e2e,engines ./app/e2e
	go vet -tags frameworks ./lab/server/owntest
	go vet -tags servers ./app/audit/...
	$(WASM) go vet ./...

# The tests throw away most of what they make: collected at five times what is in use,
# and not at twice, they take a quarter less time.
units: go curl
	GOGC=400 $(TEST) $(TESTFLAGS) ./...

# The audit and the real servers that it is tested with. PHP and Express have to be here;
# what else is missing is skipped, and named. make audit has them all.
SERVERS ?= php express
servers: go php node express browser
	@FIXLAB_SERVERS="$(SERVERS)" PYTHON="$(PYTHON)" $(TEST) -tags servers -count=1 -v -run '^TestServers' $(TESTFLAGS) ./app/audit/... | grep -v '^ *=== ' | grep -v 'no test files'

audit: SERVERS = php express flask django tomcat
audit: python tomcat servers

# A run has the same hash natively and in Node; pages asks the browsers for it.
wasm: go node
	@file=$$(mktemp); trap 'rm -f "$$file"' EXIT; \
	  $(TEST) -count=1 -run '^TestHash$$' $(TESTFLAGS) ./scenarios -hashes "$$file"; \
	  $(WASM) $(TEST) -count=1 -exec "$(NODE_EXEC)" -run '^TestHash$$' $(TESTFLAGS) ./scenarios -hashes "$$file"

pages: go browser firefox tools
	@site=$$(mktemp -d); trap 'rm -rf "$$site"' EXIT; \
	  go run ./app build -out "$$site/_site"; \
	  FIXLAB_SITE="$$site/_site" $(TEST) -tags e2e -count=1 -parallel 4 -timeout 20m $(TESTFLAGS) ./app/e2e

engines: go browser firefox webkit tools
	@site=$$(mktemp -d); trap 'rm -rf "$$site"' EXIT; \
	  go run ./app build -out "$$site/_site"; \
	  FIXLAB_SITE="$$site/_site" FIXLAB_FAULTS=all $(TEST) -tags e2e,engines -count=1 -v -parallel 4 -run '^(TestWebKit|TestFault.*|TestHosts|TestEveryLesson|TestCourseLooks|TestReference.*|TestFirefox|TestHash|TestWholeSpace|TestExplore(Tables|StaysResponsive)|TestAccessible|TestOneScreen|TestFocusIsSeen|TestWallIsLegible|TestLessonByClicker|TestPresentAtOnce|TestWallIsHeard|TestPresentScripts|TestNotes.*|TestBench(Formats|Accessible)|TestBrokenLink|TestBetBeforeTheWASM|TestHostileLinks|TestOpens|TestOffline|TestHijackByHand|TestHandLooks|TestPhone|TestLab.*|TestSCORM.*|TestEmbed)$$' $(TESTFLAGS) ./app/e2e

fuzz: go
	go test ./scenarios -count=1 -run '^TestOracle$$' -oracle 10000
	@for package in $$(go list ./...); do \
	  for target in $$(go test -list '^Fuzz' $$package | grep '^Fuzz' || true); do \
	    echo "$$package $$target"; \
	    go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) $$package | grep -v '^fuzz: elapsed' ; \
	  done; \
	done

# Each test once with a login that keeps the session id, once with a mended one, and
# with set-ups that are wrong. The shops are in lab/server/owntest/testdata.
frameworks: go node npm python
	@tmp=$$(mktemp -d); trap 'rm -rf "$$tmp"' EXIT; \
	  cp lab/server/owntest/testdata/express/package.json "$$tmp"; \
	  npm install --prefix "$$tmp" --silent --ignore-scripts --no-audit --no-fund --cache "$$tmp/npm"; \
	  FIXLAB_NODE="$$tmp" PYTHON="$(PYTHON)" $(TEST) -tags frameworks -count=1 -timeout 20m -v -run '^TestFrameworks$$' $(TESTFLAGS) ./lab/server/owntest

# What the targets need, and how it gets there.

# $(call need,COMMAND,PACKAGES)
need = command -v $(1) >/dev/null || { $(call lack,$(1),$(2)) }

# $(call lack,WHAT,PACKAGES)
lack = if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $(2); \
	else echo "$(1) is missing: install $(2) (Debian: sudo apt-get install $(2))"; exit 1; fi;

go:
	@command -v go >/dev/null || { echo "go is missing: install Go 1.26 or later"; exit 1; }

curl:
	@$(call need,curl,curl)

browser:
	@$(call need,$(CHROMIUM),chromium)

firefox:
	@$(call need,$(FIREFOX),firefox-esr)

webkit:
	@$(call need,WebKitWebDriver,webkit2gtk-driver)
	@$(call need,Xvfb,xvfb)

node:
	@$(call need,node,nodejs)

npm:
	@$(call need,npm,npm)

php:
	@$(call need,php,php-cli)

tomcat:
	@$(call need,java,default-jre-headless)
	@[ -e /usr/share/tomcat10/bin/catalina.sh ] || { $(call lack,Tomcat,tomcat10) }

PYTHON_PACKAGES = python3 python3-django python3-flask python3-flask-session python3-pytest python3-pytest-django

python:
	@$(PYTHON) -c 'import django, flask, flask_session, pytest, pytest_django' 2>/dev/null || { \
	  [ "$(PYTHON)" = /usr/bin/python3 ] || { echo "$(PYTHON) lacks one of Django, Flask, Flask-Session, pytest and pytest-django"; exit 1; }; \
	  $(call lack,a package of Python,$(PYTHON_PACKAGES)) }

# axe-core, which the browser tests look at pages with, and scorm-again, an LMS's half of
# SCORM, are fetched once and not part of the repository.
tools: .cache/axe-$(AXE) .cache/scorm-again-$(SCORM_AGAIN)

.cache/axe-$(AXE): | npm
	@mkdir -p .cache
	$(call fetched,axe-core-$(AXE),axe-core@$(AXE),$(AXE_SHA256),package/axe.min.js)
	@touch $@

.cache/scorm-again-$(SCORM_AGAIN): | npm
	@mkdir -p .cache
	$(call fetched,scorm-again-$(SCORM_AGAIN),scorm-again@$(SCORM_AGAIN),$(SCORM_AGAIN_SHA256),package/dist/scorm12.min.js)
	@touch $@

# The packages of the Express servers that the audit is tested with, as their lock file has them.
EXPRESS = app/audit/servers/testdata/express
express: .cache/express/node_modules/.package-lock.json

.cache/express/node_modules/.package-lock.json: $(EXPRESS)/package.json $(EXPRESS)/package-lock.json | npm
	@mkdir -p .cache/express
	cp $(EXPRESS)/package.json $(EXPRESS)/package-lock.json .cache/express
	npm ci --prefix .cache/express --silent --ignore-scripts --no-audit --no-fund
	@touch $@

# $(call fetched,ARCHIVE,PACKAGE,SHA256,FILE) puts a file of a package of npm's into .cache.
fetched = cd .cache && npm pack --silent $(2) >/dev/null && echo "$(3)  $(1).tgz" | sha256sum --check --quiet && \
	  tar xzOf $(1).tgz $(4) > $(notdir $(4)) && rm $(1).tgz
