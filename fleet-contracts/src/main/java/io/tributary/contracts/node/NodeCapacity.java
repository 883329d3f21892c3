package io.tributary.contracts.node;

/**
 * What a node could do at most.
 *
 * @param egressBitsPerSecond what it may send
 * @param storeBytes what it may hold
 * @param connections what it may keep open
 */
public record NodeCapacity(long egressBitsPerSecond, long storeBytes, int connections) {}
