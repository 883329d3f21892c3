package io.tributary.fleet.images;

import io.tributary.backends.CassandraSettings;
import io.tributary.ctl.keys.FleetKeys;
import io.tributary.ctl.keys.LocalIssuer;
import io.tributary.fleet.layout.Checkout;
import io.tributary.fleet.layout.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lays out, below {@code target/images}, a folder an image with everything that its Dockerfile
 * copies: jars of others apart from ours, so that a change of ours changes a small layer; the
 * options of the JVM with the class path; throwaway secrets for the one start while the image is
 * built. For use by one thread.
 *
 * <p>Every file gets one and the same time of change: a JVM takes an AOT cache only for jars of the
 * times at which it was made.
 */
public final class ImageContexts {

  private static final FileTime UNCHANGED = FileTime.fromMillis(1_750_000_000_000L);
  private static final int CASSANDRA_HEAP_MEBIBYTES = 512;

  private static final List<String> SECRETS =
      List.of(
          "issuer",
          "issuer-public",
          "media",
          "media-public",
          "object-store",
          "authority",
          "authority-public",
          "enrolment");

  /** An image is built long after its context was laid out. */
  private static final Duration TRAINING = Duration.ofDays(365);

  private final Checkout checkout;
  private final Path root;

  /** Those of a built checkout. */
  public ImageContexts(Checkout checkout) {
    this.checkout = checkout;
    this.root = checkout.root().resolve("target").resolve("images");
  }

  /**
   * {@code ImageContexts CHECKOUT}; the build runs it.
   *
   * @throws Exception if something is not built or cannot be written
   */
  public static void main(String[] arguments) throws Exception {
    new ImageContexts(new Checkout(Path.of(arguments[0]).toRealPath())).write();
  }

  private void write() throws IOException, InterruptedException {
    Path secrets = root.resolve("training-secrets");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    FleetKeys keys = new FleetKeys(secrets, keytool, List.of());
    keys.makeMissing();
    keys.keepEnrolmentToken("nobody", "for training alone");
    String token =
        new LocalIssuer(keys.issuerKey(), "local", InstantSource.system())
            .token("nobody", "operator", TRAINING);
    for (Image image : Image.values()) {
      Path context = root.resolve(image.id());
      List<String> classPath = copyJars(checkout.classPath(image.module()), context);
      write(context.resolve("jvm-options"), jvmOptions(image, classPath));
      write(context.resolve("main-class"), image.mainClass() + "\n");
      write(context.resolve("container.properties"), properties(image));
      write(context.resolve("training/settings"), training(image));
      write(context.resolve("training/arguments"), lines(image.trainingArguments()));
      write(context.resolve("training/requests"), lines(image.trainingRequests()));
      write(context.resolve("training/bearer-token"), token);
      copyTree(secrets, context.resolve("training/secrets"));
      if (image.endsByItself()) {
        write(context.resolve("training/ends-by-itself"), "");
      }
      copyTree(checkout.root().resolve("containers").resolve("run"), context.resolve("run"));
      makeMountPoints(context);
      copyBillOfMaterials(image, context);
    }
    writeStandIns();
  }

  /** Images for machines that can reach no registry: the same programs, by the same settings. */
  private void writeStandIns() throws IOException {
    Path cassandra = standIn(Service.CASSANDRA, "var/lib/cassandra");
    CassandraSettings settings =
        new CassandraSettings(
            Path.of("/etc/cassandra"),
            Path.of("/var/lib/cassandra"),
            9042,
            7000,
            7199,
            CASSANDRA_HEAP_MEBIBYTES);
    List<String> options = new ArrayList<>(settings.jvmOptions());
    options.addAll(classPathOption(copyJars(checkout.classPath(Service.CASSANDRA), cassandra)));
    options.add(Service.CASSANDRA.mainClass());
    write(cassandra.resolve("jvm-options"), lines(options));
    Path config = Files.createDirectories(cassandra.resolve("config"));
    new CassandraSettings(config, config, 9042, 7000, 7199, CASSANDRA_HEAP_MEBIBYTES).writeFiles();
    Path kafka = standIn(Service.KAFKA, "var/lib/kafka/data");
    write(
        kafka.resolve("jvm-options"),
        lines(classPathOption(copyJars(checkout.classPath(Service.KAFKA), kafka))));
  }

  private Path standIn(Service service, String dataFolder) throws IOException {
    Path context = root.resolve("local-" + service.id());
    copyTree(
        checkout.root().resolve("containers/local").resolve(service.id()),
        context.resolve("stand-in"));
    Files.createDirectories(context.resolve("mount-points").resolve(dataFolder));
    return context;
  }

  private static String jvmOptions(Image image, List<String> classPath) {
    List<String> options = new ArrayList<>();
    options.add("-XX:MaxRAMPercentage=" + image.heapPercent());
    // With a small container's one core any other collector is slower; it must be the one of
    // training.
    options.addAll(List.of("-XX:+UseSerialGC", "-Xss512k", "-XX:+ExitOnOutOfMemoryError"));
    options.add("--enable-native-access=ALL-UNNAMED");
    options.add("--sun-misc-unsafe-memory-access=allow");
    options.add("-Dspring.config.additional-location=file:/app/container.properties");
    options.addAll(classPathOption(classPath));
    return lines(options);
  }

  private static String properties(Image image) {
    return lines(
        image.settings().entrySet().stream()
            .map(setting -> setting.getKey() + "=" + setting.getValue())
            .toList());
  }

  private static String training(Image image) {
    return image.training().entrySet().stream()
        .map(setting -> "export " + setting.getKey() + "=" + setting.getValue() + "\n")
        .collect(Collectors.joining());
  }

  /** The jars' places in the image, in the order in which the build put them. */
  private List<String> copyJars(List<Path> jars, Path context) throws IOException {
    List<String> classPath = new ArrayList<>();
    Set<Path> wanted = new HashSet<>();
    for (Path jar : jars) {
      String layer = jar.startsWith(checkout.root()) ? "ours" : "lib";
      Path copy = context.resolve(layer).resolve(String.valueOf(jar.getFileName()));
      if (!wanted.add(copy)) {
        throw new IOException("two jars have one name: " + jar.getFileName());
      }
      copy(jar, copy);
      classPath.add("/app/" + layer + "/" + jar.getFileName());
    }
    for (String layer : List.of("ours", "lib")) {
      Files.createDirectories(context.resolve(layer));
      try (Stream<Path> present = Files.list(context.resolve(layer))) {
        for (Path file : present.toList()) {
          if (!wanted.contains(file)) {
            Files.delete(file);
          }
        }
      }
    }
    return classPath;
  }

  private void copyBillOfMaterials(Image image, Path context) throws IOException {
    Path bill = checkout.root().resolve(image.module()).resolve("target/bom.json");
    if (!Files.exists(bill)) {
      throw new IOException(bill + " is missing (expected: a build with -Pimages)");
    }
    copy(bill, context.resolve("sbom.cdx.json"));
  }

  private static void copyTree(Path from, Path to) throws IOException {
    if (Files.exists(to)) {
      try (Stream<Path> old = Files.walk(to)) {
        for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    try (Stream<Path> files = Files.walk(from).filter(Files::isRegularFile)) {
      for (Path file : files.toList()) {
        copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.resolveSibling(""));
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(to, UNCHANGED);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, UNCHANGED);
  }

  private static List<String> classPathOption(List<String> classPath) {
    return List.of("-cp", String.join(":", classPath));
  }

  /** Empty folders that the image's user owns; a volume that is new takes their owner over. */
  private static void makeMountPoints(Path context) throws IOException {
    Files.createDirectories(context.resolve("mount-points/data"));
    for (String secret : SECRETS) {
      Files.createDirectories(context.resolve("mount-points/secrets").resolve(secret));
    }
  }

  private static String lines(List<String> lines) {
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }
}
