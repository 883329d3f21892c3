package io.tributary.controlplane.heartbeat;

import io.tributary.contracts.node.NodeConfig;
import io.tributary.contracts.node.Revocations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What nodes run under. Its version is derived from its content, so that all replicas with the same
 * settings name the same one, without asking a store; it is told apart, not compared by size. The
 * media token keys are read again each second, so keys rotate by replacing the file; a file that
 * cannot be read leaves the last good keys in force. Safe for use by many threads.
 */
public final class NodeSettings {
  /** Nothing of ours revokes plays yet; this version says that the list is empty. */
  private static final Revocations NONE = new Revocations(1, List.of());

  private static final Logger LOG = LoggerFactory.getLogger(NodeSettings.class);

  private final Path mediaTokenKeysFile;
  private final Duration scrubPass;
  private final long fillBitsPerSecond;
  private volatile NodeConfig current;

  public NodeSettings(Path mediaTokenKeysFile, Duration scrubPass, long fillBitsPerSecond) {
    this.mediaTokenKeysFile = mediaTokenKeysFile;
    this.scrubPass = scrubPass;
    this.fillBitsPerSecond = fillBitsPerSecond;
    this.current = config("{\"keys\":[]}");
    refresh();
  }

  /** Reads the keys again. */
  public void refresh() {
    try {
      String keys = Files.readString(mediaTokenKeysFile);
      if (!keys.equals(current.mediaTokenKeys())) {
        current = config(keys);
        LOG.info("event=node-config configVersion={}", current.configVersion());
      }
    } catch (IOException e) {
      LOG.debug("file={} event=unreadable", mediaTokenKeysFile, e);
    }
  }

  /** What nodes should run under now. */
  public NodeConfig current() {
    return current;
  }

  /** The plays whose media tokens nodes refuse. */
  public Revocations revocations() {
    return NONE;
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
