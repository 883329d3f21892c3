package io.tributary.sim.world;

import io.tributary.steering.location.Coordinates;

/** A site. */
public record Site(int index, String id, Coordinates coordinates) {}
