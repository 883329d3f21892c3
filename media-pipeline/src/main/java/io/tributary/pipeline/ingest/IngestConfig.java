package io.tributary.pipeline.ingest;

import static io.tributary.settings.SettingCheck.check;
import static io.tributary.settings.SettingCheck.checkRange;

import java.time.Duration;

/**
 * Bounds of uploads.
 *
 * @param maxSourceBytes the largest source, in bytes
 * @param uploadExpiry the time in which an upload must be completed, from its announcement
 * @param keptFor how long the record of an ended ingest is kept: longer than anybody asks what
 *     became of an upload, and not for ever, as nothing else ever removes one
 * @param partsAtOnce how many parts of uploads are held in memory, 8 MiB each; more wait shortly
 *     and are then refused
 */
public record IngestConfig(
    long maxSourceBytes, Duration uploadExpiry, Duration keptFor, int partsAtOnce) {
  /** What the settings' file says. */
  public static final IngestConfig DEFAULTS =
      new IngestConfig(64L * 1024 * 1024 * 1024, Duration.ofHours(24), Duration.ofDays(30), 4);

  public IngestConfig {
    checkRange("max-source-bytes", maxSourceBytes, 1, 10_000L * 8 * 1024 * 1024);
    check(uploadExpiry.toSeconds() >= 60, "upload-expiry", uploadExpiry, "1m or more");
    // Cassandra takes no longer one than 20 years.
    check(
        keptFor.toSeconds() >= 1 && keptFor.toDays() <= 7_000, "kept-for", keptFor, "1s to 7000d");
    checkRange("parts-at-once", partsAtOnce, 1, 64);
  }
}
