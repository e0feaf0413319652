#!/bin/bash
# Hosts for tests: a machine called control and one for each name, each with a systemd, an sshd and an address of its own, joined by a
# network that only they see. control may log in as root on each of them: it has a key, and knows theirs. Needs root and openssh-server.
# It writes FOLDER/NAME/pid for each, FOLDER/ready at the end, and lives as long as standard input is open.
# Cut a host off with: nsenter -t "$(cat FOLDER/control/pid)" -n ip link set to-NAME down
#   systemd-fleet.sh FOLDER NAME...
set -euo pipefail
folder=$1
shift
kit=$(dirname "$(readlink -f "$0")")
network=10.77.0
names=(control "$@")
keepers=()
holds=()

down() {
    # A machine ends when nobody holds its standard input open any more.
    for hold in "${holds[@]}"; do
        exec {hold}>&-
    done
    wait "${keepers[@]}" 2> /dev/null || true
}

for name in "${names[@]}"; do
    mkdir "$folder/$name"
    exec {hold}> >(exec "$kit/systemd-machine.sh" "$folder/$name" > /dev/null)
    holds+=("$hold")
    keepers+=($!)
done
trap down EXIT

on() {
    local pid
    pid=$(cat "$folder/$1/pid")
    shift
    nsenter -t "$pid" -a -- "$@"
}

seen() {
    for _ in $(seq 600); do
        "$@" > /dev/null 2>&1 && return
        sleep 0.05
    done
    echo "never held: $*" >&2
    exit 1
}

booted() {
    case $(on "$1" systemctl is-system-running) in running | degraded) ;; *) false ;; esac
}

for name in "${names[@]}"; do
    seen test -s "$folder/$name/pid"
    seen booted "$name"
done

control=$(cat "$folder/control/pid")
on control ip link add fleet type bridge
on control ip address add "$network.1/24" dev fleet
on control ip link set fleet up

{
    echo "127.0.0.1 localhost"
    echo "$network.1 control"
    for i in $(seq 1 $#); do echo "$network.$((10 + i)) ${names[i]}"; done
} > "$folder/hosts"

for i in $(seq 0 $#); do
    name=${names[i]}
    on "$name" hostname "$name"
    on "$name" tee /etc/hosts < "$folder/hosts" > /dev/null
    on "$name" bash -c "rm -rf /root/.ssh /etc/ssh/ssh_host_* /etc/ssh/sshd_config.d/* /etc/ssh/ssh_config.d/*; install -d -m 700 /root/.ssh"
    [ "$i" -gt 0 ] || continue
    nsenter -t "$control" -n ip link add "to-$name" type veth peer name eth0 netns "$(cat "$folder/$name/pid")"
    on control ip link set "to-$name" master fleet up
    on "$name" ip address add "$network.$((10 + i))/24" dev eth0
    on "$name" ip link set eth0 up
done

on control ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519
on control tee /root/.ssh/config > /dev/null << 'END'
Host *
    StrictHostKeyChecking yes
    BatchMode yes
    ConnectTimeout 5
    ServerAliveInterval 1
    ServerAliveCountMax 3
END

for name in "${names[@]:1}"; do
    on control cat /root/.ssh/id_ed25519.pub | on "$name" tee /root/.ssh/authorized_keys > /dev/null
    on "$name" ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key
    on "$name" awk -v name="$name" '{ print name, $1, $2 }' /etc/ssh/ssh_host_ed25519_key.pub | on control tee -a /root/.ssh/known_hosts > /dev/null
    on "$name" tee /etc/ssh/sshd_config > /dev/null << 'END'
HostKey /etc/ssh/ssh_host_ed25519_key
PasswordAuthentication no
ClientAliveInterval 1
ClientAliveCountMax 3
Subsystem sftp internal-sftp
Subsystem powershell /usr/local/bin/pwsh -sshs -NoLogo
END
    on "$name" tee /etc/systemd/system/sshd.service > /dev/null << 'END'
[Service]
RuntimeDirectory=sshd
ExecStart=/usr/sbin/sshd -D -e
KillMode=process
END
    on "$name" systemctl daemon-reload
    on "$name" systemctl start sshd.service
done
for name in "${names[@]:1}"; do
    seen on control ssh "$name" true
done
echo ready > "$folder/ready"
cat > /dev/null
