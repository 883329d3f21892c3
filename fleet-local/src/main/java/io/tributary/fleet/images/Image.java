package io.tributary.fleet.images;

import io.tributary.fleet.layout.Service;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An image of ours. */
enum Image {
  /** As of a node, bytes on their way are beside the heap. */
  GATEWAY(Service.GATEWAY, Memory.THIRD, Training.WITH_LOCAL_ISSUER),
  PLAYBACK(Service.PLAYBACK, Memory.HALF, Training.AS_PLAYBACK),
  STEERING(Service.STEERING, Memory.HALF, Training.AS_STEERING),
  CONTROL_PLANE(Service.CONTROL_PLANE, Memory.HALF, Training.AS_CONTROL_PLANE),
  /** ffmpeg needs most of its container's memory. */
  PIPELINE(Service.PIPELINE, Memory.FIFTH, Training.WITH_OBJECTS),
  NODE(Service.NODE, Memory.THIRD, Training.AS_NODE),
  OBJECT_STORE(Service.OBJECT_STORE, Memory.HALF, Map.of("HEALTH_PORT", "9000")),
  TRIBUTARYCTL("tributaryctl", "tributaryctl", "io.tributary.ctl.TributaryCtl");

  /** What of the container's memory the heap may take, in percent. */
  private enum Memory {
    HALF(50),
    THIRD(35),
    FIFTH(20);

    private final int percent;

    Memory(int percent) {
      this.percent = percent;
    }
  }

  private static final int MAIN_PORT = 8080;
  private static final int ADMIN_PORT = 8081;
  private static final int FACE_PORT = 8082;
  private static final int NODE_DOOR_PORT = 8443;
  private static final int MANAGEMENT_PORT = 9090;

  private final String id;
  private final String module;
  private final String mainClass;
  private final Memory heap;

  @SuppressWarnings("ImmutableEnumChecker") // only ever a Map.copyOf
  private final Map<String, String> training;

  Image(Service service, Memory heap, Map<String, String> training) {
    this.id = service.id();
    this.module = service.module();
    this.mainClass = service.mainClass();
    this.heap = heap;
    this.training = Map.copyOf(training);
  }

  Image(String id, String module, String mainClass) {
    this.id = id;
    this.module = module;
    this.mainClass = mainClass;
    this.heap = Memory.HALF;
    this.training = Map.of();
  }

  /** The image's name without its registry and version. */
  String id() {
    return id;
  }

  String module() {
    return module;
  }

  String mainClass() {
    return mainClass;
  }

  int heapPercent() {
    return heap.percent;
  }

  /**
   * Settings that hold in a container: every door listens where the container's network reaches it,
   * state goes to the volume. The environment is stronger.
   */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    switch (this) {
      case OBJECT_STORE, TRIBUTARYCTL -> {}
      case NODE -> {
        listen(settings, "server", MANAGEMENT_PORT); // Its one web listener is for management.
        listen(settings, "oca.serve", MAIN_PORT);
        settings.put("oca.state-directory", "/data/state");
        settings.put("oca.store.directory", "/data/store");
      }
      case GATEWAY, PLAYBACK, STEERING, CONTROL_PLANE, PIPELINE -> {
        listen(settings, "server", MAIN_PORT);
        listen(settings, "management.server", MANAGEMENT_PORT);
      }
    }
    switch (this) {
      case GATEWAY -> listen(settings, "gateway.admin", ADMIN_PORT);
      case PLAYBACK -> {
        listen(settings, "playback.admin", ADMIN_PORT);
        settings.put("playback.state-directory", "/data");
      }
      case STEERING -> {
        listen(settings, "steering.face", FACE_PORT);
        settings.put("steering.state-directory", "/data");
      }
      case CONTROL_PLANE -> listen(settings, "control-plane.node-door", NODE_DOOR_PORT);
      case PIPELINE -> settings.put("pipeline.work-directory", "/data");
      case NODE, OBJECT_STORE, TRIBUTARYCTL -> {}
    }
    return settings;
  }

  private static void listen(Map<String, String> settings, String door, int port) {
    settings.put(door + ".address", "0.0.0.0");
    settings.put(door + ".port", Integer.toString(port));
  }

  /** What the process is told when it is started once while the image is built. */
  List<String> trainingArguments() {
    return switch (this) {
      case OBJECT_STORE ->
          List.of(
              "--port=9000",
              "--folder=objects",
              "--credentials-file=/secrets/object-store/object-store.properties");
      case TRIBUTARYCTL -> List.of("--help");
      case GATEWAY, PLAYBACK, STEERING, CONTROL_PLANE, PIPELINE, NODE -> List.of();
    };
  }

  /**
   * What the process is then asked, a line each: method, port, path, body. With nothing around it
   * it refuses, which takes most of what an answer takes.
   */
  List<String> trainingRequests() {
    return switch (this) {
      case GATEWAY ->
          List.of(
              "GET 8080 /api/v1/titles",
              "POST 8080 /api/v1/playbacks {\"titleId\":\"nobody\"}",
              "GET 8081 /admin/v1/titles");
      case PLAYBACK ->
          List.of(
              "GET 8080 /api/v1/titles",
              "POST 8080 /api/v1/playbacks {\"titleId\":\"nobody\",\"include\":[\"ranking\"]}");
      case STEERING ->
          List.of(
              "POST 8080 /internal/v1/rankings"
                  + " {\"playbackId\":\"nobody\",\"titleId\":\"nobody\",\"packageVersion\":\"p1\","
                  + "\"clientAddress\":\"192.0.2.1\",\"maxNodes\":3}",
              "GET 8082 /steering/v1/hls/nobody");
      case CONTROL_PLANE -> List.of("GET 8080 /admin/v1/nodes");
      case PIPELINE -> List.of("GET 8080 /admin/v1/ingests");
      case NODE, OBJECT_STORE, TRIBUTARYCTL -> List.of();
    };
  }

  /** Whether that start is over when the process has said what it was asked. */
  boolean endsByItself() {
    return this == TRIBUTARYCTL;
  }

  /** The environment in which the image's process is started once while the image is built. */
  Map<String, String> training() {
    return new TreeMap<>(training);
  }

  /** Settings without which a service refuses to start; what they name need not be there. */
  private static final class Training {
    static final Map<String, String> WITH_IDENTITY =
        Map.of(
            "TRIBUTARY_IDENTITY_ISSUERS_0_ISSUER", "http://tributary.local/local",
            "TRIBUTARY_IDENTITY_ISSUERS_0_JWKS", "file:///secrets/issuer-public/issuer-public.jwks",
            "SPRING_PROFILES_ACTIVE", "local");

    static final Map<String, String> WITH_LOCAL_ISSUER =
        with(
            WITH_IDENTITY,
            Map.of(
                "GATEWAY_LOCALISSUERKEYFILE", "/secrets/issuer/issuer.jwk",
                "GATEWAY_UPSTREAMS_PLAYBACK", "http://127.0.0.1:1",
                "GATEWAY_UPSTREAMS_PLAYBACKADMIN", "http://127.0.0.1:1",
                "GATEWAY_UPSTREAMS_CONTROLPLANE", "http://127.0.0.1:1",
                "GATEWAY_UPSTREAMS_MEDIAPIPELINE", "http://127.0.0.1:1",
                "GATEWAY_UPSTREAMS_STEERING", "http://127.0.0.1:1"));

    static final Map<String, String> WITH_OBJECTS =
        with(
            WITH_IDENTITY,
            Map.of(
                "TRIBUTARY_OBJECTSTORE_CREDENTIALSFILE",
                "/secrets/object-store/object-store.properties"));

    static final Map<String, String> AS_PLAYBACK =
        with(WITH_OBJECTS, Map.of("PLAYBACK_SIGNINGKEYSFILE", "/secrets/media/media.jwks"));

    static final Map<String, String> AS_STEERING =
        with(
            WITH_IDENTITY,
            Map.of("STEERING_FACE_PLAYKEYSFILE", "/secrets/media-public/media-public.jwks"));

    static final Map<String, String> AS_CONTROL_PLANE =
        with(
            WITH_OBJECTS,
            Map.of(
                "CONTROLPLANE_AUTHORITY_KEYSTOREFILE", "/secrets/authority/authority.p12",
                "CONTROLPLANE_AUTHORITY_PASSWORDFILE", "/secrets/authority/authority.password",
                "CONTROLPLANE_MEDIATOKENKEYSFILE", "/secrets/media-public/media-public.jwks"));

    static final Map<String, String> AS_NODE =
        Map.of(
            "OCA_NODEID", "nobody",
            "OCA_ENDPOINT", "http://127.0.0.1:8080",
            "OCA_CONTROLPLANE_URLS", "https://127.0.0.1:8443",
            "OCA_CONTROLPLANE_CAFILE", "/secrets/authority-public/authority.pem",
            "OCA_ENROLMENTTOKENFILE", "/secrets/enrolment/nobody.enrolment-token");

    private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
      Map<String, String> all = new TreeMap<>(some);
      all.putAll(more);
      return Map.copyOf(all);
    }
  }
}
