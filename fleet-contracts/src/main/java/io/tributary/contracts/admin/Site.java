package io.tributary.contracts.admin;

/**
 * One place, one LAN.
 *
 * @param id 1 to 64 characters of {@code a-z 0-9 -}, starting with a letter or digit
 * @param networkId whose place it is
 * @param name of the place, for people
 */
public record Site(String id, String networkId, String name) {}
