package io.tributary.controlplane.purges;

/** What came of an operator's wish. */
public sealed interface PurgeOutcome {
  /** The list is as wished. */
  record Done() implements PurgeOutcome {}

  /** The list has no room: {@link PurgeList#MAX_TITLES} are purged. */
  record Full() implements PurgeOutcome {}

  /** Others changed the list at the same time, again and again; the same call may succeed. */
  record Contended() implements PurgeOutcome {}
}
