package io.tributary.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeySetTest {
  private final ECKey old = TestKeys.key("2026-10");
  private final ECKey current = TestKeys.key("2026-11");

  @Test
  void aPrivateKeyIsRefusedWhereOnlyPublicOnesMayBe() {
    assertThatThrownBy(() -> KeySet.parsePublic(TestKeys.privateJwks(current)))
        .hasMessage("keys hold a private key (expected: public keys only)");
  }

  @Test
  void publicOnlyKeepsIdsAndLosesPrivateParts() {
    KeySet stripped = TestKeys.set(current, old).publicOnly();

    assertThat(stripped.keyIds()).isEqualTo(List.of("2026-11", "2026-10"));
    assertThat(stripped.hasPrivateKeys()).isFalse();
    assertThat(stripped.toPublicJwks()).doesNotContain("\"d\"");
  }

  @Test
  void itsPublicTextHasNoPrivatePartEvenWhenTheSetHas() {
    KeySet keys = TestKeys.set(current, old);

    assertThat(keys.toPublicJwks()).doesNotContain("\"d\"");
    assertThat(KeySet.parsePublic(keys.toPublicJwks()).keyIds()).isEqualTo(keys.keyIds());
    assertThat(keys.toString()).isEqualTo("KeySet[2026-11, 2026-10]");
  }

  @Test
  void whatIsNoJwkSetIsRefusedWithoutQuotingIt() {
    assertThatThrownBy(() -> KeySet.parse("{\"d\":\"secret"))
        .hasMessage("keys are unreadable (expected: a JWK set)")
        .hasNoCause();
  }

  @Test
  void twoKeysOfOneIdAreRefused() {
    assertThatThrownBy(() -> TestKeys.set(current, TestKeys.key("2026-11")))
        .hasMessage("kid is 2026-11 twice (expected: distinct)");
  }

  @Test
  void aKeyOfAnotherKindIsRefused() {
    String symmetric =
        "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"k\",\"k\":\"%s\"}]}"
            .formatted(Base64URL.encode(new byte[32]));

    assertThatThrownBy(() -> KeySet.parse(symmetric))
        .hasMessage("key k is another kind (expected: EC P-256)");
  }

  @Test
  void withoutAPrivateKeyNobodySigns() {
    assertThatThrownBy(() -> new MediaTokenSigner(TestKeys.set(current).publicOnly()))
        .hasMessage("keys are KeySet[2026-11] (expected: a private key among them)");
  }
}
