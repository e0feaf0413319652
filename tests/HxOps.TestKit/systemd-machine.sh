#!/bin/bash
# A machine for tests: systemd as process 1 in namespaces of its own, over the programs of this host and a memory file system that
# takes all changes. Needs root. It writes the process id of its systemd into FOLDER/pid and lives as long as standard input is open,
# so it cannot outlive the test run.
#   systemd-machine.sh FOLDER
set -euo pipefail
folder=$1

boot() {
    mount -t tmpfs -o mode=755,size=1g machine "$folder"
    mkdir "$folder"/{changes,work,root}
    mount -t overlay -o "lowerdir=/,upperdir=$folder/changes,workdir=$folder/work" machine "$folder/root"
    local root=$folder/root path

    mount -t proc proc "$root/proc"
    mount --bind "$root/proc/sys" "$root/proc/sys"
    mount -o remount,bind,ro "$root/proc/sys"
    mount -t sysfs -o ro sysfs "$root/sys"
    mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
    mount -t tmpfs -o mode=755 run "$root/run"
    mount -t tmpfs -o mode=1777 tmp "$root/tmp"
    mount -t tmpfs -o mode=755 dev "$root/dev"
    for path in null zero full random urandom tty; do
        touch "$root/dev/$path"
        mount --bind "/dev/$path" "$root/dev/$path"
    done
    mkdir "$root/dev/pts" "$root/dev/shm"
    mount -t devpts -o newinstance,ptmxmode=666 devpts "$root/dev/pts"
    mount -t tmpfs -o mode=1777 shm "$root/dev/shm"
    ln -s pts/ptmx "$root/dev/ptmx"
    ln -s /proc/self/fd "$root/dev/fd"

    # What was built for the tests, where a checkout lies below a folder that is the machine's own, or on another file system.
    path=$(cd "$(dirname "$0")" && pwd)
    if [ ! -e "$root$path" ]; then
        mkdir -p "$root$path"
        mount --bind "$path" "$root$path"
    fi

    # Nothing of this host's own boot: no wants, no generators, no mounts; only the journal.
    rm -rf "$root"/{etc,lib,usr/lib}/systemd/system/*.{wants,requires} "$root"/{lib,usr/lib,etc}/systemd/system-generators "$root/etc/fstab"
    mkdir -p "$root/etc/systemd/system/sysinit.target.wants" "$root/etc/systemd/journald.conf.d"
    ln -s /lib/systemd/system/systemd-journald.service "$root/etc/systemd/system/sysinit.target.wants/"
    printf '[Journal]\nStorage=volatile\nReadKMsg=no\nAudit=no\nRateLimitIntervalSec=0\n' > "$root/etc/systemd/journald.conf.d/test.conf"
    rm -f "$root/etc/machine-id" "$root/etc/hostname"
    : > "$root/etc/machine-id"
    hostname machine
    ip link set lo up

    mkdir "$root/host"
    cd "$root"
    pivot_root . host
    umount --lazy /host
    cd /
    exec env -i container=test PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        setpriv --bounding-set -sys_time,-sys_module,-sys_rawio,-mac_admin,-audit_control \
        /lib/systemd/systemd --log-target=journal systemd.unit=multi-user.target < /dev/null > /dev/null 2>&1
}

if [ "${2:-}" = boot ]; then
    boot
fi

group=$(findmnt --noheadings --first-only --types cgroup2 --output TARGET)/hxops-test-$$
mkdir "$group"
(
    echo $BASHPID > "$group/cgroup.procs"
    exec unshare --fork --pid --kill-child --mount --uts --ipc --net --cgroup -- "$0" "$folder" boot < /dev/null
) &
machine=$!

down() {
    # Its process 1 takes all others with it, and unshare reaps it.
    kill -KILL "${init:-$machine}" 2> /dev/null || true
    wait "$machine" 2> /dev/null || true
    for _ in $(seq 200); do
        find "$group" -depth -type d -exec rmdir {} + 2> /dev/null && break
        sleep 0.02
    done
}
trap down EXIT

# The namespaces hide the folder's later content, so this file is written where the keeper sees it.
until init=$(cat "/proc/$machine/task/$machine/children") && [ -n "$init" ]; do
    sleep 0.01
done
init=${init%% *}
echo "$init" > "$folder/pid"
cat > /dev/null
