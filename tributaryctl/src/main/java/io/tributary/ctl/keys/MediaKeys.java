package io.tributary.ctl.keys;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.nio.file.Files;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys of media tokens as they rotate: the first one signs, all verify. A new one comes last,
 * so that everybody knows it before it signs; one that signed stays until its last token is over.
 *
 * <p>The public keys are written first: whoever must verify is never behind who signs. Every change
 * writes both files, so one that was broken off is mended by the next. Used by one thread.
 */
public final class MediaKeys {
  /** As many as verifiers read. */
  private static final int MAX_KEYS = 16;

  private final FleetKeys files;

  /** Those of a folder that {@link FleetKeys#makeMissing} made. */
  public MediaKeys(FleetKeys files) {
    this.files = files;
  }

  /**
   * Their ids, the one that signs first.
   *
   * @throws IOException if there are none that can be read
   */
  public List<String> ids() throws IOException {
    return read().stream().map(JWK::getKeyID).toList();
  }

  /** Makes one more, which verifies and does not sign yet; returns its id. */
  public String add() throws IOException {
    List<JWK> keys = read();
    if (keys.size() >= MAX_KEYS) {
      throw new IOException(
          "there are " + keys.size() + " keys (expected: fewer than " + MAX_KEYS + ")");
    }
    JWK fresh = FleetKeys.signingKey();
    keys.add(fresh);
    write(keys);
    return fresh.getKeyID();
  }

  /** Lets that key sign, and every other only verify. */
  public void sign(String id) throws IOException {
    List<JWK> keys = read();
    JWK signing = taken(keys, id);
    keys.addFirst(signing);
    write(keys);
  }

  /**
   * Ends a key: tokens that it signed are refused from then on.
   *
   * @throws IOException also if it is the one that signs
   */
  public void remove(String id) throws IOException {
    List<JWK> keys = read();
    if (keys.getFirst().getKeyID().equals(id)) {
      throw new IOException("key " + id + " signs (expected: one that only verifies)");
    }
    taken(keys, id);
    write(keys);
  }

  private static JWK taken(List<JWK> keys, String id) throws IOException {
    for (JWK key : keys) {
      if (key.getKeyID().equals(id)) {
        keys.remove(key);
        return key;
      }
    }
    throw new IOException("there is no key " + id + " (expected: one of those that are listed)");
  }

  private List<JWK> read() throws IOException {
    try {
      List<JWK> keys = new ArrayList<>(JWKSet.parse(Files.readString(files.mediaKeys())).getKeys());
      if (keys.isEmpty()) {
        throw new IOException(files.mediaKeys() + " has no key");
      }
      return keys;
    } catch (ParseException e) {
      // Without its message: that may quote a key.
      throw new IOException(files.mediaKeys() + " is no JWK set");
    }
  }

  private void write(List<JWK> keys) throws IOException {
    JWKSet all = new JWKSet(keys);
    SecretFile.write(files.mediaPublicKeys(), all.toString(true));
    SecretFile.write(files.mediaKeys(), all.toString(false));
  }
}
