package io.tributary.contracts.admin;

/**
 * The body of {@code PUT /admin/v1/sites/{siteId}}.
 *
 * @param networkId whose place it is; the network must exist
 * @param name of the place, for people: 1 to 200 characters
 */
public record PutSite(String networkId, String name) {}
