package io.tributary.fleet.layout;

import io.tributary.backends.CassandraSettings;
import io.tributary.backends.KafkaSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A kind of process, with what is the same for every fleet. */
public enum Service {
  FAULT_PROXY(
      "fault-proxy",
      "fleet-local",
      "io.tributary.fleet.fault.FaultProxy",
      Replication.ONE,
      List.of()),
  CASSANDRA(
      "cassandra",
      "fleet-local/cassandra",
      CassandraSettings.MAIN_CLASS,
      Replication.ONE,
      List.of(Door.CASSANDRA)),
  KAFKA(
      "kafka", "fleet-local/kafka", KafkaSettings.MAIN_CLASS, Replication.ONE, List.of(Door.KAFKA)),
  OBJECT_STORE(
      "object-store",
      "fleet-local/object-store",
      "io.tributary.fleet.objectstore.ObjectStoreServer",
      Replication.ONE,
      List.of(Door.OBJECT_STORE)),
  CONTROL_PLANE(
      "oca-control-plane",
      "oca-control-plane",
      "io.tributary.controlplane.ControlPlaneApplication",
      Replication.MANY,
      List.of(Door.CONTROL_PLANE, Door.NODE_DOOR)),
  STEERING(
      "steering-service",
      "steering-service",
      "io.tributary.steering.SteeringApplication",
      Replication.MANY,
      List.of(Door.STEERING, Door.STEERING_FACE)),
  PLAYBACK(
      "playback-service",
      "playback-service",
      "io.tributary.playback.PlaybackApplication",
      Replication.MANY,
      List.of(Door.PLAYBACK, Door.PLAYBACK_ADMIN)),
  GATEWAY(
      "api-gateway",
      "api-gateway",
      "io.tributary.gateway.GatewayApplication",
      Replication.MANY,
      List.of(Door.GATEWAY, Door.GATEWAY_ADMIN)),
  PIPELINE(
      "media-pipeline",
      "media-pipeline",
      "io.tributary.pipeline.PipelineApplication",
      Replication.MANY,
      List.of(Door.PIPELINE)),
  NODE(
      "oca-node",
      "oca-node",
      "io.tributary.oca.OcaNodeApplication",
      Replication.MANY,
      List.of(Door.NODE_MEDIA));

  private enum Replication {
    ONE,
    MANY
  }

  private final String id;
  private final String module;
  private final String mainClass;
  private final Replication replication;

  @SuppressWarnings("ImmutableEnumChecker") // only ever a List.of
  private final List<Door> doors;

  Service(String id, String module, String mainClass, Replication replication, List<Door> doors) {
    this.id = id;
    this.module = module;
    this.mainClass = mainClass;
    this.replication = replication;
    this.doors = doors;
  }

  /** The name in {@code status} and in {@code --replicas}. */
  public String id() {
    return id;
  }

  /** The module's folder in the checkout. */
  public String module() {
    return module;
  }

  /** What its JVM starts. */
  public String mainClass() {
    return mainClass;
  }

  /** What clients reach, the main door first; only the fault proxy has none. */
  public List<Door> doors() {
    return doors;
  }

  /** Whether a fleet may run more than one of it. */
  public boolean replicated() {
    return replication == Replication.MANY;
  }

  /** How many of it one fleet may run. */
  public int mostReplicas() {
    return replicated() ? doors.getFirst().places() : 1;
  }

  /** The name of one process: {@code cassandra}, {@code oca-node-2}. */
  public String processName(int instance) {
    return replicated() ? id + "-" + instance : id;
  }

  /** The service with this id. */
  public static Optional<Service> byId(String id) {
    return Arrays.stream(values()).filter(service -> service.id.equals(id)).findFirst();
  }
}
