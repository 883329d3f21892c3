package io.tributary.pipeline.ladder;

/**
 * One video rendition to make.
 *
 * @param renditionId {@code v} and its height
 * @param width even
 * @param height even
 * @param maxBitsPerSecond what it may need over any few seconds; simple pictures need less
 */
public record Rung(String renditionId, int width, int height, long maxBitsPerSecond) {}
