#!/bin/sh
# Locks what a user installs (base, with PostgreSQL: postgres), what the linkage of whole lists adds (bulk), all styles of
# citations (citations), faces made unrecognisable in pictures (faces) and what a developer adds (dev): hashed, without any index address. Needs uv.
set -eu
cd "$(dirname "$0")/.."
options="--quiet --universal --python-version 3.11.5 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --group setup"
uv pip compile $options "$@" pyproject.toml -o requirements/base.lock
uv pip compile $options "$@" --extra postgres -c requirements/base.lock pyproject.toml -o requirements/postgres.lock
uv pip compile $options "$@" --extra bulk -c requirements/postgres.lock pyproject.toml -o requirements/bulk.lock
uv pip compile $options "$@" --extra citations -c requirements/base.lock pyproject.toml -o requirements/citations.lock
uv pip compile $options "$@" --extra faces -c requirements/base.lock pyproject.toml -o requirements/faces.lock
uv pip compile $options "$@" --extra postgres --extra bulk --extra citations --extra faces --group dev -c requirements/postgres.lock -c requirements/bulk.lock -c requirements/citations.lock -c requirements/faces.lock pyproject.toml -o requirements/dev.lock
