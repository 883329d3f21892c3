package io.tributary.steering.location;

import java.util.List;

/**
 * Sites that are equally near to a client.
 *
 * @param siteIds at least one, in the order of their ids
 * @param found why they are this near
 */
public record Tier(List<String> siteIds, Found found) {}
