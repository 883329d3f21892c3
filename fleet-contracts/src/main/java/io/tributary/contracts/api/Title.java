package io.tributary.contracts.api;

/**
 * A title as a viewer's app lists it.
 *
 * @param id the titleId: 1 to 64 characters of {@code a-z 0-9 -}
 * @param name its name, for people
 * @param durationMillis how long it is, in milliseconds; 0 while it has no package
 * @param playable whether a play could start: a package of it is held by nodes
 */
public record Title(String id, String name, long durationMillis, boolean playable) {}
