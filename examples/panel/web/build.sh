#!/bin/sh
# Builds the UI into dist/, if anything changed since the last time. Maven calls it; without Node.js 20 it leaves the UI out,
# says so in the build's summary, and the panel serves its API alone.
set -eu
cd "$(dirname "$0")"

leave_out() {
    mkdir -p target
    printf 'web UI\t%s\n' "$1" >target/left-out.txt
    echo "[WARNING] The panel's web UI is left out: $1"
    exit 0
}

{ command -v node && command -v npm; } >/dev/null 2>&1 || leave_out "Node.js 20 or newer is missing"
node -e 'const [major, minor] = process.versions.node.split("."); process.exit(major > 20 || (major == 20 && minor >= 19) ? 0 : 1)' ||
    leave_out "Node.js $(node --version) is too old (expected: 20.19 or newer)"
rm -f target/left-out.txt

if [ -f dist/index.html ] &&
    [ -z "$(find src public index.html package-lock.json tsconfig.json vite.config.ts -type f -newer dist/index.html -print | head -n 1)" ]; then
    exit 0
fi
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    npm ci --no-audit --no-fund || { echo "[ERROR] npm ci failed. Build without the UI: -DskipWeb" >&2; exit 1; }
    touch node_modules/.package-lock.json
fi
npm run --silent build
