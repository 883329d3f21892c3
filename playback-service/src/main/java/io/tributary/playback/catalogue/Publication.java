package io.tributary.playback.catalogue;

import io.tributary.contracts.media.PackageRef;
import java.time.Instant;

/**
 * A package became whole in the object store.
 *
 * @param ref the package
 * @param titleName as the ingest named the title
 * @param durationMillis of the title
 * @param manifestSha256 of the manifest's bytes
 * @param publishedAt when
 */
public record Publication(
    PackageRef ref,
    String titleName,
    long durationMillis,
    String manifestSha256,
    Instant publishedAt) {}
