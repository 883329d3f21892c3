package io.tributary.contracts.node;

/**
 * What a node does now.
 *
 * @param egressBitsPerSecond sent, averaged over the last heartbeat's interval
 * @param connections open now
 * @param storeBytes held
 * @param fillBitsPerSecond fetched, averaged likewise
 */
public record NodeLoad(
    long egressBitsPerSecond, int connections, long storeBytes, long fillBitsPerSecond) {}
