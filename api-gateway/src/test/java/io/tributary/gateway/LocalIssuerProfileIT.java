package io.tributary.gateway;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalIssuerProfileIT {
  @Test
  void anotherProfileThanLocalRefusesToStartWithALocalIssuer(@TempDir Path folder) {
    assertThatThrownBy(() ->
            GatewayRun.start(
                "production",
                folder,
                "--gateway.local-issuer.key-file=" + folder.resolve("key.jwk")))
        .hasStackTraceContaining(
            "gateway.local-issuer.key-file is set in profile [production] (expected: only in"
                + " profile local");
  }
}
