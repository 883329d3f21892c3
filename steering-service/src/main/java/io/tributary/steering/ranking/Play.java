package io.tributary.steering.ranking;

/**
 * What is to be played.
 *
 * @param playbackId the play
 * @param packageKey the package: {@code titleId/packageVersion}
 * @param bitsPerSecond what it will take of a node
 */
public record Play(String playbackId, String packageKey, long bitsPerSecond) {}
