package io.tributary.playback;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code docs/api/playback.json} is what the handlers say. After a change of the API: {@code
 * -Dopenapi.write=true}, and look at the difference.
 */
class OpenApiIT {
  private static final Path FILE = Path.of("..", "docs", "api", "playback.json");

  @TempDir private static Path disk;

  @Test
  void theCheckedInDescriptionIsWhatTheHandlersSay() throws Exception {
    String current = describe();
    if (Boolean.getBoolean("openapi.write")) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, current);
    }

    assertThat(FILE).as("write it with -Dopenapi.write=true").exists();
    assertThat(current).as("write it with -Dopenapi.write=true").isEqualTo(Files.readString(FILE));
  }

  private static String describe() throws Exception {
    Path keys = disk.resolve("signing.json");
    Files.writeString(
        keys, new JWKSet(new ECKeyGenerator(Curve.P_256).keyID("k").generate()).toString(false));
    try (ConfigurableApplicationContext context =
        SpringApplication.run(
            PlaybackApplication.class,
            "--server.port=0",
            "--management.server.port=0",
            "--playback.admin.port=0",
            "--playback.signing-keys-file=" + keys,
            "--playback.state-directory=" + disk.resolve("state"),
            "--tributary.cassandra.contact-points=127.0.0.1:1",
            "--spring.kafka.bootstrap-servers=127.0.0.1:1",
            "--springdoc.api-docs.path=/v3/api-docs",
            "--springdoc.override-with-generic-response=false",
            "--springdoc.paths-to-match=/api/v1/**,/admin/v1/**")) {
      String port = context.getEnvironment().getRequiredProperty("local.server.port");
      String described =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v3/api-docs"))
                      .build(),
                  BodyHandlers.ofString())
              .body();
      return tidy(described);
    }
  }

  /** Without what differs from run to run, in one order. */
  private static String tidy(String described) {
    JsonMapper json =
        JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .build();
    JsonNode api = json.readTree(described);
    assertThat(api.has("paths")).as(described).isTrue();
    ObjectNode root = (ObjectNode) api;
    root.remove("servers");
    root.putObject("info").put("title", "Tributary playback-service").put("version", "v1");
    return json.writeValueAsString(root) + "\n";
  }
}
