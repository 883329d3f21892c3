package io.tributary.fleet.layout;

import java.util.Set;

/**
 * The ports of one fleet: a block of {@value #SIZE} from a base. The first hundred are public (the
 * fault proxy's), the second real (the processes'), the third for management and for what one
 * backend says to itself. All below 32768, where Linux takes the ports of outgoing connections
 * from.
 *
 * @param base the first port of the block
 */
public record PortBlock(int base) {

  /** Ports in a block. */
  public static final int SIZE = 300;

  /** The base of the first fleet. */
  public static final int FIRST_BASE = 21_000;

  private static final int END = 32_768;
  private static final int REAL = 100;
  private static final int DIRECT = 200;

  public PortBlock {
    if (base < 1024 || base + SIZE > END) {
      throw new IllegalArgumentException(
          "port base is " + base + " (expected: 1024 to " + (END - SIZE) + ")");
    }
  }

  /**
   * The first block that no fleet has.
   *
   * @param taken the bases of the fleets there are
   * @throws IllegalStateException if all are taken
   */
  public static PortBlock firstFree(Set<Integer> taken) {
    for (int base = FIRST_BASE; base + SIZE <= END; base += SIZE) {
      int candidate = base;
      if (taken.stream().noneMatch(other -> Math.abs(other - candidate) < SIZE)) {
        return new PortBlock(candidate);
      }
    }
    throw new IllegalStateException(
        "there are "
            + taken.size()
            + " fleets and no block of "
            + SIZE
            + " ports is left. Remove a fleet's folder under .tributary/fleets");
  }

  /** Where the fault proxy listens for the clients of a process. */
  public int publicPort(Door door, int instance) {
    return base + door.offset(instance);
  }

  /** Where the process itself listens. */
  public int realPort(Door door, int instance) {
    return base + REAL + door.offset(instance);
  }

  /** The management port of the process whose first door this is. */
  public int managementPort(Door door, int instance) {
    return base + DIRECT + door.offset(instance);
  }

  /** What Cassandra nodes would say to each other. */
  public int cassandraStorage() {
    return base + DIRECT + 90;
  }

  /** Cassandra's JMX. */
  public int cassandraJmx() {
    return base + DIRECT + 91;
  }

  /** Kafka's controller. */
  public int kafkaController() {
    return base + DIRECT + 92;
  }

  /** What Kafka brokers would say to each other. */
  public int kafkaBroker() {
    return base + DIRECT + 93;
  }

  /** Where the launcher tells the fault proxy what to do. */
  public int faultControl() {
    return base + DIRECT + 94;
  }
}
