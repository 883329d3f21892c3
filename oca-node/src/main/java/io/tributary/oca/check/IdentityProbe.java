package io.tributary.oca.check;

import io.tributary.oca.heartbeat.KeptIdentity;
import io.tributary.oca.heartbeat.NodeKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what is on disk of this node's and of its authority's certificates. */
final class IdentityProbe {
  /** Tokens are under a hundred characters; what is longer is another file. */
  private static final int MAX_TOKEN_BYTES = 4_096;

  private IdentityProbe() {}

  static IdentityFacts enrolled(KeptIdentity kept, String configuredId) {
    return new IdentityFacts.Enrolled(
        configuredId,
        kept.nodeId(),
        kept.siteId(),
        kept.certificate().getNotBefore().toInstant(),
        kept.certificate().getNotAfter().toInstant(),
        kept.renewAfter(),
        kept.hasItsKey());
  }

  /** Before the first enrolment: is there a token? It is not shown. */
  static IdentityFacts token(@Nullable Path given) {
    if (given == null) {
      return new IdentityFacts.NoToken("oca.enrolment-token-file is not set");
    }
    Path file = given.toAbsolutePath();
    try {
      if (Files.size(file) > MAX_TOKEN_BYTES) {
        return noToken(file, "is no token: larger than " + MAX_TOKEN_BYTES + " B");
      }
      String token = Files.readString(file).strip();
      if (token.isEmpty() || token.chars().anyMatch(Character::isWhitespace)) {
        return noToken(file, token.isEmpty() ? "is empty" : "is no token: not one word");
      }
      return new IdentityFacts.HasToken(
          file, Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ));
    } catch (NoSuchFileException e) {
      return noToken(file, "is not there");
    } catch (IOException e) {
      return noToken(file, "cannot be read: " + e);
    }
  }

  private static IdentityFacts noToken(Path file, String what) {
    return new IdentityFacts.NoToken("oca.enrolment-token-file " + file + " " + what);
  }

  static AuthorityFacts authority(@Nullable Path given) {
    if (given == null) {
      return new AuthorityFacts("oca.control-plane.ca-file", List.of(), "names no file");
    }
    String file = given.toAbsolutePath().toString();
    try {
      return new AuthorityFacts(file, NodeKeys.certificates(Files.readString(given)), null);
    } catch (NoSuchFileException e) {
      return new AuthorityFacts(file, List.of(), "is not there");
    } catch (IOException e) {
      return new AuthorityFacts(file, List.of(), "cannot be read: " + e);
    } catch (GeneralSecurityException e) {
      return new AuthorityFacts(file, List.of(), "holds no certificate: " + e.getMessage());
    }
  }
}
