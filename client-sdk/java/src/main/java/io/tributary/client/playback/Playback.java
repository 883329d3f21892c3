package io.tributary.client.playback;

import java.net.URI;

/**
 * The right to play a title, as the service granted it.
 *
 * @param playbackId names the play in every log of the fleet
 * @param titleId what is played
 * @param title for people
 * @param playManifest where its {@link PlayManifest} is; carries the play's token: never log it
 * @param renewAfterSeconds when to renew
 * @param resumePositionMillis where the account stopped last; 0 for the start
 */
public record Playback(
    String playbackId,
    String titleId,
    String title,
    URI playManifest,
    long renewAfterSeconds,
    long resumePositionMillis) {}
