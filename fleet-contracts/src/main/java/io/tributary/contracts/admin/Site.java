package io.tributary.contracts.admin;

import org.jspecify.annotations.Nullable;

/**
 * One place, one LAN.
 *
 * @param id 1 to 64 characters of {@code a-z 0-9 -}, starting with a letter or digit
 * @param networkId whose place it is
 * @param name of the place, for people
 * @param latitude degrees north, -90 to 90; null if nobody said where the site stands
 * @param longitude degrees east, -180 to 180; null with {@code latitude}
 */
public record Site(
    String id,
    String networkId,
    String name,
    @Nullable Double latitude,
    @Nullable Double longitude) {}
