#!/bin/bash
# A container engine for tests: dockerd in mount, process and network namespaces of its own, so that it meets neither the engine of this
# host nor another test's. Needs root and the engine's programs, on the PATH or unpacked below TOOLS. It writes the process id of dockerd
# into FOLDER/pid, listens on FOLDER/docker.sock and lives as long as standard input is open.
#   docker-machine.sh FOLDER [TOOLS]
set -euo pipefail
folder=$1 tools=${2:-}

if [ -n "$tools" ]; then
    export PATH=$tools/usr/bin:$tools/usr/sbin:$tools/sbin:$PATH
    export LD_LIBRARY_PATH=$tools/usr/lib/x86_64-linux-gnu:$tools/lib/x86_64-linux-gnu XTABLES_LIBDIR=$tools/usr/lib/x86_64-linux-gnu/xtables
fi

if [ "${3:-}" = serve ]; then
    ip link set lo up
    mount -t tmpfs run /run
    exec dockerd -H "unix://$folder/docker.sock" --pidfile /run/docker.pid --data-root "$folder/data" --exec-root /run/docker \
        --cgroup-parent "$(basename "$folder")" --shutdown-timeout 2 > "$folder/log" 2>&1
fi

unshare --fork --pid --mount-proc --kill-child --mount --net --propagation private -- "$0" "$folder" "$tools" serve < /dev/null &
machine=$!

down() {
    docker -H "unix://$folder/docker.sock" ps --all --quiet | xargs --no-run-if-empty docker -H "unix://$folder/docker.sock" rm --force --volumes > /dev/null 2>&1 || true
    kill -TERM "${engine:-$machine}" 2> /dev/null || true
    for _ in $(seq 250); do
        [ -d "/proc/$machine" ] || break
        sleep 0.02
    done
    kill -KILL "${engine:-$machine}" 2> /dev/null || true
    wait "$machine" 2> /dev/null || true
    find /sys/fs/cgroup -depth -type d -path "*/$(basename "$folder")*" -exec rmdir {} + 2> /dev/null || true
}
trap down EXIT

until engine=$(cat "/proc/$machine/task/$machine/children") && [ -n "$engine" ]; do
    sleep 0.01
done
engine=${engine%% *}
echo "$engine" > "$folder/pid"
cat > /dev/null
