package io.tributary.contracts.media;

/**
 * What a picture looks like.
 *
 * @param width pixels, as displayed (rotation and pixel aspect already applied)
 * @param height pixels
 * @param frameRateNumerator frames a second = numerator / denominator, e.g. 24000/1001
 * @param frameRateDenominator at least 1
 */
public record VideoFormat(
    int width, int height, int frameRateNumerator, int frameRateDenominator) {}
