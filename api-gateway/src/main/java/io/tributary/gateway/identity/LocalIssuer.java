package io.tributary.gateway.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.tributary.bearer.Role;
import io.tributary.settings.SettingFile;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Gives a viewer's bearer token to whoever names an account: for a fleet on one laptop, where there
 * is no OIDC issuer and nobody to keep out. Never an operator's: this answers at the public door.
 *
 * <p>Safe for use by many threads.
 */
public final class LocalIssuer {
  private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
  private static final Duration LIFE = Duration.ofHours(12);

  private final ECKey key;
  private final ECDSASigner signer;
  private final String issuer;
  private final String audience;
  private final InstantSource time;

  /** What a request for a token led to. */
  public sealed interface Answer {
    /** Here it is. */
    record Issued(String token, Instant expiresAt) implements Answer {
      /** Never shows the token: this text may reach a log. */
      @Override
      public String toString() {
        return "Issued[expiresAt=" + expiresAt + "]";
      }
    }

    /** The account's name cannot be one. */
    record Refused(String reason) implements Answer {}
  }

  private LocalIssuer(ECKey key, String issuer, String audience, InstantSource time)
      throws JOSEException {
    this.key = key;
    this.signer = new ECDSASigner(key);
    this.issuer = issuer;
    this.audience = audience;
    this.time = time;
  }

  /**
   * Reads the signing key.
   *
   * @param keyFile a private EC P-256 JWK
   * @param issuer the tokens' {@code iss}
   * @param audience the tokens' {@code aud}
   * @throws IOException if the file holds no such key; names its setting
   */
  public static LocalIssuer withKeyIn(
      Path keyFile, String issuer, String audience, InstantSource time) throws IOException {
    SettingFile file =
        new SettingFile("gateway.local-issuer-key-file", keyFile, "a private EC P-256 JWK");
    try {
      return new LocalIssuer(ECKey.parse(file.text()), issuer, audience, time);
    } catch (ParseException | JOSEException another) {
      throw file.unusable("it is none");
    }
  }

  /** Gives a token, good for 12 hours. */
  public Answer tokenFor(String account) {
    if (!ACCOUNT.matcher(account).matches()) {
      return new Answer.Refused(
          "account is " + shown(account) + " (expected: " + ACCOUNT.pattern() + ")");
    }
    Instant now = time.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant expiresAt = now.plus(LIFE);
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
            new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(audience)
                .subject(account)
                .claim("roles", List.of(Role.VIEWER.claim()))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(expiresAt))
                .build());
    try {
      token.sign(signer);
    } catch (JOSEException broken) {
      throw new IllegalStateException("the local issuer's key does not sign", broken);
    }
    return new Answer.Issued(token.serialize(), expiresAt);
  }

  private static String shown(String account) {
    String start = account.length() > 64 ? account.substring(0, 64) + "…" : account;
    return start.isEmpty() ? "empty" : start.replaceAll("\\p{Cntrl}", "?");
  }
}
