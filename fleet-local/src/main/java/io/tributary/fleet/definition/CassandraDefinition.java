package io.tributary.fleet.definition;

import io.tributary.backends.CassandraSettings;
import io.tributary.fleet.layout.Door;
import io.tributary.fleet.layout.FleetFolder;
import io.tributary.fleet.layout.FleetPlan;
import io.tributary.fleet.layout.FleetPlan.Member;
import io.tributary.fleet.layout.PortBlock;
import io.tributary.fleet.probe.Probe;
import java.nio.file.Path;
import java.util.List;

/** The fleet's one Cassandra. */
final class CassandraDefinition {
  /** With its off-heap memory it stays near 600 MiB. */
  private static final int MAX_HEAP_MEBIBYTES = 512;

  private CassandraDefinition() {}

  static Definition of(FleetPlan plan, FleetFolder folder, Member member, Path jdk) {
    CassandraSettings settings = settings(plan, folder, member);
    return new Definition(
        member,
        plan.ports().publicPort(Door.CASSANDRA, 1),
        List.of(settings.nativePort(), settings.storagePort(), settings.jmxPort()),
        jdk,
        settings.jvmOptions(),
        member.service().mainClass(),
        List.of(),
        new Probe.Accepts(settings.nativePort()));
  }

  static CassandraSettings settings(FleetPlan plan, FleetFolder folder, Member member) {
    PortBlock ports = plan.ports();
    return new CassandraSettings(
        folder.config(),
        folder.data(member.name()),
        ports.realPort(Door.CASSANDRA, 1),
        ports.cassandraStorage(),
        ports.cassandraJmx(),
        MAX_HEAP_MEBIBYTES);
  }
}
