package io.tributary.fleet.objectstore;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * What the object store needs to know. A bad value is refused by an {@link
 * IllegalArgumentException} that names the setting, its value and what was expected.
 *
 * @param address to listen on
 * @param port to listen on; 0 for any free one
 * @param folder holding one folder a bucket; made when missing
 * @param accessKeyId of the one identity that may do everything
 * @param secretAccessKey of that identity
 */
record ObjectStoreSettings(
    String address, int port, Path folder, String accessKeyId, String secretAccessKey) {

  /**
   * Reads {@code --address=…}, {@code --port=…}, {@code --folder=…} and {@code
   * --credentials-file=…} (properties {@code accessKeyId} and {@code secretAccessKey}).
   */
  static ObjectStoreSettings parse(String... arguments) throws IOException {
    Map<String, String> settings = new HashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (!argument.startsWith("--") || equals < 0) {
        throw new IllegalArgumentException("argument is " + argument + " (expected: --name=value)");
      }
      settings.put(argument.substring(2, equals), argument.substring(equals + 1));
    }
    Properties credentials = new Properties();
    Path credentialsFile = Path.of(required(settings, "credentials-file"));
    try (Reader reader = Files.newBufferedReader(credentialsFile)) {
      credentials.load(reader);
    }
    return new ObjectStoreSettings(
        settings.getOrDefault("address", "127.0.0.1"),
        port(required(settings, "port")),
        Path.of(required(settings, "folder")),
        credential(credentials, credentialsFile, "accessKeyId"),
        credential(credentials, credentialsFile, "secretAccessKey"));
  }

  /** Never shows the secret: this text may reach a log. */
  @Override
  public String toString() {
    return "address=" + address + " port=" + port + " folder=" + folder;
  }

  private static String required(Map<String, String> settings, String name) {
    String value = settings.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + " is missing (expected: --" + name + "=value)");
    }
    return value;
  }

  private static String credential(Properties credentials, Path file, String name) {
    String value = credentials.getProperty(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + " is missing in " + file);
    }
    return value;
  }

  private static int port(String value) {
    try {
      int port = Integer.parseInt(value);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below, together with numbers out of range.
    }
    throw new IllegalArgumentException("port is " + value + " (expected: 0 to 65535)");
  }
}
