package io.tributary.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Properties;

/**
 * A file that a setting names, as secrets are given to a service. What it throws names the setting
 * and the file and shows nothing of its content.
 *
 * @param setting its whole name
 * @param path the setting's value
 * @param expected what must be in it
 */
public record SettingFile(String setting, Path path, String expected) {
  /** More than any key or password has; a wrong path may lead to anything. */
  private static final int MAX_BYTES = 1024 * 1024;

  /**
   * Reads it whole.
   *
   * @throws IOException if it cannot be read, is too large, or is empty
   */
  public String text() throws IOException {
    String text = new String(bytes(), StandardCharsets.UTF_8);
    if (text.isBlank()) {
      throw unusable("it is empty");
    }
    return text;
  }

  /**
   * Reads it as Java properties.
   *
   * @throws IOException if it cannot be read, is too large, is empty, or is no properties file
   */
  public Properties properties() throws IOException {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text()));
    } catch (IllegalArgumentException e) {
      throw unusable("it is no properties file");
    }
    return properties;
  }

  /**
   * Reads it whole.
   *
   * @throws IOException if it cannot be read or is too large
   */
  public byte[] bytes() throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw unusable("there is no such file");
    } catch (AccessDeniedException e) {
      throw unusable("this process may not read it");
    } catch (IOException e) {
      throw unusable("it cannot be read: " + e.getMessage());
    }
    if (bytes.length > MAX_BYTES) {
      throw unusable("it has more than 1 MiB");
    }
    return bytes;
  }

  /**
   * What to throw for content that will not do.
   *
   * @param trouble in words of ours, as a parser's may quote the content; what they expect of a
   *     part is left out
   */
  public IOException unusable(String trouble) {
    return new IOException(
        "%s is %s and cannot be used: %s (expected: %s)"
            .formatted(setting, shown(), trouble.replaceAll(" \\(expected: .*", ""), expected));
  }

  /** Someone may have set the secret itself. */
  private String shown() {
    return path.toString().matches("[^{}=\"\\p{Cntrl}]{1,255}") ? path.toString() : "no path";
  }
}
