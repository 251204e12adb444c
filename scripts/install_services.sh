#!/bin/sh
# Installs the Debian packages that integration and browser tests, and `make run-full`, start themselves.
set -eu

missing=""
command -v chromium >/dev/null || missing="$missing chromium"
fc-list 2>/dev/null | grep -q "Noto Sans CJK" || missing="$missing fonts-noto-cjk fontconfig"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
command -v redis-server >/dev/null || missing="$missing redis-server"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "正在安装所需软件：$missing" >&2
    apt-get update -q >/dev/null
    # Debian's postgresql and redis would start servers of their own; ours are private ones.
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q $missing >/dev/null
else
    echo "还缺：$missing。请先运行：sudo apt-get install$missing" >&2
fi
