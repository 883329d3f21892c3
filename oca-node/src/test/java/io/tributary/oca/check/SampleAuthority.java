package io.tributary.oca.check;

import io.tributary.oca.heartbeat.NodeKeys;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A fleet's authority, with doors and nodes of its own. */
public final class SampleAuthority {
  private final String name;
  private final KeyPair key = key();
  private final String pem;

  /** A new one. */
  public SampleAuthority(String name) {
    this.name = name;
    Instant now = Instant.now();
    pem = issue(name, key.getPublic(), now.minusSeconds(60), now.plusSeconds(365 * 86_400), true);
  }

  /** Its own certificate. */
  public String pem() {
    return pem;
  }

  /** A certificate of a node, or of a door at that address. */
  public String issue(String subject, PublicKey subjectKey, Instant begin, Instant end) {
    return issue(subject, subjectKey, begin, end, false);
  }

  private String issue(
      String subject, PublicKey subjectKey, Instant begin, Instant end, boolean isAuthority) {
    try {
      byte[] encoded =
          new X509v3CertificateBuilder(
                  new X500Name("CN=" + name),
                  BigInteger.valueOf(isAuthority ? 1 : System.nanoTime()),
                  Date.from(begin),
                  Date.from(end),
                  new X500Name("CN=" + subject),
                  SubjectPublicKeyInfo.getInstance(subjectKey.getEncoded()))
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority))
              .addExtension(
                  Extension.subjectAlternativeName,
                  false,
                  new GeneralNames(new GeneralName(GeneralName.iPAddress, address(subject))))
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()))
              .getEncoded();
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
              .encodeToString(encoded)
          + "\n-----END CERTIFICATE-----\n";
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String address(String subject) {
    return subject.matches("[0-9.]+") ? subject : "127.0.0.1";
  }

  /** A door's TLS: its certificate for one address, asking its callers for theirs. */
  public SSLContext door(String address, Instant begin, Instant end) {
    try {
      KeyPair doorKey = key();
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, null);
      keys.setKeyEntry(
          "door",
          doorKey.getPrivate(),
          new char[0],
          new Certificate[] {
            NodeKeys.certificates(issue(address, doorKey.getPublic(), begin, end)).getFirst(),
            NodeKeys.certificates(pem).getFirst()
          });
      KeyManagerFactory shown =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      shown.init(keys, new char[0]);
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("authority", NodeKeys.certificates(pem).getFirst());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      TrustManager[] trusting = trust.getTrustManagers();
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(shown.getKeyManagers(), trusting, null);
      return tls;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair key() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
