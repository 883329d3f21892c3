package io.tributary.gateway;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalIssuerProfileIT {
  @Test
  void anotherProfileThanLocalRefusesToStartWithALocalIssuer(@TempDir Path folder)
      throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("issuer").generate();
    Files.writeString(folder.resolve("jwks.json"), new JWKSet(key).toString(true));

    assertThatThrownBy(() ->
            GatewayRun.start(
                "production",
                folder,
                "--gateway.upstreams.playback=http://127.0.0.1:1",
                "--gateway.local-issuer-key-file=" + folder.resolve("key.jwk")))
        .hasStackTraceContaining(
            "gateway.local-issuer-key-file is set in profile [production] (expected: only in"
                + " profile local");
  }
}
