#!/usr/bin/env bash
# Unpacks a container engine with compose for the tests into a folder, from Debian's signed packages; nothing is installed. Needs a
# network and about 400 MB. Debian 12 has no compose of version 2, so most comes from Debian 13; what must fit this host's libraries does not.
#   tests/get-docker-engine.sh FOLDER && HXOPS_TEST_ENGINE=FOLDER dotnet test ...
set -euo pipefail
mkdir -p "${1:?usage: get-docker-engine.sh FOLDER}/packages"
folder=$(cd "$1" && pwd)
cd "$folder/packages"
site=$(apt-get indextargets --format '$(REPO_URI)' 'Codename: bookworm' | grep -v security | head -n 1)

get() {
    local suite=$1 state=$folder/packages/$1
    shift
    mkdir -p "$state/lists/partial" "$state/cache/archives/partial"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $site $suite main" > "$state/sources.list"
    local options=(-qq -o "Dir::Etc::SourceList=$state/sources.list" -o Dir::Etc::SourceParts=/dev/null -o "Dir::State::Lists=$state/lists" \
        -o "Dir::Cache=$state/cache" -o APT::Sandbox::User=root)
    apt-get "${options[@]}" update
    apt-get "${options[@]}" download "$@"
}

get trixie docker.io containerd docker-cli docker-compose docker-buildx
get bookworm runc iptables libxtables12 libip4tc2 libip6tc2 libnftnl11 libnetfilter-conntrack3 libnfnetlink0 libmnl0
for package in *.deb; do
    dpkg -x "$package" "$folder"
done
for name in iptables iptables-save iptables-restore ip6tables ip6tables-save ip6tables-restore; do
    ln -sf xtables-nft-multi "$folder/usr/sbin/$name"
done
rm -rf "$folder/packages"
