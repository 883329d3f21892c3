package io.tributary.steering.nearness;

import io.tributary.steering.location.ClientLocator;
import io.tributary.steering.location.source.SourceReport;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of nearness, at one instant. Immutable.
 *
 * @param locator finds sites near a client
 * @param reports what became of each source of routes
 * @param prefixes that the locator knows
 * @param madeAt when; null before the first time
 */
public record Nearness(
    ClientLocator locator, List<SourceReport> reports, int prefixes, @Nullable Instant madeAt) {
  public Nearness {
    reports = List.copyOf(reports);
  }
}
