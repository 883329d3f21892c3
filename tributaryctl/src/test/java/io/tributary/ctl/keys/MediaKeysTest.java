package io.tributary.ctl.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaKeysTest {
  private static final Path KEYTOOL = Path.of(System.getProperty("java.home"), "bin", "keytool");

  @TempDir Path folder;

  private FleetKeys files;
  private MediaKeys keys;
  private String first;

  @BeforeEach
  void make() throws Exception {
    files = new FleetKeys(folder, KEYTOOL, List.of());
    files.makeMissing();
    keys = new MediaKeys(files);
    first = keys.ids().getFirst();
  }

  @Test
  void aNewKeyVerifiesBeforeItSigns() throws Exception {
    String fresh = keys.add();

    assertThat(keys.ids()).containsExactly(first, fresh);
    assertThat(publicKeys()).allMatch(key -> !key.isPrivate());
    assertThat(publicKeys()).extracting(JWK::getKeyID).containsExactly(first, fresh);
  }

  @Test
  void theKeyThatSignsIsTheFirstPrivateOne() throws Exception {
    String fresh = keys.add();

    keys.sign(fresh);

    assertThat(keys.ids()).containsExactly(fresh, first);
    assertThat(JWKSet.load(files.mediaKeys().toFile()).getKeys())
        .allMatch(JWK::isPrivate)
        .extracting(JWK::getKeyID)
        .containsExactly(fresh, first);
  }

  @Test
  void aKeyThatIsRemovedVerifiesNoMore() throws Exception {
    keys.sign(keys.add());

    keys.remove(first);

    assertThat(keys.ids()).hasSize(1).doesNotContain(first);
    assertThat(publicKeys()).extracting(JWK::getKeyID).isEqualTo(keys.ids());
  }

  @Test
  void theKeyThatSignsIsNeverRemoved() throws Exception {
    keys.add();

    assertThatThrownBy(() -> keys.remove(first)).hasMessageContaining("signs");
    assertThat(keys.ids()).hasSize(2);
  }

  @Test
  void anIdThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> keys.sign("nobody")).hasMessageContaining("there is no key nobody");
  }

  @Test
  void thereAreNeverMoreKeysThanVerifiersRead() throws Exception {
    for (int i = 1; i < 16; i++) {
      keys.add();
    }

    assertThatThrownBy(keys::add).isInstanceOf(IOException.class).hasMessageContaining("16 keys");
  }

  @Test
  void whatIsWrittenIsForItsOwnerAlone() throws Exception {
    keys.add();

    for (Path file : List.of(files.mediaKeys(), files.mediaPublicKeys())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  private List<JWK> publicKeys() throws Exception {
    return JWKSet.load(files.mediaPublicKeys().toFile()).getKeys();
  }
}
