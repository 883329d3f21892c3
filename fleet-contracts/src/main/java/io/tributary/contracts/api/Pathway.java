package io.tributary.contracts.api;

/**
 * One place to fetch the whole package from.
 *
 * @param pathwayId opaque, of this play alone; the same after a renewal
 * @param nodeId the node behind it, for reports and support
 * @param baseUrl ends in a slash; a {@code PackageFile}'s path appended to it is that file's URL
 */
public record Pathway(String pathwayId, String nodeId, String baseUrl) {}
