package io.tributary.oca.check;

import io.tributary.oca.heartbeat.ControlPlaneConfig;
import io.tributary.oca.serve.ServeConfig;
import io.tributary.oca.store.StoreConfig;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The settings that a check compares the machine with.
 *
 * @param nodeId as in the node's settings, like the rest
 * @param stateDirectory of its identity
 * @param endpoint where clients are told to reach the media door
 * @param enrolmentTokenFile null when none is set
 * @param egressBitsPerSecond what the node may send at most
 * @param store see there
 * @param serve see there
 * @param controlPlane see there
 */
public record CheckedNode(
    String nodeId,
    Path stateDirectory,
    URI endpoint,
    @Nullable Path enrolmentTokenFile,
    long egressBitsPerSecond,
    StoreConfig store,
    ServeConfig serve,
    ControlPlaneConfig controlPlane) {}
