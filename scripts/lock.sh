#!/bin/sh
# Compiles both locks. Output names no registry; dlib is replaced by its wheel (overrides.txt).
set -eu
cd "$(dirname "$0")/.."

compile() {
    .venv/bin/uv pip compile pyproject.toml --override scripts/overrides.txt \
        --python-version 3.11 --generate-hashes --no-header --no-annotate -q --upgrade "$@"
}
compile --extra demo -o requirements.lock
compile --extra demo --extra dev -o requirements-dev.lock
