package io.tributary.controlplane.identity;

import io.tributary.contracts.node.NodeCertificate;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Collection;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** A node's key, and what it asks the authority with. */
public final class TestNode {
  private final KeyPair pair;

  private TestNode(KeyPair pair) {
    this.pair = pair;
  }

  /** With a key of this curve. */
  public static TestNode on(String curve) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return new TestNode(generator.generateKeyPair());
  }

  /** With a key as nodes have. */
  public static TestNode fresh() throws GeneralSecurityException {
    return on("secp256r1");
  }

  /** A request for its own key. */
  public String request() throws Exception {
    return requestSignedBy(pair.getPrivate());
  }

  /** A request for its key, signed by another's. */
  public String requestForgedBy(TestNode other) throws Exception {
    return requestSignedBy(other.pair.getPrivate());
  }

  /** Its key with a certificate, for a TLS client. */
  public KeyStore keyStore(NodeCertificate certificate) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    Collection<? extends Certificate> chain = chain(certificate);
    store.setKeyEntry("node", pair.getPrivate(), new char[0], chain.toArray(Certificate[]::new));
    return store;
  }

  /** The first certificate of a chain. */
  public static X509Certificate leaf(NodeCertificate certificate) throws Exception {
    return (X509Certificate) chain(certificate).iterator().next();
  }

  private static Collection<? extends Certificate> chain(NodeCertificate certificate)
      throws Exception {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(
            new ByteArrayInputStream(
                certificate.certificateChain().getBytes(StandardCharsets.US_ASCII)));
  }

  private String requestSignedBy(PrivateKey key) throws Exception {
    byte[] encoded =
        new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=whoever"), pair.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key))
            .getEncoded();
    return "-----BEGIN CERTIFICATE REQUEST-----\n"
        + Base64.getMimeEncoder().encodeToString(encoded)
        + "\n-----END CERTIFICATE REQUEST-----\n";
  }
}
