package io.tributary.playback.plays;

import io.tributary.contracts.media.PackageRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A play that was granted.
 *
 * @param playbackId 22 characters of base64url: 128 bits, of chance or of a hash
 * @param accountId whose; null for a public title's play without an account
 * @param ref the package it uses to its end
 * @param durationMillis of the title
 * @param startedAt when it was granted
 * @param expiresAt when its manifests end
 */
public record Play(
    String playbackId,
    @Nullable String accountId,
    PackageRef ref,
    long durationMillis,
    Instant startedAt,
    Instant expiresAt) {
  /** What a playbackId looks like. */
  public static final String ID_PATTERN = "[A-Za-z0-9_-]{22}";
}
