package io.tributary.steering.location;

import java.net.InetAddress;
import java.util.Optional;

/** Where addresses are on Earth. Safe for use by many threads. */
public interface Geography {
  /** Knows of no address where it is. */
  Geography UNKNOWN = address -> Optional.empty();

  /** Where the address is; empty if that is not known. Never throws. */
  Optional<Coordinates> find(InetAddress address);
}
