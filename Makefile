# Everything one does with Carillon. `make` builds it, `make help` lists the rest.

MAVEN := tools/mvn
SOURCES := $(shell find . -name target -prune -o \( -name pom.xml -o -path '*/src/main/*' -o -path './clients/js/carillon*' \) -type f -print 2>/dev/null)
# The first build downloads for minutes, and should show that it is alive.
QUIET := $(if $(wildcard $(HOME)/.m2/repository/io/netty),-q)

.DEFAULT_GOAL := build
.PHONY: help build run check test test-all test-brokers soak fuzz bench-cross-node bench-sizing bench-capacity bench-peers bench-pusher bench-brokers bench-many bench-micro bench-view bench-start bench-balancer fmt fmt-check jdk docs manifests screenshots dist licences clean

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | awk -F'|' '{ printf "%-16s %s\n", $$1, $$2 }'

build: target/.built ## compile and package, without tests

run: target/.built ## run the demo, after a build where one is needed; BROKER=rabbitmq, redis or nats chooses its broker
	@bin/carillon demo $(if $(BROKER),'--broker=$(BROKER)') || { status=$$?; [ $$status -eq 130 ] || [ $$status -eq 143 ] || exit $$status; }

check: jdk fmt-check ## format and unit tests, without services
	@tools/test-js
	@$(MAVEN) -T 1C test

test: jdk fmt-check ## all tests with private services; ONLY=Name runs one class
	@tools/install-services
	@[ -n "$(ONLY)" ] || tools/test-js
	@tools/test $(ONLY)

test-all: jdk fmt-check ## as test, with the long matrix and the suites over every broker
	@tools/install-services
	@[ -n "$(ONLY)" ] || tools/test-js
	@EXCLUDED_TAGS=soak tools/test $(ONLY)
	@[ -n "$(ONLY)" ] || tools/with-services tools/test-brokers

test-brokers: target/.built ## the black-box suites over each broker; BROKER=redis runs one, ONLY=Name one class
	@tools/install-services
	@BROKER=$(BROKER) tools/with-services tools/test-brokers $(ONLY)

soak: jdk ## faults, churn and load for half an hour; MINUTES=2 makes it shorter, SEED=N repeats one
	@tools/install-services
	@CARILLON_SOAK_MINUTES=$(MINUTES) CARILLON_SOAK_SEED=$(SEED) EXCLUDED_TAGS= tools/test SoakIT

fuzz: jdk ## look for inputs that break the readers of frames, messages and signatures; SECONDS=200 each
	@$(MAVEN) verify -DskipITs=false -pl server -am -Dtest=none -Dit.test=JazzerIT -Dfuzz.seconds=$(or $(SECONDS),200) \
	  -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false

bench-cross-node: target/.built ## latency from node to node through a private RabbitMQ, beside RabbitMQ alone
	@tools/install-services
	@$(MAVEN) -q package -DskipTests -pl benchmarks
	@tools/with-services tools/bench-cross-node

bench-sizing: target/.built ## what clients cost a node, in memory and CPU
	@$(MAVEN) -q package -DskipTests -pl benchmarks
	@tools/bench-sizing

bench-capacity: target/.built ## what 1,000, 5,000 and 10,000 clients cost a node, on one processor and on two
	@$(MAVEN) -q package -DskipTests -pl benchmarks
	@tools/bench-capacity

bench-peers: target/.built ## fan-out beside other servers, written to docs/benchmarks; PEERS, CASES, REPETITIONS narrow it
	@tools/install-peers
	@$(MAVEN) -q package -DskipTests -pl benchmarks
	@tools/bench-peers

bench-pusher: target/.built ## the Pusher protocol beside other servers, written to docs/benchmarks; as bench-peers
	@PEERS=$${PEERS:-soketi,sockudo} tools/install-peers
	@$(MAVEN) -q package -DskipTests -pl benchmarks
	@tools/bench-pusher

bench-brokers: target/.built ## two nodes over each broker beside Sockudo and soketi, written to docs/benchmarks; BROKERS, PEERS, CASES, SECONDS, REPETITIONS narrow it
	@tools/install-services
	@PEERS=$${PEERS:-soketi,sockudo} tools/install-peers
	@$(MAVEN) -q package -DskipTests -pl benchmarks
	@CARILLON_BENCH_SECONDS=$(SECONDS) tools/with-services tools/bench-brokers

bench-many: target/.built ## 100,000 clients on several nodes, and a broadcast; CLIENTS and NODES change that
	@tools/install-services
	@PEERS=epoll-coalesced tools/install-peers
	@$(MAVEN) -q package -DskipTests -pl benchmarks
	@tools/with-services tools/bench-many

bench-micro: jdk ## what single parts cost, in time and allocation; ONLY=regex runs some and writes no page
	@$(MAVEN) -q package -DskipTests -pl benchmarks/micro -am
	@tools/bench-micro $(ONLY)

bench-view: target/.built ## the cluster view's cost and a join storm, written to docs/benchmarks; PARTS and MEMBERS narrow it
	@tools/install-services
	@$(MAVEN) -q package -DskipTests -pl benchmarks,benchmarks/micro -am
	@tools/with-services tools/bench-view

bench-balancer: target/.built ## faults behind HAProxy and nginx, written to docs/benchmarks; DRILLS=kill,drain runs some
	@tools/install-services
	@$(MAVEN) -q package -DskipTests -pl benchmarks
	@tools/bench-balancer

bench-start: licences ## how long a node takes from its exec to a client's first subscription
	@$(MAVEN) -q package -DskipTests -pl benchmarks
	@tools/bench-start

fmt: jdk ## format the code
	@tools/format

docs: target/.built ## write the pages that are made from the code
	@bin/carillon config --markdown >docs/configuration.md
	@for name in soketi sockudo; do \
	  bin/carillon config --keys-of $$name >target/keys-of && \
	  sed -i -e '/^| theirs /,$$d' docs/migrate-from-$$name.md && \
	  cat target/keys-of >>docs/migrate-from-$$name.md || exit 1; done
	@bin/carillon balancer haproxy $$(sed -n 's/.*balancer haproxy --config [^ ]* \(.*\) >.*/\1/p' docs/deploy.md) \
	  --set limits.max_connections=50000 >target/haproxy.cfg
	@sed -i -e '/^```haproxy$$/,/^```$$/{/^```/!d}' docs/deploy.md && sed -i -e '/^```haproxy$$/r target/haproxy.cfg' docs/deploy.md
	@bin/carillon config --metrics-table >target/metrics-table
	@sed -i -e '/^| metric /,$$d' docs/metrics.md && cat target/metrics-table >>docs/metrics.md

manifests: ## write the Kubernetes manifests anew, from the Helm chart
	@tools/manifests

screenshots: target/.built ## take the pictures of the page anew, with a real browser
	@tools/install-services
	@tools/screenshots

dist: licences ## archives under dist/: for a machine with a JDK 25, and with a runtime of their own
	@tools/dist

# What archives say of the libraries in them; a library without a licence that is known fails here.
licences: target/.built
	@$(MAVEN) -q verify -Dmaven.test.skip=true -pl server -am

clean: ## remove what was built
	@rm -rf dist .services conformance/*/node_modules conformance/pusher/.venv
	@find . -name target -type d -prune -exec rm -rf {} +

fmt-check: jdk
	@tools/format --check

# One line, before Maven prints a page.
jdk:
	@bin/carillon --print-java >/dev/null

target/.built: $(SOURCES) | jdk
	@echo "Building: half a minute, or minutes where Maven has to download..."
	@rm -rf server/target/lib
	@$(MAVEN) $(QUIET) package -Dmaven.test.skip=true -pl server -am
	@mkdir -p target
	@touch $@
