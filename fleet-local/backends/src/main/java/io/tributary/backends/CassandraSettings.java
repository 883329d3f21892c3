package io.tributary.backends;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One Cassandra node of a size for a laptop, listening on loopback only.
 *
 * <p>The commit log is synced once in ten seconds: a kill of the process loses nothing that was
 * confirmed (the pages are the kernel's by then), a power cut may.
 *
 * @param config the folder of the files that the options name
 * @param storage where it keeps its data
 * @param nativePort where CQL is spoken
 * @param storagePort where it would speak with other nodes
 * @param jmxPort its management port
 * @param maxHeapMebibytes the most that its heap takes; as much again is left to direct memory
 */
public record CassandraSettings(
    Path config, Path storage, int nativePort, int storagePort, int jmxPort, int maxHeapMebibytes) {
  /** The data centre that its keyspaces name. */
  public static final String DATA_CENTRE = "dc1";

  /** How its keyspaces are replicated: one node can hold one copy. */
  public static final String REPLICATION = DATA_CENTRE + ":1";

  /** What the JVM starts. */
  public static final String MAIN_CLASS = "org.apache.cassandra.service.CassandraDaemon";

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

  /** The options of its JVM, a JDK 17's. */
  public List<String> jvmOptions() {
    List<String> options = new ArrayList<>();
    options.add("-Xms" + maxHeapMebibytes / 2 + "m");
    options.add("-Xmx" + maxHeapMebibytes + "m");
    options.add("-XX:MaxDirectMemorySize=" + maxHeapMebibytes / 2 + "m");
    options.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    options.add("-Djdk.attach.allowAttachSelf=true");
    EXPORTED.forEach(name -> options.add("--add-exports=" + name + "=ALL-UNNAMED"));
    OPENED.forEach(name -> options.add("--add-opens=" + name + "=ALL-UNNAMED"));
    options.add("-Dcassandra.config=" + yaml().toUri());
    options.add("-Dcassandra-rackdc.properties=" + rackAndDataCentre().toUri());
    options.add("-Dlogback.configurationFile=" + logback().toUri());
    options.add("-Dcassandra.storagedir=" + storage.toAbsolutePath());
    options.add("-Dcassandra-foreground=yes");
    options.add("-Dcassandra.skip_wait_for_gossip_to_settle=0");
    options.add("-Dcassandra.ring_delay_ms=0");
    options.add("-Dcassandra.load_ring_state=false");
    options.add("-Dcassandra.jmx.local.port=" + jmxPort);
    options.add("-Dcassandra.superuser_setup_delay_ms=0");
    options.add("-Dio.netty.transport.estimateSizeOnSubmit=false");
    return options;
  }

  /** Writes the files that the options name, over what is there. */
  public void writeFiles() throws IOException {
    Files.writeString(
        yaml(),
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
            .formatted(storagePort, nativePort));
    Files.writeString(rackAndDataCentre(), "dc=" + DATA_CENTRE + "\nrack=r1\n");
    Files.writeString(
        logback(),
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

  private Path yaml() {
    return config.resolve("cassandra.yaml");
  }

  private Path rackAndDataCentre() {
    return config.resolve("cassandra-rackdc.properties");
  }

  private Path logback() {
    return config.resolve("cassandra-logback.xml");
  }
}
