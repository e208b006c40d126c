#!/bin/sh
# Installs Hamroh for systemd, as root: install.sh [WHEEL LOCK] [--master-key] [--prefix DIR] [--home DIR] [--python PYTHON]
# Can be given again: what is there stays. The home itself is made by "hamroh init", which asks you.
set -eu
. "$(dirname "$0")/common.sh"
take_options "$@"
make_version
if [ -e "$prefix/current" ]; then
    [ "$(readlink -f "$prefix/current")" = "$(readlink -f "$version")" ] || refuse "another version serves: give deploy/upgrade.sh instead"
else
    point current "$version"
fi
[ "$service" = yes ] || exit 0

[ "$(id -u)" = 0 ] || refuse "install as root, or with --without-service"
getent passwd hamroh >/dev/null || useradd --system --home-dir "$home" --shell /usr/sbin/nologin --user-group hamroh
install -d -m 0700 -o hamroh -g hamroh "$home" /var/backups/hamroh
install -d -m 0755 /etc/hamroh
for unit in "$here"/systemd/hamroh-*; do
    sed "s#/opt/hamroh/#$prefix/#g; s#/srv/hamroh#$home#g" "$unit" >"/etc/systemd/system/$(basename "$unit")"
done
case "$rest" in *--master-key*)
    key=/etc/credstore.encrypted/hamroh-master
    install -d -m 0700 /etc/credstore.encrypted
    [ -f "$key" ] || head -c 32 /dev/urandom | systemd-creds encrypt --name=hamroh-master - "$key"
    for unit in web worker backup drill upgrade; do
        install -d "/etc/systemd/system/hamroh-$unit.service.d"
        install -m 0644 "$here/systemd/master-key.conf" "/etc/systemd/system/hamroh-$unit.service.d/"
    done
    ;;
esac
systemctl daemon-reload
systemctl enable hamroh-web.socket hamroh-web.service hamroh-worker.service hamroh-backup.timer hamroh-drill.timer
if [ -f "$home/mode" ]; then
    systemctl start hamroh-web.socket hamroh-web.service hamroh-worker.service hamroh-backup.timer hamroh-drill.timer
else
    say "make the home: runuser -u hamroh -- $prefix/current/bin/hamroh init $home --backup-to /var/backups/hamroh"
    say "then: systemctl start hamroh-web hamroh-worker hamroh-backup.timer hamroh-drill.timer"
fi
