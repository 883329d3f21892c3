package io.tributary.controlplane.heartbeat;

import io.tributary.contracts.node.Heartbeat;
import io.tributary.contracts.node.NodeCapacity;
import io.tributary.contracts.node.NodeEndpoint;
import io.tributary.contracts.node.NodeLoad;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a heartbeat may say. Its figures steer placement and rankings, so what no machine can have
 * is refused. Its text for people is not refused but made harmless: a node must not be given up for
 * the words in which it complains. Pure.
 */
final class HeartbeatCheck {
  /** A node has few addresses; each is probed. */
  private static final int MAX_ENDPOINTS = 8;

  /** 10 Tbit/s and 10 PB: ten times what the largest single machine has. */
  private static final long MAX_BITS_PER_SECOND = 10_000_000_000_000L;

  private static final long MAX_STORE_BYTES = 10_000_000_000_000_000L;

  private static final String POSSIBLE =
      "from 0 to " + MAX_BITS_PER_SECOND + " bit/s and " + MAX_STORE_BYTES + " bytes";

  private static final int MAX_VERSION_LENGTH = 64;
  private static final int MAX_REASON_LENGTH = 200;

  /** Its distance to our clock fits a number of milliseconds. */
  private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59Z");

  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]");

  /** Breaks a log line, or the quotes around it. */
  private static final Pattern UNFIT_FOR_LOGS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\"]+");

  private HeartbeatCheck() {}

  /** What is wrong with it: field, value and what was expected; empty if nothing is. */
  static Optional<String> wrong(Heartbeat heartbeat) {
    @Nullable String wrong = missing(heartbeat);
    if (wrong == null) {
      wrong = wrongText(heartbeat);
    }
    if (wrong == null) {
      wrong = wrongEndpoints(heartbeat);
    }
    if (wrong == null) {
      wrong = wrongFigures(heartbeat.capacity(), heartbeat.load());
    }
    return Optional.ofNullable(wrong);
  }

  /** The node's own words, in one line of bounded length. */
  static @Nullable String harmless(@Nullable String reason) {
    if (reason == null) {
      return null;
    }
    // Cut first: what a stranger sends may be long.
    String cut =
        reason.length() > MAX_REASON_LENGTH ? reason.substring(0, MAX_REASON_LENGTH) : reason;
    return UNFIT_FOR_LOGS.matcher(cut).replaceAll(" ");
  }

  private static @Nullable String missing(Heartbeat heartbeat) {
    // What JSON lacks arrives as null whatever the record's type says.
    return Stream.of(
            new Field("sentAt", heartbeat.sentAt()),
            new Field("condition", heartbeat.condition()),
            new Field("capacity", heartbeat.capacity()),
            new Field("load", heartbeat.load()),
            new Field("inventoryDigest", heartbeat.inventoryDigest()))
        .filter(field -> field.value() == null)
        .findFirst()
        .map(field -> field.name() + " is missing")
        .orElse(null);
  }

  private record Field(String name, @Nullable Object value) {}

  private static @Nullable String wrongText(Heartbeat heartbeat) {
    Instant sentAt = heartbeat.sentAt();
    if (sentAt.isBefore(Instant.EPOCH) || sentAt.isAfter(LAST_TIME)) {
      return "sentAt is " + sentAt + " (expected: a time from 1970 to 9999)";
    }
    @Nullable String version = heartbeat.softwareVersion();
    if (version != null && version.length() > MAX_VERSION_LENGTH) {
      return "softwareVersion has "
          + version.length()
          + " characters (expected: at most "
          + MAX_VERSION_LENGTH
          + ")";
    }
    return null;
  }

  private static @Nullable String wrongEndpoints(Heartbeat heartbeat) {
    int count = heartbeat.endpoints().size();
    if (count < 1 || count > MAX_ENDPOINTS) {
      return "endpoints has " + count + " entries (expected: 1 to " + MAX_ENDPOINTS + ")";
    }
    for (NodeEndpoint each : heartbeat.endpoints()) {
      boolean isGood =
          ("http".equals(each.scheme()) || "https".equals(each.scheme()))
              && isHost(each.host())
              && each.port() >= 1
              && each.port() <= 65_535;
      if (!isGood) {
        return "endpoints has "
            + each
            + " (expected: http or https, a host, and a port 1 to 65535)";
      }
    }
    return null;
  }

  private static boolean isHost(@Nullable String host) {
    return host != null && HOST.matcher(host).matches();
  }

  private static @Nullable String wrongFigures(NodeCapacity capacity, NodeLoad load) {
    boolean isPossible =
        isWithin(capacity.egressBitsPerSecond(), MAX_BITS_PER_SECOND)
            && isWithin(capacity.storeBytes(), MAX_STORE_BYTES)
            && capacity.connections() >= 0;
    if (!isPossible) {
      return "capacity is " + capacity + " (expected: " + POSSIBLE + ")";
    }
    boolean isPossibleLoad =
        isWithin(load.egressBitsPerSecond(), MAX_BITS_PER_SECOND)
            && isWithin(load.fillBitsPerSecond(), MAX_BITS_PER_SECOND)
            && isWithin(load.storeBytes(), MAX_STORE_BYTES)
            && load.connections() >= 0;
    return isPossibleLoad ? null : "load is " + load + " (expected: " + POSSIBLE + ")";
  }

  private static boolean isWithin(long value, long most) {
    return value >= 0 && value <= most;
  }
}
