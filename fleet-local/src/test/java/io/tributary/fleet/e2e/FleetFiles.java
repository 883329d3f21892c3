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
    return fleet.home().resolve("keys/media.jwks");
  }

  /** What the node door's own certificate is signed with. */
  static Path authorityCertificate(Fleet fleet) {
    return fleet.home().resolve("keys/authority.pem");
  }

  /** A node's key and certificate. */
  static Path identity(Fleet fleet, String nodeId) {
    return data(fleet).resolve(nodeId).resolve("state/identity.json");
  }

  static Path objectStore(Fleet fleet) {
    return fleet.home().resolve("data/object-store");
  }

  static Path data(Fleet fleet) {
    return fleet.home().resolve("data");
  }

  /** A file of a package on a node's disk. */
  static Path held(Fleet fleet, String nodeId, String titleId, String packageVersion, String path) {
    return data(fleet)
        .resolve(nodeId)
        .resolve("store/packages")
        .resolve(titleId)
        .resolve(packageVersion)
        .resolve(path);
  }

  /** The encoder's programs, as the pipeline unpacked them. */
  static Path ffmpeg(Fleet fleet, String program) {
    try (Stream<Path> tree = Files.walk(data(fleet).resolve("media-pipeline-1"))) {
      return tree.filter(file -> file.endsWith(program) && Files.isExecutable(file))
          .filter(Files::isRegularFile)
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + program + " below media-pipeline-1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
