package io.tributary.controlplane.enrolment;

import io.tributary.contracts.admin.EnrolmentToken;
import io.tributary.contracts.node.EnrolmentRequest;
import io.tributary.controlplane.enrolment.EnrolmentTokens.Redemption;
import io.tributary.controlplane.identity.CertificateAuthority;
import io.tributary.controlplane.identity.CertificateRequest;
import io.tributary.controlplane.identity.NodeIdentity;
import io.tributary.controlplane.registry.RegisteredNode;
import io.tributary.controlplane.registry.Registry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Lets nodes in and renews their identity.
 *
 * <p>A request is checked before its token is touched, so a broken one does not cost the token.
 * Every step may be repeated: a node that lost the answer asks again with the same key. Safe for
 * use by many threads.
 */
public final class Enrolments {
  private static final int TOKEN_BYTES = 32;

  private final CertificateAuthority authority;
  private final EnrolmentTokens tokens;
  private final Registry registry;
  private final SecureRandom random;
  private final Duration tokenLifetime;

  public Enrolments(
      CertificateAuthority authority,
      EnrolmentTokens tokens,
      Registry registry,
      SecureRandom random,
      Duration tokenLifetime) {
    this.authority = authority;
    this.tokens = tokens;
    this.registry = registry;
    this.random = random;
    this.tokenLifetime = tokenLifetime;
  }

  /** Gives one node the right to join once; the site is the caller's to check. */
  public EnrolmentToken invite(String nodeId, String siteId, Instant now) {
    byte[] secret = new byte[TOKEN_BYTES];
    random.nextBytes(secret);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    Instant expiresAt = now.plus(tokenLifetime).truncatedTo(ChronoUnit.MILLIS);
    tokens.put(sha256(token), nodeId, siteId, expiresAt);
    return new EnrolmentToken(token, nodeId, siteId, expiresAt);
  }

  /** A node without an identity asks for one. */
  public EnrolmentOutcome enrol(EnrolmentRequest request, Instant now) {
    return switch (CertificateRequest.read(request.certificateRequest())) {
      case CertificateRequest.Refused(String reason) -> new EnrolmentOutcome.BadRequest(reason);
      case CertificateRequest.Proven proven ->
          switch (tokens.redeem(sha256(request.token()), proven.keySha256(), now)) {
            case Redemption.Worthless _ -> new EnrolmentOutcome.WorthlessToken();
            case Redemption.Used _ -> new EnrolmentOutcome.TokenUsed();
            case Redemption.Redeemed(String nodeId, String siteId) ->
                admit(nodeId, siteId, proven, now);
          };
    };
  }

  /**
   * A node whose identity nears its end asks for the next; with the same key or another.
   *
   * <p>Whether it may is asked of the store, never of memory: a renewal lasts for days, and the
   * node has the last third of its certificate's life to ask again. Throws while the store is away.
   */
  public EnrolmentOutcome renew(NodeIdentity node, String certificateRequest, Instant now) {
    return switch (CertificateRequest.read(certificateRequest)) {
      case CertificateRequest.Refused(String reason) -> new EnrolmentOutcome.BadRequest(reason);
      case CertificateRequest.Proven proven -> {
        Optional<RegisteredNode> known = registry.node(node.nodeId());
        if (known.isEmpty()) {
          yield new EnrolmentOutcome.Unregistered(node.nodeId());
        }
        yield known.get().revoked()
            ? new EnrolmentOutcome.Revoked(node.nodeId())
            : new EnrolmentOutcome.Granted(
                authority.sign(node.nodeId(), node.siteId(), proven, now));
      }
    };
  }

  private EnrolmentOutcome admit(
      String nodeId, String siteId, CertificateRequest.Proven request, Instant now) {
    if (registry.node(nodeId).filter(RegisteredNode::revoked).isPresent()) {
      return new EnrolmentOutcome.Revoked(nodeId);
    }
    registry.enrol(nodeId, siteId, now.truncatedTo(ChronoUnit.MILLIS));
    return new EnrolmentOutcome.Granted(authority.sign(nodeId, siteId, request, now));
  }

  private static String sha256(String token) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
