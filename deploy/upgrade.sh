#!/bin/sh
# Brings a running installation to another version, without a request lost: upgrade.sh [WHEEL LOCK] [--without-backup]
# Back to the version before: upgrade.sh --back. Options of install.sh are understood, too.
set -eu
. "$(dirname "$0")/common.sh"
seconds=180

hamroh() { "$prefix/$1/bin/python" -m hamroh.site.cli "$2" $3 --home "$home"; }

# as the service's user, with its keys; without a service manager as who calls
prepare() {
    if [ "$service" = yes ]; then systemctl start hamroh-upgrade.service; else hamroh next upgrade ""; fi
}
main_pid() {
    if [ "$service" = yes ]; then systemctl show -p MainPID --value hamroh-web.service; else cat "$home/run/serve.pid"; fi
}
stop() { if [ "$service" = yes ]; then systemctl stop hamroh-web.service hamroh-worker.service; fi; }
start() { if [ "$service" = yes ]; then systemctl start hamroh-web.service hamroh-worker.service; fi; }
serving() { cat "$home/run/web.serving" 2>/dev/null || true; }

# the new process takes over from the one that serves; 1 where it did not within its time
hand_over() {
    wanted=$(readlink -f "$prefix/current")
    kill -USR2 "$(main_pid)"
    left=$seconds
    while [ "$(serving)" != "$wanted" ]; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || return 1
        sleep 1
    done
    if [ "$service" = yes ]; then systemctl restart hamroh-worker.service; fi
}

case " $* " in *" --back "*)
    before=$(readlink -f "$prefix/previous" 2>/dev/null) || true
    wheel=/dev/null lock=/dev/null
    for each in "$@"; do case "$each" in --without-service) service=no ;; esac; done
    while [ $# -gt 0 ]; do case "$1" in --prefix) prefix=$2 ;; --home) home=$2 ;; esac; shift; done
    before=$(readlink -f "$prefix/previous") && [ -d "$before" ] || refuse "there is no version before this one"
    now=$(readlink -f "$prefix/current")
    point current "$before"
    hand_over || { point current "$now"; refuse "the version before did not come up; $now goes on serving"; }
    point previous "$now"
    say "$before serves again"
    exit 0
    ;;
esac

take_options "$@"
[ -e "$prefix/current" ] || refuse "nothing is installed at $prefix: give deploy/install.sh"
make_version
old=$(readlink -f "$prefix/current")
[ "$old" != "$(readlink -f "$version")" ] || { say "$old serves already"; exit 0; }
point next "$version"
case "$rest" in *--without-backup*) ;; *)
    say "a backup first"
    if [ "$service" = yes ]; then systemctl start hamroh-backup.service; else hamroh current backup ""; fi
    ;;
esac
kept=0
if [ "$service" = yes ]; then
    runuser -u hamroh -- "$prefix/next/bin/python" -m hamroh.site.cli upgrade --check --home "$home" || kept=$?
else
    hamroh next upgrade --check || kept=$?
fi
case "$kept" in
    0)
        prepare
        point current "$version"
        if hand_over; then point previous "$old"; say "$version serves; $old is kept for: upgrade.sh --back"; exit 0; fi
        point current "$old"
        refuse "the new version did not come up within $seconds s; $old goes on serving"
        ;;
    3)
        [ "$service" = yes ] || refuse "these tables do not suit the version that serves: stop it, give \"hamroh upgrade\", start it"
        say "these tables do not suit the version that serves: it is stopped for the time; who asks waits"
        stop
        prepare || { start; refuse "the tables could not be brought up; $old serves again. Look: journalctl -u hamroh-upgrade"; }
        point current "$version"
        start
        rm -f "$prefix/previous"
        say "$version serves; there is no way back but the backup: the tables have changed"
        ;;
    *) refuse "the tables could not be looked at; nothing was changed" ;;
esac
