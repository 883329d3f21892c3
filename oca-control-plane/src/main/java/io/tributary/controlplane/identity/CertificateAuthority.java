package io.tributary.controlplane.identity;

import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.NodeCertificate;
import io.tributary.controlplane.identity.Identification.Foreign;
import io.tributary.controlplane.identity.Identification.Identified;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The fleet's own certificate authority: signs nodes' keys and knows its signatures again.
 *
 * <p>A node's certificate has its id as common name, its site as organisational unit, and is good
 * for TLS clients alone, so neither the node door's own certificate nor a node's can stand for the
 * other. Knows no store and no clock: every call takes the time. Safe for use by many threads.
 */
public final class CertificateAuthority {
  /** Nodes' clocks may be behind ours by this much. */
  private static final Duration BACKDATED = Duration.ofMinutes(5);

  private static final int SERIAL_BITS = 127;

  private final PrivateKey key;
  private final X509Certificate certificate;
  private final X500Name issuer;
  private final Duration lifetime;
  private final SecureRandom random;

  public CertificateAuthority(AuthorityKeys keys, Duration lifetime, SecureRandom random) {
    try {
      this.key = keys.authorityKey();
      this.certificate = keys.authorityCertificate();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the authority's key store could not be read", e);
    }
    if (certificate.getBasicConstraints() < 0) {
      throw new IllegalStateException(
          "the certificate under "
              + AuthorityKeys.AUTHORITY
              + " is not a CA's (expected: basic constraints CA:true)");
    }
    this.issuer = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    this.lifetime = lifetime;
    this.random = random;
  }

  /** Its certificate, which whoever meets the node door must trust. */
  public X509Certificate certificate() {
    return certificate;
  }

  /**
   * Makes a node's certificate. The answer is to be renewed at two thirds of its life.
   *
   * @param request whose key is proven
   */
  public NodeCertificate sign(
      String nodeId, String siteId, CertificateRequest.Proven request, Instant now) {
    Instant start = now.truncatedTo(ChronoUnit.SECONDS);
    Instant authorityEnd = certificate.getNotAfter().toInstant();
    Instant wanted = start.plus(lifetime);
    Instant end = wanted.isBefore(authorityEnd) ? wanted : authorityEnd;
    X500Name subject =
        new X500NameBuilder(BCStyle.INSTANCE)
            .addRDN(BCStyle.OU, siteId)
            .addRDN(BCStyle.CN, nodeId)
            .build();
    try {
      var extensions = new JcaX509ExtensionUtils();
      var builder =
          new JcaX509v3CertificateBuilder(
                  issuer,
                  new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
                  Date.from(start.minus(BACKDATED)),
                  Date.from(end),
                  subject,
                  request.publicKey())
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
              .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
              .addExtension(
                  Extension.extendedKeyUsage,
                  false,
                  new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))
              .addExtension(
                  Extension.subjectKeyIdentifier,
                  false,
                  extensions.createSubjectKeyIdentifier(request.publicKey()))
              .addExtension(
                  Extension.authorityKeyIdentifier,
                  false,
                  extensions.createAuthorityKeyIdentifier(certificate));
      String algorithm =
          key.getAlgorithm().startsWith("EC")
              ? "SHA256withECDSA"
              : "SHA256with" + key.getAlgorithm();
      X509Certificate signed =
          new JcaX509CertificateConverter()
              .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(key)));
      Instant renewAfter = start.plus(Duration.between(start, end).multipliedBy(2).dividedBy(3));
      return new NodeCertificate(nodeId, siteId, pem(signed) + pem(certificate), end, renewAfter);
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("the authority could not sign for node " + nodeId, e);
    }
  }

  /** Tells whose certificate this is; never throws for any certificate. */
  public Identification identify(X509Certificate presented, Instant now) {
    try {
      if (!presented.getIssuerX500Principal().equals(certificate.getSubjectX500Principal())) {
        return new Foreign("it was issued by " + presented.getIssuerX500Principal());
      }
      presented.verify(certificate.getPublicKey());
      presented.checkValidity(Date.from(now));
      List<String> purposes = presented.getExtendedKeyUsage();
      if (purposes == null
          || !purposes.contains(KeyPurposeId.id_kp_clientAuth.getId())
          || presented.getBasicConstraints() >= 0) {
        return new Foreign("it is not a node's");
      }
      X500Name subject = X500Name.getInstance(presented.getSubjectX500Principal().getEncoded());
      String nodeId = only(subject, BCStyle.CN);
      String siteId = only(subject, BCStyle.OU);
      if (!nodeId.matches(PackageRef.ID_PATTERN) || !siteId.matches(PackageRef.ID_PATTERN)) {
        return new Foreign("its subject is " + subject + " (expected: OU=site, CN=node)");
      }
      return new Identified(new NodeIdentity(nodeId, siteId, presented.getNotAfter().toInstant()));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return new Foreign(String.valueOf(e.getMessage()));
    }
  }

  /** The subject's only value of this kind; empty if there is none or more than one. */
  private static String only(X500Name name, ASN1ObjectIdentifier kind) {
    RDN[] parts = name.getRDNs(kind);
    return parts.length == 1 && !parts[0].isMultiValued()
        ? parts[0].getFirst().getValue().toString()
        : "";
  }

  private static String pem(X509Certificate certificate) throws CertificateEncodingException {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }
}
