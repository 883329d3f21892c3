package io.tributary.controlplane.identity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
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

  /** Opens the store; throws {@link IllegalStateException} naming the file and what it lacks. */
  public static AuthorityKeys open(AuthorityConfig config) {
    Path file = config.keyStoreFile();
    try (InputStream in = Files.newInputStream(file);
        Stream<String> lines = Files.lines(config.passwordFile())) {
      String password = lines.findFirst().orElse("").strip();
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password.toCharArray());
      for (String alias : List.of(AUTHORITY, NODE_DOOR)) {
        if (!store.isKeyEntry(alias)) {
          throw new IllegalStateException(
              "control-plane.authority.key-store-file is "
                  + file
                  + " and has no key entry (expected: "
                  + alias
                  + ")");
        }
      }
      return new AuthorityKeys(store, password);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(
          "control-plane.authority.key-store-file is "
              + file
              + " (expected: a PKCS #12 key store that control-plane.authority.password-file"
              + " opens): "
              + e,
          e);
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
