# Shared by the scripts that measure nodes beside the tools of the system; sourced after lib.sh, never run.
#
# They measure a node of ours as a process of its own, with a heap of 128 MiB, and beside it another project's daemon where ROOKERY_WINGS_PELICAN
# names its program (root and a container engine are needed then). All sides of a round run one after the other; the first round only
# warms up. ROOKERY_BUILT=1 takes the programs as the last build left them. What the node's JVM shall do besides: ROOKERY_JAVA_OPTIONS.
# shellcheck shell=bash
# shellcheck disable=SC2154 # node_* and beside_* are said by the stand

work="" times="" stand="" round=0 sides=(node) processes=()

require_commands() { # COMMAND=PACKAGE...
    local pair missing=()
    for pair in "$@"; do
        have "${pair%%=*}" || [ -x "/usr/sbin/${pair%%=*}" ] || missing+=("${pair#*=}")
    done
    [ ${#missing[@]} = 0 ] || die "programs are missing" "install them, for example: apt-get install ${missing[*]}"
}

show_head() { sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"; }

# Makes the programs and a directory for everything, which is removed in the end.
begin_benchmark() {
    require_commands curl=curl
    JAVA_HOME="${JAVA_HOME:-$(find_newest_jdk 17)}"
    export JAVA_HOME
    if [ -z "${ROOKERY_BUILT:-}" ]; then
        ensure_maven
        note "building"
        (cd "$ROOKERY_ROOT" && mvn -q -ntp -pl examples/load,examples/node -am package -DskipTests)
    fi
    mkdir -p "$ROOKERY_ROOT/target"
    work="$(mktemp -d "$ROOKERY_ROOT/target/benchmark.XXXXXX")"
    times="$work/times"
    mkdir "$times"
    trap end_benchmark EXIT
}

end_benchmark() {
    local process
    exec 9>&- || true
    for process in "${processes[@]}"; do kill "$process" 2>/dev/null || true; done
    # It removes its containers and ends its nodes.
    [ -z "$stand" ] || wait "$stand" 2>/dev/null || true
    rm -rf "$work"
}

# Says where the nodes' files will be and how they are reached, in node_* and beside_*; the nodes do not run yet.
prepare_stand() { # OPTION...
    local options=("$@")
    if engine_answers; then options+=(--runtime docker); else options+=(--runtime process); fi
    if [ -n "${ROOKERY_WINGS_PELICAN:-}" ]; then
        options+=(--beside "$ROOKERY_WINGS_PELICAN")
        sides+=(beside)
    fi
    mkfifo "$work/in"
    mkdir "$work/nodes"
    ROOKERY_START_CACHE=off ROOKERY_JAVA_OPTIONS="-Xmx128m ${ROOKERY_JAVA_OPTIONS:-}" \
        "$JAVA_HOME/bin/java" -Xmx64m -XX:+UseSerialGC -Djava.io.tmpdir="$work/nodes" -jar "$ROOKERY_ROOT/examples/load/target/rookery-load.jar" load stand \
        --node "$ROOKERY_ROOT/examples/node/bin/rookery-node" "${options[@]}" <"$work/in" >"$work/out" 2>"$work/err" &
    stand=$!
    exec 9>"$work/in"
    await_stand prepared
}

start_stand() {
    echo start >&9
    await_stand started
}

await_stand() { # WORD
    local line
    for _ in $(seq 1200); do
        if grep -q "^$1=" "$work/out"; then
            # shellcheck disable=SC1090 # assignments of the stand
            . <(grep -E '^(node|beside)_[a-z]+=[A-Za-z0-9:/._-]*$' "$work/out")
            return 0
        fi
        kill -0 "$stand" 2>/dev/null || break
        sleep 0.1
    done
    line="$(tail -5 "$work/err")"
    die "the nodes did not start" "$line"
}

of_side() { local name="$1_$2"; printf '%s' "${!name}"; } # SIDE WHAT

api() { # SIDE METHOD PATH [BODY]
    local body=()
    [ $# -lt 4 ] || body=(-H 'Content-Type: application/json' --data-binary "$4")
    curl -sf -o /dev/null -X "$2" -H "Authorization: Bearer $(of_side "$1" token)" "${body[@]}" \
        "$(of_side "$1" url)/api/servers/$(of_side "$1" server)/$3"
}

called() { if [ "$1" = node ]; then printf Rookery; else basename "$ROOKERY_WINGS_PELICAN"; fi; } # SIDE

# Processor time of a process so far, and of its children that have ended.
hundredths_of() { # PID
    sed 's/.*) //' "/proc/$1/stat" | awk '{ print $12 + $13 + $14 + $15 }'
}

# One side of a round. The processor time of SIDE_pid, which is a node or another server, counts as that of the command.
take() { # NAME SIDE COMMAND...
    local file="$times/$1.$2" pid="$2_pid" before=0 spent TIMEFORMAT='%R %U %S'
    pid="${!pid:-}"
    shift 2
    [ -z "$pid" ] || before="$(hundredths_of "$pid")"
    spent="$({ time "$@" >&3 2>&4; } 3>/dev/null 4>>"$work/err" 2>&1)" || die "failed: $*" "$(tail -3 "$work/err")"
    if [ -n "$pid" ]; then
        sleep 0.2 # until a server has taken note of a child that ended
        before=$(($(hundredths_of "$pid") - before))
    fi
    spent="$(awk -v node="$before" '{ print $1, $2 + $3 + node / 100 }' <<<"$spent")"
    note "round $round: $(basename "$file") ${spent/ / s, processor } s"
    [ "$round" = 0 ] || echo "$spent" >>"$file"
}

# Yardstick's time / side's time of each round, and the same of processor time; the medians count.
result() { # TEXT NAME SIDE YARDSTICK-SIDE YARDSTICK [WANTED]
    paste -d ' ' "$times/$2.$3" "$times/$2.$4" | awk '{ print $3 / ($1 > 0 ? $1 : 0.001), $1, $3, $4 / ($2 > 0 ? $2 : 0.01) }' | sort -n >"$times/ratios"
    local cpu
    cpu="$(awk '{ print $4 }' "$times/ratios" | sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }')"
    awk -v text="$1, $(called "$3") / $5" -v wanted="${6:+ wanted $6;}" -v cpu="$cpu" '{ all[NR] = $1; ours[NR] = $2; theirs[NR] = $3 } END {
        m = int((NR + 1) / 2)
        printf "RESULT: %s: %.2f (%s processor time %.2f; median of %d rounds, %.2f to %.2f; %.2f s beside %.2f s)\n",
            text, all[m], wanted, cpu, NR, all[1], all[NR], ours[m], theirs[m] }' "$times/ratios" | sed 's/( /(/'
}

result_memory() {
    local side
    for side in "${sides[@]}"; do
        awk -v who="$(called "$side")" '/VmHWM|VmRSS/ { gsub(":", ""); kb[$1] = $2 } END {
            printf "RESULT: resident memory of %s: %d MiB, %d MiB at most\n", who, kb["VmRSS"] / 1024, kb["VmHWM"] / 1024 }' \
            "/proc/$(of_side "$side" pid)/status"
    done
}

conditions() {
    note "$(nproc) processors, load average before: $(cut -d ' ' -f 1-3 /proc/loadavg), $("$JAVA_HOME/bin/java" -version 2>&1 | head -1), Linux $(uname -r)"
}

# --- files to measure with ------------------------------------------------------------------------------------------

# Lines as logs have them, of a small vocabulary; always the same ones.
log_text() { # MEBIBYTES
    awk -v bytes="$(($1 * 1048576))" 'BEGIN {
        srand(7); n = split("chunk player world tick entity loaded saved joined left block region plugin error warning thread", word, " ")
        for (size = 0; size < bytes; ) {
            line = sprintf("[%02d:%02d:%02d] [Server thread/%d]:", rand() * 24, rand() * 60, rand() * 60, rand() * 9)
            for (i = 0; i < 8; i++) line = line " " word[1 + int(rand() * n)] "=" int(rand() * 100000)
            print line
            size += length(line) + 1
        }
    }'
}

cut_into() { # DIRECTORY PIECE-BYTES: of its input
    mkdir -p "$1"
    split -a 6 -d -b "$2" - "$1/f"
}

# What a server has among its files: logs in large and small files, what is compressed already, and something between.
mixed_files() { # DIRECTORY MEBIBYTES
    local text="$work/text" dense=$(($2 * 35 / 100)) half=$(($2 * 15 / 100)) small=$(($2 / 10)) large
    large=$(($2 - dense - half - small))
    log_text 32 >"$text"
    head -c "$((dense * 1048576))" /dev/urandom | cut_into "$1/dense" 4M
    base64 -w 76 /dev/urandom 2>/dev/null | head -c "$((half * 1048576))" | cut_into "$1/half" 512K || true
    repeat_text "$text" "$large" | cut_into "$1/large" 1M
    repeat_text "$text" "$small" | cut_into "$1/small" 8K
    rm -f "$text"
}

repeat_text() { # FILE MEBIBYTES
    local left="$2"
    while [ "$left" -gt 0 ]; do
        head -c "$(((left < 32 ? left : 32) * 1048576))" "$1"
        left=$((left - 32))
    done
}
