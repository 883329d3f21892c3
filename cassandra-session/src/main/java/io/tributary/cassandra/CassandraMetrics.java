package io.tributary.cassandra;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Shows a service's connection to Prometheus. */
public final class CassandraMetrics implements MeterBinder {
  private static final String PREFIX = "tributary.cassandra.";

  private final CassandraConnection connection;

  public CassandraMetrics(CassandraConnection connection) {
    this.connection = connection;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder(PREFIX + "connected", connection, each -> each.isConnected() ? 1 : 0)
        .description("1 while some node can be asked")
        .register(registry);
    Gauge.builder(PREFIX + "requests", connection, CassandraConnection::requestsInFlight)
        .description("waiting for an answer")
        .register(registry);
    Gauge.builder(PREFIX + "requests.max", connection, CassandraConnection::maxRequestsInFlight)
        .description("that may wait at once; more are refused")
        .register(registry);
  }
}
