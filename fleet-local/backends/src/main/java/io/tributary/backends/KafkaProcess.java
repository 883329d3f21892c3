package io.tributary.backends;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@link Kafka} forked with the JDK that the tests run on. */
final class KafkaProcess implements Kafka {
  private final ForkedJvm jvm = new ForkedJvm("kafka");
  private final KafkaSettings settings;

  KafkaProcess() {
    List<Integer> ports = ForkedJvm.freePorts(3);
    settings =
        new KafkaSettings(
            jvm.directory(),
            jvm.directory().resolve("data"),
            ports.get(0),
            ports.get(0),
            ports.get(1),
            ports.get(2));
    try {
      settings.writeFiles();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String bootstrapServers() {
    return "127.0.0.1:" + settings.clientsPort();
  }

  @Override
  public void start() {
    if (jvm.isAlive()) {
      return;
    }
    Backends.used("Kafka is a process");
    start(settings, jvm);
    Greeting.KAFKA.await("127.0.0.1", settings.clientsPort(), jvm::isAlive, jvm::log);
  }

  /** Starts a broker of these settings, formatted before if it was not. */
  static void start(KafkaSettings settings, ForkedJvm jvm) {
    if (settings.isUnformatted()) {
      jvm.run(command(settings, settings.formatting()));
    }
    List<String> broker = new ArrayList<>(List.of(KafkaSettings.MAIN_CLASS));
    broker.addAll(settings.arguments());
    jvm.start(command(settings, broker));
  }

  @Override
  public void kill() {
    jvm.kill();
  }

  @Override
  public void close() {
    jvm.close();
  }

  private static List<String> command(KafkaSettings settings, List<String> mainClassAndArguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(settings.jvmOptions());
    command.addAll(List.of("-cp", ForkedJvm.classPath("kafka")));
    command.addAll(mainClassAndArguments);
    return command;
  }
}
