package io.tributary.pipeline.ingest;

import io.tributary.contracts.api.ProblemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Every error as problem+json (RFC 9457) of a type that clients know. */
@RestControllerAdvice
public final class ProblemAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemAnswers.class);
  private static final String RETRY_AFTER_SECONDS = "2";

  @ExceptionHandler
  ResponseEntity<?> refused(RefusedException e) {
    return problem(e.type(), String.valueOf(e.getMessage()));
  }

  @ExceptionHandler
  ResponseEntity<?> storeUnavailable(StoreUnavailableException e) {
    LOG.warn("event=store-unavailable cause=\"{}\"", e.getMessage());
    return problem(ProblemType.UNAVAILABLE, String.valueOf(e.getMessage()));
  }

  @ExceptionHandler
  ResponseEntity<?> unreadable(HttpMessageNotReadableException e) {
    return problem(ProblemType.MALFORMED, "the body is not the JSON of an ingest");
  }

  @ExceptionHandler
  ResponseEntity<?> mismatch(MethodArgumentTypeMismatchException e) {
    return problem(
        ProblemType.INVALID, e.getName() + " is " + e.getValue() + " (expected: a whole number)");
  }

  @ExceptionHandler
  ResponseEntity<?> method(HttpRequestMethodNotSupportedException e) {
    return problem(ProblemType.METHOD_NOT_ALLOWED, "method is " + e.getMethod());
  }

  @ExceptionHandler
  ResponseEntity<?> mediaType(HttpMediaTypeNotSupportedException e) {
    return problem(
        ProblemType.UNSUPPORTED_MEDIA_TYPE,
        "content type is " + e.getContentType() + " (expected: application/json)");
  }

  @ExceptionHandler
  ResponseEntity<?> noPath(NoResourceFoundException e) {
    return problem(ProblemType.NOT_FOUND, "no such path");
  }

  @ExceptionHandler
  ResponseEntity<?> bug(Exception e) {
    LOG.error("event=request-failed", e);
    return problem(ProblemType.INTERNAL, "the request could not be worked at");
  }

  private static ResponseEntity<?> problem(ProblemType type, String detail) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(HttpStatus.valueOf(type.status()), detail);
    problem.setType(type.uri());
    problem.setProperty("retryable", type.retryable());
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(type.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (type.retryable()) {
      answer.header("Retry-After", RETRY_AFTER_SECONDS);
    }
    return answer.body(problem);
  }
}
