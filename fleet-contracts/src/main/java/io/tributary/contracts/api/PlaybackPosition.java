package io.tributary.contracts.api;

/**
 * Where a viewer is: the body of {@code PUT /api/v1/playbacks/{playbackId}/position}.
 *
 * @param positionMillis milliseconds from the title's start: 0 to its duration
 */
public record PlaybackPosition(long positionMillis) {}
