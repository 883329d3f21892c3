package io.tributary.controlplane.enrolment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.contracts.node.EnrolmentRequest;
import io.tributary.contracts.node.NodeCertificate;
import io.tributary.controlplane.enrolment.EnrolmentOutcome.BadRequest;
import io.tributary.controlplane.enrolment.EnrolmentOutcome.Granted;
import io.tributary.controlplane.identity.AuthorityKeys;
import io.tributary.controlplane.identity.CertificateAuthority;
import io.tributary.controlplane.identity.Identification;
import io.tributary.controlplane.identity.NodeIdentity;
import io.tributary.controlplane.identity.TestAuthority;
import io.tributary.controlplane.identity.TestNode;
import io.tributary.controlplane.registry.InMemoryRegistry;
import io.tributary.controlplane.registry.Registry;
import io.tributary.controlplane.store.StoreUnavailableException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrolmentsTest {

  @TempDir static Path ours;
  @TempDir static Path theirs;
  private static CertificateAuthority authority;
  private static CertificateAuthority foreign;

  /** The authority's key store is made by keytool, which knows the present alone. */
  private static Instant now;

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private Enrolments enrolments;

  @BeforeAll
  static void makeAuthorities() throws Exception {
    authority = authority(ours);
    foreign = authority(theirs);
    now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  @BeforeEach
  void open() {
    enrolments = enrolments(authority);
  }

  @Test
  void givenAGoodRequest_thenTheNodeHasACertificateThatNamesIt() throws Exception {
    NodeCertificate certificate = enrol(invite(), TestNode.fresh().request());

    assertEquals("n1", certificate.nodeId());
    assertEquals(now.plus(Duration.ofDays(7)), certificate.notAfter());
    assertEquals(
        now.plus(Duration.ofDays(7).multipliedBy(2).dividedBy(3)), certificate.renewAfter());
    assertEquals(
        new Identification.Identified(new NodeIdentity("n1", "s1", certificate.notAfter())),
        authority.identify(TestNode.leaf(certificate), now));
    assertTrue(registry.node("n1").isPresent());
  }

  @Test
  void givenTheAnswerWasLost_thenTheSameKeyMayAskAgain() throws Exception {
    TestNode node = TestNode.fresh();
    String token = invite();
    enrol(token, node.request());

    assertEquals("n1", enrol(token, node.request()).nodeId());
  }

  @Test
  void givenATokenWasUsed_thenAnotherKeyIsRefused() throws Exception {
    String token = invite();
    enrol(token, TestNode.fresh().request());

    assertEquals(
        new EnrolmentOutcome.TokenUsed(),
        enrolments.enrol(new EnrolmentRequest(token, TestNode.fresh().request()), now));
  }

  @Test
  void givenATokenIsExpiredOrUnknown_thenItIsWorthless() throws Exception {
    String request = TestNode.fresh().request();

    assertEquals(
        new EnrolmentOutcome.WorthlessToken(),
        enrolments.enrol(new EnrolmentRequest(invite(), request), now.plus(Duration.ofHours(1))));
    assertEquals(
        new EnrolmentOutcome.WorthlessToken(),
        enrolments.enrol(new EnrolmentRequest("guessed", request), now));
  }

  @Test
  void givenABadRequest_thenItIsRefusedAndTheTokenIsStillGood() throws Exception {
    String token = invite();
    for (String request :
        new String[] {
          TestNode.fresh().requestForgedBy(TestNode.fresh()),
          TestNode.on("secp384r1").request(),
          "nonsense",
          "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----",
          "x".repeat(100_000)
        }) {
      assertInstanceOf(
          BadRequest.class, enrolments.enrol(new EnrolmentRequest(token, request), now));
    }

    assertEquals("n1", enrol(token, TestNode.fresh().request()).nodeId());
  }

  @Test
  void givenARevokedNode_thenEvenAGoodTokenLetsItNotIn() throws Exception {
    enrol(invite(), TestNode.fresh().request());
    String token = invite();
    registry.revoke("n1");

    assertEquals(
        new EnrolmentOutcome.Revoked("n1"),
        enrolments.enrol(new EnrolmentRequest(token, TestNode.fresh().request()), now));
  }

  @Test
  void givenRenewal_thenTheIdentityStaysWhateverTheRequestSays() throws Exception {
    NodeIdentity node = new NodeIdentity("n1", "s1", now);
    registry.enrol("n1", "s1", now);

    Granted renewed =
        assertInstanceOf(Granted.class, enrolments.renew(node, TestNode.fresh().request(), now));

    assertEquals("n1", renewed.certificate().nodeId());
    assertEquals("s1", renewed.certificate().siteId());
  }

  @Test
  void givenANodeThatIsRevokedOrUnknown_thenItsCertificateIsNotRenewed() throws Exception {
    NodeIdentity node = new NodeIdentity("n1", "s1", now);
    String request = TestNode.fresh().request();
    assertEquals(new EnrolmentOutcome.Unregistered("n1"), enrolments.renew(node, request, now));

    registry.enrol("n1", "s1", now);
    registry.revoke("n1");
    assertEquals(new EnrolmentOutcome.Revoked("n1"), enrolments.renew(node, request, now));
  }

  /** Else a revoked node could renew at a replica that has not read the registry yet. */
  @Test
  void givenTheStoreIsAway_thenNoCertificateIsRenewed() throws Exception {
    NodeIdentity node = new NodeIdentity("n1", "s1", now);
    String request = TestNode.fresh().request();
    Registry away =
        (Registry)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Registry.class},
                (proxy, method, args) -> {
                  throw new StoreUnavailableException("away", new IOException());
                });
    Enrolments blind =
        new Enrolments(
            authority,
            new InMemoryEnrolmentTokens(),
            away,
            new SecureRandom(),
            Duration.ofHours(1));

    assertThrows(StoreUnavailableException.class, () -> blind.renew(node, request, now));
  }

  @Test
  void givenAnotherAuthoritysOrAnExpiredCertificate_thenItIsForeign() throws Exception {
    registry.enrol("n1", "s1", now);
    Enrolments elsewhere = enrolments(foreign);
    NodeCertificate strange =
        assertInstanceOf(
                Granted.class,
                elsewhere.renew(new NodeIdentity("n1", "s1", now), TestNode.fresh().request(), now))
            .certificate();
    X509Certificate own = TestNode.leaf(enrol(invite(), TestNode.fresh().request()));

    assertInstanceOf(Identification.Foreign.class, authority.identify(TestNode.leaf(strange), now));
    assertInstanceOf(
        Identification.Foreign.class, authority.identify(own, now.plus(Duration.ofDays(8))));
    assertInstanceOf(
        Identification.Foreign.class, authority.identify(authority.certificate(), now));
  }

  private String invite() {
    return enrolments.invite("n1", "s1", now).token();
  }

  private NodeCertificate enrol(String token, String request) {
    return assertInstanceOf(
            Granted.class, enrolments.enrol(new EnrolmentRequest(token, request), now))
        .certificate();
  }

  private Enrolments enrolments(CertificateAuthority by) {
    return new Enrolments(
        by, new InMemoryEnrolmentTokens(), registry, new SecureRandom(), Duration.ofHours(1));
  }

  private static CertificateAuthority authority(Path folder) throws Exception {
    var config = TestAuthority.in(folder).config();
    return new CertificateAuthority(
        AuthorityKeys.open(config), config.certificateLifetime(), new SecureRandom());
  }
}
