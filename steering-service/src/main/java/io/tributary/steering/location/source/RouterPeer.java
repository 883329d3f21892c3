package io.tributary.steering.location.source;

import io.tributary.steering.location.IpPrefix;

/**
 * The router that a route was heard from.
 *
 * @param address its own
 * @param asn its network's
 */
record RouterPeer(IpPrefix address, long asn) {}
