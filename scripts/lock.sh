#!/bin/sh
# Compiles the locks. Output names no registry; dlib is replaced by its wheel (overrides.txt).
set -eu
cd "$(dirname "$0")/.."

compile() {
    .venv/bin/uv pip compile pyproject.toml --override scripts/overrides.txt \
        --python-version 3.11 --generate-hashes --no-header --no-annotate -q "$@"
}
compile --upgrade --extra demo -o requirements.lock
compile --upgrade --extra demo --extra dev --override scripts/overrides-dev.txt \
    -o requirements-dev.lock
# The same versions as in development, and the peers with all they need.
compile --extra demo --extra dev --extra peers --constraint requirements-dev.lock \
    -o requirements-peers.lock
