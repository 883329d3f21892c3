package io.tributary.steering.http;

import io.tributary.steering.brain.SteeringBrain;
import io.tributary.steering.location.ClientNetwork;
import io.tributary.steering.ranking.NearnessRanker;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of a question, whichever face asks. Each throws {@link IllegalArgumentException}
 * with the field, its value and what was expected.
 */
final class Questions {
  /** Opaque to us, yet it is hashed and recorded. */
  private static final int MAX_PLAYBACK_ID = 200;

  /** More than any stream takes; a figure beyond it would make every node look full. */
  private static final long MAX_BITS_PER_SECOND = 1_000_000_000;

  private Questions() {}

  static String playbackId(@Nullable String told) {
    String playbackId = present(told, "playbackId");
    if (playbackId.isEmpty() || playbackId.length() > MAX_PLAYBACK_ID) {
      throw new IllegalArgumentException(
          "playbackId has "
              + playbackId.length()
              + " characters (expected: 1 to "
              + MAX_PLAYBACK_ID
              + ")");
    }
    return playbackId;
  }

  static Optional<ClientNetwork> client(@Nullable String address) {
    try {
      return ClientNetwork.of(address == null ? "" : address);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "clientAddress is " + address + " (expected: an IP address)", e);
    }
  }

  static int maxNodes(int maxNodes) {
    if (maxNodes < 1 || maxNodes > NearnessRanker.MAX_NODES) {
      throw new IllegalArgumentException(
          "maxNodes is " + maxNodes + " (expected: 1 to " + NearnessRanker.MAX_NODES + ")");
    }
    return maxNodes;
  }

  static long bitsPerSecond(@Nullable Long told) {
    if (told == null) {
      return SteeringBrain.USUAL_BITS_PER_SECOND;
    }
    if (told < 1 || told > MAX_BITS_PER_SECOND) {
      throw new IllegalArgumentException(
          "bitsPerSecond is " + told + " (expected: 1 to " + MAX_BITS_PER_SECOND + ")");
    }
    return told;
  }

  static List<String> manifestNodes(List<String> manifestNodes) {
    int distinct = Set.copyOf(manifestNodes).size();
    if (distinct > NearnessRanker.MAX_NODES || distinct < manifestNodes.size()) {
      throw new IllegalArgumentException(
          "manifestNodes are "
              + manifestNodes.size()
              + ", "
              + distinct
              + " of them distinct (expected: at most "
              + NearnessRanker.MAX_NODES
              + ", all distinct)");
    }
    return manifestNodes;
  }

  static String present(@Nullable String value, String name) {
    if (value == null) {
      throw new IllegalArgumentException(name + " is absent (expected: a text)");
    }
    return value;
  }
}
