package io.tributary.controlplane.enrolment;

import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.node.EnrolmentRequest;
import io.tributary.contracts.node.NodeCertificate;
import io.tributary.contracts.node.RenewalRequest;
import io.tributary.controlplane.doors.NodeDoor;
import io.tributary.controlplane.doors.RefusedException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The node door's paths for identities. */
@RestController
public final class EnrolmentDoor {
  private static final Logger LOG = LoggerFactory.getLogger(EnrolmentDoor.class);

  private final Enrolments enrolments;
  private final InstantSource clock;

  public EnrolmentDoor(Enrolments enrolments, InstantSource clock) {
    this.enrolments = enrolments;
    this.clock = clock;
  }

  @PostMapping("/oca/v1/enrolments")
  NodeCertificate enrol(@RequestBody EnrolmentRequest request) {
    required(request.token(), "token");
    required(request.certificateRequest(), "certificateRequest");
    return granted(enrolments.enrol(request, clock.instant()), "enrolled");
  }

  @PostMapping("/oca/v1/certificates")
  NodeCertificate renew(@RequestBody RenewalRequest request, HttpServletRequest http) {
    required(request.certificateRequest(), "certificateRequest");
    return granted(
        enrolments.renew(NodeDoor.node(http), request.certificateRequest(), clock.instant()),
        "renewed");
  }

  private static void required(@Nullable String value, String field) {
    if (value == null || value.isBlank()) {
      throw new RefusedException(ProblemType.INVALID, field + " is missing (expected: a text)");
    }
  }

  private static NodeCertificate granted(EnrolmentOutcome outcome, String event) {
    return switch (outcome) {
      case EnrolmentOutcome.Granted(NodeCertificate certificate) -> {
        LOG.info(
            "node={} site={} event={} notAfter={}",
            certificate.nodeId(),
            certificate.siteId(),
            event,
            certificate.notAfter());
        yield certificate;
      }
      case EnrolmentOutcome.BadRequest(String reason) ->
          throw new RefusedException(ProblemType.INVALID, reason);
      case EnrolmentOutcome.WorthlessToken _ ->
          throw new RefusedException(
              ProblemType.UNAUTHENTICATED, "token is unknown or expired (expected: a fresh one)");
      case EnrolmentOutcome.TokenUsed _ ->
          throw new RefusedException(
              ProblemType.CONFLICT, "token was used with another key (expected: a fresh one)");
      case EnrolmentOutcome.Unregistered(String nodeId) ->
          throw new RefusedException(
              ProblemType.FORBIDDEN, "node " + nodeId + " is not registered");
      case EnrolmentOutcome.Revoked(String nodeId) ->
          throw new RefusedException(ProblemType.FORBIDDEN, "node " + nodeId + " was revoked");
    };
  }
}
