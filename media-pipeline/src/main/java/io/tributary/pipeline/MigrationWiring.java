package io.tributary.pipeline;

import io.tributary.cassandra.CassandraConfig;
import io.tributary.cassandra.CassandraConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The service's schema alone: a process that is started with the word {@code migrate} applies it
 * and ends. It needs the settings of Cassandra and no other.
 */
final class MigrationWiring {
  static final String KEYSPACE = "media";

  /** The class path folder of the schema's files. */
  static final String FOLDER = "cassandra/media";

  private static final String WORD = "migrate";

  /** A cluster that starts together with us takes a minute or two. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private MigrationWiring() {}

  static boolean isAsked(String... arguments) {
    return List.of(arguments).contains(WORD);
  }

  static void run(String... arguments) throws InterruptedException, IOException {
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(Nothing.class).web(WebApplicationType.NONE).run(arguments)) {
      CassandraConfig cassandra =
          Binder.get(context.getEnvironment())
              .bind("tributary.cassandra", CassandraConfig.class)
              .get();
      CassandraConnection.migrate(cassandra, KEYSPACE, FOLDER, PATIENCE);
    }
  }

  /** No object of the service: Spring only reads the settings. */
  static final class Nothing {}
}
