package io.tributary.contracts.api;

/**
 * A node of a play's ranking.
 *
 * @param pathwayId as in the manifests
 * @param nodeId the node
 * @param siteId the place where it stands
 * @param baseUrl the node's own, without token or package
 */
public record RankedNode(String pathwayId, String nodeId, String siteId, String baseUrl) {}
