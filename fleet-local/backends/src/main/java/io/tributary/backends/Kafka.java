package io.tributary.backends;

/**
 * A real Kafka of one broker for integration tests, on a port of this machine that stays its own
 * until it is closed. It makes no topic by itself, and goes with its data.
 */
public sealed interface Kafka extends AutoCloseable permits KafkaProcess, KafkaContainer {
  /** One that is not started yet, with its port chosen. */
  static Kafka prepared() {
    return switch (Backends.kind()) {
      case CONTAINERS -> new KafkaContainer();
      case PROCESSES -> new KafkaProcess();
    };
  }

  /** Where clients come, as {@code host:port}. */
  String bootstrapServers();

  /** Starts it, or starts it again with its data, unless it runs; waits until it takes clients. */
  void start();

  /** Ends it as {@code kill -9} does; {@link #start()} brings it back. */
  void kill();

  @Override
  void close();
}
