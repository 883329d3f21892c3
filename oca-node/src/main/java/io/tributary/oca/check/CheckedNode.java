package io.tributary.oca.check;

import io.tributary.oca.heartbeat.ControlPlaneConfig;
import io.tributary.oca.serve.ServeConfig;
import io.tributary.oca.store.StoreConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings that a check compares the machine with. A wrong one that has no default is null, or
 * an empty list: what needs it is not looked at.
 *
 * @param nodeId as in the node's settings, like the rest
 * @param stateDirectory of its identity
 * @param endpoint where clients are told to reach the media door
 * @param enrolmentTokenFile null when none is set
 * @param egressBitsPerSecond what the node may send at most
 * @param store see there
 * @param serve see there
 * @param doors to call
 * @param caFile of whom the doors must be
 * @param controlPlane how long a call may take
 */
public record CheckedNode(
    String nodeId,
    Path stateDirectory,
    @Nullable URI endpoint,
    @Nullable Path enrolmentTokenFile,
    long egressBitsPerSecond,
    StoreConfig store,
    ServeConfig serve,
    List<URI> doors,
    @Nullable Path caFile,
    ControlPlaneConfig controlPlane) {
  public CheckedNode {
    doors = List.copyOf(doors);
  }
}
