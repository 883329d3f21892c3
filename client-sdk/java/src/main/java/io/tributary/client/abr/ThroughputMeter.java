package io.tributary.client.abr;

import java.util.OptionalLong;

/**
 * Turns transfers that may overlap into samples: bytes over the union of the times in which at
 * least one was running, because sound and picture share one link. A transfer runs from its first
 * byte to its last; waiting for the first byte says nothing about the rate.
 *
 * <p>Time is an argument. Safe for use by many threads.
 */
public final class ThroughputMeter {
  private final long minSampleBytes;
  private final ThroughputEstimate estimate;
  private int running;
  private long busySinceNanos;
  private long sampleBytes;
  private long sampleNanos;

  public ThroughputMeter(AbrConfig config) {
    minSampleBytes = config.minSampleBytes();
    estimate = new ThroughputEstimate(config);
  }

  /** A transfer's first byte is about to be read. */
  public synchronized void started(long nowNanos) {
    if (running++ == 0) {
      busySinceNanos = nowNanos;
    }
  }

  /** Bytes of a running transfer came. */
  public synchronized void received(long bytes) {
    sampleBytes += bytes;
  }

  /** A transfer ended, whole or not. */
  public synchronized void ended(long nowNanos) {
    sampleNanos += nowNanos - busySinceNanos;
    busySinceNanos = nowNanos;
    running--;
    if (sampleBytes >= minSampleBytes) {
      estimate.add(sampleBytes, sampleNanos);
      sampleBytes = 0;
      sampleNanos = 0;
    }
  }

  /** Bits a second; empty before the first sample. */
  public synchronized OptionalLong bitsPerSecond() {
    return estimate.bitsPerSecond();
  }
}
