package io.tributary.oca.heartbeat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who this node is as its state directory tells it, for those that only look: it changes nothing
 * and shows no key. Safe for use by many threads.
 */
public final class KeptIdentity {
  private final Identity identity;
  private final X509Certificate certificate;

  private KeptIdentity(Identity identity, X509Certificate certificate) {
    this.identity = identity;
    this.certificate = certificate;
  }

  /**
   * What is kept there; empty before the first enrolment.
   *
   * @throws IOException if there is something, but it cannot be read or is no identity
   */
  public static Optional<KeptIdentity> read(Path stateDirectory, JsonMapper json)
      throws IOException {
    Path file = stateDirectory.resolve(NodeMemory.IDENTITY_FILE);
    try {
      Identity identity = json.readValue(Files.readAllBytes(file), Identity.class);
      if (identity == null) {
        throw new IOException(file + " is empty");
      }
      return Optional.of(
          new KeptIdentity(
              identity, NodeKeys.certificates(identity.certificateChain()).getFirst()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JacksonException | GeneralSecurityException e) {
      // Neither message nor cause: they may quote the key.
      throw new IOException(file + " is no identity (" + e.getClass().getSimpleName() + ")");
    }
  }

  /** As the control plane named it. */
  public String nodeId() {
    return identity.nodeId();
  }

  /** Where the control plane counts it. */
  public String siteId() {
    return identity.siteId();
  }

  /** Its own, without the chain. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** From when on the node asks for the next. */
  public Instant renewAfter() {
    return identity.renewAfter();
  }

  /** Whether the key beside the certificate is that certificate's. */
  public boolean hasItsKey() {
    return NodeKeys.belong(identity.key(), identity.certificateChain());
  }

  Identity identity() {
    return identity;
  }
}
