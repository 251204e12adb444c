# 归途 Guitu. `make` alone prints this list.
SHELL := /bin/sh
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help setup services run run-full chaos test check bench lock wheel vendor

help: ## 列出所有命令 · list the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: ## 装好 .venv 和页面资源 · install the environment and the front-end files
	@sh scripts/setup.sh

services: setup ## 装好测试要用的服务 · install what integration tests start (Debian packages)
	@sh scripts/install_services.sh

run: setup ## 打开演示 http://127.0.0.1:8000 · run the demo in the browser
	@$(BIN)/guitu demo

run-full: services ## 用 PostgreSQL、Redis 和后台进程打开演示 · run the demo with every part
	@sh scripts/run_full.sh

test: services ## 运行全部测试 · run every test
	@$(BIN)/pytest -n auto

chaos: services ## 逐个制造故障，再连杀 200 次工作进程，列表说明丢没丢、重没重 · every fault, then 200 kills
	@$(BIN)/python -m tests.integration.faults.chaos --kills 200

check: setup ## 提交前的检查 · format, lint, types, architecture, unit tests, coverage, wheel
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest -q -n auto -m "not integration" tests/unit tests/properties tests/contracts
	@$(BIN)/coverage combine -q
	@$(BIN)/coverage report --include="matching/*,casework/*" --fail-under=90
	@sh scripts/check_wheel.sh

bench: setup ## 运行基准测试 · run the benchmarks, each with its peer
	@$(BIN)/python -m pip install -q --disable-pip-version-check \
		--no-deps --require-hashes -r requirements-peers.lock
	@$(BIN)/guitu bench

wheel: setup ## 构建安装包 · build the wheel into dist/
	@$(BIN)/hatchling build -t wheel

lock: setup ## 重新锁定依赖 · compile the pinned, hashed locks again
	@sh scripts/lock.sh
