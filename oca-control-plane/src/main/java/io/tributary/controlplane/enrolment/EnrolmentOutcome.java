package io.tributary.controlplane.enrolment;

import io.tributary.contracts.node.NodeCertificate;

/** The answer to a node that wants an identity. */
public sealed interface EnrolmentOutcome {
  /** It has one now. */
  record Granted(NodeCertificate certificate) implements EnrolmentOutcome {}

  /** Its request cannot be signed, whoever it is. */
  record BadRequest(String reason) implements EnrolmentOutcome {}

  /** Its token was never given out, or has expired. */
  record WorthlessToken() implements EnrolmentOutcome {}

  /** Its token was used with another key. */
  record TokenUsed() implements EnrolmentOutcome {}

  /** Nobody wrote the node down. */
  record Unregistered(String nodeId) implements EnrolmentOutcome {}

  /** The node's identity was withdrawn. */
  record Revoked(String nodeId) implements EnrolmentOutcome {}
}
