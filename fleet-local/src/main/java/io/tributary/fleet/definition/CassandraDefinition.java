package io.tributary.fleet.definition;

import io.tributary.fleet.layout.Door;
import io.tributary.fleet.layout.FleetFolder;
import io.tributary.fleet.layout.FleetPlan;
import io.tributary.fleet.layout.FleetPlan.Member;
import io.tributary.fleet.layout.PortBlock;
import io.tributary.fleet.probe.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One Cassandra of a size for a laptop. */
final class CassandraDefinition {

  /** The data centre that the services are told. */
  static final String DATA_CENTRE = "dc1";

  private static final List<String> EXPORTED =
      List.of(
          "java.base/jdk.internal.misc",
          "java.management.rmi/com.sun.jmx.remote.internal.rmi",
          "java.rmi/sun.rmi.registry",
          "java.rmi/sun.rmi.server",
          "java.sql/java.sql",
          "java.base/java.lang.ref",
          "jdk.unsupported/sun.misc");

  private static final List<String> OPENED =
      List.of(
          "java.base/java.lang.module",
          "java.base/jdk.internal.loader",
          "java.base/jdk.internal.ref",
          "java.base/jdk.internal.reflect",
          "java.base/jdk.internal.math",
          "java.base/jdk.internal.module",
          "java.base/jdk.internal.util.jar",
          "java.base/sun.nio.ch",
          "java.base/java.io",
          "java.base/java.lang",
          "java.base/java.lang.reflect",
          "java.base/java.nio",
          "java.base/java.net",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.atomic",
          "jdk.management/com.sun.management.internal");

  private CassandraDefinition() {}

  static Definition of(FleetPlan plan, FleetFolder folder, Member member, Path jdk) {
    PortBlock ports = plan.ports();
    List<String> jvm = new ArrayList<>();
    jvm.addAll(List.of("-Xms256m", "-Xmx512m", "-XX:MaxDirectMemorySize=256m"));
    jvm.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    jvm.add("-Djdk.attach.allowAttachSelf=true");
    EXPORTED.forEach(name -> jvm.add("--add-exports=" + name + "=ALL-UNNAMED"));
    OPENED.forEach(name -> jvm.add("--add-opens=" + name + "=ALL-UNNAMED"));
    jvm.add("-Dcassandra.config=" + folder.config("cassandra.yaml").toUri());
    jvm.add(
        "-Dcassandra-rackdc.properties=" + folder.config("cassandra-rackdc.properties").toUri());
    jvm.add("-Dlogback.configurationFile=" + folder.config("cassandra-logback.xml").toUri());
    jvm.add("-Dcassandra.storagedir=" + folder.data(member.name()).toAbsolutePath());
    jvm.add("-Dcassandra-foreground=yes");
    jvm.add("-Dcassandra.skip_wait_for_gossip_to_settle=0");
    jvm.add("-Dcassandra.ring_delay_ms=0");
    jvm.add("-Dcassandra.load_ring_state=false");
    jvm.add("-Dcassandra.jmx.local.port=" + ports.cassandraJmx());
    jvm.add("-Dcassandra.superuser_setup_delay_ms=0");
    jvm.add("-Dio.netty.transport.estimateSizeOnSubmit=false");
    return new Definition(
        member,
        ports.publicPort(Door.CASSANDRA, 1),
        List.of(ports.realPort(Door.CASSANDRA, 1), ports.cassandraStorage(), ports.cassandraJmx()),
        jdk,
        jvm,
        "org.apache.cassandra.service.CassandraDaemon",
        List.of(),
        new Probe.Accepts(ports.realPort(Door.CASSANDRA, 1)));
  }

  /**
   * Writes the files that the options name. The commit log is synced once in ten seconds: a kill of
   * the process loses nothing that was confirmed (the pages are the kernel's by then), a power cut
   * may.
   */
  static void configure(FleetPlan plan, FleetFolder folder) throws IOException {
    PortBlock ports = plan.ports();
    Files.writeString(
        folder.config("cassandra.yaml"),
        """
        cluster_name: tributary
        num_tokens: 1
        initial_token: "0"
        partitioner: org.apache.cassandra.dht.Murmur3Partitioner
        authenticator: AllowAllAuthenticator
        authorizer: AllowAllAuthorizer
        endpoint_snitch: GossipingPropertyFileSnitch
        seed_provider:
          - class_name: org.apache.cassandra.locator.SimpleSeedProvider
            parameters: [{seeds: "127.0.0.1:%1$d"}]
        listen_address: 127.0.0.1
        rpc_address: 127.0.0.1
        storage_port: %1$d
        native_transport_port: %2$d
        start_native_transport: true
        commitlog_sync: periodic
        commitlog_sync_period: 10000ms
        commitlog_segment_size: 8MiB
        commitlog_total_space: 64MiB
        memtable_heap_space: 64MiB
        memtable_offheap_space: 64MiB
        memtable_allocation_type: offheap_objects
        key_cache_size: 4MiB
        row_cache_size: 0MiB
        counter_cache_size: 0MiB
        file_cache_size: 16MiB
        networking_cache_size: 16MiB
        cdc_enabled: false
        concurrent_reads: 8
        concurrent_writes: 8
        concurrent_compactors: 1
        concurrent_counter_writes: 2
        disk_access_mode: standard
        auto_snapshot: false
        hinted_handoff_enabled: false
        sasi_indexes_enabled: false
        materialized_views_enabled: false
        user_defined_functions_enabled: false
        """
            .formatted(ports.cassandraStorage(), ports.realPort(Door.CASSANDRA, 1)));
    Files.writeString(
        folder.config("cassandra-rackdc.properties"), "dc=" + DATA_CENTRE + "\nrack=r1\n");
    Files.writeString(
        folder.config("cassandra-logback.xml"),
        """
        <configuration>
          <appender name="STDOUT" class="ch.qos.logback.core.ConsoleAppender">
            <encoder>
              <pattern>%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{30} %msg%n%ex</pattern>
            </encoder>
          </appender>
          <root level="INFO">
            <appender-ref ref="STDOUT"/>
          </root>
        </configuration>
        """);
  }
}
