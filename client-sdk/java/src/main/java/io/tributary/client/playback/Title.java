package io.tributary.client.playback;

/**
 * A title that a viewer could choose.
 *
 * @param id the titleId
 * @param name for people
 * @param durationMillis 0 while it has no package
 * @param playable whether a play could start
 */
public record Title(String id, String name, long durationMillis, boolean playable) {}
