package io.tributary.oca.serve;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.media.HealthAnswer;
import io.tributary.oca.serve.ServeCounters.Outcome;
import java.util.Optional;

/**
 * What a request of the media door asks for, before anyone looks at its token or the store.
 *
 * <p>Pure.
 */
sealed interface MediaRequest {
  /** No request that could be followed by another: the connection ends with its answer. */
  record Unreadable(Refusal refusal) implements MediaRequest {}

  /** Well-formed, and not for anything here. */
  record Refused(Refusal refusal, Outcome outcome) implements MediaRequest {}

  /** A page asks what it may ask for. */
  record Preflight() implements MediaRequest {}

  /** Whether this node serves. */
  record Health() implements MediaRequest {}

  /** A file, for a token that is not yet checked. */
  record Media(MediaPath path) implements MediaRequest {}

  /** Reads a request; never throws for any. */
  static MediaRequest of(HttpRequest request) {
    Optional<Refusal> unreadable = unreadable(request);
    if (unreadable.isPresent()) {
      return new Unreadable(unreadable.get());
    }
    if (request.method().equals(HttpMethod.OPTIONS)) {
      return new Preflight();
    }
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
      return new Refused(
          Refusal.of(
              ProblemType.METHOD_NOT_ALLOWED, "method is another (expected: GET, HEAD or OPTIONS)"),
          Outcome.BAD_REQUEST);
    }
    return switch (MediaPath.parse(request.uri())) {
      case MediaPath.Target.Malformed _ ->
          new Refused(
              Refusal.of(
                  ProblemType.MALFORMED,
                  "path is malformed (expected: letters, digits, dots, hyphens and single slashes)"),
              Outcome.BAD_REQUEST);
      case MediaPath.Target.Incomplete _ ->
          new Refused(
              Refusal.of(
                  ProblemType.UNAUTHENTICATED,
                  "media token is missing (expected: /t/TOKEN/TITLE/VERSION/RENDITION/FILE)"),
              Outcome.UNAUTHENTICATED);
      case MediaPath.Target.Other(String path) when path.equals(HealthAnswer.PATH) -> new Health();
      case MediaPath.Target.Other _ ->
          new Refused(
              Refusal.of(ProblemType.NOT_FOUND, "path is unknown (expected: /t/… or /healthz)"),
              Outcome.NOT_FOUND);
      case MediaPath.Target.Media(MediaPath path) -> new Media(path);
    };
  }

  private static Optional<Refusal> unreadable(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      Throwable cause = request.decoderResult().cause();
      if (cause instanceof TooLongHttpLineException) {
        return Optional.of(
            Refusal.of(
                ProblemType.MALFORMED, 414, "request line is too long (expected: at most 8192)"));
      }
      if (cause instanceof TooLongFrameException) {
        return Optional.of(
            Refusal.of(
                ProblemType.MALFORMED, 431, "headers are too long (expected: at most 16384)"));
      }
      return Optional.of(
          Refusal.of(ProblemType.MALFORMED, "request is malformed (expected: HTTP/1.1)"));
    }
    if (HttpUtil.isTransferEncodingChunked(request)
        || request.headers().getInt(HttpHeaderNames.CONTENT_LENGTH, 0) != 0) {
      return Optional.of(Refusal.of(ProblemType.BODY_TOO_LARGE, "body is there (expected: none)"));
    }
    if (request.protocolVersion().equals(HttpVersion.HTTP_1_1)
        && request.headers().getAll(HttpHeaderNames.HOST).size() != 1) {
      return Optional.of(
          Refusal.of(ProblemType.MALFORMED, "Host is missing or repeated (expected: once)"));
    }
    return Optional.empty();
  }
}
