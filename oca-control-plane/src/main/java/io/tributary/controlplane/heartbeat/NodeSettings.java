package io.tributary.controlplane.heartbeat;

import io.tributary.contracts.node.NodeConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What nodes run under. Its version is derived from its content, so that all replicas with the same
 * settings name the same one, without asking a store; it is told apart, not compared by size.
 *
 * <p>The media token keys are read again each second, so keys rotate by replacing the file. A file
 * that is missing, or is no set of public keys, leaves the last good keys in force; before the
 * first good ones there is nothing to run under, since without keys a node would refuse everybody.
 * Safe for use by many threads.
 */
public final class NodeSettings {
  private static final Logger LOG = LoggerFactory.getLogger(NodeSettings.class);

  private final Path mediaTokenKeysFile;
  private final Duration scrubPass;
  private final long fillBitsPerSecond;
  private final JsonMapper json;
  private volatile Optional<NodeConfig> current = Optional.empty();
  private volatile String trouble = "";

  public NodeSettings(
      Path mediaTokenKeysFile, Duration scrubPass, long fillBitsPerSecond, JsonMapper json) {
    this.mediaTokenKeysFile = mediaTokenKeysFile;
    this.scrubPass = scrubPass;
    this.fillBitsPerSecond = fillBitsPerSecond;
    this.json = json;
    refresh();
  }

  /** Reads the keys again. */
  public void refresh() {
    try {
      String keys = Files.readString(mediaTokenKeysFile);
      if (current.isEmpty() || !keys.equals(current.get().mediaTokenKeys())) {
        checkPublicKeys(keys);
        NodeConfig fresh = config(keys);
        current = Optional.of(fresh);
        LOG.info("event=node-config configVersion={}", fresh.configVersion());
      }
      trouble = "";
    } catch (IOException e) {
      tell("it cannot be read: " + e.getClass().getSimpleName());
    } catch (JacksonException e) {
      // Not its message: it may quote a key.
      tell("it is no JSON");
    } catch (IllegalArgumentException e) {
      tell(String.valueOf(e.getMessage()));
    }
  }

  /** What nodes should run under now; empty before keys were read. */
  public Optional<NodeConfig> current() {
    return current;
  }

  /** What is wrong with the keys' file; empty if nothing is. */
  public String trouble() {
    return trouble;
  }

  /** Its version. */
  public OptionalLong currentVersion() {
    return current.stream().mapToLong(NodeConfig::configVersion).findFirst();
  }

  /** Said once, not each second. */
  private void tell(String reason) {
    if (!trouble.equals(reason)) {
      trouble = reason;
      LOG.warn(
          "event=media-token-keys-unusable file={} kept={} reason=\"{}\"",
          mediaTokenKeysFile,
          current.map(NodeConfig::configVersion).orElse(0L),
          reason);
    }
  }

  /** A node refuses what is not so; all of them at once must not be told it. */
  private void checkPublicKeys(String text) {
    JsonNode keys = json.readTree(text).path("keys");
    if (!keys.isArray() || keys.isEmpty()) {
      throw new IllegalArgumentException("keys are none (expected: a JWK set with one at least)");
    }
    for (JsonNode key : keys) {
      if (!"EC".equals(key.path("kty").stringValue(null)) || key.has("d")) {
        throw new IllegalArgumentException(
            "keys have a private one, or one of another kind (expected: public EC keys)");
      }
    }
  }

  private NodeConfig config(String keys) {
    String content = keys + '\n' + scrubPass + '\n' + fillBitsPerSecond;
    return new NodeConfig(version(content), keys, scrubPass.toSeconds(), fillBitsPerSecond);
  }

  /** 48 bits of a digest: exact in any JSON reader, and never 0. */
  private static long version(String content) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      long version = 1;
      for (int i = 0; i < 6; i++) {
        version = (version << 8) | (digest[i] & 0xff);
      }
      return version;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
