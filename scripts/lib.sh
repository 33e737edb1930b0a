# Shared by the project's scripts; sourced, never run. Bash 4.4 or newer.
#
# Rules the scripts keep: nothing outside the repository is written except packages that the system's own package
# manager installs; all state lies in .rookery/ (or $ROOKERY_STATE); a part that is missing and cannot be installed ends
# the script with one sentence that says what to install.
# shellcheck shell=bash

set -Eeuo pipefail

ROOKERY_ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
ROOKERY_STATE="${ROOKERY_STATE:-$ROOKERY_ROOT/.rookery}"
export ROOKERY_ROOT ROOKERY_STATE

say() { printf '%s\n' "$@"; }
note() { printf '  %s\n' "$*" >&2; }
warn() { printf 'warning: %s\n' "$*" >&2; }
die() {
    printf '\n%s: %s\n' "$(basename "$0")" "$1" >&2
    shift
    local line
    for line in "$@"; do printf '  %s\n' "$line" >&2; done
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# --- packages -------------------------------------------------------------------------------------------------------

can_install() { have apt-get && [ "$(id -u)" = 0 ]; }

# Refreshes the package lists once per script run (the marker is inherited by the scripts this one starts).
apt_update_once() {
    [ -z "${ROOKERY_APT_UPDATED:-}" ] || return 0
    mkdir -p "$ROOKERY_STATE/log"
    note "refreshing the package lists"
    apt-get update -q >"$ROOKERY_STATE/log/apt-update.log" 2>&1 ||
        warn "apt-get update failed, going on with the lists there are (see $ROOKERY_STATE/log/apt-update.log)"
    export ROOKERY_APT_UPDATED=1
}

# install_packages WHAT-FOR PACKAGE... : installs, or says exactly what to install.
install_packages() {
    local purpose="$1"
    shift
    if ! can_install; then
        die "$purpose is missing." \
            "On Debian or Ubuntu run as root:  apt-get install $*" \
            "On another system install what provides it, then start this again."
    fi
    apt_update_once
    mkdir -p "$ROOKERY_STATE/log"
    note "installing for $purpose: $*"
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" \
        >>"$ROOKERY_STATE/log/apt-install.log" 2>&1 ||
        die "could not install $* (for $purpose)." "The package manager's own words: $ROOKERY_STATE/log/apt-install.log"
}

# The mirror this machine uses for Debian, else Debian's own.
debian_mirror() {
    local site
    # shellcheck disable=SC2016 # $(SITE) is for apt-get
    site="$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 2>/dev/null | grep -m1 -E '/debian/?$' || true)"
    printf '%s\n' "${site:-http://deb.debian.org/debian}"
}

# Unpacks packages of a release of Debian into a folder, with lists and cache of their own: the machine's package manager
# does not notice. What is needed beside them is not unpacked. Its words go to STATE/fetch.log.
unpack_debian() { # RELEASE STATE ROOT PACKAGE...
    local release="$1" state="$2" root="$3" apt="$2/apt" package
    shift 3
    [ -e /usr/share/keyrings/debian-archive-keyring.gpg ] || install_packages "Debian's signatures" debian-archive-keyring
    rm -rf "$apt" "$root"
    mkdir -p "$apt"/{lists/partial,cache/archives/partial,debs,etc} "$root"
    : >"$apt/status"
    printf 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s %s main\n' "$(debian_mirror)" "$release" \
        >"$apt/etc/sources.list"
    local options=(-q -o "Dir::Etc::SourceList=$apt/etc/sources.list" -o Dir::Etc::SourceParts=/dev/null
        -o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null
        -o "Dir::State::Lists=$apt/lists" -o "Dir::State::Status=$apt/status" -o "Dir::Cache=$apt/cache"
        -o APT::Sandbox::User=root -o APT::Update::Post-Invoke-Success::= -o Acquire::Languages=none)
    { apt-get "${options[@]}" update && (cd "$apt/debs" && apt-get "${options[@]}" download "$@"); } \
        >"$state/fetch.log" 2>&1 || return 1
    for package in "$apt"/debs/*.deb; do dpkg-deb -x "$package" "$root"; done
    rm -rf "$apt"
}

ensure_command() { # COMMAND WHAT-FOR PACKAGE...
    local command="$1"
    shift
    have "$command" || install_packages "$@"
}

ensure_curl() { ensure_command curl "curl (asks the programs how they are)" curl ca-certificates; }
ensure_maven() { ensure_command mvn "Maven" maven; }

# The UI is built by Node 20 or newer; a distribution's older one is refused here rather than by a riddle from Vite.
ensure_node() {
    if ! have node || ! have npm; then
        install_packages "Node.js (builds the panel's UI)" nodejs npm
    fi
    local major
    major="$(command node -p 'process.versions.node.split(".")[0]')"
    [ "$major" -ge 20 ] || die "Node.js $(command node --version) is too old to build the panel's UI." "Install Node.js 20 or newer."
}

find_chromium() {
    local candidate
    for candidate in "${ROOKERY_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        [ -n "$candidate" ] || continue
        command -v "$candidate" 2>/dev/null && return 0
    done
    return 1
}

ensure_chromium() { find_chromium >/dev/null || install_packages "Chromium (the browser test)" chromium; }

ensure_bubblewrap() { ensure_command bwrap "bubblewrap (keeps the process runtime's servers apart)" bubblewrap; }

# What people load files up and down with.
ensure_sftp_clients() {
    ensure_command sftp "OpenSSH's client" openssh-client
    ensure_command lftp "lftp (an SFTP client)" lftp
    ensure_command rclone "rclone (an SFTP client)" rclone
    ensure_command sshfs "sshfs (mounts files over SFTP)" sshfs
    ensure_command rsync "rsync" rsync
    ensure_command git "git" git
    # Some machines have the file system but not its device.
    if [ ! -e /dev/fuse ] && [ "$(id -u)" = 0 ]; then
        modprobe fuse 2>/dev/null || true
        mknod -m 666 /dev/fuse c 10 229 2>/dev/null || true
    fi
}

ensure_archive_programs() {
    ensure_command zip "zip" zip
    ensure_command unzip "unzip" unzip
    ensure_command zstd "zstd" zstd
    ensure_command lz4 "lz4" lz4
    ensure_command bzip2 "bzip2" bzip2
    ensure_command xz "xz" xz-utils
    ensure_command bsdtar "bsdtar (reads and writes archives)" libarchive-tools
}

ensure_caddy() { ensure_command caddy "Caddy (runs the configurations that are made for it)" caddy; }

# Debian keeps the module for connections in a package of its own.
ensure_nginx() {
    ensure_command openssl "OpenSSL (makes certificates for nginx)" openssl
    have nginx || [ -x /usr/sbin/nginx ] || install_packages "nginx (runs the configurations that are made for it)" nginx-light
    [ ! -d /usr/lib/nginx/modules ] || [ -e /usr/lib/nginx/modules/ngx_stream_module.so ] ||
        install_packages "nginx's module for connections" libnginx-mod-stream
}

ensure_wrk() { ensure_command wrk "wrk (asks proxies while they get new configurations)" wrk; }

# Debian keeps the server's programs beside the PATH, a folder for each version.
find_postgres() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || have initdb; }

ensure_postgres() { find_postgres || install_packages "PostgreSQL (the panel's second database)" postgresql; }

# --- Java -----------------------------------------------------------------------------------------------------------

java_major() { # HOME -> 17; from its release file, because starting a JVM for each candidate takes seconds
    local major
    major="$(sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' "$1/release" 2>/dev/null | head -n 1)"
    [ -n "$major" ] || major="$("$1/bin/java" -XshowSettings:properties -version 2>&1 |
        sed -n 's/^ *java\.specification\.version = \(1\.\)\{0,1\}//p')"
    printf '%s\n' "$major"
}

is_jdk() { [ -n "${1:-}" ] && [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ]; }

jdk_on_path() { have javac && dirname "$(dirname "$(readlink -f "$(command -v javac)")")"; }

# The JDK with exactly this version, from JAVA_HOME_<n>, JAVA_HOME, PATH or the usual folders.
find_jdk() { # 25
    local wanted="$1" candidate variable="JAVA_HOME_$1"
    for candidate in "${!variable:-}" "${JAVA_HOME:-}" "$(jdk_on_path || true)" \
        /usr/lib/jvm/*"$wanted"* /usr/lib/jvm/* /opt/jdk* "${HOME:-/root}"/.sdkman/candidates/java/*; do
        if is_jdk "$candidate" && [ "$(java_major "$candidate")" = "$wanted" ]; then
            (cd "$candidate" && pwd -P)
            return 0
        fi
    done
    return 1
}

# The newest JDK there is, if it is at least this version.
find_newest_jdk() { # 17
    local version
    for version in {30..17}; do
        [ "$version" -ge "$1" ] || break
        find_jdk "$version" && return 0
    done
    return 1
}

apt_offers() { # PACKAGE: known to the package manager?
    have apt-cache && [ -n "$(apt-cache policy "$1" 2>/dev/null | sed -n 's/^ *Candidate: \([^(].*\)$/\1/p')" ]
}

ensure_jdk() { # 25 -> installs it where the package manager offers it; says no (1) otherwise
    local version="$1" package
    find_jdk "$version" >/dev/null && return 0
    can_install || return 1
    apt_update_once
    for package in "openjdk-$version-jdk-headless" "temurin-$version-jdk"; do
        if apt_offers "$package"; then
            install_packages "JDK $version" "$package"
            find_jdk "$version" >/dev/null && return 0
        fi
    done
    return 1
}

# --- container engine -----------------------------------------------------------------------------------------------

# Does an engine answer where the Docker client would look (DOCKER_HOST, else the default socket)?
engine_answers() {
    if have docker; then
        timeout 20 docker version --format '{{.Server.Version}}' >/dev/null 2>&1
    else
        [ -z "${DOCKER_HOST:-}" ] && have curl &&
            curl -fsS -m 10 --unix-socket /var/run/docker.sock http://localhost/_ping >/dev/null 2>&1
    fi
}

image_exists() { docker image inspect "$1" >/dev/null 2>&1; }

# --- processes ------------------------------------------------------------------------------------------------------

# A pid file holds "<pid> <start time>": a recycled process id is never taken for ours.
process_birth() { # everything after the last ")" starts with field 3, the start time is field 22
    [ -r "/proc/$1/stat" ] && sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20
}

remember_process() { printf '%s %s\n' "$2" "$(process_birth "$2")" >"$1"; } # FILE PID

process_of() { # FILE -> pid, if that very process still runs
    local pid birth
    [ -s "$1" ] || return 1
    read -r pid birth <"$1"
    [ -n "$birth" ] && [ "$(process_birth "$pid")" = "$birth" ] || return 1
    # A zombie whose parent has not collected it has ended, too.
    [ "$(sed 's/.*) //' "/proc/$pid/stat" 2>/dev/null | cut -c1)" != Z ] || return 1
    printf '%s\n' "$pid"
}

# end_process FILE SECONDS: asks the process to end, forces it after that time, removes the file.
end_process() {
    local file="$1" patience="$2" pid waited=0
    if pid="$(process_of "$file")"; then
        kill -TERM "$pid" 2>/dev/null || true
        while process_of "$file" >/dev/null; do
            if [ "$waited" -ge $((patience * 10)) ]; then
                warn "process $pid did not end within $patience s and is killed"
                kill -KILL "$pid" 2>/dev/null || true
                break
            fi
            sleep 0.1
            waited=$((waited + 1))
        done
    fi
    rm -f "$file"
}
