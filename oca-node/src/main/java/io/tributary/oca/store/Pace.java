package io.tributary.oca.store;

/** How fast a reader may go; called after every piece read, and may wait. */
@FunctionalInterface
public interface Pace {
  /** As fast as the disk can. */
  Pace UNHINDERED = bytes -> {};

  /** So many bytes have just been read. */
  void read(int bytes);
}
