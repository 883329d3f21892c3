package io.tributary.benchmarks.controlplane;

import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A node that the control plane has let in, with the certificate that it gave. Verifying the node
 * door's certificate is the node's own work, of which thousands share a processor here: its
 * signature is verified once, and then its bytes are compared.
 */
final class JoinedNode {
  private final String id;
  private final SSLContext tls;

  private JoinedNode(String id, SSLContext tls) {
    this.id = id;
    this.tls = tls;
  }

  /** One with its key and certificates in PEM. */
  static JoinedNode of(
      String id, PrivateKey key, String chainPem, X509Certificate authority, SecureRandom random)
      throws GeneralSecurityException {
    X509Certificate[] chain =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(chainPem.getBytes(StandardCharsets.US_ASCII)))
            .toArray(X509Certificate[]::new);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(
        new KeyManager[] {new OneKey(key, chain)},
        new TrustManager[] {new OneDoor(authority)},
        random);
    return new JoinedNode(id, tls);
  }

  String id() {
    return id;
  }

  /** For a new connection, whose handshake is a whole one: no session is taken up again. */
  SSLEngine engine() {
    SSLEngine engine = tls.createSSLEngine();
    engine.setUseClientMode(true);
    return engine;
  }

  private static final class OneKey extends X509ExtendedKeyManager {
    private static final String ALIAS = "node";
    private final PrivateKey key;
    private final X509Certificate[] chain;

    OneKey(PrivateKey key, X509Certificate[] chain) {
      this.key = key;
      this.chain = chain;
    }

    @Override
    public String chooseEngineClientAlias(
        String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
      return ALIAS;
    }

    @Override
    public String chooseClientAlias(
        String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return ALIAS;
    }

    @Override
    public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return chain.clone();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return key;
    }
  }

  private static final class OneDoor implements X509TrustManager {
    private static volatile byte[] verified = new byte[0];
    private final X509Certificate authority;

    OneDoor(X509Certificate authority) {
      this.authority = authority;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String authType)
        throws CertificateException {
      byte[] encoded = shown[0].getEncoded();
      if (Arrays.equals(encoded, verified)) {
        return;
      }
      try {
        shown[0].verify(authority.getPublicKey());
      } catch (GeneralSecurityException e) {
        throw new CertificateException("it is not of the fleet's authority", e);
      }
      verified = encoded;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String authType)
        throws CertificateException {
      throw new CertificateException("this side only connects");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
