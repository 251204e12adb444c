#!/bin/sh
# Makes .venv from the hashed lock and puts the front-end files into place. Cheap when up to date.
set -eu
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "需要 Python 3.11 或更新的版本。 Python 3.11 or newer is needed." >&2
    exit 2
}

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -q && apt-get install -y -q python3-venv
    else
        echo "缺少 venv 模块，请先运行：sudo apt-get install python3-venv" >&2
        exit 2
    fi
fi

stamp=.venv/.installed-$(cat requirements-dev.lock pyproject.toml | sha256sum | cut -c1-16)
if [ ! -e "$stamp" ]; then
    echo "正在安装依赖（首次约两分钟）… installing dependencies" >&2
    [ -x .venv/bin/python ] || "$python" -m venv .venv
    .venv/bin/python -m pip install -q --disable-pip-version-check \
        --no-deps --require-hashes -r requirements-dev.lock
    .venv/bin/python -m pip install -q --disable-pip-version-check \
        --no-deps --no-build-isolation -e .
    rm -f .venv/.installed-*
    touch "$stamp"
fi

.venv/bin/python scripts/vendor_static.py
