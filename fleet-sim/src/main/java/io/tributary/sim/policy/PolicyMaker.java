package io.tributary.sim.policy;

import io.tributary.sim.world.World;
import java.util.SplittableRandom;

/** Makes a replica that knows a fleet where all nodes are healthy and idle. */
public interface PolicyMaker {
  /** A replica of its own, whose chance is that generator. */
  SteeringPolicy make(World world, SplittableRandom random);
}
