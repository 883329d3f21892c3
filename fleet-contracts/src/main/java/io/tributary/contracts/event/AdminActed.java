package io.tributary.contracts.event;

/**
 * An operator changed something.
 *
 * @param actor the bearer token's subject
 * @param action e.g. {@code put-account}
 * @param subject what was changed, e.g. {@code account/demo}
 */
public record AdminActed(String actor, String action, String subject) {
  /** The envelope's type. */
  public static final String TYPE = "admin-acted";
}
