package io.tributary.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CassandraSecurityTest {
  @TempDir Path folder;

  @Test
  void whatIsNotSetIsNotDone() throws Exception {
    assertThat(CassandraSecurity.NONE.authProvider()).isNull();
    assertThat(CassandraSecurity.NONE.encryption()).isNull();
  }

  @Test
  void aChangedPasswordIsTakenWithoutARestart() throws Exception {
    Files.writeString(folder.resolve("username"), "tributary\n");
    Files.writeString(folder.resolve("password"), "old");
    var credentials = new CredentialsFolder("a.b", folder);
    assertThat(credentials.read().getPassword()).containsExactly('o', 'l', 'd');

    Files.writeString(folder.resolve("password"), "new\n");

    assertThat(credentials.read().getPassword()).containsExactly('n', 'e', 'w');
    assertThat(new String(credentials.read().getUsername())).isEqualTo("tributary");
  }

  @Test
  void whatWillNotDoIsNamed() throws Exception {
    Files.writeString(folder.resolve("username"), "tributary");
    assertThatThrownBy(() -> new CassandraSecurity(folder.toString(), "", true).authProvider())
        .isInstanceOf(IOException.class)
        .hasMessage(
            "tributary.cassandra.security.credentials-folder is "
                + folder.resolve("password")
                + " and cannot be used: there is no such file (expected: a folder with the files"
                + " username and password)");

    Path noAuthority = Files.writeString(folder.resolve("ca.crt"), "none");
    assertThatThrownBy(() -> new CassandraSecurity("", noAuthority.toString(), true).encryption())
        .isInstanceOf(IOException.class)
        .hasMessage(
            "tributary.cassandra.security.ca-file is "
                + noAuthority
                + " and cannot be used: it has no certificate (expected: a file of certificates in"
                + " PEM)");
  }
}
