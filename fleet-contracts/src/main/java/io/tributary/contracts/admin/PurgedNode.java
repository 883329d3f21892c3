package io.tributary.contracts.admin;

/**
 * How far a purge is on one node.
 *
 * @param nodeId the node
 * @param state {@code untold} until it confirmed that it serves nothing of the title, then {@code
 *     refusing} until its inventory is without it, then {@code gone}
 * @param health its verdict in lower case, or {@code enrolled} before the first
 */
public record PurgedNode(String nodeId, String state, String health) {}
