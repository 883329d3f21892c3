package io.tributary.controlplane.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownCertificatesTest {
  private final Instant now = Instant.now();
  private static final int MOST = 2;

  @TempDir Path ours;
  @TempDir Path theirs;
  private CertificateAuthority authority;
  private KnownCertificates known;

  @BeforeEach
  void open() throws Exception {
    authority = authority(ours);
    known = new KnownCertificates(authority, MOST);
  }

  @Test
  void whatItSaysIsTheAuthoritysWord_theFirstTimeAndLater() throws Exception {
    for (String node : new String[] {"n1", "n2", "n3"}) {
      X509Certificate shown = certificate(authority, node);

      assertEquals(authority.identify(shown, now), known.identify(shown, now));
      assertEquals(authority.identify(shown, now), known.identify(shown, now));
    }
  }

  /** Else a node would be let in for as long as its connection lasts. */
  @Test
  void aKnownCertificateEndsWhenItDoes() throws Exception {
    X509Certificate shown = certificate(authority, "n1");
    assertInstanceOf(Identification.Identified.class, known.identify(shown, now));

    assertInstanceOf(
        Identification.Foreign.class, known.identify(shown, now.plus(Duration.ofDays(8))));
  }

  @Test
  void aForeignOneStaysForeign() throws Exception {
    X509Certificate shown = certificate(authority(theirs), "n1");

    assertInstanceOf(Identification.Foreign.class, known.identify(shown, now));
    assertInstanceOf(Identification.Foreign.class, known.identify(shown, now));
  }

  private static CertificateAuthority authority(Path folder) throws Exception {
    var config = TestAuthority.in(folder).config();
    return new CertificateAuthority(
        AuthorityKeys.open(config), config.certificateLifetime(), new SecureRandom());
  }

  private X509Certificate certificate(CertificateAuthority by, String node) throws Exception {
    return TestNode.leaf(
        by.sign(
            node,
            "s1",
            (CertificateRequest.Proven) CertificateRequest.read(TestNode.fresh().request()),
            now));
  }
}
