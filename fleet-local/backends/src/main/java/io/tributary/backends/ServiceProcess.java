package io.tributary.backends;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * A service of ours as a process, with its own {@code main} and the class path of the test. Its
 * resolver reads a file of hosts in place of DNS, so a test says which names there are; what the
 * JVM remembers of names is real.
 */
public final class ServiceProcess implements AutoCloseable {
  /** A start takes seconds on an idle machine; a busy build is many times slower. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final ForkedJvm jvm = new ForkedJvm("service");
  private final int management = freePort();

  /**
   * Starts it, knowing {@code localhost} alone, and returns at once.
   *
   * @param settings as {@code --name=value}
   */
  public ServiceProcess(Class<?> mainClass, String... settings) {
    hosts();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djdk.net.hosts.file=" + jvm.directory().resolve("hosts"),
                "-cp",
                System.getProperty("java.class.path"),
                mainClass.getName(),
                "--management.server.port=" + management));
    command.addAll(List.of(settings));
    jvm.start(command);
  }

  /** A port of this machine that nobody has now. */
  public static int freePort() {
    return ForkedJvm.freePorts(1).getFirst();
  }

  /** This {@code host:port} under another name. */
  public static String at(String name, String hostAndPort) {
    return name + hostAndPort.substring(hostAndPort.lastIndexOf(':'));
  }

  /** A line of a file of hosts: the name has the address of this {@code host:port}. */
  public static String named(String name, String hostAndPort) {
    String host = hostAndPort.substring(0, hostAndPort.lastIndexOf(':'));
    try {
      return InetAddress.getByName(host).getHostAddress() + " " + name;
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on there are the names of these lines, and no others. */
  public void hosts(String... lines) {
    Path file = jvm.directory().resolve("hosts");
    Path next = jvm.directory().resolve("hosts.next");
    try {
      Files.write(next, Stream.concat(Stream.of("127.0.0.1 localhost"), Stream.of(lines)).toList());
      // Replaced whole, since it is read at every question.
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it says that it is ready. */
  public void awaitReady() throws Exception {
    await(
        "readiness",
        () ->
            HTTP.send(
                        HttpRequest.newBuilder(
                                URI.create(
                                    "http://127.0.0.1:"
                                        + management
                                        + "/actuator/health/readiness"))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                        BodyHandlers.discarding())
                    .statusCode()
                == 200);
  }

  /** Waits until its log holds this text. */
  public void awaitLog(String text) throws Exception {
    await(text, () -> log().contains(text));
  }

  /**
   * Waits for a condition while it lives; one that throws an {@link IOException} is not met yet.
   */
  public void await(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isMet(condition)) {
      if (!jvm.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain for " + what + ":\n" + log());
      }
      Thread.sleep(20);
    }
  }

  /** All that it has said. */
  public String log() {
    return jvm.log();
  }

  @Override
  public void close() {
    jvm.close();
  }

  private static boolean isMet(Callable<Boolean> condition) throws Exception {
    try {
      return condition.call();
    } catch (IOException notYet) {
      return false;
    }
  }
}
