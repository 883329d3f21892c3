package io.tributary.contracts.media;

/**
 * What a sound consists of.
 *
 * @param channels 2 for stereo
 * @param sampleRateHertz e.g. 48000
 * @param language BCP 47, {@code und} where unknown
 */
public record AudioFormat(int channels, int sampleRateHertz, String language) {}
