package io.tributary.cassandra;

import com.datastax.oss.driver.api.core.auth.AuthProvider;
import com.datastax.oss.driver.api.core.ssl.ProgrammaticSslEngineFactory;
import com.datastax.oss.driver.api.core.ssl.SslEngineFactory;
import io.tributary.settings.SettingFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * How a service and Cassandra know each other, as the settings {@code tributary.cassandra.security}
 * say. What is not set is not done.
 *
 * @param credentialsFolder the folder with the files {@code username} and {@code password}, as
 *     Kubernetes mounts a secret of type basic-auth; read at each connection; empty: the service
 *     shows no password
 * @param caFile the authorities, PEM, one of which has signed the certificates that Cassandra
 *     shows; empty: connections are not encrypted
 * @param verifyHost whether such a certificate must name the address that was connected to;
 *     otherwise any certificate of the authorities will do, so let them sign for nobody else
 */
public record CassandraSecurity(String credentialsFolder, String caFile, boolean verifyHost) {
  /** For a Cassandra that asks for nothing. */
  public static final CassandraSecurity NONE = new CassandraSecurity("", "", true);

  private static final String PREFIX = "tributary.cassandra.security.";

  /**
   * What shows the password, if there is one.
   *
   * @throws IOException if it cannot be read; names the setting
   */
  @Nullable AuthProvider authProvider() throws IOException {
    if (credentialsFolder.isEmpty()) {
      return null;
    }
    CredentialsFolder credentials =
        new CredentialsFolder(PREFIX + "credentials-folder", Path.of(credentialsFolder));
    credentials.read();
    return credentials;
  }

  /**
   * What encrypts connections, if they are.
   *
   * @throws IOException if the authorities cannot be read; names the setting
   */
  @Nullable SslEngineFactory encryption() throws IOException {
    if (caFile.isEmpty()) {
      return null;
    }
    SettingFile file =
        new SettingFile(PREFIX + "ca-file", Path.of(caFile), "a file of certificates in PEM");
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trusting(authorities(file)).getTrustManagers(), null);
      // What an address' DNS says of itself is not asked: whoever answers there may write it.
      return new ProgrammaticSslEngineFactory(context, null, verifyHost, false);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Collection<? extends Certificate> authorities(SettingFile file)
      throws IOException {
    try {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(file.bytes()));
      if (found.isEmpty()) {
        throw file.unusable("it has no certificate");
      }
      return found;
    } catch (CertificateException e) {
      throw file.unusable("it has no certificate");
    }
  }

  private static TrustManagerFactory trusting(Collection<? extends Certificate> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    int place = 0;
    for (Certificate authority : authorities) {
      trusted.setCertificateEntry("ca-" + place++, authority);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    return trust;
  }
}
