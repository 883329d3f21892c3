package io.tributary.oca.store;

import io.tributary.contracts.media.PackageFile;
import io.tributary.contracts.media.PackageManifest;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.media.Rendition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads manifests as what they are, a stranger's bytes: the paths in them become names on this
 * node's disk, and the sizes what it asks for.
 */
public final class PackageManifests {
  /** A day of 4 s segments in ten renditions takes some 30 MiB. */
  public static final int MAX_BYTES = 32 << 20;

  /** As many as the manifest's bound allows. */
  private static final int MAX_FILES = 250_000;

  /** A segment of 4 s at 100 Mbit/s is 50 MiB. */
  private static final long MAX_FILE_BYTES = 1L << 30;

  private static final Pattern PATH =
      Pattern.compile("[a-z0-9][a-z0-9.-]{0,99}/[a-z0-9][a-z0-9.-]{0,99}(?<!\\.part)");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private final JsonMapper json;

  public PackageManifests(JsonMapper json) {
    this.json = json;
  }

  /** The manifest cannot be used. */
  public static final class BadManifestException extends Exception {
    private static final long serialVersionUID = 1;

    BadManifestException(String message) {
      super(message);
    }
  }

  /** A manifest on disk; empty if there is none, or one that is too large to be any. */
  static Optional<byte[]> bytes(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      return bytes.length > MAX_BYTES ? Optional.empty() : Optional.of(bytes);
    }
  }

  /** Reads and checks the manifest of that package. */
  public PackageManifest read(byte[] bytes, PackageRef expected) throws BadManifestException {
    PackageManifest manifest;
    try {
      manifest = json.readValue(bytes, PackageManifest.class);
    } catch (JacksonException | NullPointerException e) {
      throw new BadManifestException("manifest is unreadable: " + firstLine(e));
    }
    check(manifest != null && manifest.formatVersion() == 1, "formatVersion", "1");
    check(expected.equals(refOf(manifest)), "titleId and packageVersion", expected.path());
    Set<String> paths = new HashSet<>();
    for (Rendition rendition : manifest.renditions()) {
      check(rendition.init() != null && rendition.kind() != null, "rendition", "init and kind");
    }
    List<PackageFile> files = HeldPackage.files(manifest);
    check(!files.isEmpty() && files.size() <= MAX_FILES, "files", "1 to " + MAX_FILES);
    for (PackageFile file : files) {
      check(file.path() != null && PATH.matcher(file.path()).matches(), "path", PATH.pattern());
      check(paths.add(file.path()), "path " + file.path(), "once");
      check(
          file.sha256() != null && SHA256.matcher(file.sha256()).matches(),
          "sha256 of " + file.path(),
          "64 lower-case hexadecimal digits");
      check(
          file.bytes() >= 0 && file.bytes() <= MAX_FILE_BYTES,
          "bytes of " + file.path(),
          "0 to " + MAX_FILE_BYTES);
    }
    return manifest;
  }

  /** All files of the package but its manifest, in the order to fetch. */
  public static List<PackageFile> files(PackageManifest manifest) {
    return HeldPackage.files(manifest);
  }

  private static PackageRef refOf(PackageManifest manifest) throws BadManifestException {
    try {
      return manifest.ref();
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new BadManifestException("manifest names no package (expected: ids)");
    }
  }

  private static void check(boolean isSo, String what, String expected)
      throws BadManifestException {
    if (!isSo) {
      throw new BadManifestException(
          "manifest's " + what + " is wrong (expected: " + expected + ")");
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
