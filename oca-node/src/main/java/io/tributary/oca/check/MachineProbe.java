package io.tributary.oca.check;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Asks this process' JVM, which takes its limits from the machine or the container. */
final class MachineProbe {
  private MachineProbe() {}

  static MachineFacts look(int maxConnections, int maxOpenFiles) {
    OperatingSystemMXBean machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long openFiles =
        machine instanceof UnixOperatingSystemMXBean unix
            ? unix.getMaxFileDescriptorCount()
            : Long.MAX_VALUE;
    return new MachineFacts(
        openFiles,
        maxConnections,
        maxOpenFiles,
        Runtime.getRuntime().maxMemory(),
        machine.getTotalMemorySize());
  }
}
