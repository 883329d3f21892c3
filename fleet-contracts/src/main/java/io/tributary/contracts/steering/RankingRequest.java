package io.tributary.contracts.steering;

/**
 * Asks for the nodes of one play: {@code POST /internal/v1/rankings}.
 *
 * @param playbackId spreads plays over equal nodes
 * @param titleId the title
 * @param packageVersion the package
 * @param clientAddress of the viewer
 * @param maxNodes 1 to 8
 */
public record RankingRequest(
    String playbackId, String titleId, String packageVersion, String clientAddress, int maxNodes) {}
