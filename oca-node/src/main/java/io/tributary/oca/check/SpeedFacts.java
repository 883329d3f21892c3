package io.tributary.oca.check;

import org.jspecify.annotations.Nullable;

/**
 * How fast the store's disk took and gave one large file.
 *
 * @param egressBitsPerSecond that the node may send at most
 * @param maxBytes that the store may hold
 * @param writtenBytes and synced
 * @param writeNanos that it took
 * @param readBytes of the same file
 * @param readNanos that it took
 * @param isPastCache false when the bytes may have come from memory
 * @param failure null when nothing broke
 */
record SpeedFacts(
    long egressBitsPerSecond,
    long maxBytes,
    long writtenBytes,
    long writeNanos,
    long readBytes,
    long readNanos,
    boolean isPastCache,
    @Nullable String failure) {
  private static final double NANOS_A_SECOND = 1e9;

  long writeBytesPerSecond() {
    return rate(writtenBytes, writeNanos);
  }

  long readBytesPerSecond() {
    return rate(readBytes, readNanos);
  }

  private static long rate(long bytes, long nanos) {
    return (long) (bytes * NANOS_A_SECOND / Math.max(1, nanos));
  }
}
