#!/bin/sh
# Runs two routers of an ISP, and BIRD and ExaBGP as they stand beside a node, in the namespaces and the folder it is
# started in, until its input ends. Its argument is the folder of their configurations. It has to be the first process of
# its namespace, so that all end with it: an ExaBGP whose process takes no more of it ends at no signal but the last.
set -eu

ip link set lo up
for number in 1 2 4 5; do
  ip address add "10.99.0.$number/32" dev lo
  ip address add "fd99::$number/128" dev lo nodad
done

cp "$1"/*.conf .
for high in 0 1 2 3 4 5 6 7; do
  low=0
  while [ "$low" -lt 256 ]; do
    echo "route 20.$high.$low.0/24 blackhole;"
    low=$((low + 1))
  done
done > full_table.conf
printf '#!/bin/sh\nexec socat STDIO UNIX-CONNECT:%s,forever,interval=1\n' "$PWD/oca-node.sock" > to-oca-node
chmod 755 to-oca-node

for router in isp beside; do
  bird -c "$router.conf" -s "$router.ctl" -P "$router.pid"
done
mkdir vty
/usr/lib/frr/bgpd -d -S -Z -n -l 10.99.0.4 -f "$PWD/other.conf" -i "$PWD/other.pid" --vty_socket "$PWD/vty" -P 0
env exabgp.tcp.bind="10.99.0.5 fd99::5" exabgp.daemon.user=root exabgp.daemon.drop=false exabgp.api.cli=false \
  exabgp.log.destination=stderr exabgp exabgp.conf &

cat > /dev/null
