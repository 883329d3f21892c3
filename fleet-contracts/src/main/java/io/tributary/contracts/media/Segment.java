package io.tributary.contracts.media;

/**
 * A piece of a rendition that can be fetched and decoded alone, after the rendition's init file.
 *
 * @param path below the package's path, e.g. {@code v720/00001.m4s}
 * @param start presentation time of its first sample in the rendition's timescale
 * @param duration exact, in the rendition's timescale
 * @param bytes its exact size
 * @param sha256 64 lower-case hexadecimal digits
 */
public record Segment(String path, long start, long duration, long bytes, String sha256) {}
