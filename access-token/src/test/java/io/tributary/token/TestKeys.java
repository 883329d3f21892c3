package io.tributary.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.util.ArrayList;
import java.util.List;

/** Keys made for one test. */
final class TestKeys {
  private TestKeys() {}

  static ECKey key(String keyId) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(keyId).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static KeySet set(ECKey... keys) {
    return KeySet.parse(privateJwks(keys));
  }

  static String privateJwks(ECKey... keys) {
    return new JWKSet(new ArrayList<JWK>(List.of(keys))).toString(false);
  }
}
