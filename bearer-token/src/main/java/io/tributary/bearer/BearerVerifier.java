package io.tributary.bearer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells who shows a bearer token: a JWT signed with ES256 or RS256 by a listed issuer, meant for
 * this audience, with {@code sub} and {@code exp}, within its time (30 seconds of clock skew are
 * forgiven).
 *
 * <p>Never waits for the network: keys of remote issuers are fetched in the background and the last
 * good ones are kept, so it works on while an issuer is away. Until the first fetch has succeeded,
 * that issuer's tokens are refused. Safe for use by many threads.
 */
public final class BearerVerifier {
  /** How far the clocks of an issuer and of this machine may differ. */
  static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

  /** What servers take as a header anyway; parsing more would be work for nothing. */
  private static final int MAX_HEADER_CHARACTERS = 8 * 1024;

  private static final String SCHEME = "Bearer ";
  private static final Pattern SUBJECT = Pattern.compile("[\\x21-\\x7e]{1,128}");

  private final String audience;
  private final Map<String, IssuerKeys> issuers = new HashMap<>();
  private final InstantSource time;

  /**
   * Reads the keys in files, and starts to fetch the others.
   *
   * @throws IllegalArgumentException if a file has none; the message names its setting
   */
  public BearerVerifier(IdentityConfig config, InstantSource time) {
    this.audience = config.audience();
    this.time = time;
    @Nullable HttpFetch http = null;
    for (int i = 0; i < config.issuers().size(); i++) {
      Issuer issuer = config.issuers().get(i);
      URI jwks = issuer.jwks();
      if (jwks.getScheme().equals("file")) {
        issuers.put(
            issuer.issuer(),
            new FileKeys(
                Path.of(jwks), "%s.issuers[%d].jwks".formatted(IdentityConfig.SETTINGS, i), time));
      } else {
        if (http == null) {
          http = new HttpFetch(HttpFetch.ANSWER_TIMEOUT);
        }
        RemoteKeys keys = new RemoteKeys(jwks, http, Thread::startVirtualThread, time);
        keys.start();
        issuers.put(issuer.issuer(), keys);
      }
    }
  }

  /** With keys from elsewhere, by issuer. */
  BearerVerifier(String audience, Map<String, IssuerKeys> issuers, InstantSource time) {
    this.audience = audience;
    this.issuers.putAll(issuers);
    this.time = time;
  }

  /**
   * Tells who sends this header.
   *
   * @param authorizationHeader {@code Bearer <token>}; null if the request has none
   * @return never throws, whatever the header holds
   */
  public Verdict verify(@Nullable String authorizationHeader) {
    if (authorizationHeader == null) {
      return new Verdict.Refused("Authorization is missing (expected: Bearer and a token)");
    }
    if (authorizationHeader.length() > MAX_HEADER_CHARACTERS) {
      return new Verdict.Refused(
          "Authorization has "
              + authorizationHeader.length()
              + " characters (expected: at most "
              + MAX_HEADER_CHARACTERS
              + ")");
    }
    if (!authorizationHeader.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return new Verdict.Refused("Authorization has another scheme (expected: Bearer and a token)");
    }
    try {
      return verify(SignedJWT.parse(authorizationHeader.substring(SCHEME.length()).strip()));
    } catch (ParseException | IllegalArgumentException notAToken) {
      // The parser's own words may quote the token.
      return new Verdict.Refused("the token cannot be read (expected: a signed JWT)");
    }
  }

  private Verdict verify(SignedJWT token) throws ParseException {
    JWSHeader header = token.getHeader();
    if (header.getCriticalParams() != null && !header.getCriticalParams().isEmpty()) {
      return new Verdict.Refused("the token has critical header parameters (expected: none)");
    }
    JWTClaimsSet claims = token.getJWTClaimsSet();
    if (claims == null) {
      return new Verdict.Refused("the token cannot be read (expected: a signed JWT)");
    }
    IssuerKeys issuer = claims.getIssuer() == null ? null : issuers.get(claims.getIssuer());
    if (issuer == null) {
      return new Verdict.Refused("iss is not known here (expected: a listed issuer)");
    }
    @Nullable String badSignature = checkSignature(token, issuer);
    return badSignature != null ? new Verdict.Refused(badSignature) : judge(claims);
  }

  /** Answers what is wrong, or null if a key of the issuer has signed this. */
  private static @Nullable String checkSignature(SignedJWT token, IssuerKeys issuer) {
    JWSHeader header = token.getHeader();
    List<VerificationKey> keys = issuer.current();
    if (keys.isEmpty()) {
      issuer.missed();
      return "the issuer's keys are not known yet (expected: retry in some seconds)";
    }
    List<VerificationKey> candidates =
        keys.stream()
            .filter(key -> header.getKeyID() == null || header.getKeyID().equals(key.keyId()))
            .toList();
    if (candidates.isEmpty()) {
      issuer.missed();
      return "kid is not known here (expected: one of the issuer's keys)";
    }
    List<VerificationKey> fitting =
        candidates.stream().filter(key -> key.algorithm().equals(header.getAlgorithm())).toList();
    if (fitting.isEmpty()) {
      return "alg is not the key's (expected: ES256 or RS256, as the issuer's key says)";
    }
    return fitting.stream().anyMatch(key -> isSignedBy(token, key))
        ? null
        : "the token's signature is wrong (expected: one made by the issuer's key)";
  }

  private static boolean isSignedBy(SignedJWT token, VerificationKey key) {
    try {
      return token.verify(key.verifier());
    } catch (JOSEException | IllegalStateException impossible) {
      return false;
    }
  }

  private Verdict judge(JWTClaimsSet claims) throws ParseException {
    Instant now = time.instant();
    if (!claims.getAudience().contains(audience)) {
      return new Verdict.Refused("aud is another (expected: " + audience + ")");
    }
    Date expires = claims.getExpirationTime();
    if (expires == null) {
      return new Verdict.Refused("exp is missing (expected: when the token ends)");
    }
    if (!now.isBefore(expires.toInstant().plus(CLOCK_SKEW))) {
      return new Verdict.Refused("the token has expired (expected: a fresh one)");
    }
    Date notBefore = claims.getNotBeforeTime();
    if (notBefore != null && now.isBefore(notBefore.toInstant().minus(CLOCK_SKEW))) {
      return new Verdict.Refused("the token is not valid yet (expected: nbf in the past)");
    }
    String subject = claims.getSubject();
    if (subject == null || !SUBJECT.matcher(subject).matches()) {
      return new Verdict.Refused(
          "sub is missing or odd (expected: 1 to 128 visible ASCII characters)");
    }
    return new Verdict.Known(new Caller(subject, roles(claims), claims.getIssuer()));
  }

  private static Set<Role> roles(JWTClaimsSet claims) throws ParseException {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    List<String> words = claims.getStringListClaim("roles");
    if (words != null) {
      words.forEach(word -> Role.ofClaim(word).ifPresent(roles::add));
    }
    return roles;
  }
}
