package io.tributary.ctl.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;

/** Signs bearer tokens as the fleet's local issuer. Safe for use by many threads. */
public final class LocalIssuer {

  private static final String AUDIENCE = "tributary";

  private final Path keyFile;
  private final String issuer;
  private final InstantSource clock;

  /**
   * An issuer.
   *
   * @param keyFile with its private JWK, read at each signature
   * @param fleet whose issuer it is
   */
  public LocalIssuer(Path keyFile, String fleet, InstantSource clock) {
    this.keyFile = keyFile;
    this.issuer = name(fleet);
    this.clock = clock;
  }

  /** The issuer's name in tokens. */
  public static String name(String fleet) {
    return "http://tributary.local/" + fleet;
  }

  /**
   * A new token.
   *
   * @param role {@code viewer}, {@code operator}, {@code admin} or {@code partner}
   * @throws IOException if there is no usable key, as before the fleet's first {@code up}
   */
  public String token(String account, String role, Duration lifetime) throws IOException {
    Instant now = clock.instant();
    try {
      ECKey key = ECKey.parse(Files.readString(keyFile));
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
              new JWTClaimsSet.Builder()
                  .issuer(issuer)
                  .audience(AUDIENCE)
                  .subject(account)
                  .claim("roles", List.of(role))
                  .issueTime(Date.from(now))
                  .expirationTime(Date.from(now.plus(lifetime)))
                  .build());
      token.sign(new ECDSASigner(key));
      return token.serialize();
    } catch (ParseException | JOSEException e) {
      throw new IOException(keyFile + " is no usable key: " + e.getMessage(), e);
    }
  }
}
