#!/bin/sh
# Makes what install.sh and upgrade.sh take: dist/ with the wheel, the hashed lock, the bill of materials and these files. Run at the source.
set -eu
cd "$(dirname "$0")/.."
lock=${1:-base}
./hamroh messages --compile >/dev/null
rm -rf dist
mkdir -p dist
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || echo 1700000000)
export SOURCE_DATE_EPOCH
"${HAMROH_VENV:-.venv}/bin/python" -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation -w dist .
cp "requirements/$lock.lock" dist/hamroh.lock
cp -R deploy dist/deploy
./hamroh sbom --lock "$lock" --out dist/hamroh.cdx.json
(cd dist && sha256sum ./*.whl hamroh.lock hamroh.cdx.json)
