#!/bin/sh
# Proves that the wheel works without the checkout: builds it, installs it into an empty
# environment in another folder (lock first, then the wheel alone), and searches there.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

.venv/bin/hatchling build -t wheel -d "$work/dist" 2>/dev/null >/dev/null
cd "$work"
"$root/.venv/bin/python" -m venv empty
"$root/.venv/bin/uv" pip install -q --python empty/bin/python --no-deps --require-hashes \
    -r "$root/requirements.lock"
"$root/.venv/bin/uv" pip install -q --python empty/bin/python --no-deps dist/*.whl

unset PYTHONPATH
export GUITU_HOME="$work/var"
empty/bin/guitu doctor --json >doctor.json
empty/bin/guitu demo --records 300 --no-serve --json >demo.json
empty/bin/python - <<'PY'
import json, pathlib, sys
import matching

assert "site-packages" in matching.__file__, "the checkout leaked into the wheel's environment"
demo = json.loads(pathlib.Path("demo.json").read_text())
known = [each for each in demo["residents"] if each["true_record_id"]]
found = [each for each in known if each["leads"][0]["record_id"] == each["true_record_id"]]
print(f"wheel: {len(found)} of {len(known)} sample residents find their record")
sys.exit(len(found) != len(known))
PY
