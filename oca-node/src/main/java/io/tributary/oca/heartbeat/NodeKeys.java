package io.tributary.oca.heartbeat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.jspecify.annotations.Nullable;

/** Keys, requests and certificates of this node, as the JDK and Bouncy Castle make them. */
public final class NodeKeys {
  private static final int LINE = 64;

  private NodeKeys() {}

  /**
   * A key pair as it is kept on disk.
   *
   * @param privateKey PKCS #8, base64
   * @param publicKey X.509, base64
   */
  record StoredKey(String privateKey, String publicKey) {
    @Override
    public String toString() {
      return "StoredKey[]";
    }
  }

  static StoredKey generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      Base64.Encoder base64 = Base64.getEncoder();
      return new StoredKey(
          base64.encodeToString(pair.getPrivate().getEncoded()),
          base64.encodeToString(pair.getPublic().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK makes no EC key", e);
    }
  }

  /** PKCS #10 in PEM with the node's id as common name. */
  static String certificateRequest(StoredKey key, String nodeId) {
    try {
      KeyPair pair = pair(key);
      byte[] request =
          new JcaPKCS10CertificationRequestBuilder(
                  new X500Principal("CN=" + nodeId), pair.getPublic())
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
              .getEncoded();
      String body =
          Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
              .encodeToString(request);
      return "-----BEGIN CERTIFICATE REQUEST-----\n"
          + body
          + "\n-----END CERTIFICATE REQUEST-----\n";
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("certificate request cannot be made", e);
    }
  }

  /** All that a PEM text holds, in its order. */
  public static List<X509Certificate> certificates(String pem) throws GeneralSecurityException {
    List<X509Certificate> chain = new ArrayList<>();
    for (Certificate one :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))) {
      if (one instanceof X509Certificate x509) {
        chain.add(x509);
      }
    }
    if (chain.isEmpty()) {
      throw new GeneralSecurityException("no certificate (expected: PEM)");
    }
    return chain;
  }

  /** Whether the chain's first certificate is for this very key. */
  static boolean belong(StoredKey key, String chainPem) {
    try {
      return certificates(chainPem).getFirst().getPublicKey().equals(pair(key).getPublic());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /**
   * TLS that believes this authority alone, and shows the node's certificate if it has one.
   *
   * @param identity null before enrolment
   */
  static SSLContext tls(String authorityPem, @Nullable Identity identity)
      throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    int number = 0;
    for (X509Certificate authority : certificates(authorityPem)) {
      trusted.setCertificateEntry("authority-" + number++, authority);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    KeyManager[] own = new KeyManager[0];
    if (identity != null) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, null);
      char[] inMemoryOnly = new char[0];
      keys.setKeyEntry(
          "node",
          pair(identity.key()).getPrivate(),
          inMemoryOnly,
          certificates(identity.certificateChain()).toArray(new Certificate[0]));
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(keys, inMemoryOnly);
      own = factory.getKeyManagers();
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own, trust.getTrustManagers(), null);
    return context;
  }

  private static KeyPair pair(StoredKey key) throws GeneralSecurityException {
    KeyFactory factory = KeyFactory.getInstance("EC");
    Base64.Decoder base64 = Base64.getDecoder();
    PrivateKey privateKey =
        factory.generatePrivate(new PKCS8EncodedKeySpec(base64.decode(key.privateKey())));
    return new KeyPair(
        factory.generatePublic(new X509EncodedKeySpec(base64.decode(key.publicKey()))), privateKey);
  }
}
