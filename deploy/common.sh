# What install.sh and upgrade.sh share: a version is a folder with an environment of its own, and "current" points to one.
prefix=/opt/hamroh
home=/srv/hamroh
python=python3
service=yes
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)

say() { printf 'hamroh: %s\n' "$*" >&2; }
refuse() { say "$*"; exit 1; }

# options that both take; what is left is in $rest
take_options() {
    rest=
    while [ $# -gt 0 ]; do
        case "$1" in
            --prefix) prefix=$2; shift ;;
            --home) home=$2; shift ;;
            --python) python=$2; shift ;;
            --without-service) service=no ;;
            --*) rest="$rest $1" ;;
            *) if [ -z "${wheel:-}" ]; then wheel=$1; else lock=$1; fi ;;
        esac
        shift
    done
    wheel=${wheel:-$(ls "$here"/../*.whl 2>/dev/null | head -n 1)}
    lock=${lock:-$here/../hamroh.lock}
    [ -f "$wheel" ] || refuse "no wheel: make one by deploy/build.sh, or name it: $0 WHEEL LOCK"
    [ -f "$lock" ] || refuse "no lock: $lock"
}

# the folder of a version, named by what is in it; made beside the others, whole or not at all
make_version() {
    version=$prefix/versions/$(basename "$wheel" | cut -d- -f2)-$(cat "$wheel" "$lock" | sha256sum | cut -c1-12)
    [ -f "$version/.whole" ] && { say "$version is there already"; return 0; }
    rm -rf "$version"
    mkdir -p "$prefix/versions"
    "$python" -m venv "$version"
    say "installing $(grep -c '==' "$lock") packages by hash into $version"
    "$version/bin/python" -m pip install --disable-pip-version-check --no-input --quiet --no-deps --require-hashes -r "$lock"
    "$version/bin/python" -m pip install --disable-pip-version-check --no-input --quiet --no-deps --no-index "$wheel"
    "$version/bin/python" -m compileall -q "$version/lib" >/dev/null 2>&1 || true
    "$version/bin/hamroh" --version >/dev/null || refuse "the new version does not start; nothing was changed"
    touch "$version/.whole"
}

# a symlink is exchanged in one step: nobody finds it missing
point() {
    ln -sfn "$2" "$prefix/.$1.new"
    mv -T "$prefix/.$1.new" "$prefix/$1"
}
