package io.tributary.cassandra;

import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.auth.PlainTextAuthProviderBase;
import com.datastax.oss.driver.api.core.metadata.EndPoint;
import io.tributary.settings.SettingFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Shows Cassandra the name and password that are in a folder when a connection is made, so that a
 * changed password needs no restart.
 */
final class CredentialsFolder extends PlainTextAuthProviderBase {
  private final String setting;
  private final Path folder;

  CredentialsFolder(String setting, Path folder) {
    super("");
    this.setting = setting;
    this.folder = folder;
  }

  /**
   * What is there now.
   *
   * @throws IOException if it cannot be read; names the setting
   */
  Credentials read() throws IOException {
    return new Credentials(word("username"), word("password"));
  }

  /** Editors end a file with a line's end, which is no part of a password. */
  private char[] word(String name) throws IOException {
    return new SettingFile(
            setting, folder.resolve(name), "a folder with the files username and password")
        .text()
        .strip()
        .toCharArray();
  }

  @Override
  protected Credentials getCredentials(EndPoint endPoint, String serverAuthenticator) {
    try {
      return read();
    } catch (IOException e) {
      throw new AuthenticationException(endPoint, String.valueOf(e.getMessage()), e);
    }
  }
}
