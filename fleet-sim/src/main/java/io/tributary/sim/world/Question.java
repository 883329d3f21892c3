package io.tributary.sim.world;

/** A play that needs nodes. */
public record Question(long play, Client client, Pack pack, long bitsPerSecond) {}
