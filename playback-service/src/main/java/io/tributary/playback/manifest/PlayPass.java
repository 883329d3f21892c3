package io.tributary.playback.manifest;

import io.tributary.contracts.media.PackageRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * All that a play's manifests are rendered from beside the package. It travels, signed, in their
 * URLs, so that any replica renders any play with the store and steering away.
 *
 * @param playbackId the play
 * @param ref its package
 * @param stops the nodes, best first, at least one
 * @param grantedAt when it was granted
 * @param expiresAt when manifests and media tokens end
 */
public record PlayPass(
    String playbackId, PackageRef ref, List<Stop> stops, Instant grantedAt, Instant expiresAt) {
  private static final int PATHWAY_BYTES = 6;

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
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((playbackId + "/" + nodeId).getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Arrays.copyOf(digest, PATHWAY_BYTES));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
