package io.tributary.oca.heartbeat;

import io.tributary.contracts.node.EnrolmentRequest;
import io.tributary.contracts.node.NodeCertificate;
import io.tributary.contracts.node.RenewalRequest;
import io.tributary.settings.SettingFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who this node is: enrols it with its one-time token, renews its certificate in time, and says
 * under which identity the control plane is called.
 *
 * <p>{@link #ensure()} belongs to one thread; {@link #identity()} may be asked by any.
 */
final class Enrolment {
  private static final Logger log = LoggerFactory.getLogger(Enrolment.class);

  private final String nodeId;
  private final @Nullable Path tokenFile;
  private final NodeMemory memory;
  private final ControlPlane controlPlane;
  private final NodeWork node;
  private final InstantSource clock;

  private volatile @Nullable Identity identity;
  private @Nullable Identity calledAs;
  private boolean isCalled;

  Enrolment(
      String nodeId,
      @Nullable Path tokenFile,
      NodeMemory memory,
      ControlPlane controlPlane,
      NodeWork node,
      InstantSource clock) {
    this.nodeId = nodeId;
    this.tokenFile = tokenFile;
    this.memory = memory;
    this.controlPlane = controlPlane;
    this.node = node;
    this.clock = clock;
  }

  /** Who this node was before it stopped. */
  void recall() {
    Identity known = memory.identity.read().orElse(null);
    identity = known;
    if (known != null) {
      node.servesUntil(known.notAfter());
    }
  }

  /**
   * Whether this node is somebody or can become it.
   *
   * @throws IOException if it has neither joined nor a token to join with; names the setting
   */
  void check() throws IOException {
    if (identity == null) {
      token();
    }
  }

  /** Empty before the first enrolment. */
  Optional<Identity> identity() {
    return Optional.ofNullable(identity);
  }

  /** An identity with a certificate in force, under which the control plane is called from now. */
  Identity ensure() throws IOException, InterruptedException {
    Identity known = identity;
    Instant now = clock.instant();
    if (known != null && now.isBefore(known.notAfter())) {
      callAs(known);
      return now.isAfter(known.renewAfter()) ? renewed(known) : known;
    }
    if (known != null) {
      log.warn("certificate=over node={} since={}", nodeId, known.notAfter());
    }
    return enrolled();
  }

  private void callAs(@Nullable Identity caller) throws IOException {
    if (!isCalled || (caller == null ? calledAs != null : !caller.equals(calledAs))) {
      controlPlane.become(caller);
      calledAs = caller;
      isCalled = true;
    }
  }

  private Identity enrolled() throws IOException, InterruptedException {
    String token = token();
    // Kept before it is used: if the answer is lost, the same key asks again.
    NodeKeys.StoredKey key = memory.pendingKey.read().orElse(null);
    if (key == null) {
      key = NodeKeys.generate();
      memory.pendingKey.write(key);
    }
    callAs(null);
    NodeCertificate certificate =
        controlPlane.enrol(new EnrolmentRequest(token, NodeKeys.certificateRequest(key, nodeId)));
    Identity fresh = adopt(key, certificate);
    memory.pendingKey.remove();
    log.info(
        "node={} site={} enrolled=true certificateEnd={}",
        fresh.nodeId(),
        fresh.siteId(),
        fresh.notAfter());
    return fresh;
  }

  private Identity renewed(Identity known) throws InterruptedException {
    NodeKeys.StoredKey key = NodeKeys.generate();
    try {
      NodeCertificate certificate =
          controlPlane.renew(new RenewalRequest(NodeKeys.certificateRequest(key, known.nodeId())));
      Identity fresh = adopt(key, certificate);
      log.info("node={} renewed=true certificateEnd={}", fresh.nodeId(), fresh.notAfter());
      return fresh;
    } catch (IOException e) {
      // The present certificate is good for a while; the next heartbeat tries again.
      log.warn("certificate=unrenewed node={} reason=\"{}\"", nodeId, e.toString());
      return known;
    }
  }

  private Identity adopt(NodeKeys.StoredKey key, NodeCertificate certificate) throws IOException {
    if (!NodeKeys.belong(key, certificate.certificateChain())) {
      throw new IOException("certificate is for another key (expected: this node's)");
    }
    Identity fresh =
        new Identity(
            certificate.nodeId(),
            certificate.siteId(),
            key,
            certificate.certificateChain(),
            certificate.notAfter(),
            certificate.renewAfter());
    memory.identity.write(fresh);
    if (!fresh.nodeId().equals(nodeId)) {
      log.warn("oca.node-id is {} (expected: {}, as its token says)", nodeId, fresh.nodeId());
    }
    identity = fresh;
    node.servesUntil(fresh.notAfter());
    callAs(fresh);
    return fresh;
  }

  private String token() throws IOException {
    Path file = tokenFile;
    String setting = "oca.enrolment-token-file";
    String expected = "the file of this node's one-time token, as it has not joined yet";
    if (file == null) {
      throw new IOException(setting + " is missing (expected: " + expected + ")");
    }
    return new SettingFile(setting, file, expected).text().strip();
  }
}
