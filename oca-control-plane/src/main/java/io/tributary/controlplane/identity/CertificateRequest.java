package io.tributary.controlplane.identity;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/**
 * A certificate request that was read and checked: a P-256 key whose owner signed the request. What
 * else it asks for (its subject, its extensions) is ignored: the authority alone decides those.
 */
public sealed interface CertificateRequest {
  /** Longest text that is read; a P-256 request has about 500 characters. */
  int MAX_CHARACTERS = 8 * 1024;

  /**
   * It may be signed.
   *
   * @param keySha256 of the public key's encoding, in hexadecimal: tells a repeated request
   */
  record Proven(PublicKey publicKey, String keySha256) implements CertificateRequest {}

  /**
   * It may not.
   *
   * @param reason for people
   */
  record Refused(String reason) implements CertificateRequest {}

  /** Reads PKCS #10 in PEM; never throws for any text. */
  static CertificateRequest read(String pem) {
    if (pem.length() > MAX_CHARACTERS) {
      return new Refused(
          "certificateRequest has "
              + pem.length()
              + " characters (expected: at most "
              + MAX_CHARACTERS
              + ")");
    }
    Matcher matcher = Pem.BLOCK.matcher(pem);
    if (!matcher.find()) {
      return new Refused("certificateRequest is no PEM (expected: PKCS #10 in PEM)");
    }
    try {
      var request =
          new JcaPKCS10CertificationRequest(Base64.getMimeDecoder().decode(matcher.group(1)));
      SubjectPublicKeyInfo info = request.getSubjectPublicKeyInfo();
      if (!info.getAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
          || !SECObjectIdentifiers.secp256r1.equals(info.getAlgorithm().getParameters())) {
        String kind =
            info.getAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)
                ? "RSA"
                : "another algorithm or curve";
        return new Refused("certificateRequest's key is " + kind + " (expected: EC P-256)");
      }
      PublicKey key = request.getPublicKey();
      if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
        return new Refused("certificateRequest's signature is not its key's");
      }
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return new Proven(key, HexFormat.of().formatHex(digest));
    } catch (IOException
        | GeneralSecurityException
        | OperatorCreationException
        | PKCSException
        | IllegalArgumentException e) {
      return new Refused("certificateRequest could not be read: " + e.getMessage());
    }
  }

  /** The one shape of PEM that is read. */
  final class Pem {
    static final Pattern BLOCK =
        Pattern.compile(
            "-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----([A-Za-z0-9+/=\\s]+)"
                + "-----END (?:NEW )?CERTIFICATE REQUEST-----");

    private Pem() {}
  }
}
