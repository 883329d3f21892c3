package io.tributary.cassandra;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A service's schema alone: a process that is started with the word {@code migrate} applies it and
 * ends. It needs the settings of Cassandra and no other.
 */
public final class MigrationProcess {
  private static final String WORD = "migrate";

  /** A cluster that starts together with us takes a minute or two. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private MigrationProcess() {}

  /** Whether a process that was started so is one. */
  public static boolean isAsked(String... arguments) {
    return List.of(arguments).contains(WORD);
  }

  /**
   * Is one, to its end.
   *
   * @param arguments the process's, with settings among them
   * @throws CassandraUnavailableException if Cassandra was not reached within five minutes
   * @throws IllegalStateException if an applied file was changed
   * @throws IOException if a file that a setting names cannot be used; says which
   */
  public static void run(Schema schema, String... arguments)
      throws InterruptedException, IOException {
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(Nothing.class).web(WebApplicationType.NONE).run(arguments)) {
      CassandraConfig cassandra =
          Binder.get(context.getEnvironment())
              .bind("tributary.cassandra", CassandraConfig.class)
              .get();
      CassandraConnection.migrate(cassandra, schema, PATIENCE);
    }
  }

  /** No object of the service: Spring only reads the settings. */
  static final class Nothing {}
}
