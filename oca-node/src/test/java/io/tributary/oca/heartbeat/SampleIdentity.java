package io.tributary.oca.heartbeat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/** A node that has enrolled, for tests of those that look at it. */
public final class SampleIdentity {
  private SampleIdentity() {}

  /**
   * Keeps an identity as an enrolment does.
   *
   * @param issued PEM of a certificate for that key
   */
  public static void keep(
      Path stateDirectory,
      String nodeId,
      Instant notAfter,
      JsonMapper json,
      Function<PublicKey, String> issued)
      throws IOException, GeneralSecurityException {
    NodeKeys.StoredKey key = NodeKeys.generate();
    PublicKey shown =
        KeyFactory.getInstance("EC")
            .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key.publicKey())));
    new NodeMemory(stateDirectory, json)
        .identity.write(
            new Identity(nodeId, "site-1", key, issued.apply(shown), notAfter, notAfter));
  }
}
