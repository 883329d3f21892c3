package io.tributary.fleet.definition;

import io.tributary.backends.CassandraSettings;
import io.tributary.ctl.keys.FleetKeys;
import io.tributary.ctl.keys.LocalIssuer;
import io.tributary.fleet.layout.Door;
import io.tributary.fleet.layout.FleetFolder;
import io.tributary.fleet.layout.FleetPlan;
import io.tributary.fleet.layout.FleetPlan.Member;
import io.tributary.fleet.layout.PortBlock;
import io.tributary.fleet.layout.Service;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings of one service's process. Every dependency's address is a setting and names the
 * fault proxy's port, never the process's own.
 */
final class ServiceSettings {

  private static final String LOOPBACK = "127.0.0.1";

  /** Of disk a node of a laptop's fleet may fill. */
  private static final long NODE_STORE_BYTES = 8L * 1024 * 1024 * 1024;

  private final FleetPlan plan;
  private final PortBlock ports;
  private final FleetFolder folder;
  private final FleetKeys keys;
  private final Member member;
  private final List<String> settings = new ArrayList<>();

  private ServiceSettings(FleetPlan plan, FleetFolder folder, FleetKeys keys, Member member) {
    this.plan = plan;
    this.ports = plan.ports();
    this.folder = folder;
    this.keys = keys;
    this.member = member;
  }

  static List<String> of(FleetPlan plan, FleetFolder folder, FleetKeys keys, Member member) {
    ServiceSettings settings = new ServiceSettings(plan, folder, keys, member);
    settings.collect();
    return settings.settings;
  }

  private void collect() {
    common();
    switch (member.service()) {
      case GATEWAY -> gateway();
      case PLAYBACK -> playback();
      case STEERING -> steering();
      case CONTROL_PLANE -> controlPlane();
      case PIPELINE -> pipeline();
      case NODE -> node();
      case FAULT_PROXY, CASSANDRA, KAFKA, OBJECT_STORE ->
          throw new IllegalArgumentException(member.name() + " has no service settings");
    }
  }

  private void common() {
    Door mainDoor = member.service().doors().getFirst();
    int management = ports.managementPort(mainDoor, member.instance());
    set("spring.profiles.active", "local");
    set("server.address", LOOPBACK);
    if (member.service() == Service.NODE) {
      // Its media port is not the web server's: that one is for management alone.
      set("server.port", management);
    } else {
      set("tributary.region", plan.name());
      set("server.port", ports.realPort(mainDoor, member.instance()));
      set("management.server.port", management);
      set("management.server.address", LOOPBACK);
    }
  }

  private void gateway() {
    identity();
    set("gateway.admin.address", LOOPBACK);
    set("gateway.admin.port", ports.realPort(Door.GATEWAY_ADMIN, member.instance()));
    set("gateway.upstreams.playback", urls(Service.PLAYBACK, Door.PLAYBACK));
    set("gateway.upstreams.playback-admin", urls(Service.PLAYBACK, Door.PLAYBACK_ADMIN));
    set("gateway.upstreams.control-plane", urls(Service.CONTROL_PLANE, Door.CONTROL_PLANE));
    set("gateway.upstreams.media-pipeline", urls(Service.PIPELINE, Door.PIPELINE));
    set("gateway.upstreams.steering", urls(Service.STEERING, Door.STEERING));
    set("gateway.local-issuer-key-file", keys.issuerKey());
  }

  private void playback() {
    identity();
    cassandra();
    kafka();
    objectStore();
    set("playback.admin.address", LOOPBACK);
    set("playback.admin.port", ports.realPort(Door.PLAYBACK_ADMIN, member.instance()));
    set("playback.steering-urls", urls(Service.STEERING, Door.STEERING));
    set("playback.steering-face-url", plan.steeringFaceUrl());
    set("playback.signing-keys-file", keys.mediaKeys());
    set("playback.public-base-url", plan.publicBaseUrl());
    set("playback.state-directory", folder.data(member.name()));
  }

  private void steering() {
    identity();
    kafka();
    set("steering.state-directory", folder.data(member.name()));
    set("steering.face.address", LOOPBACK);
    set("steering.face.port", ports.realPort(Door.STEERING_FACE, member.instance()));
    set("steering.face.play-keys-file", keys.mediaPublicKeys());
  }

  private void controlPlane() {
    set("tributary.instance", member.name());
    identity();
    cassandra();
    kafka();
    objectStore();
    set("control-plane.node-door.address", LOOPBACK);
    set("control-plane.node-door.port", ports.realPort(Door.NODE_DOOR, member.instance()));
    set("control-plane.authority.key-store-file", keys.authorityStore());
    set("control-plane.authority.password-file", keys.authorityPassword());
    set("control-plane.media-token-keys-file", keys.mediaPublicKeys());
    // A laptop's nodes hold little: all of it can be read again each minute.
    set("control-plane.scrub-pass", "60s");
  }

  private void pipeline() {
    set("tributary.instance", member.name());
    identity();
    cassandra();
    kafka();
    objectStore();
    set("pipeline.work-directory", folder.data(member.name()));
  }

  private void node() {
    int node = member.instance();
    set("oca.node-id", member.name());
    set("oca.state-directory", folder.data(member.name()).resolve("state"));
    set("oca.store.directory", folder.data(member.name()).resolve("store"));
    set("oca.store.max-bytes", NODE_STORE_BYTES);
    set("oca.serve.address", LOOPBACK);
    set("oca.serve.port", ports.realPort(Door.NODE_MEDIA, node));
    set(
        "oca.endpoint",
        "http://" + plan.advertisedHost() + ":" + ports.publicPort(Door.NODE_MEDIA, node));
    List<String> doors = new ArrayList<>();
    for (int replica = 1; replica <= plan.count(Service.CONTROL_PLANE); replica++) {
      doors.add("https://" + LOOPBACK + ":" + ports.publicPort(Door.NODE_DOOR, replica));
    }
    set("oca.control-plane.urls", String.join(",", doors));
    set("oca.control-plane.ca-file", keys.authorityCertificate());
    set("oca.enrolment-token-file", keys.enrolmentToken(member.name()));
  }

  private void identity() {
    set("tributary.identity.issuers[0].issuer", LocalIssuer.name(plan.name()));
    set("tributary.identity.issuers[0].jwks", fileUrl(keys.issuerPublicKeys()));
  }

  private void cassandra() {
    set("tributary.cassandra.contact-points", LOOPBACK + ":" + ports.publicPort(Door.CASSANDRA, 1));
    set("tributary.cassandra.local-datacenter", CassandraSettings.DATA_CENTRE);
    set("tributary.cassandra.replication", CassandraSettings.REPLICATION);
  }

  private void kafka() {
    set("spring.kafka.bootstrap-servers", LOOPBACK + ":" + ports.publicPort(Door.KAFKA, 1));
  }

  private void objectStore() {
    set(
        "tributary.object-store.endpoint",
        "http://" + LOOPBACK + ":" + ports.publicPort(Door.OBJECT_STORE, 1));
    set("tributary.object-store.credentials-file", keys.objectStoreCredentials());
  }

  private String urls(Service service, Door door) {
    List<String> urls = new ArrayList<>();
    for (int replica = 1; replica <= plan.count(service); replica++) {
      urls.add("http://" + LOOPBACK + ":" + ports.publicPort(door, replica));
    }
    return String.join(",", urls);
  }

  /** {@code file:///…}, which every reader of URLs understands. */
  private static URI fileUrl(Path file) {
    return URI.create("file://" + file.toAbsolutePath().toUri().getRawPath());
  }

  private void set(String name, Object value) {
    settings.add("--" + name + "=" + value);
  }
}
