package io.tributary.bearer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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
 * that issuer's tokens are refused.
 *
 * <p>A genuine token is remembered, since checking its signature costs a millisecond or more and an
 * app shows the same one with every request. What is remembered is only that the signature is
 * right: audience and time are looked at in every use, and a key that has left the issuer's set
 * takes its tokens with it at once. Tokens that are refused are not remembered: a flood of them
 * would push out the genuine ones.
 *
 * <p>Safe for use by many threads.
 */
public final class BearerVerifier {
  /** How far the clocks of an issuer and of this machine may differ. */
  static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

  /** What servers take as a header anyway; parsing more would be work for nothing. */
  private static final int MAX_HEADER_CHARACTERS = 8 * 1024;

  /**
   * Of all tokens remembered: some 10,000 of the usual length; with their claims 16 MiB at most.
   */
  private static final long MAX_REMEMBERED_CHARACTERS = 4 * 1024 * 1024;

  private static final String SCHEME = "Bearer ";
  private static final Pattern SUBJECT = Pattern.compile("[\\x21-\\x7e]{1,128}");

  private final String audience;
  private final Map<String, IssuerKeys> issuers = new HashMap<>();
  private final InstantSource time;
  private final Cache<String, Genuine> remembered =
      Caffeine.newBuilder()
          .maximumWeight(MAX_REMEMBERED_CHARACTERS)
          .<String, Genuine>weigher((token, _) -> token.length())
          .build();

  private record Genuine(IssuerKeys issuer, VerificationKey key, JWTClaimsSet claims) {}

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
    String token = authorizationHeader.substring(SCHEME.length()).strip();
    try {
      Genuine known = remembered.getIfPresent(token);
      if (known != null) {
        if (known.issuer.current().contains(known.key)) {
          return judge(known.claims);
        }
        remembered.invalidate(token);
      }
      return verifyAnew(token);
    } catch (ParseException | IllegalArgumentException notAToken) {
      // The parser's own words may quote the token.
      return new Verdict.Refused("the token cannot be read (expected: a signed JWT)");
    }
  }

  private Verdict verifyAnew(String text) throws ParseException {
    SignedJWT token = SignedJWT.parse(text);
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
    Signature signature = checkSignature(token, issuer);
    return switch (signature) {
      case Signature.Wrong(String reason) -> new Verdict.Refused(reason);
      case Signature.By(VerificationKey key) -> {
        Verdict verdict = judge(claims);
        if (verdict instanceof Verdict.Known) {
          remembered.put(text, new Genuine(issuer, key, claims));
        }
        yield verdict;
      }
    };
  }

  private sealed interface Signature {
    record By(VerificationKey key) implements Signature {}

    record Wrong(String reason) implements Signature {}
  }

  private static Signature checkSignature(SignedJWT token, IssuerKeys issuer) {
    JWSHeader header = token.getHeader();
    List<VerificationKey> keys = issuer.current();
    if (keys.isEmpty()) {
      issuer.missed();
      return new Signature.Wrong(
          "the issuer's keys are not known yet (expected: retry in some seconds)");
    }
    List<VerificationKey> candidates =
        keys.stream()
            .filter(key -> header.getKeyID() == null || header.getKeyID().equals(key.keyId()))
            .toList();
    if (candidates.isEmpty()) {
      issuer.missed();
      return new Signature.Wrong("kid is not known here (expected: one of the issuer's keys)");
    }
    List<VerificationKey> fitting =
        candidates.stream().filter(key -> key.algorithm().equals(header.getAlgorithm())).toList();
    if (fitting.isEmpty()) {
      return new Signature.Wrong(
          "alg is not the key's (expected: ES256 or RS256, as the issuer's key says)");
    }
    return fitting.stream()
        .filter(key -> isSignedBy(token, key))
        .findFirst()
        .<Signature>map(Signature.By::new)
        .orElseGet(() ->
            new Signature.Wrong(
                "the token's signature is wrong (expected: one made by the issuer's key)"));
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
