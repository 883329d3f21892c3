package io.tributary.controlplane;

import io.tributary.backends.ServiceProcess;
import io.tributary.controlplane.identity.AuthorityConfig;
import io.tributary.controlplane.identity.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The service as a process, with all that it must be told but where its backends are. */
final class ControlPlaneProcess {
  private ControlPlaneProcess() {}

  /**
   * Starts it and returns at once.
   *
   * @param folder for its secrets
   * @param backends settings of Cassandra and Kafka, as {@code --name=value}
   */
  static ServiceProcess start(Path folder, String... backends) throws Exception {
    return new ServiceProcess(ControlPlaneApplication.class, settings(folder, backends));
  }

  /** What it is started with, in a process or not. */
  static String[] settings(Path folder, String... others) throws Exception {
    AuthorityConfig authority = TestAuthority.in(folder).config();
    Path mediaKeys = Files.writeString(folder.resolve("media-public.jwks"), NodeDoorIT.MEDIA_KEYS);
    Path credentials =
        Files.writeString(
            folder.resolve("object-store.properties"), "accessKeyId=id\nsecretAccessKey=secret\n");
    List<String> settings =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--spring.profiles.active=local",
                "--tributary.identity.issuers[0].issuer=https://login.test",
                "--tributary.identity.issuers[0].jwks=https://login.test/jwks",
                "--control-plane.media-token-keys-file=" + mediaKeys,
                "--tributary.object-store.credentials-file=" + credentials,
                "--control-plane.node-door.port=0",
                "--control-plane.authority.key-store-file=" + authority.keyStoreFile(),
                "--control-plane.authority.password-file=" + authority.passwordFile()));
    settings.addAll(List.of(others));
    return settings.toArray(String[]::new);
  }
}
