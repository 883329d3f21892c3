package io.tributary.oca.serve;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.media.HealthAnswer;
import io.tributary.oca.store.StoredFile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Puts answers into words of HTTP: status, headers and short bodies. A file's bytes are not here.
 *
 * <p>Safe for use by many threads.
 */
final class Responses {
  private static final HttpHeadersFactory OWN_HEADERS =
      DefaultHttpHeadersFactory.headersFactory().withValidation(false);

  private final String nodeId;
  private final String cacheStatus;
  private final InstantSource clock;
  private volatile DateText date = new DateText(Long.MIN_VALUE, "");

  private record DateText(long second, String text) {}

  Responses(String nodeId, InstantSource clock) {
    this.nodeId = nodeId;
    this.cacheStatus = "\"" + nodeId + "\"; hit";
    this.clock = clock;
  }

  /**
   * The response to a request.
   *
   * @param isLast whether the connection closes after it
   */
  HttpResponse of(Answer answer, HttpRequest request, boolean isLast) {
    HttpResponse response =
        switch (answer) {
          case Answer.Refused(Refusal refusal, var _) -> problem(request, refusal);
          case Answer.RangeRefused(StoredFile file) -> rangeProblem(request, file);
          case Answer.Preflight _ -> preflight();
          case Answer.Healthy _ -> healthy(request);
          case Answer.NotModified(StoredFile file) -> ofFile(HttpResponseStatus.NOT_MODIFIED, file);
          case Answer.HeadersOnly(StoredFile file) -> whole(file);
          case Answer.Media(StoredFile file, FileAnswer.Whole _, var _) -> whole(file);
          case Answer.Media(StoredFile file, FileAnswer.Part part, var _) ->
              part(file, part.range());
        };
    setConnection(response.headers(), request, isLast);
    return response;
  }

  private HttpResponse healthy(HttpRequest request) {
    HttpResponse response = full(request, HttpResponseStatus.OK, "text/plain", HealthAnswer.BODY);
    response.headers().set(HealthAnswer.NODE_HEADER, nodeId);
    return response;
  }

  private HttpResponse whole(StoredFile file) {
    HttpResponse response = ofFile(HttpResponseStatus.OK, file);
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, file.bytes());
    return response;
  }

  private HttpResponse part(StoredFile file, ByteRange.Part range) {
    HttpResponse response = ofFile(HttpResponseStatus.PARTIAL_CONTENT, file);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_LENGTH, range.length())
        .set(
            HttpHeaderNames.CONTENT_RANGE,
            "bytes " + range.first() + "-" + range.last() + "/" + file.bytes());
    return response;
  }

  private HttpResponse ofFile(HttpResponseStatus status, StoredFile file) {
    HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, status, OWN_HEADERS);
    common(response)
        .set(HttpHeaderNames.ACCEPT_RANGES, HttpHeaderValues.BYTES)
        .set(HttpHeaderNames.CACHE_CONTROL, "public, max-age=31536000, immutable")
        .set("Cache-Status", cacheStatus)
        .set(HttpHeaderNames.CONTENT_TYPE, file.contentType())
        .set(HttpHeaderNames.ETAG, FileAnswer.etag(file))
        .set(HttpHeaderNames.LAST_MODIFIED, Preconditions.httpDate(file.lastModified()));
    return response;
  }

  private HttpResponse rangeProblem(HttpRequest request, StoredFile file) {
    HttpResponse response =
        problem(
            request,
            Refusal.of(
                ProblemType.INVALID,
                HttpResponseStatus.REQUESTED_RANGE_NOT_SATISFIABLE.code(),
                "range has no byte of the file (expected: within " + file.bytes() + " bytes)"));
    response.headers().set(HttpHeaderNames.CONTENT_RANGE, "bytes */" + file.bytes());
    return response;
  }

  private HttpResponse problem(HttpRequest request, Refusal refusal) {
    HttpResponse response =
        full(
            request,
            HttpResponseStatus.valueOf(refusal.status()),
            "application/problem+json",
            refusal.body());
    HttpHeaders headers = response.headers();
    switch (refusal.type()) {
      case METHOD_NOT_ALLOWED -> headers.set(HttpHeaderNames.ALLOW, "GET, HEAD, OPTIONS");
      case UNAUTHENTICATED -> headers.set(HttpHeaderNames.WWW_AUTHENTICATE, "MediaToken");
      case UNAVAILABLE, OVERLOADED -> headers.set(HttpHeaderNames.RETRY_AFTER, "1");
      default -> {}
    }
    return response;
  }

  private HttpResponse full(
      HttpRequest request, HttpResponseStatus status, String contentType, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    ByteBuf content =
        request.method().equals(HttpMethod.HEAD)
            ? Unpooled.EMPTY_BUFFER
            : Unpooled.wrappedBuffer(bytes);
    HttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, status, content, OWN_HEADERS, OWN_HEADERS);
    common(response)
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .set(HttpHeaderNames.CONTENT_TYPE, contentType)
        .set(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
    return response;
  }

  private HttpResponse preflight() {
    HttpResponse response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT, OWN_HEADERS);
    common(response)
        .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, OPTIONS")
        .set(
            HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS,
            "Range, If-Range, If-Match, If-None-Match, If-Modified-Since, If-Unmodified-Since,"
                + " Cache-Control")
        .set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, "86400")
        .set(HttpHeaderNames.ALLOW, "GET, HEAD, OPTIONS");
    return response;
  }

  private HttpHeaders common(HttpResponse response) {
    return response
        .headers()
        .set(HttpHeaderNames.DATE, date())
        .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .set(
            HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS,
            "Accept-Ranges, Cache-Status, Content-Length, Content-Range, Date, ETag,"
                + " Last-Modified, Retry-After")
        .set("Cross-Origin-Resource-Policy", "cross-origin")
        .set("Timing-Allow-Origin", "*")
        .set("X-Content-Type-Options", "nosniff");
  }

  private static void setConnection(HttpHeaders headers, HttpRequest request, boolean isLast) {
    if (isLast) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
  }

  /** The {@code Date} header, made once a second. */
  private String date() {
    Instant now = clock.instant();
    DateText known = date;
    if (known.second() != now.getEpochSecond()) {
      known = new DateText(now.getEpochSecond(), Preconditions.httpDate(now));
      date = known;
    }
    return known.text();
  }
}
