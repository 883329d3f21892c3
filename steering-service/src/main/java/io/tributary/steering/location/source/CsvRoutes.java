package io.tributary.steering.location.source;

import io.tributary.steering.location.IpPrefix;
import io.tributary.steering.location.RouteOrigin;
import io.tributary.steering.location.RouteSink;
import io.tributary.steering.location.RouteSource;
import io.tributary.steering.location.SetAsideReason;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the operator's list of prefixes: a line is {@code prefix,site[,preference]}. It is the
 * operator's own word and needs no grant. For one thread.
 */
public final class CsvRoutes {
  private static final long MAX_BYTES = 1L << 30; // ten times the Internet's whole table

  private final RouteSink sink;

  public CsvRoutes(RouteSink sink) {
    this.sink = sink;
  }

  /**
   * Reads a list. Never throws.
   *
   * @param name for the report
   * @param source plain or packed by gzip; stays open
   */
  public SourceReport read(String name, InputStream source) {
    return new CsvLines(2, 3, MAX_BYTES).read(name, source, this::take);
  }

  private @Nullable SetAsideReason take(List<String> fields) {
    IpPrefix prefix = IpPrefix.parse(fields.get(0));
    String siteId = CsvLines.siteId(fields.get(1));
    int preference = CsvLines.preference(fields, 2);
    return sink.said(prefix, RouteOrigin.said(siteId, preference, RouteSource.CSV));
  }
}
