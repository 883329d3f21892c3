package io.tributary.oca.heartbeat;

import io.tributary.contracts.node.CorruptionReport;
import io.tributary.contracts.node.EnrolmentRequest;
import io.tributary.contracts.node.Heartbeat;
import io.tributary.contracts.node.HeartbeatAnswer;
import io.tributary.contracts.node.Inventory;
import io.tributary.contracts.node.InventoryChanges;
import io.tributary.contracts.node.NodeCertificate;
import io.tributary.contracts.node.NodeConfig;
import io.tributary.contracts.node.Plan;
import io.tributary.contracts.node.RenewalRequest;
import io.tributary.contracts.node.Revocations;
import io.tributary.contracts.node.Routes;
import io.tributary.oca.fill.SourceDirectory;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The node door as a node sees it. Every call may be repeated. */
interface ControlPlane extends SourceDirectory, AutoCloseable {
  /** The node door answered, and not with what was asked for. */
  final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final Duration retryAfter;

    RefusedException(int status, String message) {
      this(status, message, Duration.ZERO);
    }

    RefusedException(int status, String message, Duration retryAfter) {
      super(message);
      this.status = status;
      this.retryAfter = retryAfter;
    }

    int status() {
      return status;
    }

    /** How long it wants to be left alone; zero if it did not say. */
    Duration retryAfter() {
      return retryAfter;
    }
  }

  NodeCertificate enrol(EnrolmentRequest request) throws IOException, InterruptedException;

  NodeCertificate renew(RenewalRequest request) throws IOException, InterruptedException;

  HeartbeatAnswer heartbeat(Heartbeat heartbeat) throws IOException, InterruptedException;

  NodeConfig config() throws IOException, InterruptedException;

  Plan plan(@Nullable String cursor) throws IOException, InterruptedException;

  Revocations revocations() throws IOException, InterruptedException;

  void inventory(Inventory page) throws IOException, InterruptedException;

  void routes(Routes page) throws IOException, InterruptedException;

  void inventory(InventoryChanges changes) throws IOException, InterruptedException;

  void corruption(CorruptionReport report) throws IOException, InterruptedException;

  /** From now on this is who calls; null is nobody yet. */
  void become(@Nullable Identity identity) throws IOException;

  @Override
  void close();
}
