package io.tributary.pipeline.probe;

/**
 * The source's sound.
 *
 * @param streamIndex in the source
 * @param channels at least 1
 * @param language BCP 47, {@code und} where unknown
 */
public record Sound(int streamIndex, int channels, String language) {}
