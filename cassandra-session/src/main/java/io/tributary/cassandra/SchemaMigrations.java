package io.tributary.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A keyspace's schema as files {@code V001__name.cql}, each applied once, in their order.
 *
 * <p>Replicas that start together agree by a lightweight transaction on who applies a file; a claim
 * whose owner died ends after {@link #CLAIM_SECONDS}, and another applies the file again. So a
 * file's statements must be harmless when repeated ({@code IF NOT EXISTS}). A file that was changed
 * after it was applied is an error: write the next one instead.
 *
 * <p>A statement ends with a semicolon at a line's end; {@code --} starts a comment line.
 */
final class SchemaMigrations {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaMigrations.class);

  /** Longer than any one file's statements may take together. */
  private static final int CLAIM_SECONDS = 120;

  private static final Duration CLAIMED_PAUSE = Duration.ofMillis(500);
  private static final Pattern FILE_NAME = Pattern.compile("V[0-9]{3}__[a-z0-9-]+\\.cql");
  private static final Pattern STATEMENT_END = Pattern.compile(";[ \\t]*(\\r?\\n|\\z)");
  private static final Pattern COMMENT_LINE = Pattern.compile("(?m)^[ \\t]*--.*$");

  private final List<Migration> migrations;
  private final String owner = UUID.randomUUID().toString();

  private SchemaMigrations(List<Migration> migrations) {
    this.migrations = migrations;
  }

  /**
   * Reads a class path folder.
   *
   * @throws IllegalArgumentException if there is no such folder or no file in it
   */
  static SchemaMigrations of(String folder) {
    List<Migration> found =
        names(folder).stream().sorted().map(name -> read(folder, name)).toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "migrations folder is " + folder + " (expected: V001__name.cql files in it)");
    }
    return new SchemaMigrations(found);
  }

  /** Makes the keyspace where it is missing. */
  static void createKeyspace(CqlSession session, String keyspace, CassandraConfig config) {
    String copies =
        config.copies().entrySet().stream()
            .map(copy -> "'" + copy.getKey() + "': " + copy.getValue())
            .collect(Collectors.joining(", "));
    session.execute(
        schema(
            "CREATE KEYSPACE IF NOT EXISTS "
                + keyspace
                + " WITH replication = {'class': 'NetworkTopologyStrategy', "
                + copies
                + "}"));
  }

  /**
   * Applies what is missing, to a session bound to the keyspace; waits where another replica is at
   * it.
   *
   * @throws IllegalStateException if an applied file was changed
   */
  void apply(CqlSession session) {
    session.execute(
        schema(
            "CREATE TABLE IF NOT EXISTS schema_migrations ("
                + "version text PRIMARY KEY, checksum text, state text, owner text)"));
    migrations.forEach(migration -> applyOnce(session, migration));
  }

  private void applyOnce(CqlSession session, Migration migration) {
    while (!isApplied(session, migration)) {
      if (claim(session, migration)) {
        LOG.info("migration={} event=applying", migration.name());
        migration.statements().forEach(statement -> session.execute(schema(statement)));
        confirm(session, migration);
        return;
      }
      try {
        Thread.sleep(CLAIMED_PAUSE);
      } catch (InterruptedException interruption) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted before " + migration.name(), interruption);
      }
    }
  }

  private static boolean isApplied(CqlSession session, Migration migration) {
    Row row =
        session
            .execute(
                SimpleStatement.newInstance(
                        "SELECT state, checksum FROM schema_migrations WHERE version = ?",
                        migration.name())
                    .setExecutionProfileName(Profiles.DECIDED))
            .one();
    if (row == null || !"applied".equals(row.getString("state"))) {
      return false;
    }
    if (!migration.checksum().equals(row.getString("checksum"))) {
      throw new IllegalStateException(
          migration.name()
              + " was changed after it was applied (expected: the next version in a new file)");
    }
    return true;
  }

  private boolean claim(CqlSession session, Migration migration) {
    ResultSet claimed =
        session.execute(
            SimpleStatement.newInstance(
                    "INSERT INTO schema_migrations (version, state, owner)"
                        + " VALUES (?, 'running', ?) IF NOT EXISTS USING TTL "
                        + CLAIM_SECONDS,
                    migration.name(),
                    owner)
                .setExecutionProfileName(Profiles.SCHEMA));
    if (claimed.wasApplied()) {
      return true;
    }
    // A claim of our own may be there already, if the answer to it was lost.
    Row answer = claimed.one();
    return answer != null
        && owner.equals(answer.getString("owner"))
        && "running".equals(answer.getString("state"));
  }

  private void confirm(CqlSession session, Migration migration) {
    session.execute(
        SimpleStatement.newInstance(
                "UPDATE schema_migrations SET state = 'applied', checksum = ?, owner = ?"
                    + " WHERE version = ? IF owner = ?",
                migration.checksum(),
                owner,
                migration.name(),
                owner)
            .setExecutionProfileName(Profiles.SCHEMA));
  }

  private static SimpleStatement schema(String statement) {
    return SimpleStatement.newInstance(statement).setExecutionProfileName(Profiles.SCHEMA);
  }

  private static Migration read(String folder, String name) {
    try (InputStream file = classLoader().getResourceAsStream(folder + "/" + name)) {
      if (file == null) {
        throw new IllegalArgumentException(folder + "/" + name + " vanished from the class path");
      }
      byte[] bytes = file.readAllBytes();
      String text = COMMENT_LINE.matcher(new String(bytes, StandardCharsets.UTF_8)).replaceAll("");
      List<String> statements =
          Arrays.stream(STATEMENT_END.split(text))
              .map(String::strip)
              .filter(statement -> !statement.isEmpty())
              .toList();
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new Migration(name, HexFormat.of().formatHex(digest), statements);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (NoSuchAlgorithmException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static List<String> names(String folder) {
    URL url = classLoader().getResource(folder);
    if (url == null) {
      throw new IllegalArgumentException(
          "migrations folder is " + folder + " (expected: a folder on the class path)");
    }
    try {
      if (url.openConnection() instanceof JarURLConnection jar) {
        return jar.getJarFile().stream()
            .map(entry -> entry.getName())
            .filter(name -> name.startsWith(folder + "/"))
            .map(name -> name.substring(folder.length() + 1))
            .filter(name -> FILE_NAME.matcher(name).matches())
            .toList();
      }
      try (Stream<Path> files = Files.list(Path.of(URI.create(url.toString())))) {
        return files
            .map(file -> file.getFileName().toString())
            .filter(name -> FILE_NAME.matcher(name).matches())
            .toList();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static ClassLoader classLoader() {
    return SchemaMigrations.class.getClassLoader();
  }

  private record Migration(String name, String checksum, List<String> statements) {}
}
