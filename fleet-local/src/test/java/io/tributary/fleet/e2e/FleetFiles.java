package io.tributary.fleet.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where the fleet under test keeps what the tests look at or break. */
final class FleetFiles {

  private FleetFiles() {}

  static Path mediaSigningKeys(Fleet fleet) {
    return fleet.host().secret("media/media.jwks");
  }

  /** What the node door's own certificate is signed with. */
  static Path authorityCertificate(Fleet fleet) {
    return fleet.host().secret("authority-public/authority.pem");
  }

  /** A node's key and certificate. */
  static Path identity(Fleet fleet, String nodeId) {
    return fleet.host().data(nodeId).resolve("state/identity.json");
  }

  static Path objectStore(Fleet fleet) {
    return fleet.host().data("object-store");
  }

  /** A file of a package on a node's disk. */
  static Path held(Fleet fleet, String nodeId, String titleId, String packageVersion, String path) {
    return fleet
        .host()
        .data(nodeId)
        .resolve("store/packages")
        .resolve(titleId)
        .resolve(packageVersion)
        .resolve(path);
  }

  /** The encoder's programs, as the worker that was first to need them unpacked them. */
  static Path ffmpeg(Fleet fleet, String program) {
    return fleet.processes("media-pipeline").stream()
        .flatMap(worker -> programs(fleet.host().data(worker), program))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + program + " below any media-pipeline"));
  }

  private static Stream<Path> programs(Path folder, String name) {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree
          .filter(file -> file.endsWith(name) && Files.isExecutable(file))
          .filter(Files::isRegularFile)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
