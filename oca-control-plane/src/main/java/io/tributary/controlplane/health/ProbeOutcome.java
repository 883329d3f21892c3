package io.tributary.controlplane.health;

import java.util.Collection;
import java.util.Collections;

/** What became of trying an address, worst first. */
public enum ProbeOutcome {
  /**
   * No connection in time, a refused or broken one, no such name, or an answer that is not the
   * node's: nothing there serves in its name.
   */
  REFUSED,

  /**
   * It took the connection and did not answer in time. A process that hangs or stands still looks
   * like this, because its system takes connections for it.
   */
  ACCEPTED,

  /** It answered as the node does. */
  ANSWERED;

  /** The best of several addresses: a node serves where any of them does. */
  static ProbeOutcome best(Collection<ProbeOutcome> ofEach) {
    return Collections.max(ofEach);
  }
}
