package io.tributary.contracts.api;

/**
 * A title as a viewer's app lists it.
 *
 * @param id the titleId
 * @param name for people
 * @param durationMillis of its current package; 0 while it has none
 * @param playable whether a play could start: a package of it is held by nodes
 */
public record Title(String id, String name, long durationMillis, boolean playable) {}
