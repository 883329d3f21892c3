package io.tributary.playback.manifest;

import io.tributary.contracts.media.PackageRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a play's manifests are rendered from beside the package, and that a renewal needs. It
 * travels, signed, in their URLs, so that any replica renders and renews any play with the store
 * and steering away.
 *
 * @param playbackId the play
 * @param ref its package
 * @param durationMillis of the package
 * @param stops the nodes, best first, at least one
 * @param grantedAt when it was granted
 * @param expiresAt when manifests and media tokens end
 * @param client the viewer's network, such as {@code 192.0.2.0/24}; empty where it is not known
 * @param owner whose play it is, as {@link #owner(String, String)} writes it; empty for nobody's
 */
public record PlayPass(
    String playbackId,
    PackageRef ref,
    long durationMillis,
    List<Stop> stops,
    Instant grantedAt,
    Instant expiresAt,
    String client,
    String owner) {
  private static final int PATHWAY_BYTES = 6;

  /** Enough that nobody finds a second account of the same hash. */
  private static final int OWNER_BYTES = 16;

  public PlayPass {
    stops = List.copyOf(stops);
    if (stops.isEmpty()) {
      throw new IllegalArgumentException("stops are empty (expected: at least one node)");
    }
  }

  /** One node of the play; {@code baseUrl} has no slash at its end. */
  public record Stop(String nodeId, String baseUrl) {}

  /**
   * The node's name in this play's manifests: tells a viewer nothing, differs from play to play,
   * and stays the same when the play is renewed.
   */
  public String pathwayId(Stop stop) {
    return pathwayId(playbackId, stop.nodeId());
  }

  /** As {@link #pathwayId(Stop)}, where there is no pass yet. */
  public static String pathwayId(String playbackId, String nodeId) {
    return hash(playbackId + "/" + nodeId, PATHWAY_BYTES);
  }

  /**
   * An account in a pass: a hash, since the pass travels in URLs, and another one in every play.
   * Empty where there is no account.
   */
  public static String owner(String playbackId, @Nullable String accountId) {
    return accountId == null ? "" : hash(playbackId + "/account/" + accountId, OWNER_BYTES);
  }

  /** Whether this is a play of that account; never for a play without one. */
  public boolean isOf(@Nullable String accountId) {
    return accountId != null && owner.equals(owner(playbackId, accountId));
  }

  private static String hash(String text, int bytes) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
