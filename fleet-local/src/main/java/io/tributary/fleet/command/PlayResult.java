package io.tributary.fleet.command;

import io.tributary.client.PlayReport;
import io.tributary.client.error.PlayError;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What {@code play --json} prints. */
public record PlayResult(
    @Nullable String playbackId,
    @Nullable Long startupMillis,
    long playedMillis,
    @Nullable Integer rebufferCount,
    @Nullable Long rebufferMillis,
    int segments,
    long bytes,
    long averageBitsPerSecond,
    int bitrateSwitches,
    List<PlayReport.NodeShare> nodes,
    int failovers,
    @Nullable String error) {

  /** What became of a play, in the words of {@code play --json}. */
  public static PlayResult of(PlayReport report) {
    PlayError error = report.error();
    return new PlayResult(
        report.playbackId(),
        boxed(report.startupMillis()),
        report.playedMillis(),
        report.rebufferCount().isPresent() ? report.rebufferCount().getAsInt() : null,
        boxed(report.rebufferMillis()),
        report.segments(),
        report.bytes(),
        report.averageBitsPerSecond(),
        report.bitrateSwitches(),
        report.nodes(),
        report.failovers(),
        error == null ? null : error.code().word() + ": " + error.message());
  }

  private static @Nullable Long boxed(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }
}
