#!/bin/sh
# Runs three routers in the network namespace it is started in, and leaves dumps of what one of them has heard in the
# folder it is started in: v4.mrt, v6.mrt and with-path-ids.mrt. Its argument is the folder of their configurations.
set -eu
routers='collector west east'

stop() {
  for router in $routers; do
    [ ! -s "$router.pid" ] || kill "$(cat "$router.pid")" || true
  done
}
trap stop EXIT

ip link set lo up
for number in 1 2 3; do
  ip address add "10.99.0.$number/32" dev lo
  ip address add "fd99::$number/128" dev lo nodad
done
for router in $routers; do
  bird -c "$1/$router.conf" -s "$router.ctl" -P "$router.pid"
done

collector() {
  birdc -s collector.ctl "$@"
}

left=60
until collector show route count | grep -q '^Total: 7 of 7 routes'; do
  left=$((left - 1))
  [ "$left" -gt 0 ] || { collector show protocols all; exit 1; }
  sleep 0.5
done
collector mrt dump table '"master4"' to '"v4.mrt"'
collector mrt dump table '"master6"' to '"v6.mrt"'
# The table with path ids is dumped each second, so one with all routes is there after two.
sleep 2
