package io.tributary.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Properties;

/**
 * With what a service signs its requests to the object store.
 *
 * @param accessKeyId names the key; no secret
 * @param secretAccessKey the key
 */
public record ObjectStoreCredentials(String accessKeyId, String secretAccessKey) {
  /**
   * Reads the file that {@code tributary.object-store.credentials-file} names.
   *
   * @throws IOException if it cannot be read or lacks one of the two; names the setting
   */
  public static ObjectStoreCredentials in(Path file) throws IOException {
    SettingFile named =
        new SettingFile(
            "tributary.object-store.credentials-file",
            file,
            "a properties file with accessKeyId and secretAccessKey");
    Properties properties = named.properties();
    return new ObjectStoreCredentials(
        value("accessKeyId", properties, named), value("secretAccessKey", properties, named));
  }

  private static String value(String name, Properties properties, SettingFile file)
      throws IOException {
    String value = properties.getProperty(name, "").strip();
    if (value.isEmpty()) {
      throw file.unusable("it has no " + name);
    }
    return value;
  }

  /** Never shows the key: this text may reach a log. */
  @Override
  public String toString() {
    return "ObjectStoreCredentials[accessKeyId=" + accessKeyId + "]";
  }
}
