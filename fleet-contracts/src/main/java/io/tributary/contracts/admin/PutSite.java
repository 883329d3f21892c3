package io.tributary.contracts.admin;

import org.jspecify.annotations.Nullable;

/**
 * The body of {@code PUT /admin/v1/sites/{siteId}}: all of a site. What is left out is taken away.
 *
 * @param networkId whose place it is; the network must exist
 * @param name of the place, for people: 1 to 200 characters
 * @param latitude degrees north, -90 to 90; null, with {@code longitude}, for a place that nobody
 *     tells
 * @param longitude degrees east, -180 to 180; null with {@code latitude}
 */
public record PutSite(
    String networkId, String name, @Nullable Double latitude, @Nullable Double longitude) {}
