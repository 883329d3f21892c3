#!/bin/bash
# Boots systemd over this machine's own file system, of which nothing is changed: an overlay in memory, gone with the
# last process. Called in new mount, PID, IPC and UTS namespaces; the network is this machine's.
set -eu
work=$1

mount --make-rprivate /
mount -t tmpfs machine "$work"
mkdir "$work/upper" "$work/work" "$work/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$work/upper,workdir=$work/work" "$work/root"
cd "$work/root"
mount -t proc proc proc
mount -t sysfs sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount --rbind /dev dev
mount -t tmpfs tmpfs run
rm -f usr/sbin/policy-rc.d
# Nothing of what else is installed here is started.
printf '[Unit]\nDescription=Nothing but what is started by hand\nDefaultDependencies=no\n' >etc/systemd/system/machine.target
exec env -i container=machine PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  chroot . /lib/systemd/systemd --system --unit=machine.target --show-status=no
