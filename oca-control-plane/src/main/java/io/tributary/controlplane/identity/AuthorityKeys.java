package io.tributary.controlplane.identity;

import io.tributary.settings.SettingFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The authority's key store, opened. Immutable by convention: nobody adds entries to it. */
public final class AuthorityKeys {
  /** The entry with the authority's own key. */
  public static final String AUTHORITY = "authority";

  /** The entry with the node door's server key. */
  public static final String NODE_DOOR = "node-door";

  private final KeyStore store;
  private final String password;

  private AuthorityKeys(KeyStore store, String password) {
    this.store = store;
    this.password = password;
  }

  /**
   * Opens the store.
   *
   * @throws IOException if one of the files will not do; names its setting
   */
  public static AuthorityKeys open(AuthorityConfig config) throws IOException {
    String password =
        new SettingFile(
                "control-plane.authority.password-file",
                config.passwordFile(),
                "a file whose first line opens the key store")
            .text()
            .lines()
            .findFirst()
            .orElse("")
            .strip();
    SettingFile file =
        new SettingFile(
            "control-plane.authority.key-store-file",
            config.keyStoreFile(),
            "a PKCS #12 key store with the keys authority and node-door, which the password opens");
    KeyStore store = opened(file, password);
    try {
      for (String alias : List.of(AUTHORITY, NODE_DOOR)) {
        if (!store.isKeyEntry(alias) || store.getKey(alias, password.toCharArray()) == null) {
          throw file.unusable("it has no key " + alias);
        }
      }
    } catch (GeneralSecurityException e) {
      throw file.unusable("its keys cannot be read");
    }
    return new AuthorityKeys(store, password);
  }

  private static KeyStore opened(SettingFile file, String password) throws IOException {
    byte[] content = file.bytes();
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(content), password.toCharArray());
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw file.unusable(
          e.getCause() instanceof UnrecoverableKeyException
              ? "the password is wrong"
              : "it is no key store");
    }
  }

  /** The whole store, for the node door's TLS. */
  public KeyStore store() {
    return store;
  }

  /** What opens it and its entries. */
  public String password() {
    return password;
  }

  /** When the certificate under {@code alias} ends. */
  public Instant end(String alias) {
    try {
      return ((X509Certificate) store.getCertificate(alias)).getNotAfter().toInstant();
    } catch (KeyStoreException e) {
      throw new IllegalStateException("the key store was loaded", e);
    }
  }

  PrivateKey authorityKey() throws GeneralSecurityException {
    @Nullable PrivateKey key = (PrivateKey) store.getKey(AUTHORITY, password.toCharArray());
    if (key == null) {
      throw new GeneralSecurityException("no private key under " + AUTHORITY);
    }
    return key;
  }

  X509Certificate authorityCertificate() throws GeneralSecurityException {
    return (X509Certificate) store.getCertificate(AUTHORITY);
  }
}
