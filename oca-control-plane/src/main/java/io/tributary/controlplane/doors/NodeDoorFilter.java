package io.tributary.controlplane.doors;

import io.tributary.bearer.http.BearerFilter;
import io.tributary.contracts.api.ProblemType;
import io.tributary.controlplane.identity.Identification;
import io.tributary.controlplane.identity.KnownCertificates;
import io.tributary.controlplane.identity.NodeIdentity;
import io.tributary.controlplane.registry.RegistryBoard;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Binds each path to its door, and lets through the node door only nodes: whoever has a certificate
 * of ours, and is registered and not revoked as far as can be told. The one path without a
 * certificate is the one that gives them. No more are worked on at once than {@link DoorAdmission}
 * lets.
 */
public final class NodeDoorFilter extends OncePerRequestFilter {
  private static final String ENROLMENTS = "/oca/v1/enrolments";
  static final String HEARTBEATS = "/oca/v1/heartbeats";
  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

  private final NodeDoor door;
  private final DoorAdmission admission;
  private final KnownCertificates certificates;
  private final RegistryBoard registry;
  private final Problems problems;
  private final InstantSource clock;

  public NodeDoorFilter(
      NodeDoor door,
      KnownCertificates certificates,
      RegistryBoard registry,
      Problems problems,
      InstantSource clock) {
    this.door = door;
    this.admission = door.admission();
    this.certificates = certificates;
    this.registry = registry;
    this.problems = problems;
    this.clock = clock;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String path = BearerFilter.path(request);
    boolean atNodeDoor = door.isWhereThisCame(request);
    if (atNodeDoor != path.startsWith(NodeDoor.PATHS)) {
      problems.write(response, ProblemType.NOT_FOUND, "there is no such path at this door");
      return;
    }
    if (!atNodeDoor) {
      chain.doFilter(request, response);
      return;
    }
    DoorAdmission.Kind kind =
        switch (path) {
          case HEARTBEATS -> DoorAdmission.Kind.HEARTBEAT;
          case ENROLMENTS -> DoorAdmission.Kind.ENROLMENT;
          default -> DoorAdmission.Kind.OTHER;
        };
    switch (admission.enter(kind)) {
      case DoorAdmission.Answer.Refused(Duration retryAfter) ->
          problems.overloaded(response, retryAfter, "too much is in work here; try again");
      case DoorAdmission.Answer.Admitted() -> {
        try {
          answer(path, request, response, chain);
        } finally {
          admission.leave(kind);
        }
      }
    }
  }

  private void answer(
      String path, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (path.equals(ENROLMENTS) && request.getMethod().equals("POST")) {
      chain.doFilter(request, response);
      return;
    }
    X509Certificate @Nullable [] chainShown =
        (X509Certificate @Nullable []) request.getAttribute(CERTIFICATES);
    if (chainShown == null || chainShown.length == 0) {
      problems.write(
          response, ProblemType.UNAUTHENTICATED, "no certificate was shown (expected: a node's)");
      return;
    }
    switch (certificates.identify(chainShown[0], clock.instant())) {
      case Identification.Foreign(String reason) ->
          problems.write(
              response,
              ProblemType.UNAUTHENTICATED,
              "the certificate is not one of this fleet's nodes': " + reason);
      case Identification.Identified(NodeIdentity node) -> {
        switch (registry.standing(node.nodeId())) {
          case REVOKED ->
              problems.write(
                  response, ProblemType.FORBIDDEN, "node " + node.nodeId() + " was revoked");
          case UNKNOWN ->
              problems.write(
                  response, ProblemType.FORBIDDEN, "node " + node.nodeId() + " is not registered");
          case WELCOME -> {
            request.setAttribute(NodeDoor.IDENTITY, node);
            chain.doFilter(request, response);
          }
        }
      }
    }
  }
}
