package io.tributary.sim.world;

import io.tributary.contracts.media.PackageRef;

/** A package; the lower its index the more popular it is. */
public record Pack(int index, PackageRef ref) {}
