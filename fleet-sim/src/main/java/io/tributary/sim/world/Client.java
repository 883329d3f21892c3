package io.tributary.sim.world;

import io.tributary.steering.location.ClientNetwork;
import io.tributary.steering.location.Coordinates;
import org.jspecify.annotations.Nullable;

/**
 * Viewers of one network of addresses.
 *
 * @param index among all clients
 * @param network their addresses
 * @param coordinates where they are
 * @param home the site whose network they are in; null for those of no site
 */
public record Client(
    int index, ClientNetwork network, Coordinates coordinates, @Nullable Site home) {}
