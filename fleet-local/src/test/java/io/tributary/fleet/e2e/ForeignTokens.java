package io.tributary.fleet.e2e;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.tributary.token.KeySet;
import io.tributary.token.MediaGrant;
import io.tributary.token.MediaTokenSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Tokens that look right and are not. */
final class ForeignTokens {

  private ForeignTokens() {}

  /** The same claims under the same key id, signed by a key of nobody's. */
  static String signedByNobodyWeKnow(String token) {
    try {
      SignedJWT real = SignedJWT.parse(token);
      SignedJWT forged =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(real.getHeader().getKeyID()).build(),
              real.getJWTClaimsSet());
      forged.sign(new ECDSASigner(new ECKeyGenerator(Curve.P_256).generate()));
      return forged.serialize();
    } catch (ParseException | JOSEException e) {
      throw new AssertionError("the real token could not be read or copied", e);
    }
  }

  /** The same claims with {@code alg: none}. */
  static String unsigned(String token) {
    try {
      JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
      return new PlainJWT(claims).serialize();
    } catch (ParseException e) {
      throw new AssertionError("the real token could not be read", e);
    }
  }

  /** What the fleet's own key would have signed for this segment yesterday. */
  static String expiredMediaToken(Fleet fleet, URI segment) {
    String[] path = segment.getPath().split("/", -1);
    Instant end = Instant.now().minus(Duration.ofHours(1));
    try {
      String keys = Files.readString(FleetFiles.mediaSigningKeys(fleet));
      return new MediaTokenSigner(KeySet.parse(keys))
          .sign(
              new MediaGrant(
                  "media",
                  "expired-play",
                  "/" + path[3] + "/" + path[4] + "/",
                  end.minus(Duration.ofHours(12)),
                  end,
                  Map.of()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
