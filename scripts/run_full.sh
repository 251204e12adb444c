#!/bin/sh
# The demo with everything: a private PostgreSQL and Redis on sockets in the data folder, worker
# processes, and the pages. Needs no systemd. Everything that is started here ends with this script.
set -eu
cd "$(dirname "$0")/.."

home=${GUITU_HOME:-$PWD/var/full}
mkdir -p "$home"
home=$(cd "$home" && pwd)
# Sockets have short names only, and the servers' user must be able to reach them.
run=$(mktemp -d /tmp/guitu-full.XXXXXX)
programs=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)

# PostgreSQL refuses to run as root: it gets its own user then.
as_postgres() {
    if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}
[ "$(id -u)" != 0 ] || chown postgres "$run"

worker=""
finish() {
    trap - EXIT INT TERM
    [ -z "$worker" ] || { kill "$worker" 2>/dev/null && wait "$worker" 2>/dev/null; } || true
    redis-cli -s "$run/redis.sock" shutdown >/dev/null 2>&1 || true
    as_postgres "$programs/pg_ctl" -D "$run/postgresql" -m fast stop >/dev/null 2>&1 || true
    rm -rf "$run"
}
trap finish EXIT
trap 'exit 130' INT TERM

as_postgres "$programs/initdb" -D "$run/postgresql" -A trust -U guitu -E UTF8 >/dev/null
as_postgres "$programs/pg_ctl" -D "$run/postgresql" -w -l "$run/postgresql.log" \
    -o "-c listen_addresses= -c unix_socket_directories=$run" start >/dev/null
redis-server --port 0 --unixsocket "$run/redis.sock" --dir "$run" --daemonize yes \
    --appendonly yes --maxmemory-policy noeviction --logfile "$run/redis.log" >/dev/null

export GUITU_HOME="$home"
export GUITU_DATABASE_URL="postgresql+psycopg://guitu@/postgres?host=$run"
export GUITU_BROKER_URL="redis+socket://$run/redis.sock"
.venv/bin/guitu worker &
worker=$!
.venv/bin/guitu demo "$@"
