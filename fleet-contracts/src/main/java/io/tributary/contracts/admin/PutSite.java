package io.tributary.contracts.admin;

/**
 * The body of {@code PUT /admin/v1/sites/{siteId}}.
 *
 * @param networkId whose place it is
 * @param name of the place
 */
public record PutSite(String networkId, String name) {}
