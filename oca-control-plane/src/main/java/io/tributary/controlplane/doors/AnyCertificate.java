package io.tributary.controlplane.doors;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/**
 * Lets any client's certificate through TLS, because {@link NodeDoorFilter} decides about it.
 * Trusts no server: it is for the listening side alone. Tomcat makes it by name.
 */
public final class AnyCertificate implements X509TrustManager {
  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType) {
    // Decided by the filter, which can say why.
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("this side only listens");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
