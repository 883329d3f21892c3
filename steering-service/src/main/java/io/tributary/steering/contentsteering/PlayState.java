package io.tributary.steering.contentsteering;

import io.tributary.contracts.media.PackageRef;
import io.tributary.steering.location.ClientNetwork;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A running play, as its signed state tells it. Immutable.
 *
 * @param playbackId the play
 * @param ref its package
 * @param client the viewer's network when the play began; empty where it was not known
 * @param pathwaysByNode what its manifests call each of its nodes, best node first, at least one
 */
public record PlayState(
    String playbackId,
    PackageRef ref,
    Optional<ClientNetwork> client,
    Map<String, String> pathwaysByNode) {
  public PlayState {
    // Map.copyOf would lose the order.
    pathwaysByNode = Collections.unmodifiableMap(new LinkedHashMap<>(pathwaysByNode));
  }

  /** The nodes of its manifests, best first. */
  public List<String> nodes() {
    return List.copyOf(pathwaysByNode.keySet());
  }
}
