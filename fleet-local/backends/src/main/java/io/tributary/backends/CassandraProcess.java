package io.tributary.backends;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** {@link Cassandra} forked with a JDK 17: it runs on no later one. */
final class CassandraProcess implements Cassandra {
  /** Tests keep little. */
  private static final int MAX_HEAP_MEBIBYTES = 384;

  private final ForkedJvm jvm = new ForkedJvm("cassandra");
  private final CassandraSettings settings;

  CassandraProcess() {
    List<Integer> ports = ForkedJvm.freePorts(3);
    settings =
        new CassandraSettings(
            jvm.directory(),
            jvm.directory(),
            ports.get(0),
            ports.get(1),
            ports.get(2),
            MAX_HEAP_MEBIBYTES);
    try {
      settings.writeFiles();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String contactPoint() {
    return "127.0.0.1:" + settings.nativePort();
  }

  @Override
  public void start() {
    if (jvm.isAlive()) {
      return;
    }
    Backends.used("Cassandra is a process");
    jvm.start(command(settings));
    Greeting.CQL.await("127.0.0.1", settings.nativePort(), jvm::isAlive, jvm::log);
  }

  /** What starts a node of these settings. */
  static List<String> command(CassandraSettings settings) {
    List<String> command = new ArrayList<>();
    command.add(Jdk17.java().toString());
    command.addAll(settings.jvmOptions());
    command.addAll(List.of("-cp", ForkedJvm.classPath("cassandra"), CassandraSettings.MAIN_CLASS));
    return command;
  }

  @Override
  public void kill() {
    jvm.kill();
  }

  @Override
  public void freeze() {
    jvm.signal("STOP");
  }

  @Override
  public void thaw() {
    jvm.signal("CONT");
  }

  @Override
  public void close() {
    jvm.close();
  }
}
