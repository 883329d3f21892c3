package io.tributary.oca.heartbeat;

import io.tributary.contracts.node.NodeConfig;
import io.tributary.contracts.node.Revocations;
import io.tributary.oca.fill.ContentPlan;
import java.nio.file.Path;
import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;

/**
 * What this node was told, on disk, so that it serves on after a restart with the control plane
 * away. Holds no secret of the fleet: its own key, and public keys.
 */
final class NodeMemory {
  static final String IDENTITY_FILE = "identity.json";

  final StateFile<Identity> identity;
  final StateFile<NodeKeys.StoredKey> pendingKey;
  final StateFile<NodeConfig> config;
  final StateFile<ContentPlan> plan;
  final StateFile<Revocations> revocations;
  final StateFile<Drain> drain;
  final StateFile<Contact> contact;
  final StateFile<Incarnation> incarnation;

  /** Whether this node was told to drain. */
  record Drain(boolean drains) {}

  /** When the control plane last answered. */
  record Contact(Instant lastAnswer) {}

  /** The newest incarnation begun. */
  record Incarnation(long number) {
    /** The next: the clock's, unless that went back. */
    static long next(long last, long nowMillis) {
      return Math.max(nowMillis, last + 1);
    }
  }

  NodeMemory(Path directory, JsonMapper json) {
    identity = new StateFile<>(directory, IDENTITY_FILE, Identity.class, json);
    pendingKey = new StateFile<>(directory, "pending-key.json", NodeKeys.StoredKey.class, json);
    config = new StateFile<>(directory, "config.json", NodeConfig.class, json);
    plan = new StateFile<>(directory, "plan.json", ContentPlan.class, json);
    revocations = new StateFile<>(directory, "revocations.json", Revocations.class, json);
    drain = new StateFile<>(directory, "drain.json", Drain.class, json);
    contact = new StateFile<>(directory, "contact.json", Contact.class, json);
    incarnation = new StateFile<>(directory, "incarnation.json", Incarnation.class, json);
  }
}
